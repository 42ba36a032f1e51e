import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quoted, type Problem } from '#model/problem.ts';
import type { HttpClient } from '#outbound/http.ts';
import { readRegularFile } from './read-regular-file.ts';

/** What is remembered of one file of a feed, so that an unchanged one is not fetched again. */
export type FeedFileState = { readonly etag: string | null; readonly lastModified: string | null };

/** One look at a file of a feed. `failed`: what was known stays, as stale. */
export type FeedFile =
  | { readonly kind: 'changed'; readonly bytes: Uint8Array; readonly hash: string; readonly name: string; readonly state: FeedFileState }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type FeedFileSource = {
  /** A URL of the file, a file on disk or a folder that holds it. */
  readonly from: string;
  /** What the last look gave; null for the first. */
  readonly last: FeedFileState | null;
  readonly http: HttpClient;
  readonly maxBytes: number;
  readonly deadlineMs: number;
};

/** True for what is fetched over the network and not read from disk. */
export function isUrl(from: string): boolean {
  return /^https?:\/\//i.test(from);
}

/** Looks at one file of a feed; `names` are the names it may have in a folder, the first pattern found is taken, and of its files the last by name, which is the newest where names are dated. */
export async function collectFeedFile(source: FeedFileSource, names: readonly RegExp[]): Promise<FeedFile> {
  if (isUrl(source.from)) return await fetched(source);
  const found = await stat(source.from).catch(() => null);
  if (found === null) return { kind: 'failed', problem: error('no-such-file', `There is no file or folder ${quoted(source.from)}.`) };
  if (!found.isDirectory()) return await fromDisk(source.from, source);
  const inside = (await readdir(source.from).catch(() => [])).sort();
  const name = names.flatMap((pattern) => inside.findLast((each) => pattern.test(each)) ?? [])[0];
  if (name === undefined) return { kind: 'failed', problem: error('no-such-file', `The folder ${quoted(source.from)} holds no file of this feed.`) };
  return await fromDisk(join(source.from, name), source);
}

async function fetched({ from, last, http, maxBytes, deadlineMs }: FeedFileSource): Promise<FeedFile> {
  const answer = await http.get(from, { etag: last?.etag ?? null, lastModified: last?.lastModified ?? null, maxBytes, deadlineMs });
  if (answer.kind === 'failed') return { kind: 'failed', problem: answer.problem };
  if (answer.kind === 'not-modified' || answer.body === null) return { kind: 'unchanged' };
  const { body, hash, etag, lastModified } = answer;
  return { kind: 'changed', bytes: body, hash, name: new URL(from).pathname.split('/').at(-1) ?? 'feed', state: { etag, lastModified } };
}

async function fromDisk(file: string, { last, maxBytes }: FeedFileSource): Promise<FeedFile> {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  const bytes = await readRegularFile(file, maxBytes, name);
  if (!(bytes instanceof Uint8Array)) return { kind: 'failed', problem: bytes ?? error('no-such-file', `There is no file ${quoted(name)}.`) };
  const hash = createHash('sha256').update(bytes).digest('hex');
  return last?.etag === hash ? { kind: 'unchanged' } : { kind: 'changed', bytes, hash, name, state: { etag: hash, lastModified: null } };
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
