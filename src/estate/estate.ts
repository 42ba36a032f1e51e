import type { SbomStanding } from '#model/sbom-standing.ts';
import type { EndOfLifeRow } from '#model/end-of-life.ts';
import { severityLevels, type SeverityLevel } from '#model/advisory.ts';
import { unpackOpenEpisodes, type EpisodeColumns } from '#language/packed/finding-pack.ts';
import { countOpenIds, openColumnsFor, openCount, unpackOpenColumns, type OpenColumns } from '#language/packed/open-occurrences.ts';
import { groupOf, subjectGroup, subjectKey, type Group } from './groups.ts';
import { askRegistryAgain, noLicences, type LicenceColumns } from './licences.ts';
import type { PostingRows } from './posting-rows.ts';
import { createPostings, type Postings } from './postings.ts';
import type {
  AdvisoryRow,
  ComponentRow,
  EnrichmentRow,
  EvidenceRow,
  FindingPackRow,
  MatchRow,
  PackageRow,
  RegistryRow,
  RuleFindingRow,
  VersionRow,
} from './rows.ts';

/** A component as the estate holds it; its slot is its place in `components`. */
export type EstateComponent = ComponentRow & { readonly evidence: Set<number> };
/** An evidence as the estate holds it. `open` stays packed until it is asked for. */
export type EstateEvidence = Omit<EvidenceRow, 'component_id'> & { readonly component: number; readonly count: number };
/** One standing match of a version slot. */
export type EstateMatch = Omit<MatchRow, 'package_version_id' | 'advisory_id' | 'known_until'> & { readonly record: string; readonly group: number };

/**
 * The open findings of one component, as columns of equal length. `group` and `package` are slots; those of observed rules come last, their subjects stand
 * among the groups, and `package` is `noPackage` where they are about none.
 */
export type FindingColumns = EpisodeColumns;

/** In place of a package slot. */
export const noPackage = 0xffff_ffff;

/**
 * The whole estate in memory, interned once, answering in milliseconds. Slots are dense and this process's own: they never leave it.
 * Questions over it are functions in `questions/`; this file only holds and updates. All fields are for them to read, not to change.
 */
export type Estate = {
  readonly packages: PackageRow[];
  readonly packageByKey: Map<string, number>;
  /** First version slot of a package slot, then the next one: a list in two columns, -1 ends it. */
  firstVersion: Int32Array;
  nextVersion: Int32Array;
  readonly versions: VersionRow[];
  /** Package slot of a version slot. */
  packageOf: Uint32Array;
  readonly components: EstateComponent[];
  readonly componentByRef: Map<string, number>;
  readonly evidence: (EstateEvidence | null)[];
  /** Component slot by evidence slot. */
  componentOf: Uint32Array;
  readonly postings: Postings;
  readonly matches: Map<number, readonly EstateMatch[]>;
  readonly groups: Group[];
  readonly groupByKey: Map<string, number>;
  /** Any id of a group, its key included → group slot. */
  readonly groupByAnyId: Map<string, number>;
  /** Index into `severityLevels` by group slot. */
  groupLevel: Uint8Array;
  /** Open findings by component slot. */
  readonly findings: FindingColumns[];
  /** Those of observed rules by component slot, in the order of their rows. */
  readonly ruleFindings: Map<number, readonly RuleFindingRow[]>;
  /** Open findings by component slot and severity, counted when first asked for; see questions/findings.ts. */
  readonly counted: Counted;
  /** What registries say, a `RegistrySummary` as JSON, by `packageSlotKey`: taken apart when it is asked for. */
  readonly registry: Map<string, string>;
  /** What is said of the licence of each version slot. */
  readonly licences: LicenceColumns;
  /** What the feed says of the end of support; another list whenever it says something else. */
  endOfLife: readonly EndOfLifeRow[];
  /** How SBOMs in use stand, by `sbomKey`; another map whenever one stands differently. */
  sboms: ReadonlyMap<string, SbomStanding>;
  /** Rises whenever records are taken in, so that what is made of records can be kept until then. */
  recordsTaken: number;
  /** Sequence number of the last change seen. */
  seq: number;
  epoch: number;
  readonly slots: Slots;
};

/** Store ids → slots. */
type Slots = {
  readonly package: Map<number, number>;
  version: Int32Array;
  readonly component: Map<number, number>;
  readonly evidence: Map<number, number>;
  readonly advisory: Map<number, AdvisoryRow>;
  readonly recordsOfGroup: Map<string, Set<number>>;
  readonly enrichment: Map<string, EnrichmentRow>;
  /** Standing matches by store ids, so that a change of group can be shown without asking again. */
  readonly matchRows: Map<number, readonly MatchRow[]>;
};

/** `rows` holds a count for each of `severityLevels` per component slot; only where `isCounted` is 1 does it hold. */
export type Counted = { rows: Uint32Array; isCounted: Uint8Array };

const noFindings: FindingColumns = columnsFor(0);

/** An estate with nothing in it. */
export function emptyEstate(): Estate {
  return {
    packages: [],
    packageByKey: new Map(),
    firstVersion: new Int32Array(0),
    nextVersion: new Int32Array(0),
    versions: [],
    packageOf: new Uint32Array(0),
    components: [],
    componentByRef: new Map(),
    evidence: [],
    componentOf: new Uint32Array(0),
    postings: createPostings(),
    matches: new Map(),
    groups: [],
    groupByKey: new Map(),
    groupByAnyId: new Map(),
    groupLevel: new Uint8Array(0),
    findings: [],
    ruleFindings: new Map(),
    counted: { rows: new Uint32Array(0), isCounted: new Uint8Array(0) },
    registry: new Map(),
    endOfLife: [],
    sboms: new Map(),
    licences: noLicences(),
    recordsTaken: 0,
    seq: 0,
    epoch: 0,
    slots: {
      package: new Map(),
      version: new Int32Array(0),
      component: new Map(),
      evidence: new Map(),
      advisory: new Map(),
      recordsOfGroup: new Map(),
      enrichment: new Map(),
      matchRows: new Map(),
    },
  };
}

/** Key of `sboms`: the first ref of a component and the path of an evidence. */
export function sbomKey(component: string, path: string): string {
  return `${component}\0${path}`;
}

/** Key of `packageByKey`. */
export function packageSlotKey(ecosystem: string, nameKey: string): string {
  return `${ecosystem}\0${nameKey}`;
}

/** Adds packages not seen before. */
export function addPackages(estate: Estate, rows: readonly PackageRow[]): void {
  for (const row of rows) {
    if (estate.slots.package.has(row.id)) continue;
    const slot = estate.packages.push(row) - 1;
    estate.slots.package.set(row.id, slot);
    estate.packageByKey.set(packageSlotKey(row.ecosystem, row.name_key), slot);
  }
  estate.firstVersion = grown(estate.firstVersion, estate.packages.length);
}

/** Adds package versions not seen before; their packages must be there. */
export function addVersions(estate: Estate, rows: readonly VersionRow[]): void {
  const slots = estate.slots;
  for (const row of rows) {
    if (row.id < slots.version.length && slots.version[row.id] !== -1) continue;
    const packageSlot = slots.package.get(row.package_id);
    if (packageSlot === undefined) throw new Error(`Package version ${row.version} came before its package. Restart to load the estate anew.`);
    const slot = estate.versions.push(row) - 1;
    slots.version = grown(slots.version, row.id + 1);
    slots.version[row.id] = slot;
    estate.nextVersion = grown(estate.nextVersion, slot + 1);
    if (slot >= estate.packageOf.length) estate.packageOf = larger(estate.packageOf, slot + 1);
    estate.packageOf[slot] = packageSlot;
    estate.nextVersion[slot] = estate.firstVersion[packageSlot] ?? -1;
    estate.firstVersion[packageSlot] = slot;
    askRegistryAgain(estate.licences, packageSlot);
  }
  estate.postings.reserve(estate.versions.length);
}

/** Adds or replaces components. */
export function putComponents(estate: Estate, rows: readonly ComponentRow[]): void {
  for (const row of rows) {
    const slot = estate.slots.component.get(row.id);
    if (slot === undefined) {
      const added = estate.components.push({ ...row, evidence: new Set() }) - 1;
      estate.slots.component.set(row.id, added);
      estate.componentByRef.set(row.ref, added);
      estate.findings[added] = noFindings;
    } else {
      const before = estate.components[slot];
      estate.components[slot] = { ...row, evidence: before?.evidence ?? new Set() };
      estate.componentByRef.set(row.ref, slot);
    }
  }
}

/** Lets further refs find their component. */
export function addComponentRefs(estate: Estate, rows: readonly { readonly ref: string; readonly component_id: number }[]): void {
  for (const row of rows) {
    const slot = estate.slots.component.get(row.component_id);
    if (slot !== undefined && !estate.componentByRef.has(row.ref)) estate.componentByRef.set(row.ref, slot);
  }
}

/** Loads the first evidences of an empty estate, all at once. */
export function loadEvidence(estate: Estate, rows: readonly EvidenceRow[]): void {
  const placed: { readonly slot: number; readonly open: Uint8Array }[] = [];
  for (const row of rows) {
    const slot = placeEvidence(estate, row);
    if (slot !== null) placed.push({ slot, open: row.open });
  }
  estate.postings.reserve(estate.versions.length);
  const scratch = openColumnsFor(65_536);
  estate.postings.fill(usersBySlot(estate, placed), {
    *[Symbol.iterator]() {
      for (const { slot, open } of placed) yield postingsOf(estate, slot, open, scratch);
    },
  });
}

/** How many users each version slot has. */
function usersBySlot(estate: Estate, placed: readonly { readonly open: Uint8Array }[]): Uint32Array {
  const byId = new Uint32Array(estate.slots.version.length);
  for (const { open } of placed) countOpenIds(open, byId);
  const bySlot = new Uint32Array(estate.versions.length);
  estate.slots.version.forEach((slot, id) => {
    if (slot !== -1) bySlot[slot] = byId[id] ?? 0;
  });
  return bySlot;
}

/** Adds or replaces evidences; only what differs between old and new inventory moves. */
export function putEvidence(estate: Estate, rows: readonly EvidenceRow[]): void {
  for (const row of rows) {
    const slot = estate.slots.evidence.get(row.id);
    const before = slot === undefined ? null : (estate.evidence[slot] ?? null);
    const old = before === null ? null : postingsOf(estate, slot ?? 0, before.open);
    const placed = placeEvidence(estate, row);
    if (placed !== null) replacePostings(estate.postings, old, postingsOf(estate, placed, row.open));
  }
}

/** Forgets evidences that were deleted. */
export function dropEvidence(estate: Estate, ids: readonly number[]): void {
  for (const id of ids) {
    const slot = estate.slots.evidence.get(id);
    const before = slot === undefined ? null : (estate.evidence[slot] ?? null);
    if (slot === undefined || before === null) continue;
    const old = postingsOf(estate, slot, before.open);
    for (let at = 0; at < old.count; at += 1) estate.postings.remove(old.versions[at] ?? 0, slot);
    estate.components[before.component]?.evidence.delete(slot);
    estate.evidence[slot] = null;
    estate.slots.evidence.delete(id);
  }
}

/** Adds or replaces records and rebuilds the groups they are and were in. */
export function putAdvisories(estate: Estate, rows: readonly AdvisoryRow[]): void {
  if (rows.length > 0) estate.recordsTaken += 1;
  const touched = new Set<string>();
  const moved = new Set<number>();
  for (const row of rows) {
    const before = estate.slots.advisory.get(row.id);
    if (before !== undefined && before.groupKey !== row.groupKey) moved.add(row.id);
    if (before !== undefined) {
      touched.add(before.groupKey);
      estate.slots.recordsOfGroup.get(before.groupKey)?.delete(row.id);
    }
    estate.slots.advisory.set(row.id, row);
    touched.add(row.groupKey);
    const members = estate.slots.recordsOfGroup.get(row.groupKey);
    if (members === undefined) estate.slots.recordsOfGroup.set(row.groupKey, new Set([row.id]));
    else members.add(row.id);
  }
  for (const key of touched) refreshGroup(estate, key);
  if (moved.size === 0) return;
  for (const [version, matches] of estate.slots.matchRows) {
    if (matches.some((match) => moved.has(match.advisory_id))) refreshMatches(estate, version);
  }
}

/** Takes what KEV and EPSS say and refreshes the groups it touches. */
export function putEnrichment(estate: Estate, rows: readonly EnrichmentRow[]): void {
  const touched = new Set<string>();
  for (const row of rows) {
    estate.slots.enrichment.set(row.cve, row);
    const slot = estate.groupByAnyId.get(row.cve);
    const key = slot === undefined ? undefined : estate.groups[slot]?.key;
    if (key !== undefined) touched.add(key);
  }
  for (const key of touched) refreshGroup(estate, key);
}

/** Takes what registries say of packages, in use or not. */
export function putRegistry(estate: Estate, rows: readonly RegistryRow[]): void {
  for (const { ecosystem, name_key, summary } of rows) {
    const key = packageSlotKey(ecosystem, name_key);
    estate.registry.set(key, summary);
    askRegistryAgain(estate.licences, estate.packageByKey.get(key) ?? -1);
  }
}

/** Replaces the standing matches of the package versions named; a version without rows has none. */
export function putMatches(estate: Estate, versionIds: Iterable<number>, rows: readonly MatchRow[]): void {
  const byVersion = Map.groupBy(rows, (row) => row.package_version_id);
  for (const id of versionIds) {
    const standing = (byVersion.get(id) ?? []).filter((row) => row.known_until === null);
    if (standing.length === 0) estate.slots.matchRows.delete(id);
    else estate.slots.matchRows.set(id, standing);
    refreshMatches(estate, id);
  }
}

/** Replaces the open findings of components. */
export function putFindings(estate: Estate, rows: readonly FindingPackRow[]): void {
  const groupSlots = new Map<number, number>();
  for (const row of rows) {
    const slot = estate.slots.component.get(row.component_id);
    if (slot === undefined) continue;
    const columns = unpackOpenEpisodes(row.open, (count) => (count === 0 ? noFindings : columnsFor(count)));
    for (let at = 0; at < columns.group.length; at += 1) {
      columns.package[at] = estate.slots.package.get(columns.package[at] ?? 0) ?? 0;
      const record = columns.group[at] ?? 0;
      let group = groupSlots.get(record);
      if (group === undefined) groupSlots.set(record, (group = groupSlotOfRecord(estate, record)));
      columns.group[at] = group;
    }
    estate.findings[slot] = withRules(estate, columns, estate.ruleFindings.get(slot) ?? []);
    estate.counted.isCounted[slot] = 0;
  }
}

/** Replaces what observed rules found in these components, by slot; one without rows has none. */
export function putRuleFindings(estate: Estate, components: Iterable<number>, rows: readonly RuleFindingRow[]): void {
  const byComponent = Map.groupBy(rows, (row) => estate.componentByRef.get(row.component));
  for (const slot of components) {
    const before = estate.findings[slot];
    if (before === undefined) continue;
    const next = byComponent.get(slot) ?? [];
    const had = estate.ruleFindings.get(slot)?.length ?? 0;
    if (had === 0 && next.length === 0) continue;
    if (next.length === 0) estate.ruleFindings.delete(slot);
    else estate.ruleFindings.set(slot, next);
    estate.findings[slot] = withRules(estate, firstRows(before, before.group.length - had), next);
    estate.counted.isCounted[slot] = 0;
  }
}

/** How many of a component's rows are about advisories: they come first. */
export function advisoryRows(estate: Estate, component: number): number {
  return (estate.findings[component]?.group.length ?? 0) - (estate.ruleFindings.get(component)?.length ?? 0);
}

/** What an observed rule found at a row; null for rows about advisories. */
export function ruleFindingAt(estate: Estate, component: number, row: number): RuleFindingRow | null {
  return estate.ruleFindings.get(component)?.[row - advisoryRows(estate, component)] ?? null;
}

function withRules(estate: Estate, advisories: FindingColumns, rules: readonly RuleFindingRow[]): FindingColumns {
  if (rules.length === 0) return advisories;
  const [first, columns] = [advisories.group.length, columnsFor(advisories.group.length + rules.length)];
  for (const name of ['package', 'group', 'episode', 'openedAt', 'exposedFrom'] as const) columns[name].set(advisories[name]);
  rules.forEach((rule, at) => {
    columns.package[first + at] =
      rule.name_key === '' ? noPackage : (estate.packageByKey.get(packageSlotKey(rule.ecosystem, rule.name_key)) ?? noPackage);
    columns.group[first + at] = subjectSlot(estate, rule);
    columns.episode[first + at] = rule.episode;
    columns.openedAt[first + at] = rule.opened_at;
    columns.exposedFrom[first + at] = rule.since;
  });
  return columns;
}

function firstRows(columns: FindingColumns, count: number): FindingColumns {
  if (count === columns.group.length) return columns;
  const first = columnsFor(count);
  for (const name of ['package', 'group', 'episode', 'openedAt', 'exposedFrom'] as const) first[name].set(columns[name].subarray(0, count));
  return first;
}

/** The slot of a rule's subject among the groups. */
export function subjectSlot(
  estate: Estate,
  { rule, subject, title, severity }: Pick<RuleFindingRow, 'rule' | 'subject' | 'title' | 'severity'>,
): number {
  const key = subjectKey(rule, subject);
  const known = estate.groupByKey.get(key);
  const slot = known ?? estate.groups.length;
  if (known !== undefined && estate.groups[known]?.severity.level === severity) return known;
  estate.groups[slot] = subjectGroup(rule, subject, title, severity);
  estate.groupByKey.set(key, slot);
  setLevel(estate, slot, severity);
  return slot;
}

/** Gives the slot; null when its component is not there. */
function placeEvidence(estate: Estate, row: EvidenceRow): number | null {
  const component = estate.slots.component.get(row.component_id);
  if (component === undefined) return null;
  const slot = estate.slots.evidence.get(row.id) ?? estate.evidence.length;
  const { component_id: _, ...rest } = row;
  estate.evidence[slot] = { ...rest, component, count: openCount(row.open) };
  if (slot >= estate.componentOf.length) estate.componentOf = larger(estate.componentOf, slot + 1);
  estate.componentOf[slot] = component;
  estate.slots.evidence.set(row.id, slot);
  estate.components[component]?.evidence.add(slot);
  return slot;
}

function postingsOf(estate: Estate, evidence: number, open: Uint8Array, scratch?: OpenColumns): PostingRows {
  const columns = unpackOpenColumns(open, scratch);
  const versions = columns.ids;
  const slots = estate.slots.version;
  for (let at = 0; at < columns.count; at += 1) versions[at] = slots[versions[at] ?? 0] ?? 0;
  return { evidence, count: columns.count, versions, flags: columns.flags, validFrom: columns.validFrom };
}

function replacePostings(postings: Postings, old: PostingRows | null, next: PostingRows): void {
  const before = new Map<number, number>();
  if (old !== null)
    for (let at = 0; at < old.count; at += 1) before.set(old.versions[at] ?? 0, ((old.flags[at] ?? 0) << 16) | (old.validFrom[at] ?? 0));
  for (let at = 0; at < next.count; at += 1) {
    const version = next.versions[at] ?? 0;
    const had = before.get(version);
    before.delete(version);
    if (had === (((next.flags[at] ?? 0) << 16) | (next.validFrom[at] ?? 0))) continue;
    if (had !== undefined) postings.remove(version, next.evidence);
    postings.add(version, next.evidence, next.flags[at] ?? 0, next.validFrom[at] ?? 0);
  }
  for (const version of before.keys()) postings.remove(version, next.evidence);
}

function refreshGroup(estate: Estate, key: string): void {
  const records = [...(estate.slots.recordsOfGroup.get(key) ?? [])].flatMap((id) => estate.slots.advisory.get(id) ?? []);
  forgetIds(estate, key);
  if (records.length === 0) return;
  const group = groupOf(key, records, (cve) => estate.slots.enrichment.get(cve));
  const slot = estate.groupByKey.get(key) ?? estate.groups.length;
  estate.groups[slot] = group;
  estate.groupByKey.set(key, slot);
  for (const id of group.ids) estate.groupByAnyId.set(id, slot);
  setLevel(estate, slot, group.severity.level);
}

function setLevel(estate: Estate, slot: number, severity: SeverityLevel): void {
  if (slot >= estate.groupLevel.length) {
    const larger = new Uint8Array(Math.max(1024, Math.ceil((slot + 1) * 1.5)));
    larger.set(estate.groupLevel);
    estate.groupLevel = larger;
  }
  const level = severityLevels.indexOf(severity);
  // A severity that changed changes counts that may be anywhere.
  if (estate.groupLevel[slot] !== level) estate.counted.isCounted.fill(0);
  estate.groupLevel[slot] = level;
}

/** A group may lose ids, or all its records to another one: then its slot stays, empty, and nothing leads to it. */
function forgetIds(estate: Estate, key: string): void {
  const slot = estate.groupByKey.get(key);
  const before = slot === undefined ? undefined : estate.groups[slot];
  if (slot === undefined || before === undefined) return;
  for (const id of before.ids) if (estate.groupByAnyId.get(id) === slot) estate.groupByAnyId.delete(id);
  if ((estate.slots.recordsOfGroup.get(key)?.size ?? 0) > 0) return;
  estate.groups[slot] = { ...before, ids: [], title: '' };
  estate.groupByKey.delete(key);
}

function refreshMatches(estate: Estate, versionId: number): void {
  const slot = estate.slots.version[versionId];
  if (slot === undefined || slot === -1) return;
  const rows = estate.slots.matchRows.get(versionId);
  if (rows === undefined) {
    estate.matches.delete(slot);
    return;
  }
  const matches = rows.map(({ package_version_id: _, advisory_id, known_until: __, ...rest }) => {
    const record = estate.slots.advisory.get(advisory_id)?.record ?? '';
    return { ...rest, record, group: groupSlotOfRecord(estate, advisory_id) };
  });
  estate.matches.set(slot, matches);
}

function groupSlotOfRecord(estate: Estate, advisoryId: number): number {
  const key = estate.slots.advisory.get(advisoryId)?.groupKey;
  return (key === undefined ? undefined : estate.groupByKey.get(key)) ?? 0;
}

/** Columns over one buffer: ten thousand components would hold fifty thousand. */
function columnsFor(count: number): FindingColumns {
  const buffer = new ArrayBuffer(count * 20);
  return {
    openedAt: new Float64Array(buffer, 0, count),
    package: new Uint32Array(buffer, count * 8, count),
    group: new Uint32Array(buffer, count * 12, count),
    episode: new Uint16Array(buffer, count * 16, count),
    exposedFrom: new Uint16Array(buffer, count * 18, count),
  };
}

/** A copy with room for at least `size`, and to spare. */
function larger(column: Uint32Array, size: number): Uint32Array {
  const copy = new Uint32Array(Math.max(1024, Math.ceil(size * 1.5)));
  copy.set(column);
  return copy;
}

/** Grows a column of slots to a size, filling with -1 for "none". */
function grown(column: Int32Array, size: number): Int32Array {
  if (size <= column.length) return column;
  const larger = new Int32Array(Math.max(1024, Math.ceil(size * 1.5))).fill(-1);
  larger.set(column);
  return larger;
}
