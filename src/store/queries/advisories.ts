import { sql } from 'kysely';
import type { AdvisoryTable, Database, MatchTable } from '../schema.ts';
import { keyText } from '../storable-text.ts';
import type { PackageKey, VersionHit } from '../store.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, pagesOf, type Pages } from './paging.ts';
import { upsertRows, type Upsert } from './upsert-rows.ts';

const bodyRows = 2000;
const smallRows = 20_000;

const advisoryRows: Upsert<'advisory', Omit<AdvisoryTable, 'id'>> = {
  table: 'advisory',
  columns: {
    record: 'text',
    raw: 'text',
    published: 'text',
    modified: 'text',
    withdrawn: 'text',
    body: 'text',
    group_key: 'text',
    known_at: 'bigint',
  },
  key: ['record'],
  onConflict: 'replace',
  staying: ['known_at'],
};

const packageRows: Upsert<'advisory_package', Database['advisory_package']> = {
  table: 'advisory_package',
  columns: { ecosystem: 'text', name_key: 'text', advisory_id: 'bigint' },
  key: ['ecosystem', 'name_key', 'advisory_id'],
  onConflict: 'keep',
};

const nameRows: Upsert<'advisory_name', Database['advisory_name']> = {
  table: 'advisory_name',
  columns: { name: 'text', advisory_id: 'bigint' },
  key: ['name', 'advisory_id'],
  onConflict: 'keep',
};

const matchRows: Upsert<'advisory_match', MatchTable> = {
  table: 'advisory_match',
  columns: {
    package_version_id: 'bigint',
    advisory_id: 'bigint',
    kind: 'text',
    by: 'text',
    range: 'text',
    fixed_in: 'text',
    known_from: 'bigint',
    known_until: 'bigint',
    ended_by: 'text',
  },
  key: ['package_version_id', 'advisory_id', 'known_from'],
  onConflict: 'replace',
};

const enrichmentRows: Upsert<'enrichment', Database['enrichment']> = {
  table: 'enrichment',
  columns: { cve: 'text', kev_added: 'text', epss: 'double precision', epss_percentile: 'double precision', epss_date: 'text' },
  key: ['cve'],
  onConflict: 'replace',
};

type AdvisoryFilter = { readonly ids?: readonly number[]; readonly records?: readonly string[]; readonly groupKeys?: readonly string[] };
type MatchFilter = { readonly open?: boolean; readonly packageVersionIds?: readonly number[]; readonly advisoryIds?: readonly number[] };

/** Advisory records by ascending id. */
export function loadAdvisories({ db, dialect }: Access, { ids, records, groupKeys }: AdvisoryFilter = {}): Pages<AdvisoryTable> {
  const rows = db.selectFrom('advisory').selectAll().orderBy('id');
  if (ids !== undefined) return pagesOf(ids, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('id'), slice)).execute());
  if (records !== undefined) return pagesOf(records.map(keyText), (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('record'), slice)).execute());
  if (groupKeys !== undefined)
    return pagesOf(groupKeys.map(keyText), (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('group_key'), slice)).execute());
  return pagesByKey(
    bodyRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** Records and hashes by ascending id, without bodies. */
export function advisoryHashes({ db }: Access): Pages<Pick<AdvisoryTable, 'id' | 'record' | 'raw' | 'modified'>> {
  const rows = db.selectFrom('advisory').select(['id', 'record', 'raw', 'modified']).orderBy('id');
  return pagesByKey(
    smallRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** Inserts or replaces by record, leaving `known_at` as it is; gives ids in the order of the rows. */
export async function putAdvisories(access: Access, rows: readonly Omit<AdvisoryTable, 'id'>[]): Promise<readonly number[]> {
  const kept = rows.map((row) => ({ ...row, record: keyText(row.record), group_key: keyText(row.group_key) }));
  const idOf = new Map<string, number>();
  for (let start = 0; start < kept.length; start += bodyRows) {
    const slice = kept.slice(start, start + bodyRows);
    await upsertRows(access, advisoryRows, slice);
    const records = slice.map((row) => row.record);
    const found = await access.db
      .selectFrom('advisory')
      .select(['id', 'record'])
      .where((eb) => access.dialect.isOneOf(eb.ref('record'), records))
      .execute();
    for (const { id, record } of found) idOf.set(record, id);
  }
  return kept.map(({ record }) => {
    const id = idOf.get(record);
    if (id === undefined) throw new Error(`The store gave no number for the advisory ${record}.`);
    return id;
  });
}

/** Moves records to other groups. */
export async function setAdvisoryGroups(
  { db, dialect }: Access,
  groups: readonly { readonly id: number; readonly group_key: string }[],
): Promise<void> {
  const cells = groups.map((group) => [group.id, keyText(group.group_key)]);
  const given = dialect.rowList('given', { id: 'bigint', group_key: 'text' }, cells);
  await sql`update advisory set group_key = given.group_key from ${given} where advisory.id = given.id`.execute(db);
}

/** Adds ids that records bear. Old ones stay: a name that no longer holds only makes a look wider. */
export async function putAdvisoryNames(access: Access, rows: readonly Database['advisory_name'][]): Promise<void> {
  const kept = rows.map((row) => ({ ...row, name: keyText(row.name) }));
  for (let start = 0; start < kept.length; start += smallRows) await upsertRows(access, nameRows, kept.slice(start, start + smallRows));
}

/** Records that bear, or once bore, any of these ids. */
export async function advisoriesBearing({ db, dialect }: Access, names: readonly string[]): Promise<readonly number[]> {
  const ids = new Set<number>();
  for (let start = 0; start < names.length; start += smallRows) {
    const slice = names.slice(start, start + smallRows).map(keyText);
    const found = await db
      .selectFrom('advisory_name')
      .select('advisory_id')
      .distinct()
      .where((eb) => dialect.isOneOf(eb.ref('name'), slice))
      .execute();
    for (const row of found) ids.add(row.advisory_id);
  }
  return [...ids];
}

/** Adds the packages that records name. */
export async function putAdvisoryPackages(access: Access, rows: readonly Database['advisory_package'][]): Promise<void> {
  const kept = rows.map((row) => ({ ...row, ecosystem: keyText(row.ecosystem), name_key: keyText(row.name_key) }));
  for (let start = 0; start < kept.length; start += smallRows) await upsertRows(access, packageRows, kept.slice(start, start + smallRows));
}

/** The records that name any of these packages. */
export async function advisoriesNaming({ db, dialect }: Access, keys: readonly PackageKey[]): Promise<readonly Database['advisory_package'][]> {
  if (keys.length === 0) return [];
  const given = dialect.rowList(
    'given',
    { ecosystem: 'text', name_key: 'text' },
    keys.map((key) => [keyText(key.ecosystem), keyText(key.nameKey)]),
  );
  const found = await sql<
    Database['advisory_package']
  >`select distinct advisory_package.ecosystem, advisory_package.name_key, advisory_package.advisory_id from ${given}
    join advisory_package on advisory_package.ecosystem = given.ecosystem and advisory_package.name_key = given.name_key`.execute(db);
  return found.rows;
}

/** Ecosystems in which a record names, or ever named, a package. */
export async function advisoryEcosystems({ db }: Access): Promise<readonly string[]> {
  const rows = await db.selectFrom('advisory_package').select('ecosystem').distinct().execute();
  return rows.map((row) => row.ecosystem).sort();
}

/** When the first record that names a package of each ecosystem was received; ecosystems without any are left out. */
export async function firstAdvisories({ db, dialect }: Access, ecosystems: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ecosystems.length === 0) return new Map();
  const rows = await db
    .selectFrom('advisory_package')
    .innerJoin('advisory', 'advisory.id', 'advisory_package.advisory_id')
    .select((eb) => ['advisory_package.ecosystem', eb.fn.min('advisory.known_at').as('at')])
    .where((eb) => dialect.isOneOf(eb.ref('advisory_package.ecosystem'), ecosystems))
    .groupBy('advisory_package.ecosystem')
    .execute();
  return new Map(rows.map(({ ecosystem, at }) => [ecosystem, at]));
}

/** Package versions in the estate of these packages. */
export async function versionsOfPackages(
  { db, dialect }: Access,
  keys: readonly PackageKey[],
): Promise<readonly { readonly id: number; readonly ecosystem: string; readonly name_key: string; readonly version: string }[]> {
  if (keys.length === 0) return [];
  const given = dialect.rowList(
    'given',
    { ecosystem: 'text', name_key: 'text' },
    keys.map((key) => [keyText(key.ecosystem), keyText(key.nameKey)]),
  );
  const found = await sql<{ id: number; ecosystem: string; name_key: string; version: string }>`
    select package_version.id, package.ecosystem, package.name_key, package_version.version from ${given}
    join package on package.ecosystem = given.ecosystem and package.name_key = given.name_key
    join package_version on package_version.package_id = package.id`.execute(db);
  return found.rows;
}

/** Until the transaction ends, keeps records from changing while versions are judged by them (`judge`, shared), or both out (`change`). */
export async function lockAdvisories({ db, dialect }: Access, mode: 'judge' | 'change'): Promise<void> {
  const lock = mode === 'judge' ? dialect.lockJudging : dialect.lockRecords;
  if (lock !== null) await lock.execute(db);
}

/** Matches by package version, record and time. */
export function loadMatches({ db, dialect }: Access, { open = false, packageVersionIds, advisoryIds }: MatchFilter = {}): Pages<MatchTable> {
  const all = db.selectFrom('advisory_match').selectAll().orderBy('package_version_id').orderBy('advisory_id').orderBy('known_from');
  const rows = open ? all.where('known_until', 'is', null) : all;
  const found = advisoryIds === undefined ? rows : rows.where((eb) => dialect.isOneOf(eb.ref('advisory_id'), advisoryIds));
  if (packageVersionIds !== undefined) {
    return pagesOf(packageVersionIds, (slice) => found.where((eb) => dialect.isOneOf(eb.ref('package_version_id'), slice)).execute());
  }
  return pagesByKey(
    smallRows,
    [0, 0, 0] as readonly [number, number, number],
    ([version, advisory, from], limit) =>
      found
        .where(sql<boolean>`(package_version_id, advisory_id, known_from) > (${version}, ${advisory}, ${from})`)
        .limit(limit)
        .execute(),
    (row) => [row.package_version_id, row.advisory_id, row.known_from] as const,
  );
}

/** What affects package versions, or did: by package version, record and time. One question instead of one for each table, since every recording asks it. */
export function versionHits({ db, dialect }: Access, versionIds: readonly number[]): Pages<VersionHit> {
  const rows = db
    .selectFrom('advisory_match')
    .innerJoin('package_version', 'package_version.id', 'advisory_match.package_version_id')
    .innerJoin('advisory', 'advisory.id', 'advisory_match.advisory_id')
    .leftJoin('advisory as head', 'head.record', 'advisory.group_key')
    .select((eb) => [
      'advisory_match.package_version_id as version',
      'package_version.package_id as packageId',
      eb.fn.coalesce('head.id', eb.lit(0)).as('groupId'),
      'advisory.published',
      'advisory_match.known_from as knownFrom',
      'advisory_match.known_until as knownUntil',
      'advisory_match.ended_by as endedBy',
    ])
    .where('advisory_match.kind', '=', 'affected')
    .orderBy('advisory_match.package_version_id')
    .orderBy('advisory_match.advisory_id')
    .orderBy('advisory_match.known_from');
  return pagesOf(versionIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('advisory_match.package_version_id'), slice)).execute());
}

/** Inserts or replaces by package version, record and `known_from`. */
export async function putMatches(access: Access, rows: readonly MatchTable[]): Promise<void> {
  await upsertRows(access, matchRows, rows);
}

/** Deletes the matches of these records. */
export async function deleteMatches({ db, dialect }: Access, { advisoryIds }: { readonly advisoryIds: readonly number[] }): Promise<void> {
  await db
    .deleteFrom('advisory_match')
    .where((eb) => dialect.isOneOf(eb.ref('advisory_id'), advisoryIds))
    .execute();
}

/** What KEV and EPSS say, by CVE. */
export function loadEnrichment({ db, dialect }: Access, { cves }: { readonly cves?: readonly string[] } = {}): Pages<Database['enrichment']> {
  const rows = db.selectFrom('enrichment').selectAll().orderBy('cve');
  if (cves !== undefined) return pagesOf(cves, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('cve'), slice)).execute());
  return pagesByKey(
    smallRows,
    '',
    (after, limit) => rows.where('cve', '>', after).limit(limit).execute(),
    (row) => row.cve,
  );
}

/** Inserts or replaces by CVE. */
export async function putEnrichment(access: Access, rows: readonly Database['enrichment'][]): Promise<void> {
  for (let start = 0; start < rows.length; start += smallRows) await upsertRows(access, enrichmentRows, rows.slice(start, start + smallRows));
}
