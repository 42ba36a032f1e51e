import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { discover } from '#analysis/components/discover.ts';
import { unreadManifests } from '#analysis/components/unread-manifests.ts';
import { formats } from '#formats/all.ts';
import { openGateway, resultOf, type FetchNeighbour, type Gateway } from '#gateway/gateway.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { CollectedEntry } from '#sources/collection.ts';
import { collectFolder } from '#sources/folder/collect.ts';
import { collectGit } from '#sources/git/collect.ts';
import { isRepository, localSources, type LocalSource } from '#sources/local-sources.ts';
import { ConfigurationError } from './configuration-error.ts';
import { nearest } from './nearest.ts';
import { wantsPath } from './wants-path.ts';

/** What one file says. `format` is null when no format knows it. */
export type FileReport = { readonly file: string; readonly format: string | null } & Pick<ReadingResult, 'packages' | 'edges' | 'problems'>;

/** A folder or repository whose files are read as a scan would; of one `at` a revision only what lies `within` a path, all of it where that is empty. */
type Place =
  | Exclude<LocalSource, { readonly kind: 'file' | 'image' }>
  | { readonly kind: 'git'; readonly folder: string; readonly at: { readonly revision: string; readonly within: string } };

/** An archive or layout of images, or a root file system. */
type Images = Extract<LocalSource, { readonly kind: 'image' }>;

/** One file to read: as it is shown, where it lies inside its source, and how it and what lies beside it are fetched. */
type Job = {
  readonly file: string;
  readonly inside: string;
  readonly formatId: string | null;
  bytes(): Promise<Uint8Array | Problem>;
  readonly neighbours: FetchNeighbour;
};

/** The reader processes, and how many files to read at once. */
type Readers = { readonly gateway: Gateway; readonly lanes: number };

/**
 * Reads files, folders and repositories without a store, in the order given. Of a folder or repository (at `HEAD`) it reads what a scan would,
 * in the order of the paths; what is to be said of the place as a whole comes as a report without a format. With a `revision` everything is read as it is
 * in that one of the repository it lies in.
 */
export async function* readFiles(targets: readonly string[], formatId: string | null, revision: string | null = null): AsyncGenerator<FileReport> {
  if (formatId !== null && !formats.some((format) => format.id === formatId)) {
    const ids = formats.map((format) => format.id);
    throw new ConfigurationError(`There is no format ${formatId}. Did you mean ${nearest(formatId, ids)}? guildhall formats lists them all.`);
  }
  const groups = revision === null ? await grouped(targets) : await Promise.all(targets.map((target) => placeAt(target, revision)));
  const lanes = Math.min(4, availableParallelism(), groups.every((each) => Array.isArray(each)) ? Math.max(1, targets.length) : Infinity);
  const readers = { gateway: openGateway({ workers: lanes }), lanes };
  try {
    for (const group of groups) {
      if (!isPlace(group))
        yield* readJobs(
          readers,
          group.map((file) => fileJob(file, formatId)),
        );
      else if (group.kind === 'image') yield* readImages(readers.gateway, group.at);
      else if (formatId === null || revision !== null) yield* readPlace(readers, group);
      else throw new ConfigurationError(`--as says what one file is, and ${group.folder} is a folder. Name the file.`);
    }
  } finally {
    readers.gateway.close();
  }
}

/** Files that follow each other are read side by side; a place is read by itself. What is not there is left to the reading of files to say. */
async function grouped(targets: readonly string[]): Promise<readonly (readonly string[] | Place | Images)[]> {
  const groups: (string[] | Place | Images)[] = [];
  for (const target of targets) {
    const found = await localSources(target);
    for (const source of 'code' in found ? [{ kind: 'file', file: target } as const] : found) {
      const last = groups.at(-1);
      if (source.kind !== 'file') groups.push(source);
      else if (Array.isArray(last)) last.push(source.file);
      else groups.push([source.file]);
    }
  }
  return groups;
}

/** Where a file or folder lies in its repository. Throws when it lies in none. */
async function placeAt(target: string, revision: string): Promise<Place> {
  const full = path.resolve(target);
  for (let folder = full; ; folder = path.dirname(folder)) {
    if (await isRepository(folder)) return { kind: 'git', folder, at: { revision, within: path.relative(folder, full).split(path.sep).join('/') } };
    if (folder === path.dirname(folder)) throw new ConfigurationError(`${target} lies in no Git repository, so that it has no ${revision}.`);
  }
}

function isPlace(group: readonly string[] | Place | Images): group is Place | Images {
  return 'kind' in group;
}

/** A file by itself. The name decides the format and relative includes; how many folders above count as the source is unknown, so two do (a parent POM). */
function fileJob(file: string, formatId: string | null): Job {
  const full = path.resolve(file);
  const root = path.dirname(path.dirname(path.dirname(full)));
  return {
    file,
    inside: path.relative(root, full).split(path.sep).join('/'),
    formatId,
    bytes: () =>
      readFile(file).catch((): Problem => ({
        code: 'no-such-file',
        message: 'The file cannot be read. Check the path and its permissions.',
        severity: 'error',
      })),
    neighbours: (neighbour) => readFile(path.join(root, neighbour)).catch(() => null),
  };
}

/** Each image in an archive, a layout or a root file system, with the usual platform. */
async function* readImages(gateway: Gateway, at: string): AsyncGenerator<FileReport> {
  const { images, problems } = await gateway.listImages(at);
  if (problems.length > 0) yield { file: at, format: null, packages: [], edges: [], problems };
  for (const { name } of images) {
    const file = name === null ? at : `${at} (${name})`;
    const { contents, problems: refused } = await gateway.readImage({ at, name, platform: null });
    if (contents === null) yield { file, format: null, packages: [], edges: [], problems: refused };
    else {
      const job = { file, inside: 'image.image-contents.json', formatId: 'image-contents', bytes: () => Promise.resolve(contents) };
      yield await readOne(gateway, { ...job, neighbours: () => Promise.resolve(null) });
    }
  }
}

async function* readPlace(readers: Readers, place: Place): AsyncGenerator<FileReport> {
  const wanted = { wants: wantsPath, now: Date.now() };
  const at = 'at' in place ? place.at : null;
  const collected = await (place.kind === 'git'
    ? collectGit({ folder: place.folder, ...(at === null ? {} : { revision: at.revision }) }, wanted)
    : collectFolder({ folder: place.folder, skip: place.skip }, wanted));
  try {
    const entries = new Map(collected.entries.map((entry) => [entry.path, entry]));
    const evidence = discover([...entries.keys()], formats).components.flatMap((component) => component.evidence);
    const jobs = evidence
      .filter((each) => at === null || at.within === '' || each.path === at.within || each.path.startsWith(`${at.within}/`))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path: inside, format }): Job => ({
        file: path.join(place.folder, inside),
        inside,
        formatId: format,
        bytes: () => bytesOf(entries.get(inside)),
        neighbours: (neighbour) => collected.read(neighbour),
      }));
    yield* readJobs(readers, jobs);
    const problems = [...collected.problems, ...(at === null ? unreadManifests(collected.paths, formats) : [])];
    if (problems.length > 0) yield { file: place.folder, format: null, packages: [], edges: [], problems };
  } finally {
    await collected.close();
  }
}

async function bytesOf(entry: CollectedEntry | undefined): Promise<Uint8Array | Problem> {
  if (entry?.state === 'read') return entry.bytes();
  return entry?.state === 'unreadable' ? entry.problem : { code: 'vanished', message: 'The file is no longer there.', severity: 'error' };
}

/** Reads a few files at a time and gives them in order. */
async function* readJobs({ gateway, lanes }: Readers, jobs: readonly Job[]): AsyncGenerator<FileReport> {
  const pending = new Map<number, Promise<FileReport>>();
  let next = 0;
  for (const index of jobs.keys()) {
    for (; next < jobs.length && next < index + lanes * 2; next += 1) {
      const job = jobs[next];
      if (job === undefined) break;
      const report = readOne(gateway, job);
      // Awaited in order below; a failure there must not count as unhandled here.
      report.catch(() => undefined);
      pending.set(next, report);
    }
    const report = await pending.get(index);
    pending.delete(index);
    if (report !== undefined) yield report;
  }
}

async function readOne(gateway: Gateway, { file, inside, formatId, bytes, neighbours }: Job): Promise<FileReport> {
  const content = await bytes();
  if (!(content instanceof Uint8Array)) {
    return { file, format: null, packages: [], edges: [], problems: [{ ...content, path: file }] };
  }
  const reading = await gateway.read({ path: inside, bytes: content, formatId }, neighbours);
  const { format } = reading;
  const { packages, edges, problems } = resultOf(reading);
  return { file, format, packages, edges, problems: problems.map((problem) => (problem.path === inside ? { ...problem, path: file } : problem)) };
}
