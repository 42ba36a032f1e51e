import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { quoted, type Problem } from '#model/problem.ts';
import { writeBundle } from '#sources/bundle/bundle-file.ts';
import { bundleKeyId } from '#sources/bundle/bundle-key.ts';
import type { BundleFeed, BundleFeedOf, BundleManifest } from '#sources/bundle/manifest.ts';
import { collectOsv } from '#sources/osv/collect.ts';
import type { RemoteAccess } from './collect-remote.ts';
import type { Context } from './context.ts';
import { registrySource } from './registry/fold-registry.ts';
import { publicAnswers, writeAnswers, type PublicAnswers } from './registry/public-answers.ts';
import type { Registries } from './registry/registries-configuration.ts';
import type { FileFeed } from './sync-advisories.ts';
import { collectFeedFileOf, feedHttp, feedOrigin, osvSource, type FeedTarget } from './sync-feeds.ts';
import type { FeedProgress } from './take-feed.ts';

/** What is in a bundle that was written. `missing`: ecosystems asked for that the feed does not have. */
export type BundleExported =
  | {
      readonly ok: true;
      readonly keyId: string;
      readonly manifest: BundleManifest;
      readonly missing: readonly Problem[];
      /** Packages of which a registry told, and whose names are not known to be public: how many stay here, by why. */
      readonly withheld: PublicAnswers['withheld'];
    }
  | { readonly ok: false; readonly problem: Problem };

/**
 * Fetches feeds anew and writes them into one signed file, as they were published. Each is read through once, so that what cannot be read is known
 * before it is carried away. A feed that cannot be had whole means no bundle at all. What registries said
 * is not asked for again: it is taken from the store, of public names only. Nothing is recorded in the store.
 */
export async function exportBundle(
  context: Context,
  file: string,
  request: { readonly targets: readonly FeedTarget[]; readonly access: RemoteAccess; readonly key: KeyObject; readonly registries?: Registries },
  progress: FeedProgress = () => undefined,
): Promise<BundleExported> {
  const { targets, access, key } = request;
  await mkdir(path.join(access.dataDir, 'feeds'), { recursive: true });
  const folder = await mkdtemp(path.join(access.dataDir, 'feeds', 'bundle-'));
  const packing: Packing = { context, access, folder, files: [], progress };
  try {
    const feeds: BundleFeed[] = [];
    const missing: Problem[] = [];
    for (const target of targets) {
      const packed = target.kind === 'osv' ? await packOsv(packing, target) : await packFile(packing, target);
      if ('code' in packed) return { ok: false, problem: packed };
      feeds.push(packed.feed);
      missing.push(...packed.missing);
    }
    const { withheld, ...packed } = request.registries === undefined ? { feeds: [], withheld: {} } : await packAnswers(packing, request.registries);
    feeds.push(...packed.feeds);
    if (feeds.length === 0) return { ok: false, problem: nothingPublic };
    const manifest = { createdAt: context.clock(), feeds };
    await writeBundle(file, manifest, packing.files, key);
    return { ok: true, keyId: bundleKeyId(key), manifest, missing, withheld };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Parts are copied into `folder`, so that what was counted is what is written, whatever a mirror does meanwhile. */
type Packing = {
  readonly context: Context;
  readonly access: RemoteAccess;
  readonly folder: string;
  readonly files: string[];
  readonly progress: FeedProgress;
};

type Packed = { readonly feed: BundleFeed; readonly missing: readonly Problem[] };

async function packOsv(packing: Packing, target: FeedTarget & { readonly kind: 'osv' }): Promise<Packed | Problem> {
  const { context, access, progress } = packing;
  const takenAt = context.clock();
  const parts: BundleFeedOf<'osv'>['parts'] = [];
  const missing: Problem[] = [];
  for await (const part of collectOsv({ ...osvSource(target, feedHttp(target, access), access), last: {} })) {
    if (part.kind === 'failed' && part.problem.code === 'not-found') missing.push(part.problem);
    else if (part.kind === 'failed') return part.problem;
    else if (part.kind === 'records') return looseRecords(part.ecosystem);
    else if (part.kind === 'archive') {
      const file = nextFile(packing);
      await copyFile(part.file, file);
      progress(`reading ${part.ecosystem}`);
      const { state, revision, ecosystem } = part;
      parts.push({ ecosystem, ...(await measured(file)), ...(await countedRecords(context, file)), revision, state: mutable(state) });
    }
  }
  if (parts.length === 0) return missing[0] ?? error('nothing-there', `${quoted(feedOrigin(target).from)} holds no archive of advisories.`);
  return { feed: { kind: 'osv', ...named(target), takenAt, parts }, missing };
}

async function packFile(packing: Packing, target: FeedTarget & { readonly kind: FileFeed }): Promise<Packed | Problem> {
  const { context, access } = packing;
  const { kind } = target;
  const takenAt = context.clock();
  const found = await collectFeedFileOf(target, feedHttp(target, access), null);
  if (found.kind === 'failed') return found.problem;
  if (found.kind === 'unchanged') return error('nothing-there', `${quoted(feedOrigin(target).from)} sent nothing.`);
  const counts = await counters[kind](context, found.bytes);
  if ('code' in counts) return counts;
  const file = nextFile(packing);
  await writeFile(file, found.bytes, { mode: 0o600 });
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/.test(found.name) ? found.name : kind;
  return { feed: { kind, ...named(target), takenAt, parts: [{ name, ...(await measured(file)), ...counts, state: found.state }] }, missing: [] };
}

type PackedAnswers = { readonly feeds: readonly BundleFeed[]; readonly withheld: PublicAnswers['withheld'] };

async function packAnswers(packing: Packing, registries: Registries): Promise<PackedAnswers> {
  const { store, clock } = packing.context;
  const { byRegistry, withheld } = await publicAnswers(store, registries, clock());
  const feeds: BundleFeed[] = [];
  for (const [registry, answers] of byRegistry) {
    const file = nextFile(packing);
    packing.progress(`reading what ${registry} said`);
    const counts = await writeAnswers(store, answers, file);
    const takenAt = answers.at(-1)?.confirmedAt ?? 0;
    const part = { name: 'answers.jsonl', ...(await measured(file)), ...counts } as const;
    feeds.push({ kind: 'registry', origin: `${registrySource}:${registry}`, from: registry, takenAt, parts: [part] });
  }
  return { feeds, withheld };
}

function nextFile({ folder, files }: Packing): string {
  const file = path.join(folder, `part-${String(files.length)}`);
  files.push(file);
  return file;
}

/** As receipts name the feed. Of a folder only its name is told: where it lay on this machine concerns nobody else. */
function named(target: FeedTarget): { readonly origin: string; readonly from: string } {
  const { origin, from } = feedOrigin(target);
  return { origin, from: origin.startsWith(`${target.kind}:folder/`) ? origin.slice(target.kind.length + 1) : from };
}

async function measured(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return { bytes: (await stat(file)).size, sha256: digest.digest('hex') };
}

type Counts = { readonly records: number; readonly refused: number };

async function countedRecords({ gateway }: Context, file: string): Promise<Counts> {
  let [records, refused] = [0, 0];
  for await (const batch of gateway.readAdvisoryArchive(file)) {
    for (const each of batch) {
      if (each.advisory === null) refused += 1;
      else records += 1;
    }
  }
  return { records, refused };
}

async function countedKev({ gateway }: Context, bytes: Uint8Array): Promise<Counts | Problem> {
  const { entries, rejected, problems } = await gateway.readKev(bytes);
  return entries.size === 0 ? (problems[0] ?? error('nothing-there', 'The catalogue is empty.')) : { records: entries.size, refused: rejected };
}

async function countedEpss({ gateway }: Context, bytes: Uint8Array): Promise<Counts | Problem> {
  const { scores, rejected, problems } = await gateway.readEpss(bytes);
  return scores.size === 0 ? (problems[0] ?? error('nothing-there', 'The file has no scores.')) : { records: scores.size, refused: rejected };
}

async function countedEndOfLife({ gateway }: Context, bytes: Uint8Array): Promise<Counts | Problem> {
  const { products, rejected, problems } = await gateway.readEndOfLife(bytes);
  return products.length === 0
    ? (problems[0] ?? error('nothing-there', 'The file has no products.'))
    : { records: products.length, refused: rejected };
}

const counters = { kev: countedKev, epss: countedEpss, 'end-of-life': countedEndOfLife } as const;

const nothingPublic = error('nothing-there', 'No registry has said anything of a package whose name is known to be public.');

function looseRecords(ecosystem: string): Problem {
  const where = ecosystem === '' ? 'The folder' : `The folder ${quoted(ecosystem)}`;
  return error('loose-records', `${where} holds single records. A bundle carries archives as OSV publishes them: zip the records as all.zip.`);
}

function mutable(state: { readonly etag: string | null; readonly newest: string | null; readonly newestIds: readonly string[] }) {
  return { ...state, newestIds: [...state.newestIds] };
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
