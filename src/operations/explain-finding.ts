import type { Estate } from '#estate/estate.ts';
import { isOfAdvisories } from '#estate/groups.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { versionsOf } from '#estate/questions/who-uses.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { severityOf } from '#language/cvss.ts';
import { parseOsv } from '#language/osv.ts';
import { packageKey } from '#language/package-key.ts';
import type { Visibility } from '#model/visibility.ts';
import type { AdvisoryTable, MatchTable } from '#store/schema.ts';
import type { Store, StoredReceipt, StoreReads } from '#store/store.ts';
import { advisoryBodyOf } from './advisory-body.ts';
import { explainFacts, type FactView } from './explain-facts.ts';
import { findFinding } from './find-finding.ts';
import { findingView, isoOf, normalisedTime, type FindingStretch, type FindingView, type ScoreView } from './finding-view.ts';
import { ownAdvisories } from './own-advisories.ts';
import { ruleById } from './rules/known-rules.ts';
import { receiptView, type ReceiptView } from './receipt-view.ts';

/** Why one record hits one version: the last link on the advisory's side of the chain. */
export type MatchView = {
  readonly advisoryId: string;
  readonly version: string | null;
  readonly verdict: 'affected' | 'unknown';
  /** As text; null when the verdict is unknown. */
  readonly range: string | null;
  readonly rangeKind: 'ECOSYSTEM' | 'SEMVER' | 'listed' | null;
  readonly fixedIn: string | null;
  readonly modified: string;
  /** The observation of the feed that brought the record as it is now; null when it is not there. */
  readonly receipt: ReceiptView | null;
  /** Hash of the record's bytes as received. */
  readonly rawHash: string | null;
};

/** A finding with everything it rests on: finding ← matches ← facts ← readings ← receipts ← raw bytes. */
export type ExplainedFinding = FindingView & {
  readonly details: string;
  readonly references: readonly string[];
  readonly published: string | null;
  readonly scores: readonly ScoreView[];
  readonly matches: readonly MatchView[];
  readonly facts: readonly FactView[];
  /** Open findings of the same package and group in other components that may be seen. */
  readonly elsewhere: number;
  readonly episodes: readonly { readonly number: number; readonly opened: string; readonly closed: string | null; readonly because: string | null }[];
};

/**
 * The chain from a finding to the raw bytes it rests on, by an id made from any member of its group; null when there is no such finding that may be
 * seen. With `on`, a UTC day, `estate` is that of the day and only what stood then is found.
 */
export async function explainFinding(
  store: Pick<Store, 'snapshot'>,
  estate: Estate,
  visibility: Visibility,
  { id, on }: { readonly id: string; readonly on: number | null },
): Promise<ExplainedFinding | null> {
  return store.snapshot(async (reads) => {
    const stretch = await findFinding(reads, estate, visibility, id);
    if (stretch === null || (on !== null && stretch.closedBecause !== null)) return null;
    const records = await recordsOf(reads, estate, stretch);
    const matches = await matchesOf(reads, estate, stretch, records);
    const about = estate.groups[stretch.group];
    const isOfRule = about !== undefined && !isOfAdvisories(about);
    // What a rule says of a package is about every version of it in use there.
    const versionIds = isOfRule
      ? versionsOf(estate, stretch.package).flatMap((slot) => estate.versions[slot]?.id ?? [])
      : matches.map((each) => each.package_version_id);
    const facts = await explainFacts(reads, estate, stretch, new Set(versionIds), on);
    const versions = [...new Set(facts.flatMap((fact) => fact.version ?? []))].sort();
    const view = findingView(estate, stretch, versions);
    if (view === null) return null;
    const shown = new Set(facts.map((fact) => fact.version ?? ''));
    return {
      ...view,
      ...(isOfRule ? ruleWords(about.rule) : await wordsOf(reads, records)),
      published: normalisedTime(about?.published ?? null),
      scores: records.flatMap(scoresOfRecord),
      matches: await matchViews(reads, estate, matches, records, stretch, shown),
      facts,
      elsewhere: elsewhere(estate, visibility, stretch),
      episodes: isOfRule ? await ruleEpisodes(reads, estate, stretch) : await episodesOf(reads, estate, stretch),
    };
  });
}

/** The records of the finding's group, those that stand first, then by id. */
async function recordsOf(reads: StoreReads, estate: Estate, { group }: FindingStretch): Promise<readonly AdvisoryTable[]> {
  const rows: AdvisoryTable[] = [];
  const key = estate.groups[group]?.key;
  if (key !== undefined) for await (const page of reads.loadAdvisories({ groupKeys: [key] })) rows.push(...page);
  return rows.sort((a, b) => Number(a.withdrawn !== null) - Number(b.withdrawn !== null) || (a.record < b.record ? -1 : 1));
}

/** Standing matches of an open finding; of one that is over, those that ever stood. */
async function matchesOf(
  reads: StoreReads,
  estate: Estate,
  stretch: FindingStretch,
  records: readonly AdvisoryTable[],
): Promise<readonly MatchTable[]> {
  const versionIds = versionsOf(estate, stretch.package).flatMap((slot) => estate.versions[slot]?.id ?? []);
  const members = new Set(records.map((row) => row.id));
  const isOpen = stretch.closedBecause === null;
  const matches: MatchTable[] = [];
  for await (const page of reads.loadMatches({ packageVersionIds: versionIds, ...(isOpen ? { open: true } : {}) })) {
    matches.push(...page.filter((row) => members.has(row.advisory_id) && row.kind === 'affected'));
  }
  return matches;
}

/** Title text and links as the records give them; they are shown as text only. */
async function wordsOf(
  reads: StoreReads,
  records: readonly AdvisoryTable[],
): Promise<{ readonly details: string; readonly references: readonly string[] }> {
  let details = '';
  const references = new Set<string>();
  for (const row of records) {
    const bytes = await reads.readRaw(row.raw);
    const advisory = bytes === null ? null : parseOsv(bytes).advisory;
    if (details === '' && advisory !== null) details = advisory.details;
    for (const link of advisory?.references ?? []) if (/^https?:\/\//i.test(link)) references.add(link);
  }
  return { details, references: [...references] };
}

function scoresOfRecord(row: AdvisoryTable): readonly ScoreView[] {
  const body = advisoryBodyOf(row);
  return severityOf(body.severity, body.severityWord).all.map(({ version, score, vector }) => ({ version, score, vector, source: row.record }));
}

async function matchViews(
  reads: StoreReads,
  estate: Estate,
  matches: readonly MatchTable[],
  records: readonly AdvisoryTable[],
  stretch: FindingStretch,
  shown: ReadonlySet<string>,
): Promise<readonly MatchView[]> {
  const views: MatchView[] = [];
  const receipts = await feedReceipts(reads, records);
  for (const row of records) {
    for (const match of matches.filter((each) => each.advisory_id === row.id)) {
      const version = estate.versions[estate.slots.version[match.package_version_id] ?? -1]?.version ?? '';
      if (!shown.has(version)) continue;
      const receipt = receipts.get(row.id);
      views.push({
        advisoryId: row.record,
        version: version === '' ? null : version,
        verdict: match.kind,
        range: match.kind === 'unknown' ? null : match.range,
        rangeKind: match.kind === 'unknown' ? null : match.by === 'versions' ? 'listed' : rangeKindOf(estate, row, stretch),
        fixedIn: match.fixed_in,
        modified: normalisedTime(row.modified) ?? new Date(row.known_at).toISOString(),
        receipt: receipt === undefined ? null : receiptView(receipt),
        rawHash: row.raw,
      });
    }
  }
  return views;
}

function rangeKindOf(estate: Estate, row: AdvisoryTable, stretch: FindingStretch): 'ECOSYSTEM' | 'SEMVER' {
  const holder = estate.packages[stretch.package];
  const affected = advisoryBodyOf(row).versions.at(-1)?.affected ?? [];
  const ranges = affected.filter((each) => packageKey(each.ecosystem, each.name) === holder?.name_key).flatMap((each) => each.ranges);
  return ranges.some((range) => range.type === 'SEMVER') ? 'SEMVER' : 'ECOSYSTEM';
}

/** The observation of a feed that brought each record as it is now: the one received when its latest version was. */
async function feedReceipts(reads: StoreReads, records: readonly AdvisoryTable[]): Promise<ReadonlyMap<number, StoredReceipt>> {
  const found = new Map<number, StoredReceipt>();
  const feeds = (await reads.origins()).filter((origin) => origin.startsWith('osv:') || origin === ownAdvisories);
  for (const origin of feeds) {
    const byTime = Map.groupBy(await reads.receiptsOf(origin), (each) => each.receivedAt);
    for (const row of records) {
      for (const receipt of byTime.get(advisoryBodyOf(row).lastAt) ?? []) {
        const tree = await reads.treeOf(receipt);
        if (tree.some((entry) => entry.state === 'read' && entry.hash === row.raw)) found.set(row.id, receipt);
      }
    }
  }
  return found;
}

function elsewhere(estate: Estate, visibility: Visibility, stretch: FindingStretch): number {
  let count = 0;
  for (const { component, columns } of findingColumns(estate, visibility)) {
    if (component === stretch.component) continue;
    for (let row = 0; row < columns.group.length; row += 1)
      if (columns.group[row] === stretch.group && columns.package[row] === stretch.package) count += 1;
  }
  return count;
}

/** Why the rule matters and what to do. */
function ruleWords(id: string): { readonly details: string; readonly references: readonly string[] } {
  const rule = ruleById(id);
  return { details: rule === null ? '' : `${rule.explain}\n\n${rule.remedy}`, references: [] };
}

async function ruleEpisodes(reads: StoreReads, estate: Estate, stretch: FindingStretch): Promise<ExplainedFinding['episodes']> {
  const [holder, group, used] = [estate.components[stretch.component], estate.groups[stretch.group], estate.packages[stretch.package]];
  if (holder === undefined || group === undefined) return [];
  const episodes: ExplainedFinding['episodes'][number][] = [];
  for await (const page of reads.loadRuleEpisodes({ components: [holder.ref] })) {
    for (const row of page) {
      const isSame = row.rule === group.rule && row.subject === group.subject && row.name_key === (used?.name_key ?? '');
      if (isSame && row.ecosystem === (used?.ecosystem ?? ''))
        episodes.push({
          number: row.episode,
          opened: new Date(row.opened_at).toISOString(),
          closed: isoOf(row.closed_at),
          because: row.closed_because,
        });
    }
  }
  return episodes;
}

async function episodesOf(reads: StoreReads, estate: Estate, stretch: FindingStretch): Promise<ExplainedFinding['episodes']> {
  const id = estate.components[stretch.component]?.id;
  const packageId = estate.packages[stretch.package]?.id;
  const episodes: { readonly number: number; readonly opened: string; readonly closed: string | null; readonly because: string | null }[] = [];
  for await (const page of reads.loadFindingPacks({ componentIds: id === undefined ? [] : [id] })) {
    for (const each of page.flatMap((pack) => [...unpackEpisodes(pack.closed), ...unpackEpisodes(pack.open)])) {
      const key = estate.slots.advisory.get(each.groupId)?.groupKey;
      if (each.packageId !== packageId || key === undefined || estate.groupByKey.get(key) !== stretch.group) continue;
      episodes.push({
        number: each.episode,
        opened: new Date(each.openedAt).toISOString(),
        closed: isoOf(each.closedAt),
        because: each.closedBecause,
      });
    }
  }
  return episodes.sort((a, b) => a.number - b.number);
}
