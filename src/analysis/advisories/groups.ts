/** What grouping needs of a record; an `Advisory` is one. Times are ISO 8601. */
export type GroupedRecord = {
  readonly id: string;
  readonly aliases: readonly string[];
  /** Null when the record does not say. */
  readonly published: string | null;
  readonly modified: string;
  /** Null means it stands. */
  readonly withdrawn: string | null;
};

/** The records of one underlying vulnerability. */
export type Group = {
  /** Id of the member with the least `(published, id)`, withdrawn members included, so that withdrawing one does not rename the group. */
  readonly key: string;
  /** Records of ours, in the order that chooses the key. */
  readonly members: readonly string[];
  /** Members and every alias they give, whether or not a record of ours bears it; sorted. */
  readonly ids: readonly string[];
  /** True when every member is withdrawn. */
  readonly withdrawn: boolean;
};

/** All records and their groups; made by `groupsOf`, kept current by `regroup`. */
export type Grouping = {
  readonly records: Map<string, GroupedRecord>;
  /** By alias, the ids of the records that give it. */
  readonly namedBy: Map<string, readonly string[]>;
  /** By id of any member. */
  readonly groupOf: Map<string, Group>;
};

/** Which groups a change made and unmade; a group that only got another member stands in both. */
export type GroupChange = { readonly gone: readonly Group[]; readonly made: readonly Group[] };

/**
 * Groups records by their aliases, whatever their order. Two records belong together when one names the other or both name the same id,
 * directly or over others. A record that names more than one CVE stands alone: through it, different vulnerabilities would become one.
 * Where an id comes twice, the record modified last counts.
 */
export function groupsOf(records: Iterable<GroupedRecord>): Grouping {
  const grouping: Grouping = { records: new Map(), namedBy: new Map(), groupOf: new Map() };
  for (const record of records) {
    const known = grouping.records.get(record.id);
    if (known === undefined || isNewer(record, known)) grouping.records.set(record.id, slim(record));
  }
  for (const record of grouping.records.values()) addNames(grouping, record);
  for (const id of grouping.records.keys()) {
    if (!grouping.groupOf.has(id)) putGroup(grouping, clusterOf(grouping, id));
  }
  return grouping;
}

/** Takes in changed or new records, and only touches the groups they were or now are in. A change without effect on any group gives nothing. */
export function regroup(grouping: Grouping, changed: Iterable<GroupedRecord>): GroupChange {
  const touched = new Set<string>();
  for (const record of changed) {
    const before = grouping.records.get(record.id);
    for (const id of neighboursOf(grouping, record.id, [...(before?.aliases ?? []), ...record.aliases])) touched.add(id);
    if (before !== undefined) removeNames(grouping, before);
    const kept = slim(record);
    grouping.records.set(record.id, kept);
    addNames(grouping, kept);
  }

  const gone = new Set<Group>();
  for (const id of touched) {
    const group = grouping.groupOf.get(id);
    if (group !== undefined) gone.add(group);
  }
  for (const group of gone) for (const id of group.members) touched.add(id);
  for (const id of touched) grouping.groupOf.delete(id);

  const made: Group[] = [];
  for (const id of touched) {
    if (grouping.groupOf.has(id)) continue;
    const group = clusterOf(grouping, id);
    putGroup(grouping, group);
    made.push(group);
  }
  return withoutUnchanged([...gone], made);
}

/** The CVE ids among any ids, in their order. */
export function cveIds(ids: readonly string[]): readonly string[] {
  return ids.filter((id) => /^CVE-\d/.test(id));
}

/** Only what grouping needs: 250,000 of these are kept, and their details must not be. */
function slim({ id, aliases, published, modified, withdrawn }: GroupedRecord): GroupedRecord {
  return { id, aliases: [...new Set(aliases)].filter((alias) => alias !== id), published, modified, withdrawn };
}

function isNewer(a: GroupedRecord, b: GroupedRecord): boolean {
  const later = timeOf(a.modified) - timeOf(b.modified);
  return later === 0 ? JSON.stringify(slim(a)) > JSON.stringify(slim(b)) : later > 0;
}

function addNames(grouping: Grouping, record: GroupedRecord): void {
  for (const alias of record.aliases) {
    grouping.namedBy.set(alias, [...(grouping.namedBy.get(alias) ?? []), record.id]);
  }
}

function removeNames(grouping: Grouping, record: GroupedRecord): void {
  for (const alias of record.aliases) {
    const left = grouping.namedBy.get(alias)?.filter((id) => id !== record.id) ?? [];
    if (left.length === 0) grouping.namedBy.delete(alias);
    else grouping.namedBy.set(alias, left);
  }
}

/** The record itself and every record of ours that these aliases could tie it to, now or before. */
function neighboursOf(grouping: Grouping, id: string, aliases: readonly string[]): readonly string[] {
  const tied = [id, ...aliases].flatMap((name) => [name, ...(grouping.namedBy.get(name) ?? [])]);
  return tied.filter((name) => name === id || grouping.records.has(name));
}

/** Walks the aliases from one record on. */
function clusterOf(grouping: Grouping, start: string): Group {
  const names = new Set([start]);
  const members: GroupedRecord[] = [];
  for (const name of names) {
    const record = grouping.records.get(name);
    if (record !== undefined) {
      members.push(record);
      if (namesSeveralCves(record)) break; // it is the start: nothing else leads to such a record
      for (const alias of record.aliases) if (isGlue(grouping, alias)) names.add(alias);
    }
    for (const namer of grouping.namedBy.get(name) ?? []) if (isGlue(grouping, namer)) names.add(namer);
  }
  return groupOfMembers(members);
}

function isGlue(grouping: Grouping, name: string): boolean {
  const record = grouping.records.get(name);
  return record === undefined || !namesSeveralCves(record);
}

function namesSeveralCves(record: GroupedRecord): boolean {
  return record.aliases.length > 0 && cveIds([record.id, ...record.aliases]).length > 1;
}

function groupOfMembers(records: readonly GroupedRecord[]): Group {
  const ordered = [...records].sort((a, b) => publishedOf(a) - publishedOf(b) || byCodeUnits(a.id, b.id));
  const ids = new Set(ordered.flatMap((record) => [record.id, ...record.aliases]));
  return {
    key: ordered[0]?.id ?? '',
    members: ordered.map((record) => record.id),
    ids: [...ids].sort(byCodeUnits),
    withdrawn: ordered.every((record) => record.withdrawn !== null),
  };
}

/** A record that does not say when it was published comes after those that do. */
function publishedOf(record: GroupedRecord): number {
  return record.published === null ? Number.MAX_SAFE_INTEGER : timeOf(record.published);
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
}

/** Not by locale: the key of a group must be the same on every machine. */
function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function putGroup(grouping: Grouping, group: Group): void {
  for (const id of group.members) grouping.groupOf.set(id, group);
}

function withoutUnchanged(gone: readonly Group[], made: readonly Group[]): GroupChange {
  const text = (group: Group) => JSON.stringify([group.members, group.ids, group.withdrawn]);
  const before = new Set(gone.map(text));
  const after = new Set(made.map(text));
  return { gone: gone.filter((group) => !after.has(text(group))), made: made.filter((group) => !before.has(text(group))) };
}
