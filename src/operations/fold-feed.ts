import { storedJson } from '#language/readers/json.ts';
import type { Estate } from '#estate/estate.ts';
import { groupsOf } from '#analysis/advisories/groups.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { packageKey } from '#language/package-key.ts';
import type { Advisory } from '#model/advisory.ts';
import type { EndOfLifeRow } from '#model/end-of-life.ts';
import type { AdvisoryTable, Database } from '#store/schema.ts';
import type { PackageKey, StoredReceipt, StoreReads, WriteTx } from '#store/store.ts';
import { advisoryBodyOf, withVersion } from './advisory-body.ts';
import { componentsUsing } from './components-using.ts';
import type { Context } from './context.ts';
import type { ChangeBody } from './follow-estate.ts';
import { matchRows, type NamingRecord } from './judge-versions.ts';
import { refindPackages } from './refind-components.ts';
import { foldRegistry, registrySource } from './registry/fold-registry.ts';
import { attestationSource, foldAttestation } from './sbom/fold-attestation.ts';

/** The records of one receipt of an advisory feed, as read; `raw` is the hash of a record's bytes. */
export type ReadRecord = { readonly advisory: Advisory; readonly raw: string };
export type EnrichmentReading = { readonly enrichment: readonly Database['enrichment'][] };
export type EndOfLifeSaid = { readonly endOfLife: readonly EndOfLifeRow[] };
export type RecordsReading = { readonly records: readonly ReadRecord[] };

/** Path under which the reading of a whole feed receipt is kept. */
export const feedPath = 'records';

/** Sources that are feeds: they bring advisories and what is said of them, or of artifacts, and no components. */
export const feedSources: readonly string[] = ['osv', 'kev', 'epss', 'end-of-life', registrySource, attestationSource];

/** True for receipts of feeds. */
export function isFeed(receipt: Pick<StoredReceipt, 'source'>): boolean {
  return feedSources.includes(receipt.source);
}

/** True for feeds that everybody may see. Whoever a registry was asked about is used here, so that its receipts, and those of attestations, are for those who may see everything. */
export function isOpenFeed(receipt: Pick<StoredReceipt, 'source'>): boolean {
  return isFeed(receipt) && receipt.source !== registrySource && receipt.source !== attestationSource;
}

/** Folds one receipt of a feed from its stored reading; done twice it changes nothing. */
export async function foldFeedReceipt(context: Context, receipt: StoredReceipt): Promise<void> {
  const fold = receipt.source === registrySource ? foldRegistry : receipt.source === attestationSource ? foldAttestation : null;
  if (fold !== null) {
    await context.store.write(async (tx) => {
      await tx.appendChange(receipt.source, await fold(tx, receipt), context.clock());
      await tx.finishReceipt(receipt.seq, 'read', receipt.problems, context.clock());
    });
    return;
  }
  const reading = (await context.store.readingsOfMain(feedPath, receipt.treeHash)).at(-1);
  const bytes = reading === undefined ? null : await context.store.readRaw(reading.result);
  if (bytes === null) {
    const problem = { code: 'not-read', message: 'The reading of this feed receipt is not there. Sync the feed again.', severity: 'error' } as const;
    await context.store.write((tx) => tx.finishReceipt(receipt.seq, 'failed', [problem], context.clock()));
    return;
  }
  const said = storedJson(Buffer.from(bytes).toString()) as RecordsReading | EnrichmentReading | EndOfLifeSaid;
  await context.store.write(async (tx) => {
    const change =
      'records' in said
        ? await takeRecords(tx, said.records, receipt.receivedAt, context.users?.() ?? null)
        : 'endOfLife' in said
          ? await takeEndOfLife(tx, said.endOfLife)
          : await takeEnrichment(tx, said.enrichment);
    await tx.appendChange(receipt.source, change, context.clock());
    await tx.finishReceipt(receipt.seq, 'read', receipt.problems, context.clock());
  });
}

/** Takes new versions of records: their groups, the package versions they name, the findings of the components that use these. */
export async function takeRecords(tx: WriteTx, records: readonly ReadRecord[], at: number, estate: Estate | null): Promise<ChangeBody> {
  await tx.lockAdvisories('change');
  const before = await rowsByRecord(
    tx,
    records.map(({ advisory }) => advisory.id),
  );
  const latest = new Map(records.map((each) => [each.advisory.id, each]));
  const rows = [...latest.values()].flatMap(({ advisory, raw }) => {
    const row = withVersion(before.get(advisory.id) ?? null, advisory, raw, at);
    return row === null ? [] : [{ ...row, group_key: before.get(advisory.id)?.group_key ?? advisory.id }];
  });
  if (rows.length === 0) return {};
  const ids = await tx.putAdvisories(rows);
  await tx.putAdvisoryPackages(
    rows.flatMap((row, index) =>
      packagesNamed(row).map(({ ecosystem, nameKey }) => ({ ecosystem, name_key: nameKey, advisory_id: ids[index] ?? 0 })),
    ),
  );
  await tx.putAdvisoryNames(
    rows.flatMap((row, index) => [row.record, ...advisoryBodyOf(row).aliases].map((name) => ({ name, advisory_id: ids[index] ?? 0 }))),
  );
  const moved = await regroup(tx, ids);
  const versions = await rejudge(tx, ids);
  const touched = [...new Set([...ids, ...moved.map((row) => row.id)])];
  const matched = new Set(versions);
  for await (const page of tx.loadMatches({ advisoryIds: touched })) for (const row of page) matched.add(row.package_version_id);
  const components = await componentsTouched(tx, matched, moved, estate);
  await refindPackages(tx, components, await packagesOf(tx, [...matched]));
  return { advisories: touched, versions, judged: components };
}

async function takeEnrichment(tx: WriteTx, rows: readonly Database['enrichment'][]): Promise<ChangeBody> {
  const before = new Map<string, Database['enrichment']>();
  for await (const page of tx.loadEnrichment({ cves: rows.map((row) => row.cve) })) for (const row of page) before.set(row.cve, row);
  const changed = rows.map((row) => merged(before.get(row.cve), row)).filter((row) => !isSame(before.get(row.cve), row));
  await tx.putEnrichment(changed);
  // Past this the change row would be larger than a fresh load.
  return changed.length > 20_000 ? { reload: true } : { cves: changed.map((row) => row.cve) };
}

async function takeEndOfLife(tx: WriteTx, rows: readonly EndOfLifeRow[]): Promise<ChangeBody> {
  await tx.replaceEndOfLife(rows);
  return { endOfLife: true };
}

/** KEV says nothing of EPSS and the other way round: what one feed leaves null stays. */
function merged(before: Database['enrichment'] | undefined, row: Database['enrichment']): Database['enrichment'] {
  if (before === undefined) return row;
  const epss = row.epss === null ? before : row;
  return {
    cve: row.cve,
    kev_added: row.kev_added ?? before.kev_added,
    epss: epss.epss,
    epss_percentile: epss.epss_percentile,
    epss_date: epss.epss_date,
  };
}

function isSame(a: Database['enrichment'] | undefined, b: Database['enrichment']): boolean {
  return a?.kev_added === b.kev_added && a.epss === b.epss && a.epss_percentile === b.epss_percentile && a.epss_date === b.epss_date;
}

async function rowsByRecord(reads: StoreReads, records: readonly string[]): Promise<ReadonlyMap<string, AdvisoryTable>> {
  const rows = new Map<string, AdvisoryTable>();
  for await (const page of reads.loadAdvisories({ records })) for (const row of page) rows.set(row.record, row);
  return rows;
}

function packagesNamed(row: Pick<AdvisoryTable, 'body'>): readonly PackageKey[] {
  const keys = new Map<string, PackageKey>();
  for (const { affected } of advisoryBodyOf(row).versions) {
    for (const { ecosystem, name } of affected) {
      const key = { ecosystem: ecosystem.split(':')[0] ?? ecosystem, nameKey: packageKey(ecosystem, name) };
      for (const each of new Set([key.ecosystem, ecosystem])) keys.set(`${each}\0${key.nameKey}`, { ecosystem: each, nameKey: key.nameKey });
    }
  }
  return [...keys.values()];
}

/** Groups anew all records that these could be tied to. Gives the rows whose group key changed, as they were. */
async function regroup(tx: WriteTx, ids: readonly number[]): Promise<readonly AdvisoryTable[]> {
  const rows = new Map<number, AdvisoryTable>();
  for (let wanted: readonly number[] = ids; wanted.length > 0;) {
    const names: string[] = [];
    for await (const page of tx.loadAdvisories({ ids: wanted })) {
      for (const row of page) {
        rows.set(row.id, row);
        names.push(row.record, ...advisoryBodyOf(row).aliases);
      }
    }
    const keys = [...new Set([...rows.values()].map((row) => row.group_key))];
    const tied = new Set(await tx.advisoriesBearing([...names, ...keys]));
    for await (const page of tx.loadAdvisories({ groupKeys: keys })) for (const row of page) tied.add(row.id);
    wanted = [...tied].filter((id) => !rows.has(id));
  }
  const records = [...rows.values()].map((row) => ({
    id: row.record,
    aliases: advisoryBodyOf(row).aliases,
    published: row.published,
    modified: row.modified,
    withdrawn: row.withdrawn,
  }));
  const { groupOf } = groupsOf(records);
  const moved = [...rows.values()].filter((row) => groupOf.get(row.record)?.key !== row.group_key);
  await tx.setAdvisoryGroups(moved.map((row) => ({ id: row.id, group_key: groupOf.get(row.record)?.key ?? row.record })));
  return moved;
}

/** Judges every version in use of the packages that records name, from all their versions. Gives the ids of the versions touched. */
async function rejudge(tx: WriteTx, advisoryIds: readonly number[]): Promise<readonly number[]> {
  const naming: NamingRecord[] = [];
  const before = new Set<number>();
  for await (const page of tx.loadMatches({ advisoryIds })) for (const row of page) before.add(row.package_version_id);
  for await (const page of tx.loadAdvisories({ ids: advisoryIds })) {
    for (const row of page) for (const key of packagesNamed(row)) naming.push({ key, row });
  }
  const keys = new Map(naming.map(({ key }) => [`${key.ecosystem}\0${key.nameKey}`, key]));
  const versions = await tx.versionsOfPackages([...keys.values()]);
  const matches = matchRows(versions, naming);
  await tx.deleteMatches({ advisoryIds });
  await tx.putMatches(matches);
  for (const match of matches) before.add(match.package_version_id);
  return [...before];
}

async function packagesOf(tx: WriteTx, versionIds: readonly number[]): Promise<ReadonlySet<number>> {
  const packages = new Set<number>();
  for await (const page of tx.loadVersions({ ids: versionIds })) for (const row of page) packages.add(row.package_id);
  return packages;
}

/**
 * Components whose findings these records can change: those that use a package version they name or named, and, where a group got another key,
 * those with an episode under the old one.
 */
async function componentsTouched(
  tx: WriteTx,
  versions: ReadonlySet<number>,
  moved: readonly AdvisoryTable[],
  estate: Estate | null,
): Promise<readonly number[]> {
  const components = new Set(await componentsUsing(tx, versions, estate));
  if (moved.length > 0) {
    const groups = new Set<number>();
    for await (const page of tx.loadAdvisories({ records: [...new Set(moved.map((row) => row.group_key))] }))
      for (const row of page) groups.add(row.id);
    for await (const page of tx.loadFindingPacks()) {
      for (const pack of page)
        if ([...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)].some((each) => groups.has(each.groupId)))
          components.add(pack.component_id);
    }
  }
  return [...components];
}
