import { readFileSync } from 'node:fs';
import path from 'node:path';
import { redactText } from '#language/redact.ts';
import { httpClient, type HttpClient, type HttpSettings } from '#outbound/http.ts';
import { collectEndOfLife, endOfLifeUrl } from '#sources/end-of-life/collect.ts';
import { collectEpss, epssUrl } from '#sources/epss/collect.ts';
import { isUrl, type FeedFile } from '#sources/feed-file.ts';
import { collectKev, kevUrl } from '#sources/kev/collect.ts';
import { collectOsv, osvBucketUrl } from '#sources/osv/collect.ts';
import { authorizations, type RemoteAccess } from './collect-remote.ts';
import { onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { feedsName, readPending } from './read-pending.ts';
import type { FileFeed } from './sync-advisories.ts';
import { takeFeedFile, takeOsv, type FeedOrigin, type FeedProgress, type FeedSynced } from './take-feed.ts';

/** A feed and where it lies: a URL, a folder or a file. `ecosystems` null: all there are. */
export type FeedTarget =
  { readonly kind: 'osv'; readonly from: string; readonly ecosystems: readonly string[] | null } | { readonly kind: FileFeed; readonly from: string };

/** Where the feeds are published, for an office that names no mirror. */
export const feedDefaults: Readonly<Record<FeedTarget['kind'], string>> = {
  osv: osvBucketUrl,
  kev: kevUrl,
  epss: epssUrl,
  'end-of-life': endOfLifeUrl,
};

/** Syncs one feed: only what changed since the last time is read, recorded and judged. A failing feed keeps its last good data, shown as stale. */
export async function syncFeed(
  context: Context,
  target: FeedTarget,
  access: RemoteAccess,
  progress: FeedProgress = () => undefined,
): Promise<FeedSynced> {
  const http = feedHttp(target, access);
  const feed = feedOrigin(target);
  // Records are compared with those that are there, so nobody else may be taking some.
  const synced = await onceAlone(context, feedsName, (own) =>
    target.kind === 'osv'
      ? takeOsv(own, feed, (last) => collectOsv({ ...osvSource(target, http, access), last }), progress)
      : takeFeedFile(own, target.kind, feed, (last) => collectFeedFileOf(target, http, last)),
  );
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

/** The client that reaches a feed: its own host may be an inner one, since the operator named it. */
export function feedHttp(target: FeedTarget, access: RemoteAccess, settings: HttpSettings = {}): HttpClient {
  return httpClient({
    ...settings,
    proxy: access.proxy,
    credentials: authorizations(access),
    configuredHosts: isUrl(target.from) ? [new URL(target.from).host] : [],
    ...(access.caFile === null ? {} : { ca: [readFileSync(access.caFile, 'utf8')] }),
  });
}

/** How an OSV bucket is looked at; add what was seen `last`. */
export function osvSource(
  target: FeedTarget & { readonly kind: 'osv' },
  http: HttpClient,
  access: RemoteAccess,
): Omit<Parameters<typeof collectOsv>[0], 'last'> {
  return { from: target.from, ecosystems: target.ecosystems, http, workDir: path.join(access.dataDir, 'feeds') };
}

/** One look at a feed of one file; `last` is null for the first. */
export function collectFeedFileOf(
  target: FeedTarget & { readonly kind: FileFeed },
  http: HttpClient,
  last: Parameters<typeof collectKev>[0]['last'],
): Promise<FeedFile> {
  return collectors[target.kind]({ from: target.from, last, http });
}

const collectors = { kev: collectKev, epss: collectEpss, 'end-of-life': collectEndOfLife } as const;

/** A feed's identity: where it is fetched from without credentials, or the name of its folder, never an absolute path. */
export function feedOrigin({ kind, from }: FeedTarget): FeedOrigin {
  const shown = redactText(from);
  if (!isUrl(from)) return { origin: `${kind}:folder/${path.basename(path.resolve(from))}`, from: shown };
  const { host, pathname } = new URL(from);
  return { origin: `${kind}:${host}${pathname.replace(/\/+$/, '')}`, from: shown };
}
