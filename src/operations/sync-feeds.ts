import { storedJson } from '#language/readers/json.ts';
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '#language/canonical-json.ts';
import { redactText } from '#language/redact.ts';
import { httpClient, type HttpClient } from '#outbound/http.ts';
import type { Problem } from '#model/problem.ts';
import { collectEpss, epssUrl } from '#sources/epss/collect.ts';
import type { FeedFile, FeedFileState } from '#sources/feed-file.ts';
import { isUrl } from '#sources/feed-file.ts';
import { collectKev, kevUrl } from '#sources/kev/collect.ts';
import { collectOsv, osvBucketUrl, type OsvPart, type OsvState } from '#sources/osv/collect.ts';
import { authorizations, type RemoteAccess } from './collect-remote.ts';
import type { Context } from './context.ts';
import type { EnrichmentReading } from './fold-feed.ts';
import { readPending } from './read-pending.ts';
import { recordAdvisories, recordEnrichment, type FeedRecord } from './sync-advisories.ts';

/** A feed and where it lies: a URL, a folder or a file. `ecosystems` null: all there are. */
export type FeedTarget =
  | { readonly kind: 'osv'; readonly from: string; readonly ecosystems: readonly string[] | null }
  | { readonly kind: 'kev' | 'epss'; readonly from: string };

/** What one sync of one feed gave. `problems` name what was refused or failed; what was known of it stands. */
export type FeedSynced = {
  readonly feed: string;
  readonly from: string;
  readonly outcome: 'synced' | 'unchanged' | 'failed';
  readonly taken: number;
  readonly refused: number;
  readonly problems: readonly Problem[];
};

export type FeedProgress = (line: string) => void;

/** Where the feeds are published, for an office that names no mirror. */
export const feedDefaults: Readonly<Record<FeedTarget['kind'], string>> = { osv: osvBucketUrl, kev: kevUrl, epss: epssUrl };

const batchRecords = 1000;

/** Syncs one feed: only what changed since the last time is read, recorded and judged. A failing feed keeps its last good data, shown as stale. */
export async function syncFeed(
  context: Context,
  target: FeedTarget,
  access: RemoteAccess,
  progress: FeedProgress = () => undefined,
): Promise<FeedSynced> {
  const http = httpClient({
    proxy: access.proxy,
    credentials: authorizations(access),
    configuredHosts: isUrl(target.from) ? [new URL(target.from).host] : [],
    ...(access.caFile === null ? {} : { ca: [readFileSync(access.caFile, 'utf8')] }),
  });
  const synced = target.kind === 'osv' ? await syncOsv(context, target, http, access, progress) : await syncFile(context, target, http);
  await readPending(context, (receipt) => {
    progress(`judging ${receipt.origin}`);
  });
  return synced;
}

/** The feed as it is synced when nobody asks for more: over the network only ecosystems in use (all, in an empty estate); a folder at hand is taken whole. */
export async function feedTarget(
  context: Context,
  { kind, from }: { readonly kind: FeedTarget['kind']; readonly from: string },
): Promise<FeedTarget> {
  if (kind !== 'osv') return { kind, from };
  const used = isUrl(from) ? await ecosystemsInUse(context) : [];
  return { kind, from, ecosystems: used.length === 0 ? null : used };
}

/** Ecosystems of the packages in the estate, as OSV spells them. */
async function ecosystemsInUse(context: Context): Promise<readonly string[]> {
  const ecosystems = new Set<string>();
  for await (const page of context.store.loadPackages())
    for (const row of page) if (row.ecosystem !== '') ecosystems.add(row.ecosystem.split(':')[0] ?? row.ecosystem);
  return [...ecosystems].sort();
}

async function syncOsv(
  context: Context,
  target: FeedTarget & { readonly kind: 'osv' },
  http: HttpClient,
  access: RemoteAccess,
  progress: FeedProgress,
): Promise<FeedSynced> {
  const origin = originOf(target);
  const before = await context.store.sourceOf(origin);
  let state: OsvState = before === null ? {} : (storedJson(before.cursor) as OsvState);
  const tally = { taken: 0, refused: 0, parts: 0, unchanged: 0, problems: [] as Problem[] };
  const known = await knownHashes(context);
  for await (const part of collectOsv({
    from: target.from,
    ecosystems: target.ecosystems,
    last: state,
    http,
    workDir: path.join(access.dataDir, 'feeds'),
  })) {
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
        const done = await recordAdvisories(context, { source: 'osv', origin, revision: part.revision }, changed.slice(start, start + batchRecords));
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
  await saveSource(context, origin, 'osv', { failed, items: known.size + tally.taken, problems: tally.problems, cursor: state });
  const outcome = failed ? 'failed' : tally.taken === 0 && tally.refused === 0 ? 'unchanged' : 'synced';
  return { feed: 'osv', from: redactText(target.from), outcome, taken: tally.taken, refused: tally.refused, problems: tally.problems };
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

async function syncFile(context: Context, target: FeedTarget & { readonly kind: 'kev' | 'epss' }, http: HttpClient): Promise<FeedSynced> {
  const origin = originOf(target);
  const before = await context.store.sourceOf(origin);
  const last = before === null ? null : (storedJson(before.cursor) as FeedFileState | null);
  const file = await (target.kind === 'kev' ? collectKev : collectEpss)({ from: target.from, last, http });
  const done = { feed: target.kind, from: redactText(target.from) };
  if (file.kind === 'unchanged') {
    await saveSource(context, origin, target.kind, { failed: false, items: before?.items ?? 0, problems: [], cursor: last });
    return { ...done, outcome: 'unchanged', taken: 0, refused: 0, problems: [] };
  }
  const read = file.kind === 'failed' ? { rows: [], problems: [file.problem] } : await enrichmentOf(context, target.kind, file);
  // A file of which nothing could be read says nothing: what was known stands.
  const failed = read.rows.length === 0;
  if (!failed && file.kind === 'changed') {
    await recordEnrichment(context, { source: target.kind, origin, revision: file.state.etag }, file, { enrichment: read.rows }, read.problems);
  }
  await saveSource(context, origin, target.kind, {
    failed,
    items: failed ? (before?.items ?? 0) : read.rows.length,
    problems: read.problems,
    cursor: failed || file.kind !== 'changed' ? last : file.state,
  });
  return { ...done, outcome: failed ? 'failed' : 'synced', taken: read.rows.length, refused: read.problems.length, problems: read.problems };
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

async function saveSource(
  context: Context,
  origin: string,
  source: string,
  look: { readonly failed: boolean; readonly items: number; readonly problems: readonly Problem[]; readonly cursor: unknown },
): Promise<void> {
  const at = context.clock();
  const before = await context.store.sourceOf(origin);
  await context.store.write((tx) =>
    tx.putSource({
      origin,
      source,
      last_attempt: at,
      last_success: look.failed ? (before?.last_success ?? null) : at,
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

/** A feed's identity: where it is fetched from without credentials, or the name of its folder, never an absolute path. */
function originOf(target: FeedTarget): string {
  if (!isUrl(target.from)) return `${target.kind}:folder/${path.basename(path.resolve(target.from))}`;
  const { host, pathname } = new URL(target.from);
  return `${target.kind}:${host}${pathname.replace(/\/+$/, '')}`;
}
