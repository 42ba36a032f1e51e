import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import { advisoryRows, type Estate } from '../estate.ts';
import { findingColumns } from './findings.ts';
import { visibleComponents } from './visible.ts';
import { versionsOf } from './who-uses.ts';

/** Which components are meant; absent means all that may be seen. A null team means those without an owner. */
export type LeverageScope = { readonly component?: number; readonly team?: string | null };

/** What would close the open findings of one package, as far as the estate itself knows. Slots throughout. */
export type PackageLoad = {
  readonly package: number;
  /** Open findings by place in `severityLevels`. */
  readonly findings: Uint32Array;
  /** Components that have one. */
  readonly components: number;
  /** Versions in use among those components that an advisory hits, in no order. */
  readonly affected: readonly number[];
};

/** Every package with open findings in the scope, in no order. One pass over the findings' columns and one over the versions that are hit. */
export function packageLoads(estate: Estate, visibility: Visibility, scope: LeverageScope): readonly PackageLoad[] {
  const width = severityLevels.length;
  const counts = new Uint32Array(estate.packages.length * width);
  const components = new Uint32Array(estate.packages.length);
  const lastSeen = new Int32Array(estate.packages.length).fill(-1);
  const inScope = new Uint8Array(estate.components.length);
  for (const { component, columns } of findingColumns(estate, visibility)) {
    if (!isMeant(estate, component, scope)) continue;
    inScope[component] = 1;
    // An upgrade closes what advisories name; what other rules say of it is judged anew afterwards.
    for (let row = 0; row < advisoryRows(estate, component); row += 1) {
      const packageSlot = columns.package[row] ?? 0;
      const at = packageSlot * width + (estate.groupLevel[columns.group[row] ?? 0] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
      if (lastSeen[packageSlot] === component) continue;
      lastSeen[packageSlot] = component;
      components[packageSlot] = (components[packageSlot] ?? 0) + 1;
    }
  }
  const affected = affectedVersions(estate, inScope);
  const loads: PackageLoad[] = [];
  components.forEach((holders, slot) => {
    if (holders === 0) return;
    const findings = counts.subarray(slot * width, (slot + 1) * width);
    loads.push({ package: slot, findings, components: holders, affected: affected.get(slot) ?? [] });
  });
  return loads;
}

/** Versions of a package that somebody who may be seen uses, with what advisories say: those without a match are clear of every record of ours. */
export function versionsSeenInUse(estate: Estate, visibility: Visibility, packageSlot: number): readonly string[] {
  const seen = visibility.kind === 'all' ? null : new Uint8Array(estate.components.length);
  if (seen !== null) for (const component of visibleComponents(estate, visibility)) seen[component] = 1;
  return versionsOf(estate, packageSlot).flatMap((version) => {
    const text = estate.versions[version]?.version ?? '';
    return text !== '' && isUsedIn(estate, version, seen) ? [text] : [];
  });
}

/** Whether a component is in the scope. */
export function isMeant(estate: Estate, component: number, { component: only, team }: LeverageScope): boolean {
  return (only === undefined || only === component) && (team === undefined || estate.components[component]?.team === team);
}

/** Version slots that an advisory hits and a component of the scope uses, by package. */
function affectedVersions(estate: Estate, inScope: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const byPackage = new Map<number, number[]>();
  for (const [version, matches] of estate.matches) {
    if (!matches.some((match) => match.kind === 'affected') || !isUsedIn(estate, version, inScope)) continue;
    const packageSlot = estate.packageOf[version] ?? 0;
    const versions = byPackage.get(packageSlot);
    if (versions === undefined) byPackage.set(packageSlot, [version]);
    else versions.push(version);
  }
  return byPackage;
}

/** True when a component of the set uses a version; a null set is everybody. */
function isUsedIn(estate: Estate, version: number, components: Uint8Array | null): boolean {
  const start = estate.postings.startOf(version);
  const end = start + estate.postings.lengthOf(version);
  if (components === null) return end > start;
  const evidence = estate.postings.evidence();
  for (let at = start; at < end; at += 1) if (components[estate.componentOf[evidence[at] ?? 0] ?? 0] === 1) return true;
  return false;
}
