import type { Visibility } from '#model/visibility.ts';
import type { SeverityLevel } from '#model/advisory.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Counted, Estate, EstateComponent, EstateMatch, FindingColumns } from '../estate.ts';
import type { Group } from '../groups.ts';
import type { PackageRow } from '../rows.ts';
import { evidencesOf } from './inventory.ts';
import { isVisible } from './visible.ts';
import { versionsOf } from './who-uses.ts';

/** Place of an open finding: a component slot and its row in that component's columns. */
export type FindingPlace = { readonly component: number; readonly row: number };

/** One open finding, joined. */
export type OpenFinding = {
  readonly component: EstateComponent;
  readonly package: PackageRow;
  readonly packageSlot: number;
  readonly group: Group;
  readonly groupSlot: number;
  readonly episode: number;
  /** Unix milliseconds. */
  readonly openedAt: number;
  /** UTC day. */
  readonly exposedFrom: number;
  /** Version slots of the package that the component uses and the group hits, with the match of each. */
  readonly hits: readonly { readonly version: number; readonly match: EstateMatch }[];
};

/** How many open findings there are of each severity. */
export type LevelCounts = Record<SeverityLevel, number>;

/** Counts of nothing. */
export function noCounts(): LevelCounts {
  return { critical: 0, high: 0, unknown: 0, medium: 0, low: 0 };
}

/** Open findings by team (null: no owner) and severity; the sum of the rows is the whole. */
export function countsByTeam(estate: Estate, visibility: Visibility): ReadonlyMap<string | null, LevelCounts> {
  const counts = new Map<string | null, Uint32Array>();
  estate.components.forEach((component, slot) => {
    if (!isVisible(component, visibility)) return;
    let row = counts.get(component.team);
    if (row === undefined) counts.set(component.team, (row = new Uint32Array(severityLevels.length)));
    addCounts(estate, slot, row);
  });
  return new Map([...counts].map(([team, row]) => [team, namedCounts(row)]));
}

/** Open findings of one component by severity. */
export function countsOfComponent(estate: Estate, componentSlot: number): LevelCounts {
  const counts = new Uint32Array(severityLevels.length);
  addCounts(estate, componentSlot, counts);
  return namedCounts(counts);
}

/** The open findings of every component that may be seen and has some, as columns: for what looks at all of them. */
export function* findingColumns(estate: Estate, visibility: Visibility): Generator<{ readonly component: number; readonly columns: FindingColumns }> {
  for (let component = 0; component < estate.components.length; component += 1) {
    const holder = estate.components[component];
    const columns = estate.findings[component];
    if (holder !== undefined && columns !== undefined && columns.group.length > 0 && isVisible(holder, visibility)) yield { component, columns };
  }
}

/** How many findings are open. */
export function findingCount(estate: Estate, visibility: Visibility): number {
  let count = 0;
  for (const { columns } of findingColumns(estate, visibility)) count += columns.group.length;
  return count;
}

/** Every open finding that may be seen, by component. */
export function* openFindings(estate: Estate, visibility: Visibility): Generator<FindingPlace> {
  for (let component = 0; component < estate.components.length; component += 1) {
    const holder = estate.components[component];
    if (holder === undefined || !isVisible(holder, visibility)) continue;
    const rows = estate.findings[component]?.group.length ?? 0;
    for (let row = 0; row < rows; row += 1) yield { component, row };
  }
}

/** One open finding in full; null when it is gone since it was listed. */
export function findingAt(estate: Estate, place: FindingPlace): OpenFinding | null {
  const columns = estate.findings[place.component];
  const component = estate.components[place.component];
  const packageSlot = columns?.package[place.row];
  const groupSlot = columns?.group[place.row];
  if (columns === undefined || component === undefined || packageSlot === undefined || groupSlot === undefined) return null;
  const [packageRow, group] = [estate.packages[packageSlot], estate.groups[groupSlot]];
  if (packageRow === undefined || group === undefined) return null;
  return {
    component,
    package: packageRow,
    packageSlot,
    group,
    groupSlot,
    episode: columns.episode[place.row] ?? 1,
    openedAt: columns.openedAt[place.row] ?? 0,
    exposedFrom: columns.exposedFrom[place.row] ?? 0,
    hits: hitsOf(estate, place.component, packageSlot, groupSlot),
  };
}

/** The version slots of a package that a component uses and a group hits. */
export function hitsOf(estate: Estate, componentSlot: number, packageSlot: number, groupSlot: number): OpenFinding['hits'] {
  const hits: { readonly version: number; readonly match: EstateMatch }[] = [];
  const evidences = evidencesOf(estate, componentSlot);
  for (const version of versionsOf(estate, packageSlot)) {
    const match = matchIn(estate.matches.get(version), groupSlot);
    if (match === undefined) continue;
    const from = estate.postings.startOf(version);
    const users = estate.postings.evidence().subarray(from, from + estate.postings.lengthOf(version));
    // A component has few evidences and a package may have ten thousand users: the column is searched, not walked.
    if (evidences.some((slot) => users.includes(slot))) hits.push({ version, match });
  }
  return hits;
}

/** The record of a group that hits a version: one that names a fix before one that does not, as an advisory of our own seldom does. */
function matchIn(matches: readonly EstateMatch[] | undefined, group: number): EstateMatch | undefined {
  const hits = matches?.filter((each) => each.group === group && each.kind === 'affected');
  return hits?.find((each) => each.fixed_in !== null) ?? hits?.[0];
}

/** Adds to counts by place in `severityLevels`. Columns and a plain loop, since the overview adds up a million findings. */
function addCounts(estate: Estate, componentSlot: number, counts: Uint32Array): void {
  const { counted } = estate;
  if (componentSlot >= counted.isCounted.length) makeRoom(counted, estate.components.length);
  const from = componentSlot * severityLevels.length;
  if (counted.isCounted[componentSlot] !== 1) {
    counted.rows.fill(0, from, from + severityLevels.length);
    for (const group of estate.findings[componentSlot]?.group ?? []) {
      const at = from + (estate.groupLevel[group] ?? severityLevels.indexOf('unknown'));
      counted.rows[at] = (counted.rows[at] ?? 0) + 1;
    }
    counted.isCounted[componentSlot] = 1;
  }
  for (let level = 0; level < severityLevels.length; level += 1) counts[level] = (counts[level] ?? 0) + (counted.rows[from + level] ?? 0);
}

function makeRoom(counted: Counted, components: number): void {
  const size = Math.max(1024, Math.ceil(components * 1.25));
  const [rows, isCounted] = [new Uint32Array(size * severityLevels.length), new Uint8Array(size)];
  rows.set(counted.rows);
  isCounted.set(counted.isCounted);
  counted.rows = rows;
  counted.isCounted = isCounted;
}

function namedCounts(counts: Uint32Array): LevelCounts {
  const named = noCounts();
  severityLevels.forEach((level, at) => (named[level] = counts[at] ?? 0));
  return named;
}
