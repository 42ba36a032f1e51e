import type { Dirent } from 'node:fs';
import { opendir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { quoted, type Problem } from '#model/problem.ts';
import {
  absentEntries,
  defaultMaxFileBytes,
  defaultMaxFiles,
  failedCollection,
  type CollectedEntry,
  type Collection,
  type Wanted,
} from '../collection.ts';
import { provenanceOfFolder, type Provenance } from '../place-of.ts';
import { readRegularFile } from '../read-regular-file.ts';

export type FolderSource = {
  readonly folder: string;
  /** Folders inside it that are sources of their own, as paths relative to it. */
  readonly skip?: readonly string[];
  readonly provenance?: Provenance;
};

const maxDepth = 64;
const maxNamedProblems = 20;
const neverEntered: ReadonlySet<string> = new Set(['.git', 'node_modules']);

type Found = { readonly path: string; readonly kind: 'file' | 'link' | 'other' };
type Walk = {
  readonly found: Found[];
  readonly problems: Problem[];
  readonly maxFiles: number;
  readonly skip: ReadonlySet<string>;
  complete: boolean;
};

/** Looks at a plain folder without following links. What cannot be listed makes it `partial`, so that nothing there counts as gone. */
export async function collectFolder(source: FolderSource, wanted: Wanted): Promise<Collection> {
  const { origin, place } = source.provenance ?? provenanceOfFolder(source.folder);
  const root = await realpath(source.folder).catch(() => null);
  if (root === null)
    return failedCollection('folder', origin, place, wanted.now, error('no-such-folder', `There is no folder ${quoted(source.folder)}.`));
  const walk: Walk = { found: [], problems: [], maxFiles: wanted.maxFiles ?? defaultMaxFiles, skip: new Set(source.skip), complete: true };
  await listFolder(walk, root, '', 0);
  if (walk.found.length === 0 && !walk.complete) return failedCollection('folder', origin, place, wanted.now, ...walk.problems);

  const limit = wanted.maxFileBytes ?? defaultMaxFileBytes;
  const found = walk.found.sort((a, b) => (a.path < b.path ? -1 : 1));
  const byPath = new Map(found.map((file) => [file.path, file]));
  const read = (path: string) => readInside(root, path, limit);
  const entries = found.filter((file) => wanted.wants(file.path)).map((file) => entryOf(file, read));
  const left = walk.problems.length - maxNamedProblems;
  return {
    source: 'folder',
    origin,
    place,
    revision: null,
    validAt: wanted.now,
    outcome: walk.complete ? 'complete' : 'partial',
    entries: [...entries, ...(walk.complete ? absentEntries(wanted.expected, new Set(byPath.keys())) : [])],
    paths: [...byPath.keys()],
    problems:
      left <= 0
        ? walk.problems
        : [...walk.problems.slice(0, maxNamedProblems), error('unreadable', `${String(left)} more folders could not be listed.`)],
    read: async (path) => (byPath.has(path) ? await read(path) : null),
    close: () => Promise.resolve(),
  };
}

async function listFolder(walk: Walk, root: string, path: string, depth: number): Promise<void> {
  const miss = (code: string, message: string) => {
    walk.complete = false;
    walk.problems.push({ ...error(code, message), ...(path === '' ? {} : { path }) });
  };
  if (depth > maxDepth) {
    miss('too-deep', `The folder ${quoted(path)} lies more than ${String(maxDepth)} levels deep and was not looked at.`);
    return;
  }
  const folders: string[] = [];
  try {
    for await (const entry of await opendir(join(root, path))) {
      const inside = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!neverEntered.has(entry.name) && !walk.skip.has(inside)) folders.push(inside);
      } else if (walk.found.length < walk.maxFiles) {
        walk.found.push({ path: inside, kind: kindOf(entry) });
      } else {
        if (walk.complete) miss('too-many-files', `The folder has more than ${String(walk.maxFiles)} files; the rest was not looked at.`);
        return;
      }
    }
  } catch (problem) {
    miss(
      'unreadable',
      `The folder ${quoted(path === '' ? '.' : path)} cannot be listed (${(problem as NodeJS.ErrnoException).code ?? 'unknown'}). Check who may read it.`,
    );
  }
  for (const folder of folders) if (walk.found.length < walk.maxFiles) await listFolder(walk, root, folder, depth + 1);
}

function kindOf(entry: Dirent): Found['kind'] {
  return entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other';
}

function entryOf(file: Found, read: (path: string) => Promise<Uint8Array | null | Problem>): CollectedEntry {
  const { path } = file;
  if (file.kind !== 'file') {
    const message = file.kind === 'link' ? 'The path is a symbolic link, which is not followed.' : 'The path is not a regular file.';
    return { path, state: 'unreadable', problem: { ...error(file.kind === 'link' ? 'link' : 'not-a-file', message), path } };
  }
  const bytes = async () => (await read(path)) ?? { ...error('vanished', 'The file was removed while the folder was read. Scan again.'), path };
  return { path, state: 'read', objectId: null, bytes };
}

/** A folder on the way may have become a link since it was listed: its real path must still be the one we walked. */
async function readInside(root: string, path: string, limit: number): Promise<Uint8Array | null | Problem> {
  const folder = dirname(join(root, path));
  const real = await realpath(folder).catch(() => null);
  if (real === null) return null;
  if (real !== folder) return { ...error('link', 'A folder on the way to the file is a symbolic link, which is not followed.'), path };
  return await readRegularFile(join(root, path), limit, path);
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
