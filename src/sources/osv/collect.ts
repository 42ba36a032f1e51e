import { createHash } from 'node:crypto';
import { mkdir, opendir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { quoted, type Problem } from '#model/problem.ts';
import type { HttpClient } from '#outbound/http.ts';
import { isUrl } from '../feed-file.ts';
import { readRegularFile } from '../read-regular-file.ts';
import { readModifiedList, type ModifiedRecord } from './modified-list.ts';

/** Where OSV publishes its bucket (https://google.github.io/osv.dev/data/). */
export const osvBucketUrl = 'https://osv-vulnerabilities.storage.googleapis.com';

/** What is remembered of one ecosystem's part of a bucket: the ETag (or fingerprint) of its archive or list, and the newest change taken. */
export type OsvPartState = { readonly etag: string | null; readonly newest: string | null; readonly newestIds: readonly string[] };

/** By ecosystem; `''` stands for loose files at the top. Save an ecosystem's new state when its part was taken in whole. */
export type OsvState = Readonly<Record<string, OsvPartState>>;

/** One record still to be read. */
export type OsvFile = { readonly path: string; readonly bytes: () => Promise<Uint8Array | Problem> };

/** What one ecosystem's part gave. `failed`: what was known stays, as stale. */
export type OsvPart = { readonly ecosystem: string } & (
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly problem: Problem }
  /** A zip on disk, for the gateway. A fetched one is removed when the next part is asked for. */
  | { readonly kind: 'archive'; readonly file: string; readonly revision: string | null; readonly state: OsvPartState }
  /** Changed records; `listed` are the ids of all there are, null when not known. */
  | {
      readonly kind: 'records';
      readonly files: readonly OsvFile[];
      readonly listed: ReadonlySet<string> | null;
      readonly revision: string | null;
      readonly state: OsvPartState;
      readonly problems: readonly Problem[];
    }
);

export type OsvSource = {
  /** A bucket's URL, a folder laid out like it, a folder of `*.json`, or one `.zip`. */
  readonly from: string;
  /** OSV's names of ecosystems, suffixes ignored; null for all there are. */
  readonly ecosystems: readonly string[] | null;
  readonly last: OsvState;
  readonly http: HttpClient;
  /** For fetched archives. */
  readonly workDir: string;
};

const archiveLimit = { maxBytes: 8 * 1024 ** 3, deadlineMs: 1_800_000 };
const listLimit = { maxBytes: 256 * 1024 * 1024, deadlineMs: 300_000 };
const recordLimit = { maxBytes: 16 * 1024 * 1024, deadlineMs: 60_000 };
/** With more changes than this one archive is cheaper than so many requests. */
const maxSingleRecords = 400;
const maxFiles = 2_000_000;

/** Looks at an OSV bucket ecosystem by ecosystem and gives only what changed since `last`. Never throws on what it finds. */
export async function* collectOsv(source: OsvSource): AsyncGenerator<OsvPart> {
  if (!isUrl(source.from)) {
    yield* collectFromDisk(source);
    return;
  }
  const ecosystems = source.ecosystems ?? (await listedEcosystems(source));
  if ('code' in ecosystems) {
    yield { ecosystem: '', kind: 'failed', problem: ecosystems };
    return;
  }
  await mkdir(source.workDir, { recursive: true });
  for (const ecosystem of distinctEcosystems(ecosystems)) {
    const part = await fetchPart(source, ecosystem);
    try {
      yield part;
    } finally {
      if (part.kind === 'archive') await rm(part.file, { force: true });
    }
  }
}

/** Ecosystems as a bucket's folders are named: `Debian:12` lies in `Debian`. Names that could not be a folder are left out. */
function distinctEcosystems(ecosystems: readonly string[]): readonly string[] {
  const names = ecosystems.map((each) => each.split(':', 1)[0]?.trim() ?? '');
  return [...new Set(names.filter((name) => /^[A-Za-z0-9][A-Za-z0-9 ._+-]{0,99}$/.test(name)))].sort();
}

async function listedEcosystems(source: OsvSource): Promise<readonly string[] | Problem> {
  const answer = await source.http.get(`${base(source)}/ecosystems.txt`, listLimit);
  if (answer.kind === 'failed') return answer.problem;
  return answer.kind === 'fetched' && answer.body !== null ? new TextDecoder().decode(answer.body).split('\n') : [];
}

async function fetchPart(source: OsvSource, ecosystem: string): Promise<OsvPart> {
  const folder = `${base(source)}/${encodeURIComponent(ecosystem)}`;
  const last = source.last[ecosystem] ?? null;
  const list = await source.http.get(`${folder}/modified_id.csv`, { ...listLimit, etag: last?.newest === null ? null : (last?.etag ?? null) });
  if (list.kind === 'not-modified') return { ecosystem, kind: 'unchanged' };
  // Not every mirror carries the list; then the archive and its ETag must do.
  if (list.kind === 'failed')
    return list.problem.code === 'not-found' ? await fetchArchive(source, ecosystem, null) : { ecosystem, kind: 'failed', problem: list.problem };
  const { records, odd } = readModifiedList(new TextDecoder().decode(list.body ?? new Uint8Array()));
  const newest = records[0]?.at ?? null;
  const state: OsvPartState = { etag: list.etag, newest, newestIds: records.filter(({ at }) => at === newest).map(({ id }) => id) };
  const known = last?.newest ?? null;
  const changed = known === null ? null : changedSince(records, known, last?.newestIds ?? []);
  if (odd > 0 || newest === null || changed === null || changed.length > maxSingleRecords)
    return await fetchArchive(source, ecosystem, newest === null ? null : state);
  if (changed.length === 0) return { ecosystem, kind: 'unchanged' };
  const files = changed.map(({ id }): OsvFile => ({
    path: `${ecosystem}/${id}.json`,
    bytes: () => fetchRecord(source, `${folder}/${encodeURIComponent(id)}.json`),
  }));
  return { ecosystem, kind: 'records', files, listed: new Set(records.map(({ id }) => id)), revision: list.etag, state, problems: [] };
}

/** A record may be published with the very time of the newest one we know, so those at that time count unless we took them. */
function changedSince(records: readonly ModifiedRecord[], newest: string, taken: readonly string[]): readonly ModifiedRecord[] {
  const had = new Set(taken);
  return records.filter(({ id, at }) => at > newest || (at === newest && !had.has(id)));
}

/** The list was fetched before the archive, so a change in between is fetched once more rather than missed. */
async function fetchArchive(source: OsvSource, ecosystem: string, listState: OsvPartState | null): Promise<OsvPart> {
  const file = join(source.workDir, `osv-${createHash('sha256').update(ecosystem).digest('hex').slice(0, 12)}.zip`);
  await rm(file, { force: true });
  const last = source.last[ecosystem];
  const etag = listState === null && last?.newest === null ? last.etag : null;
  const answer = await source.http.get(`${base(source)}/${encodeURIComponent(ecosystem)}/all.zip`, { ...archiveLimit, etag, toFile: file });
  if (answer.kind === 'failed') return { ecosystem, kind: 'failed', problem: answer.problem };
  if (answer.kind === 'not-modified') return { ecosystem, kind: 'unchanged' };
  return {
    ecosystem,
    kind: 'archive',
    file,
    revision: answer.etag ?? answer.hash,
    state: listState ?? { etag: answer.etag, newest: null, newestIds: [] },
  };
}

async function fetchRecord(source: OsvSource, url: string): Promise<Uint8Array | Problem> {
  const answer = await source.http.get(url, recordLimit);
  if (answer.kind === 'fetched' && answer.body !== null) return answer.body;
  return answer.kind === 'failed' ? answer.problem : error('not-found', 'The record was not sent.');
}

async function* collectFromDisk(source: OsvSource): AsyncGenerator<OsvPart> {
  const { from } = source;
  const there = await stat(from).catch(() => null);
  if (there === null) {
    yield { ecosystem: '', kind: 'failed', problem: error('no-such-folder', `There is no file or folder ${quoted(from)}.`) };
    return;
  }
  if (!there.isDirectory()) {
    yield await archiveOnDisk(source, '', from);
    return;
  }
  const { folders, files } = await contentOf(from);
  const wanted = source.ecosystems === null ? null : new Set(distinctEcosystems(source.ecosystems));
  if (files.includes('all.zip')) yield await archiveOnDisk(source, '', join(from, 'all.zip'));
  else if (files.some(isRecord)) yield await recordsOnDisk(source, '', from, files.filter(isRecord));
  for (const ecosystem of folders.sort()) {
    if (wanted !== null && !wanted.has(ecosystem)) continue;
    const folder = join(from, ecosystem);
    const inside = await contentOf(folder);
    if (inside.files.includes('all.zip')) yield await archiveOnDisk(source, ecosystem, join(folder, 'all.zip'));
    else if (inside.files.some(isRecord)) yield await recordsOnDisk(source, ecosystem, folder, inside.files.filter(isRecord));
  }
}

async function archiveOnDisk(source: OsvSource, ecosystem: string, file: string): Promise<OsvPart> {
  const there = await stat(file).catch(() => null);
  if (there?.isFile() !== true)
    return { ecosystem, kind: 'failed', problem: error('not-a-file', `${quoted(basename(file))} is not a regular file.`) };
  const etag = `${String(there.size)}-${String(there.mtimeMs)}`;
  if (source.last[ecosystem]?.etag === etag) return { ecosystem, kind: 'unchanged' };
  // A path that is only read: the generator removes fetched archives alone.
  return { ecosystem, kind: 'archive', file, revision: etag, state: { etag, newest: null, newestIds: [] } };
}

async function recordsOnDisk(source: OsvSource, ecosystem: string, folder: string, names: readonly string[]): Promise<OsvPart> {
  const sorted = [...names].sort();
  const fingerprint = createHash('sha256');
  for (const name of sorted) {
    const there = await stat(join(folder, name)).catch(() => null);
    fingerprint.update(`${name}\n${String(there?.size)}\n${String(there?.mtimeMs)}\n`);
  }
  const etag = fingerprint.digest('hex');
  if (source.last[ecosystem]?.etag === etag) return { ecosystem, kind: 'unchanged' };
  const pathOf = (name: string) => (ecosystem === '' ? name : `${ecosystem}/${name}`);
  const bytesOf = async (name: string) =>
    (await readRegularFile(join(folder, name), recordLimit.maxBytes, pathOf(name))) ??
    error('vanished', `${quoted(pathOf(name))} was removed while the folder was read.`);
  const files = sorted.map((name): OsvFile => ({ path: pathOf(name), bytes: () => bytesOf(name) }));
  const listed = new Set(sorted.map((name) => name.slice(0, -'.json'.length)));
  const problems =
    sorted.length < maxFiles ? [] : [error('too-many-files', `The folder has more than ${String(maxFiles)} files; the rest was not looked at.`)];
  return {
    ecosystem,
    kind: 'records',
    files,
    listed: problems.length === 0 ? listed : null,
    revision: etag,
    state: { etag, newest: null, newestIds: [] },
    problems,
  };
}

async function contentOf(folder: string): Promise<{ folders: string[]; files: string[] }> {
  const folders: string[] = [];
  const files: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) folders.push(entry.name);
      else if (entry.isFile()) files.push(entry.name);
      if (files.length >= maxFiles) break;
    }
  } catch {
    // What cannot be listed has no files for us; the caller then says that nothing of it was found.
  }
  return { folders, files };
}

function isRecord(name: string): boolean {
  return name.endsWith('.json');
}

function base(source: OsvSource): string {
  return source.from.replace(/\/+$/, '');
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
