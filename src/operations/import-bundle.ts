import type { KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { canonicalJson } from '#language/canonical-json.ts';
import { openBundle, type OpenedBundle } from '#sources/bundle/bundle-file.ts';
import type { BundleFeedOf, BundleManifest } from '#sources/bundle/manifest.ts';
import { readRegistryLines } from '#sources/bundle/registry-lines.ts';
import type { FeedFile, FeedFileState } from '#sources/feed-file.ts';
import type { OsvPart, OsvState } from '#sources/osv/collect.ts';
import type { Context } from './context.ts';
import { readPending } from './read-pending.ts';
import type { Registries } from './registry/registries-configuration.ts';
import { takeAnswers } from './registry/take-answers.ts';
import type { FileFeed } from './sync-advisories.ts';
import { takeFeedFile, takeOsv, type FeedProgress, type FeedSynced } from './take-feed.ts';

/** What taking a bundle gave; a refusal is a sentence with the next step, and nothing was changed. */
export type BundleImported =
  | { readonly ok: true; readonly keyId: string; readonly createdAt: number; readonly feeds: readonly FeedSynced[] }
  | { readonly ok: false; readonly refusal: string };

export type BundleRequest = {
  readonly file: string;
  readonly dataDir: string;
  readonly trusted: readonly KeyObject[];
  readonly allowOlder: boolean;
  /** Which names are private here. */
  readonly registries: Registries;
};

/** Two machines' clocks may differ by so much before it is said. */
const clockToleranceMs = 60 * 60_000;

/**
 * Takes the feeds of a signed bundle as if they had been synced where they were taken, then: receipts name the true origin and that time.
 * Only what changed is recorded; done twice it changes nothing. The whole file is proved before anything of it is read.
 */
export async function importBundle(context: Context, request: BundleRequest, progress: FeedProgress = () => undefined): Promise<BundleImported> {
  await mkdir(path.join(request.dataDir, 'feeds'), { recursive: true });
  const folder = await mkdtemp(path.join(request.dataDir, 'feeds', 'bundle-'));
  try {
    progress('checking the signature and the hashes');
    const opened = await openBundle(request.file, folder, request.trusted);
    if (!opened.ok) return opened;
    const { manifest, keyId } = opened.bundle;
    const refusal = untimely(context, manifest) ?? (request.allowOlder ? null : await older(context, manifest));
    if (refusal !== null) return { ok: false, refusal };
    const feeds = await takeFeeds(context, opened.bundle, request.registries, progress);
    await readPending(context, (receipt) => {
      progress(`judging ${receipt.origin}`);
    });
    return { ok: true, keyId, createdAt: manifest.createdAt, feeds };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function untimely({ clock }: Context, { createdAt, feeds }: BundleManifest): string | null {
  const latest = Math.max(createdAt, ...feeds.map((feed) => feed.takenAt));
  if (latest <= clock() + clockToleranceMs) return null;
  return `The bundle says it was made at ${isoOf(latest)}, which is still to come here. Set the clock of the machine that is wrong; what was taken "in the future" would never grow old.`;
}

/** Which feed of it is older than what is known of its kind here, wherever that came from: its records would put newer ones back. */
async function older({ store }: Context, { feeds }: BundleManifest): Promise<string | null> {
  const known = await store.sources();
  for (const { kind, takenAt } of feeds) {
    // Registries are held against what is known of each package.
    if (kind === 'registry') continue;
    const newest = Math.max(0, ...known.filter((each) => each.source === kind).map((each) => each.last_success ?? 0));
    if (takenAt < newest)
      return `The bundle's ${kind} was taken at ${isoOf(takenAt)}, what is known here at ${isoOf(newest)}. Bring a newer bundle, or give --allow-older to go back.`;
  }
  return null;
}

async function takeFeeds(
  context: Context,
  { manifest, files }: OpenedBundle,
  registries: Registries,
  progress: FeedProgress,
): Promise<readonly FeedSynced[]> {
  const synced: FeedSynced[] = [];
  let next = 0;
  for (const feed of manifest.feeds) {
    const own = files.slice(next, next + feed.parts.length);
    next += feed.parts.length;
    const origin = { origin: feed.origin, from: feed.from, takenAt: feed.takenAt };
    if (feed.kind === 'registry') {
      progress(`taking what ${feed.from} said`);
      synced.push(await takeAnswers(context, registries, origin, readRegistryLines(own[0] ?? '')));
      continue;
    }
    synced.push(
      feed.kind === 'osv'
        ? await takeOsv(context, origin, (last) => osvParts(feed, own, last), progress)
        : await takeFeedFile(context, feed.kind, origin, (last) => feedFile(feed, own, last)),
    );
  }
  return synced;
}

// eslint-disable-next-line @typescript-eslint/require-await -- the same shape as a look over a network
async function* osvParts({ parts }: BundleFeedOf<'osv'>, files: readonly string[], last: OsvState): AsyncGenerator<OsvPart> {
  for (const [index, { ecosystem, revision, state }] of parts.entries()) {
    const isKnown = canonicalJson(last[ecosystem] ?? null) === canonicalJson(state);
    yield isKnown ? { ecosystem, kind: 'unchanged' } : { ecosystem, kind: 'archive', file: files[index] ?? '', revision, state };
  }
}

async function feedFile({ parts: [part] }: BundleFeedOf<FileFeed>, [file = '']: readonly string[], last: FeedFileState | null): Promise<FeedFile> {
  const hasValidator = part.state.etag !== null || part.state.lastModified !== null;
  if (hasValidator && canonicalJson(last) === canonicalJson(part.state)) return { kind: 'unchanged' };
  return { kind: 'changed', bytes: await readFile(file), hash: part.sha256, name: part.name, state: part.state };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
