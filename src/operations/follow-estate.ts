import { setImmediate } from 'node:timers/promises';
import { severityOf } from '#language/cvss.ts';
import {
  addComponentRefs,
  addPackages,
  addVersions,
  dropEvidence,
  emptyEstate,
  loadEvidence,
  putAdvisories,
  putComponents,
  putEnrichment,
  putEvidence,
  putFindings,
  putMatches,
  putRegistry,
  putRuleFindings,
  type Estate,
} from '#estate/estate.ts';
import { putClaims, putFileClaims } from '#estate/licences.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { AdvisoryRow, EvidenceRow, LicenceClaimRow, MatchRow, RuleFindingRow } from '#estate/rows.ts';
import type { AdvisoryTable } from '#store/schema.ts';
import type { LicenceFileOfVersion, PackageKey, Store, StoreReads } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';
import { saidOfFiles } from './licences/said-of-files.ts';
import { sbomStandings } from './sbom/sbom-standings.ts';
import { titleOfRule } from './rules/known-rules.ts';

// Few, so that applying them holds up no request for long.
const changesAtOnce = 2;

/** What a change row names; absent lists are empty. Ids are the store's. */
export type ChangeBody = {
  /** Components whose inventories, findings or rows changed. */
  readonly components?: readonly number[];
  /** Components of which only the findings changed. */
  readonly judged?: readonly number[];
  /** Components that were only seen again. */
  readonly confirmed?: readonly number[];
  readonly droppedEvidence?: readonly number[];
  readonly advisories?: readonly number[];
  readonly versions?: readonly number[];
  /** Package versions of whose licence something new is said. */
  readonly licences?: readonly number[];
  readonly cves?: readonly string[];
  /** Packages of which a registry says something else. */
  readonly registry?: readonly PackageKey[];
  /** What is known of the end of support. */
  readonly endOfLife?: boolean;
  /** How good SBOMs are, and whether they are proved. */
  readonly sboms?: boolean;
  /** Everything is to be loaded anew. */
  readonly reload?: boolean;
};

/** Loads the whole estate from one moment of the store. */
export async function loadEstate(store: Store): Promise<Estate> {
  return store.snapshot(async (reads) => {
    const estate = emptyEstate();
    estate.seq = await reads.lastChange();
    estate.epoch = await reads.epoch();
    for await (const page of reads.loadPackages()) addPackages(estate, page);
    for await (const page of reads.loadVersions()) addVersions(estate, page);
    for await (const page of reads.loadComponents()) putComponents(estate, page);
    for await (const page of reads.loadComponentRefs()) addComponentRefs(estate, page);
    for await (const page of reads.loadLicenceClaims()) takeClaims(estate, page);
    for await (const page of reads.loadLicenceFiles()) takeFound(estate, page);
    const evidence: EvidenceRow[] = [];
    for await (const page of reads.loadEvidence()) evidence.push(...page);
    loadEvidence(estate, evidence);
    for await (const page of reads.loadAdvisories()) putAdvisories(estate, page.map(advisoryRow));
    await takeEnrichment(estate, reads, [...estate.groupByAnyId.keys()].filter(isCve));
    const matches: MatchRow[] = [];
    for await (const page of reads.loadMatches({ open: true })) matches.push(...page);
    putMatches(estate, new Set(matches.map((each) => each.package_version_id)), matches);
    for await (const page of reads.loadFindingPacks()) putFindings(estate, page);
    await takeRuleFindings(estate, reads);
    for await (const page of reads.loadRegistryPackages()) putRegistry(estate, page);
    estate.endOfLife = await reads.endOfLifeRows();
    estate.sboms = await sbomStandings(reads);
    return estate;
  });
}

/** Brings an estate up to date with the store's changes. Gives a fresh estate where the feed no longer reaches back, else the same one. */
export async function followEstate(store: Store, estate: Estate): Promise<Estate> {
  for (;;) {
    const changes = await store.changesAfter(estate.seq, changesAtOnce);
    if (changes === null || changes.some((each) => (each.body as ChangeBody).reload === true)) return loadEstate(store);
    const last = changes.at(-1);
    if (last === undefined) return estate;
    await store.snapshot((reads) =>
      applyChanges(
        estate,
        reads,
        changes.map((each) => each.body as ChangeBody),
      ),
    );
    estate.seq = last.seq;
    // The thread that follows also answers requests.
    await setImmediate();
  }
}

/** One record as the estate shows it. */
export function advisoryRow(row: AdvisoryTable): AdvisoryRow {
  const body = advisoryBodyOf(row);
  const severity = severityOf(body.severity, body.severityWord);
  return {
    id: row.id,
    record: row.record,
    groupKey: row.group_key,
    aliases: body.aliases,
    summary: body.summary,
    published: row.published,
    modified: row.modified,
    withdrawn: row.withdrawn !== null,
    malicious: row.record.startsWith('MAL-'),
    severity: { level: severity.level, score: severity.score, version: severity.version, vector: severity.vector },
  };
}

async function applyChanges(estate: Estate, reads: StoreReads, bodies: readonly ChangeBody[]): Promise<void> {
  const all = (
    ...keys: readonly ('components' | 'judged' | 'confirmed' | 'droppedEvidence' | 'advisories' | 'versions' | 'licences')[]
  ): number[] => [...new Set(bodies.flatMap((body) => keys.flatMap((key) => body[key] ?? [])))];
  const advisories = all('advisories');
  const rows: EvidenceRow[] = [];
  for await (const page of reads.loadEvidence({ componentIds: all('components') })) rows.push(...page);
  const newVersions = await takeVersions(estate, reads, versionsIn(rows));
  const claimed = [...new Set([...all('licences'), ...newVersions])];
  for await (const page of reads.loadLicenceClaims({ versionIds: claimed })) takeClaims(estate, page);
  await takeFoundOf(estate, reads, claimed);
  for await (const page of reads.loadComponents({ ids: all('components', 'confirmed') })) putComponents(estate, page);
  for await (const page of reads.loadComponentRefs({ componentIds: all('components') })) addComponentRefs(estate, page);
  dropEvidence(estate, all('droppedEvidence'));
  putEvidence(estate, rows);
  for await (const page of reads.loadAdvisories({ ids: advisories })) putAdvisories(estate, page.map(advisoryRow));
  const cves = [...new Set([...bodies.flatMap((body) => body.cves ?? []), ...cvesOf(estate, advisories)])];
  await takeEnrichment(estate, reads, cves);
  // A version's matches change with a record, which names it, or come with the version itself.
  await takeMatches(estate, reads, [...new Set([...all('versions'), ...newVersions])]);
  const judged = all('components', 'judged');
  for await (const page of reads.loadFindingPacks({ componentIds: judged })) putFindings(estate, page);
  await takeRuleFindings(estate, reads, judged);
  if (bodies.some((body) => body.endOfLife === true)) estate.endOfLife = await reads.endOfLifeRows();
  if (bodies.some((body) => body.sboms === true)) estate.sboms = await sbomStandings(reads);
  const named = bodies.flatMap((body) => body.registry ?? []);
  if (named.length > 0) for await (const page of reads.loadRegistryPackages(named)) putRegistry(estate, page);
}

function takeClaims(estate: Estate, rows: readonly LicenceClaimRow[]): void {
  const { version } = estate.slots;
  putFileClaims(estate.licences, (id) => version[id] ?? -1, rows);
}

/** Takes what was found in the licence files of package versions; what one tree holds of a version is one claim. */
function takeFound(estate: Estate, rows: readonly LicenceFileOfVersion[]): void {
  for (const [id, files] of Map.groupBy(rows, (row) => row.package_version_id)) {
    const slot = estate.slots.version[id] ?? -1;
    if (slot !== -1) putClaims(estate.licences, slot, 'licence-file', saidOfFiles(files));
  }
}

/** The same of these versions; where no file says anything any more, nothing is said. */
async function takeFoundOf(estate: Estate, reads: StoreReads, ids: readonly number[]): Promise<void> {
  const silent = new Set(ids);
  for await (const page of reads.loadLicenceFiles({ versionIds: ids })) {
    takeFound(estate, page);
    for (const { package_version_id: id } of page) silent.delete(id);
  }
  for (const id of silent) {
    const slot = estate.slots.version[id] ?? -1;
    if (slot !== -1) putClaims(estate.licences, slot, 'licence-file', []);
  }
}

/** Takes what observed rules found, in every component or in these (by the store's id). */
async function takeRuleFindings(estate: Estate, reads: StoreReads, ids?: readonly number[]): Promise<void> {
  const slots = ids === undefined ? estate.components.keys() : ids.flatMap((id) => estate.slots.component.get(id) ?? []);
  const wanted = [...slots];
  const refs = wanted.flatMap((slot) => estate.components[slot]?.ref ?? []);
  const rows: RuleFindingRow[] = [];
  for await (const page of reads.loadRuleEpisodes({ open: true, ...(ids === undefined ? {} : { components: refs }) }))
    for (const row of page) rows.push({ ...row, title: titleOfRule(row.rule) });
  putRuleFindings(estate, wanted, rows);
}

/** Takes package versions of inventories that the estate has not seen, with their packages, and gives their ids. */
async function takeVersions(estate: Estate, reads: StoreReads, ids: readonly number[]): Promise<readonly number[]> {
  const slots = estate.slots.version;
  const unseen = ids.filter((id) => id >= slots.length || slots[id] === -1);
  if (unseen.length === 0) return [];
  const versions: Parameters<typeof addVersions>[1][number][] = [];
  for await (const page of reads.loadVersions({ ids: unseen })) versions.push(...page);
  const packages = [...new Set(versions.map((row) => row.package_id))].filter((id) => !estate.slots.package.has(id));
  for await (const page of reads.loadPackages({ ids: packages })) addPackages(estate, page);
  addVersions(estate, versions);
  return unseen;
}

async function takeMatches(estate: Estate, reads: StoreReads, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const matches: MatchRow[] = [];
  for await (const page of reads.loadMatches({ packageVersionIds: ids, open: true })) matches.push(...page);
  putMatches(estate, ids, matches);
}

async function takeEnrichment(estate: Estate, reads: StoreReads, cves: readonly string[]): Promise<void> {
  if (cves.length === 0) return;
  for await (const page of reads.loadEnrichment({ cves })) putEnrichment(estate, page);
}

function versionsIn(rows: readonly EvidenceRow[]): readonly number[] {
  const ids = new Set<number>();
  for (const row of rows) for (const id of unpackOpenColumns(row.open).ids) ids.add(id);
  return [...ids];
}

function cvesOf(estate: Estate, advisoryIds: readonly number[]): readonly string[] {
  return advisoryIds.flatMap((id) => {
    const row = estate.slots.advisory.get(id);
    return row === undefined ? [] : [row.record, ...row.aliases].filter(isCve);
  });
}

function isCve(id: string): boolean {
  return id.startsWith('CVE-');
}
