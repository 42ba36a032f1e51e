import { isOfOneFile } from '#model/receipt.ts';
import { hash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { KeptDecision } from '#model/decision.ts';
import { quoted, type Problem } from '#model/problem.ts';
import type { Collection } from '#sources/collection.ts';
import { collectFile } from '#sources/file/collect.ts';
import { collectFolder } from '#sources/folder/collect.ts';
import { collectGit } from '#sources/git/collect.ts';
import { localSources, type LocalSource } from '#sources/local-sources.ts';
import { provenanceOfRemote } from '#sources/place-of.ts';
import { collectImage, type ImageSource } from './collect-image.ts';
import { collectRemote, type RemoteAccess } from './collect-remote.ts';
import { isUrl } from './configuration.ts';
import type { Context } from './context.ts';
import type { FoldedComponent } from './fold-receipt.ts';
import { scanHistory, type HistoryProgress, type HistoryScanned, type HistoryWanted } from './scan-history.ts';
import { scanSource, type Scanned } from './scan-source.ts';
import { removalInWords, removalOfOrigin, removalsIn } from './standing.ts';
import { wantsPath } from './wants-path.ts';

/** What a target turns out to be. */
type Source =
  Exclude<LocalSource, { readonly kind: 'image' }> | ({ readonly kind: 'image' } & ImageSource) | { readonly kind: 'url'; readonly url: string };

/** One thing to scan: a folder, repository, file or git URL; `drop` reads each file of a folder as an SBOM of its own. */
export type Target = {
  readonly at: string;
  readonly kind?: 'git' | 'folder' | 'drop' | 'image';
  readonly revision?: string;
  /** Of images. */
  readonly platform?: string;
  /** The past to read of a repository before the revision itself; other sources have none. */
  readonly history?: HistoryWanted;
};

/** What became of one source: its scan, or why there is none. `ms` is wall time. */
export type TargetScanned = {
  readonly target: string;
  readonly source: string;
  readonly ms: number;
  readonly scanned: Scanned | null;
  /** Null where no past was asked for, or there is none. */
  readonly history: HistoryScanned | null;
  readonly problem: Problem | null;
};

export type ScanProgress = {
  /** A source is going to be read. What this throws ends the scan before it. */
  source?(name: string, at: number, of: number): void;
  /** The past of a source has been read some way back. */
  history?: HistoryProgress;
  /** A component's receipt and raw are durable, and it is folded. */
  component?(done: FoldedComponent): void;
  /** A source is done, or cannot be. */
  done?(result: TargetScanned): Promise<void>;
};

/** Scans everything the targets name, one source after another. A source that fails is reported and the rest goes on. */
export async function scanTargets(
  context: Context,
  targets: readonly Target[],
  access: RemoteAccess,
  progress: ScanProgress = {},
): Promise<readonly TargetScanned[]> {
  const sources: { readonly target: Target; readonly source: Source }[] = [];
  const results: TargetScanned[] = [];
  const finish = async (result: TargetScanned): Promise<void> => {
    results.push(result);
    await progress.done?.(result);
  };
  for (const target of targets) {
    const found = isUrl(target.at)
      ? [{ kind: 'url', url: target.at } as const]
      : target.kind === 'drop'
        ? await dropped(target.at)
        : await withImages(
            context,
            target,
            target.kind === 'image' ? [{ kind: 'image', at: path.resolve(target.at) }] : await localSources(path.resolve(target.at)),
          );
    if ('code' in found) await finish({ target: target.at, source: target.at, ms: 0, scanned: null, history: null, problem: found });
    else for (const source of found) sources.push({ target, source });
  }
  for (const [index, { target, source }] of sources.entries()) {
    const name = nameOf(target, source);
    progress.source?.(name, index + 1, sources.length);
    const started = performance.now();
    const done = await scanOne(context, target, source, access, progress);
    await finish({ target: target.at, source: name, ms: performance.now() - started, ...done });
  }
  return results;
}

/** An archive or layout may hold several images, each of which is a source of its own. */
async function withImages({ gateway }: Context, target: Target, found: readonly LocalSource[] | Problem): Promise<readonly Source[] | Problem> {
  if ('code' in found) return found;
  const sources: Source[] = [];
  for (const source of found) {
    if (source.kind !== 'image') {
      sources.push(source);
      continue;
    }
    const { images, problems } = await gateway.listImages(source.at);
    if (problems[0] !== undefined) return problems[0];
    sources.push(...images.map(({ name }): Source => ({ ...source, name, platform: target.platform ?? null })));
  }
  return sources;
}

/** Each file of a drop folder is a source of its own: what was dropped last week does not end because another file comes. */
async function dropped(folder: string): Promise<readonly Source[] | Problem> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return { code: 'no-such-folder', message: `There is no folder ${quoted(folder)}.`, severity: 'error' };
  const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map((entry) => entry.name);
  return files.sort().map((name) => ({ kind: 'file', file: path.resolve(folder, name) }));
}

async function scanOne(
  context: Context,
  target: Target,
  source: Source,
  access: RemoteAccess,
  progress: ScanProgress,
): Promise<Pick<TargetScanned, 'scanned' | 'history' | 'problem'>> {
  // Before anything is fetched, where the address says what it is.
  const named = source.kind === 'url' ? (provenanceOfRemote(source.url)?.origin ?? null) : null;
  const refused = named === null ? null : await removalOfOrigin(context.store, named);
  if (refused !== null) return removed(named ?? '', refused);
  const { folder, collection } = await collect(context, target, source, access);
  try {
    const removal = await removalOfCollection(context, collection);
    if (removal !== null) return removed(collection.origin, removal);
    const history =
      target.history === undefined || folder === null || collection.outcome === 'failed'
        ? null
        : await scanHistory(
            context,
            { folder, root: source.kind === 'url' ? folder : path.resolve(target.at), head: collection },
            target.history,
            progress.history,
          );
    return { scanned: await scanSource(context, collection, progress.component), history, problem: null };
  } finally {
    await collection.close();
  }
}

/** The source itself, or the one component of a single file. */
async function removalOfCollection({ store }: Context, { origin, source, place }: Collection): Promise<KeptDecision | null> {
  return (await removalOfOrigin(store, origin)) ?? (isOfOneFile(source) ? (await removalsIn(store, origin, place))('') : null);
}

function removed(origin: string, removal: KeptDecision): Pick<TargetScanned, 'scanned' | 'history' | 'problem'> {
  return { scanned: null, history: null, problem: { code: 'removed', message: removalInWords(origin, removal), severity: 'error' } };
}

/** `folder` is where a repository lies; null for what is none. */
type Collected = { readonly folder: string | null; readonly collection: Collection };

async function collect(context: Context, target: Target, source: Source, access: RemoteAccess): Promise<Collected> {
  const wanted = { wants: wantsPath, now: context.clock() };
  if (source.kind === 'url') return collectRemote(source.url, target.revision, access, wanted);
  if (source.kind === 'image') {
    const collected = await collectImage(context.gateway, source, wanted.now);
    return { folder: null, collection: await apart(context, collected, source) };
  }
  if (source.kind === 'git') {
    const at = { folder: source.folder, root: path.resolve(target.at), ...(target.revision === undefined ? {} : { revision: target.revision }) };
    return { folder: source.folder, collection: await apart(context, await collectGit(at, wanted), source) };
  }
  const collection =
    source.kind === 'folder'
      ? await collectFolder({ folder: source.folder, skip: source.skip }, wanted)
      : await collectFile({ file: source.file }, wanted);
  return { folder: null, collection: await apart(context, collection, source) };
}

/**
 * A local source is known by the names of its folder and the one around it. Where another of the same names is known already, a hash of its place
 * tells them apart; the path itself is never kept.
 */
async function apart(context: Context, collection: Collection, source: Exclude<Source, { readonly kind: 'url' }>): Promise<Collection> {
  if (!collection.origin.startsWith('folder:')) return collection;
  const lies = await realpath(placeOf(source)).catch(() => '');
  const at = hash('sha256', lies, 'hex').slice(0, 8);
  const place = { ...collection.place, at };
  const known = (await context.store.lastReceiptOf(collection.origin))?.place?.at;
  return known === undefined || known === at ? { ...collection, place } : { ...collection, place, origin: `${collection.origin}#${at}` };
}

function nameOf(target: Target, source: Source): string {
  if (source.kind === 'url') return target.at;
  const at = path.relative(process.cwd(), placeOf(source)) || '.';
  return source.kind === 'image' && source.name !== null ? `${at} (${source.name})` : at;
}

function placeOf(source: Exclude<Source, { readonly kind: 'url' }>): string {
  return source.kind === 'file' ? source.file : source.kind === 'image' ? source.at : source.folder;
}
