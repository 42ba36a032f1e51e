import type { Estate } from '#estate/estate.ts';
import { isVisibleOrigin, listedComponents, visiblePaths } from '#estate/questions/listed.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { Visibility } from '#model/visibility.ts';
import type { SourceTable } from '#store/schema.ts';
import type { StoredReceipt, StoreReads } from '#store/store.ts';
import { isoOf } from './finding-view.ts';
import { isFeed, isOpenFeed } from './fold-feed.ts';
import type { SourceKind } from './receipt-view.ts';

/** A golden source or feed and whether it can be believed today. Times are ISO 8601. */
export type SourceView = {
  /** Short stable id, for links. */
  readonly id: string;
  readonly source: SourceKind;
  readonly origin: string;
  readonly state: SourceState;
  readonly lastSuccess: string | null;
  readonly lastTried: string | null;
  readonly revision: string | null;
  readonly items: { readonly count: number; readonly noun: string; readonly rowsQuery: string | null } | null;
  readonly problems: number;
  readonly trouble: string | null;
  readonly staleComponents: number;
  readonly receipt: string | null;
};

/** `watch`: it answers but in part or with problems, or it is older than it should be. `never`: configured, nothing received yet. */
export type SourceState = 'fresh' | 'watch' | 'failing' | 'never';

/** One observation's outcome, for the strip of the last ones. */
export type RunView = { readonly at: string; readonly outcome: 'complete' | 'partial' | 'failed' };

/** A feed that the configuration names. */
export type ConfiguredFeed = { readonly kind: 'osv' | 'kev' | 'epss' | 'end-of-life'; readonly from: string };

const dayMs = 86_400_000;
const feedsOldAfterMs = 2 * dayMs;
const sourcesOldAfterMs = 7 * dayMs;
const runsShown = 24;

/** Every source and feed that may be seen, by origin. */
export async function sourceList(
  reads: StoreReads,
  estate: Estate,
  visibility: Visibility,
  feeds: readonly ConfiguredFeed[],
  now: number,
): Promise<readonly SourceView[]> {
  const rows = new Map((await reads.sources()).map((row) => [row.origin, row]));
  const receipts = new Map((await reads.lastReceipts()).map((receipt) => [receipt.origin, receipt]));
  const components = Map.groupBy(listedComponents(estate, visibility), (slot) => estate.components[slot]?.origin ?? '');
  const views: SourceView[] = [];
  for (const origin of [...new Set([...rows.keys(), ...receipts.keys()])].sort()) {
    const [row, receipt] = [rows.get(origin), receipts.get(origin)];
    const source = (row?.source ?? receipt?.source ?? 'file') as SourceKind;
    // Each is one file that was sent once; they stand with the SBOMs that they are about.
    if (source === 'attestation') continue;
    if (!isVisibleOrigin(estate, visibility, origin, isOpenFeed({ source }))) continue;
    views.push(
      viewOf(
        estate,
        { origin, source, row, receipt, components: components.get(origin) ?? [], isSeen: visiblePaths(estate, visibility, origin) },
        now,
      ),
    );
  }
  const seen = new Set(views.map((view) => view.source));
  return [...views, ...feeds.filter((feed) => !seen.has(feed.kind)).map(neverSeen)];
}

/** Outcomes of the last observations of an origin, oldest first, at most 24. */
export async function runsOf(reads: StoreReads, origin: string): Promise<readonly RunView[]> {
  const receipts = [...(await reads.receiptsOf(origin))].sort((a, b) => a.seq - b.seq);
  return receipts.slice(-runsShown).map((each) => ({ at: new Date(each.receivedAt).toISOString(), outcome: each.outcome }));
}

/** Problems that a source met as a whole, beside those of its files. */
export function problemsOfSource(row: SourceTable | undefined, receipt: StoredReceipt | undefined): readonly Problem[] {
  const stored = row === undefined ? [] : (storedJson(row.problems) as readonly Problem[]);
  return stored.length > 0 ? stored : (receipt?.problems ?? []);
}

type Known = {
  readonly origin: string;
  readonly source: SourceKind;
  readonly row: SourceTable | undefined;
  readonly receipt: StoredReceipt | undefined;
  readonly components: readonly number[];
  readonly isSeen: (path: string | null) => boolean;
};

function viewOf(estate: Estate, known: Known, now: number): SourceView {
  const { origin, source, row, receipt, components, isSeen } = known;
  const own = problemsOfSource(row, receipt).filter((each) => isSeen(each.path ?? null));
  const stale = components.filter((slot) => estate.components[slot]?.stale_since != null).length;
  const fileProblems = components.reduce((sum, slot) => sum + problemsIn(estate, slot), 0);
  const outcome = row?.outcome ?? receipt?.outcome ?? 'failed';
  const lastSuccess = row === undefined ? (outcome === 'failed' ? null : (receipt?.confirmedAt ?? null)) : row.last_success;
  const problems = own.length + fileProblems;
  const state = stateOf(source, outcome, lastSuccess, problems, now);
  return {
    id: receipt?.publicId ?? origin,
    source,
    origin,
    state,
    lastSuccess: isoOf(lastSuccess),
    lastTried: isoOf(row?.last_attempt ?? receipt?.confirmedAt ?? null),
    revision: receipt?.revision ?? null,
    items: lastSuccess === null ? null : itemsOf(origin, source, row, components.length),
    problems,
    trouble: troubleOf(source, state, { stale, fileProblems, first: own[0] }),
    staleComponents: stale,
    receipt: receipt?.publicId ?? null,
  };
}

function stateOf(
  source: SourceKind,
  outcome: 'complete' | 'partial' | 'failed',
  lastSuccess: number | null,
  problems: number,
  now: number,
): SourceState {
  if (outcome === 'failed') return 'failing';
  // What was sent once is as good as its sender left it: it does not grow old by itself.
  const limit = isFeedKind(source) ? feedsOldAfterMs : source === 'git' || source === 'folder' ? sourcesOldAfterMs : Infinity;
  return outcome === 'partial' || problems > 0 || lastSuccess === null || now - lastSuccess > limit ? 'watch' : 'fresh';
}

function itemsOf(origin: string, source: SourceKind, row: SourceTable | undefined, components: number): SourceView['items'] {
  if (isFeedKind(source)) return row === undefined ? null : { count: row.items, noun: nounOf(source, row.items), rowsQuery: null };
  return { count: components, noun: components === 1 ? 'component' : 'components', rowsQuery: `/components?origin=${encodeURIComponent(origin)}` };
}

type Trouble = { readonly stale: number; readonly fileProblems: number; readonly first: Problem | undefined };

function troubleOf(source: SourceKind, state: SourceState, { stale, fileProblems, first }: Trouble): string | null {
  const still = stale > 0 ? ` What it showed last stands, as stale, for ${String(stale)} ${stale === 1 ? 'component' : 'components'}.` : '';
  if (state === 'failing') return `${first?.message ?? 'The last look failed.'}${still}`;
  if (state !== 'watch') return null;
  if (first !== undefined) return `${first.message}${still}`;
  if (fileProblems > 0)
    return `${String(fileProblems)} ${fileProblems === 1 ? 'problem' : 'problems'} in its files; everything else was read.${still}`;
  return isFeedKind(source)
    ? 'It has not answered for more than two days. What it gave last stands.'
    : `It was read in part, or has not answered for a week.${still}`;
}

function nounOf(source: SourceKind, items: number): string {
  if (source === 'osv') return items === 1 ? 'advisory' : 'advisories';
  if (source === 'registry') return items === 1 ? 'package' : 'packages';
  if (source === 'end-of-life') return items === 1 ? 'product' : 'products';
  return items === 1 ? 'CVE' : 'CVEs';
}

function problemsIn(estate: Estate, slot: number): number {
  let sum = 0;
  for (const each of estate.components[slot]?.evidence ?? []) {
    const evidence = estate.evidence[each];
    if (evidence?.ended === 0 && evidence.problems !== '[]') sum += (storedJson(evidence.problems) as readonly unknown[]).length;
  }
  return sum;
}

function neverSeen({ kind, from }: ConfiguredFeed): SourceView {
  const never = { lastSuccess: null, lastTried: null, revision: null, items: null, problems: 0, staleComponents: 0, receipt: null };
  return {
    id: `${kind}:never`,
    source: kind,
    origin: from,
    state: 'never',
    trouble: 'It is configured, and nothing was received from it yet.',
    ...never,
  };
}

function isFeedKind(source: SourceKind): boolean {
  return isFeed({ source });
}
