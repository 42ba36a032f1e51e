import { hash } from 'node:crypto';
import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { FeedFile, FeedFileState } from '#sources/feed-file.ts';
import type { OsvPart, OsvState } from '#sources/osv/collect.ts';
import type { Context } from './context.ts';
import type { EndOfLifeSaid, EnrichmentReading } from './fold-feed.ts';
import { recordAdvisories, recordEnrichment, type FeedRecord, type FileFeed } from './sync-advisories.ts';

/** A feed as it is taken: how receipts name it, where it lay as people are shown it, and when it was looked at, if not now. */
export type FeedOrigin = { readonly origin: string; readonly from: string; readonly takenAt?: number };

/** What taking a feed gave. `problems` name what was refused or failed; what was known of it stands. */
export type FeedSynced = {
  readonly feed: string;
  readonly from: string;
  readonly outcome: 'synced' | 'unchanged' | 'failed';
  readonly taken: number;
  readonly refused: number;
  readonly problems: readonly Problem[];
};

export type FeedProgress = (line: string) => void;

const batchRecords = 1000;

/** Takes what changed of an OSV bucket. `collect` gets what the last look left and gives what is new since then. */
export async function takeOsv(
  context: Context,
  feed: FeedOrigin,
  collect: (last: OsvState) => AsyncIterable<OsvPart>,
  progress: FeedProgress,
): Promise<FeedSynced> {
  const { origin } = feed;
  const look = { source: 'osv', origin, ...(feed.takenAt === undefined ? {} : { takenAt: feed.takenAt }) } as const;
  const before = await context.store.sourceOf(origin);
  let state: OsvState = before === null ? {} : (storedJson(before.cursor) as OsvState);
  const tally = { taken: 0, refused: 0, parts: 0, unchanged: 0, problems: [] as Problem[] };
  const known = await knownHashes(context);
  for await (const part of collect(state)) {
    tally.parts += 1;
    if (part.kind === 'unchanged') {
      tally.unchanged += 1;
      continue;
    }
    if (part.kind === 'failed') {
      tally.problems.push(part.problem);
      continue;
    }
    for await (const records of recordsOf(context, part)) {
      const changed = records.filter((each) => each.hash === null || known.get(idOf(each)) !== each.hash);
      for (let start = 0; start < changed.length; start += batchRecords) {
        const done = await recordAdvisories(context, { ...look, revision: part.revision }, changed.slice(start, start + batchRecords));
        tally.taken += done.taken;
        tally.refused += done.refused.length;
        tally.problems.push(...done.refused);
      }
      progress(`${part.ecosystem}: ${String(tally.taken)} records taken, ${String(tally.refused)} refused`);
    }
    if (part.kind === 'records') tally.problems.push(...part.problems);
    state = { ...state, [part.ecosystem]: part.state };
  }
  const failed = tally.problems.some((problem) => problem.code !== 'refused') && tally.taken === 0 && tally.unchanged === 0;
  await saveSource(context, feed, 'osv', { failed, items: known.size + tally.taken, problems: tally.problems, cursor: state });
  const outcome = failed ? 'failed' : tally.taken === 0 && tally.refused === 0 ? 'unchanged' : 'synced';
  return { feed: 'osv', from: feed.from, outcome, taken: tally.taken, refused: tally.refused, problems: tally.problems };
}

/** The records of one part, batch by batch, read by the gateway. */
async function* recordsOf(context: Context, part: Extract<OsvPart, { kind: 'archive' | 'records' }>): AsyncGenerator<readonly FeedRecord[]> {
  if (part.kind === 'archive') {
    for await (const batch of context.gateway.readAdvisoryArchive(part.file))
      yield batch.map((each) => ({ ...each, name: `${part.ecosystem}/${each.name}` }));
    return;
  }
  for (let start = 0; start < part.files.length; start += batchRecords) {
    const fetched: { readonly path: string; readonly bytes: Uint8Array | null; readonly problem: Problem | null }[] = [];
    for (const file of part.files.slice(start, start + batchRecords)) {
      const bytes = await file.bytes();
      fetched.push(bytes instanceof Uint8Array ? { path: file.path, bytes, problem: null } : { path: file.path, bytes: null, problem: bytes });
    }
    const readable = fetched.flatMap(({ path: at, bytes }) => (bytes === null ? [] : [{ path: at, bytes }]));
    const read = new Map((await context.gateway.readAdvisories(readable)).map((each) => [each.path, each]));
    yield fetched.map(({ path: name, bytes, problem }) => ({
      name,
      bytes,
      hash: bytes === null ? null : hash('sha256', bytes, 'hex'),
      advisory: read.get(name)?.advisory ?? null,
      problems: problem === null ? (read.get(name)?.problems ?? []) : [problem],
    }));
  }
}

/** Takes a feed of one file. `collect` gets what the last look left. */
export async function takeFeedFile(
  context: Context,
  kind: FileFeed,
  feed: FeedOrigin,
  collect: (last: FeedFileState | null) => Promise<FeedFile>,
): Promise<FeedSynced> {
  const { origin } = feed;
  const before = await context.store.sourceOf(origin);
  const last = before === null ? null : (storedJson(before.cursor) as FeedFileState | null);
  const file = await collect(last);
  const done = { feed: kind, from: feed.from };
  if (file.kind === 'unchanged') {
    await saveSource(context, feed, kind, { failed: false, items: before?.items ?? 0, problems: [], cursor: last });
    return { ...done, outcome: 'unchanged', taken: 0, refused: 0, problems: [] };
  }
  const read = file.kind === 'failed' ? nothingRead(file.problem) : await saidBy(context, kind, file);
  // A file of which nothing could be read says nothing: what was known stands.
  const failed = read.count === 0;
  if (!failed && file.kind === 'changed') {
    const look = { source: kind, origin, revision: file.state.etag, ...(feed.takenAt === undefined ? {} : { takenAt: feed.takenAt }) };
    await recordEnrichment(context, look, file, read.said, read.problems);
  }
  await saveSource(context, feed, kind, {
    failed,
    items: failed ? (before?.items ?? 0) : read.count,
    problems: read.problems,
    cursor: failed || file.kind !== 'changed' ? last : file.state,
  });
  return { ...done, outcome: failed ? 'failed' : 'synced', taken: read.count, refused: read.problems.length, problems: read.problems };
}

type FileSaid = { readonly said: EnrichmentReading | EndOfLifeSaid; readonly count: number; readonly problems: readonly Problem[] };

function nothingRead(problem: Problem): FileSaid {
  return { said: { enrichment: [] }, count: 0, problems: [problem] };
}

async function saidBy(context: Context, kind: FileFeed, file: Extract<FeedFile, { kind: 'changed' }>): Promise<FileSaid> {
  if (kind === 'end-of-life') {
    const { products, problems } = await context.gateway.readEndOfLife(file.bytes);
    return { said: { endOfLife: products }, count: products.length, problems };
  }
  const { rows, problems } = await enrichmentOf(context, kind, file);
  return { said: { enrichment: rows }, count: rows.length, problems };
}

async function enrichmentOf(
  context: Context,
  kind: 'kev' | 'epss',
  file: Extract<FeedFile, { kind: 'changed' }>,
): Promise<{ readonly rows: EnrichmentReading['enrichment']; readonly problems: readonly Problem[] }> {
  if (kind === 'kev') {
    const { entries, problems } = await context.gateway.readKev(file.bytes);
    return {
      rows: [...entries.values()].map((each) => ({ cve: each.cve, kev_added: each.dateAdded, epss: null, epss_percentile: null, epss_date: null })),
      problems,
    };
  }
  const { scores, scoreDate, problems } = await context.gateway.readEpss(file.bytes);
  return {
    rows: [...scores].map(([cve, each]) => ({ cve, kev_added: null, epss: each.score, epss_percentile: each.percentile, epss_date: scoreDate })),
    problems,
  };
}

/** How a feed stands after a look. What failed leaves what was known. */
export async function saveSource(
  context: Context,
  { origin, takenAt }: FeedOrigin,
  source: string,
  look: { readonly failed: boolean; readonly items: number; readonly problems: readonly Problem[]; readonly cursor: unknown },
): Promise<void> {
  const at = context.clock();
  const before = await context.store.sourceOf(origin);
  // What was carried here is as fresh as the day it was taken, not the day it came.
  const seen = Math.max(takenAt ?? at, before?.last_success ?? 0);
  await context.store.write((tx) =>
    tx.putSource({
      origin,
      source,
      last_attempt: at,
      last_success: look.failed ? (before?.last_success ?? null) : seen,
      outcome: look.failed ? 'failed' : look.problems.length === 0 ? 'complete' : 'partial',
      items: look.items,
      problems: canonicalJson(look.problems.slice(0, 100)),
      cursor: canonicalJson(look.cursor),
    }),
  );
}

async function knownHashes(context: Context): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for await (const page of context.store.advisoryHashes()) for (const row of page) known.set(row.record, row.raw);
  return known;
}

function idOf(record: FeedRecord): string {
  return record.advisory?.id ?? '';
}
