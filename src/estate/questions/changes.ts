import type { SeverityLevel } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Estate } from '../estate.ts';
import { findingColumns } from './findings.ts';
import { listedComponents } from './listed.ts';
import { isUsed } from './packages.ts';

/** Something that is in one of two estates and not in the other: there now and not before, or gone. */
export type Change = { readonly what: 'appeared' | 'gone' } & (
  { readonly kind: 'component'; readonly ref: string; readonly name: string; readonly team: string | null } | PackageChange | FindingChange
);

/** A package version that somebody uses; `version` empty where only a range is known. */
export type PackageChange = {
  readonly kind: 'package';
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly range: string;
};

/** An open finding: a group on a package in a component. */
export type FindingChange = {
  readonly kind: 'finding';
  readonly ref: string;
  readonly component: string;
  readonly team: string | null;
  readonly ecosystem: string;
  readonly name: string;
  /** The group's ids, CVE first. */
  readonly ids: readonly string[];
  readonly severity: SeverityLevel;
};

/** What appeared and what went between two estates, which may number things differently: components, package versions in use, open findings. */
export function changesBetween(before: Estate, after: Estate, visibility: Visibility): readonly Change[] {
  const changes: Change[] = [];
  for (const thingsOf of [componentsIn, packagesIn, findingsIn]) {
    const [old, now] = [thingsOf(before, visibility), thingsOf(after, visibility)];
    for (const [key, thing] of now) if (!old.has(key)) changes.push({ what: 'appeared', ...thing() });
    for (const [key, thing] of old) if (!now.has(key)) changes.push({ what: 'gone', ...thing() });
  }
  return changes;
}

type Thing =
  { readonly kind: 'component'; readonly ref: string; readonly name: string; readonly team: string | null } | PackageChange | FindingChange;
/** By a key that means the same in every estate; what is in both is never made. */
type Things = ReadonlyMap<string, () => Thing>;

/** Components of which something was read. */
function componentsIn(estate: Estate, visibility: Visibility): Things {
  const things = new Map<string, () => Thing>();
  for (const slot of listedComponents(estate, visibility)) {
    const component = estate.components[slot];
    if (component === undefined || component.valid_at === null) continue;
    const { ref, name, team } = component;
    things.set(ref, () => ({ kind: 'component', ref, name, team }));
  }
  return things;
}

function packagesIn(estate: Estate, visibility: Visibility): Things {
  const things = new Map<string, () => Thing>();
  estate.versions.forEach(({ version, range }, slot) => {
    const holder = estate.packages[estate.packageOf[slot] ?? -1];
    if (holder === undefined || estate.postings.lengthOf(slot) === 0 || !isUsed(estate, visibility, slot)) return;
    const { ecosystem, name_key: key, name } = holder;
    things.set([ecosystem, key, version, range].join('\0'), () => ({ kind: 'package', ecosystem, name, version, range }));
  });
  return things;
}

function findingsIn(estate: Estate, visibility: Visibility): Things {
  const things = new Map<string, () => Thing>();
  for (const { component: slot, columns } of findingColumns(estate, visibility)) {
    const component = estate.components[slot];
    if (component === undefined) continue;
    columns.group.forEach((groupSlot, row) => {
      const [holder, group] = [estate.packages[columns.package[row] ?? -1], estate.groups[groupSlot]];
      if (holder === undefined || group === undefined) return;
      things.set([component.ref, holder.ecosystem, holder.name_key, group.key].join('\0'), () => ({
        kind: 'finding',
        ref: component.ref,
        component: component.name,
        team: component.team,
        ecosystem: holder.ecosystem,
        name: holder.name,
        ids: group.ids,
        severity: group.severity.level,
      }));
    });
  }
  return things;
}
