import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { findingColumns, noCounts, type LevelCounts } from './findings.ts';
import { rememberedWhole } from './remembered.ts';
import { isVisible } from './visible.ts';
import { versionsOf, whoUses } from './who-uses.ts';

/** How a package is used: not at all, always with a version, or somewhere without. One byte a package slot. */
export const unusedPackage = 0;
export const resolvedPackage = 1;
export const unresolvedPackage = 2;

/** How every package is used by the components that may be seen; one byte a package slot, see the constants above. Kept until the estate changes. */
export const packagesInUse = rememberedWhole((estate: Estate, visibility: Visibility) => {
  const use = new Uint8Array(estate.packages.length);
  for (let version = 0; version < estate.versions.length; version += 1) {
    if (estate.postings.lengthOf(version) === 0 || !isUsed(estate, visibility, version)) continue;
    const packageSlot = estate.packageOf[version] ?? 0;
    use[packageSlot] = Math.max(use[packageSlot] ?? 0, estate.versions[version]?.version === '' ? unresolvedPackage : resolvedPackage);
  }
  return use;
});

/** Open findings by package: five counters a package slot, in the order of `severityLevels`. Kept until the estate changes. */
export const findingsByPackage = rememberedWhole((estate: Estate, visibility: Visibility) => {
  const width = severityLevels.length;
  const counts = new Uint32Array(estate.packages.length * width);
  for (const { columns } of findingColumns(estate, visibility)) {
    for (let row = 0; row < columns.group.length; row += 1) {
      const at = (columns.package[row] ?? 0) * width + (estate.groupLevel[columns.group[row] ?? 0] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  return counts;
});

/** The counters of one package. */
export function levelCountsOf(counts: Uint32Array, packageSlot: number): LevelCounts {
  const levels = noCounts();
  severityLevels.forEach((level, index) => (levels[level] = counts[packageSlot * severityLevels.length + index] ?? 0));
  return levels;
}

/** One number by which counts are sorted: any critical outweighs all high, and so on. */
export function weightOf(counts: LevelCounts): number {
  return severityLevels.reduce((weight, level) => weight * 1000 + Math.min(999, counts[level]), 0);
}

/** How widely a package is used. `unresolved` counts uses whose version is not known. */
export type PackageSpread = { readonly versions: number; readonly components: number; readonly unresolved: number };

/** How widely one package is used. */
export function spreadOf(estate: Estate, visibility: Visibility, packageSlot: number): PackageSpread {
  const uses = whoUses(estate, visibility, versionsOf(estate, packageSlot));
  const used = new Set(uses.version);
  let unresolved = 0;
  for (const version of uses.version) if (estate.versions[version]?.version === '') unresolved += 1;
  return { versions: [...used].filter((version) => estate.versions[version]?.version !== '').length, components: uses.components, unresolved };
}

/** True when somebody who may be seen uses a package version. */
export function isUsed(estate: Estate, visibility: Visibility, version: number): boolean {
  if (visibility.kind === 'all') return true;
  const start = estate.postings.startOf(version);
  const users = estate.postings.evidence().subarray(start, start + estate.postings.lengthOf(version));
  return users.some((slot) => {
    const component = estate.components[estate.evidence[slot]?.component ?? -1];
    return component !== undefined && isVisible(component, visibility);
  });
}
