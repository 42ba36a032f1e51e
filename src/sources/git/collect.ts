import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
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
import { provenanceOfFolder, provenanceOfRemote, type Provenance } from '../place-of.ts';
import { readCommit } from './commit.ts';
import { configText, foreignRepository, resolveRevision, shallowCommits, type ForeignRepository } from './foreign-repository.ts';
import { listTree, type TreeFile } from './list-tree.ts';
import { openObjectReader, type ObjectReader } from './object-reader.ts';
import { ownGitDir, type OwnGitDir } from './own-git-dir.ts';
import { remoteOriginUrl } from './remote-origin.ts';

export type GitSource = {
  /** A checkout, linked worktree or bare repository on disk. */
  readonly folder: string;
  /** The folder the user named, beyond which no pointer of the repository is followed; `folder` by default. */
  readonly root?: string;
  /** `HEAD` by default; else a full object id, a ref, or a branch or tag by its short name. */
  readonly revision?: string;
  /** Where it comes from, when the caller knows better than its configuration (a mirror). */
  readonly provenance?: Provenance;
};

/**
 * Looks at one revision of a repository without a work tree and without ever running git with the repository's own configuration.
 * Never throws on what it finds: a broken repository is a `failed` collection, a missing blob an unreadable entry.
 */
export async function collectGit(source: GitSource, wanted: Wanted): Promise<Collection> {
  const folder = resolve(source.folder);
  const repository = await foreignRepository(folder, resolve(source.root ?? folder));
  const { origin, place } = source.provenance ?? (await provenanceOf(folder, repository));
  const fail = (...problems: readonly Problem[]) => failedCollection('git', origin, place, wanted.now, ...problems);
  if (repository === null)
    return fail(
      error('not-a-repository', `${quoted(source.folder)} is not a Git repository${(await isThere(folder)) ? '' : ': there is no such folder'}.`),
    );
  if ('code' in repository) return fail(repository);
  const objectId = await resolveRevision(repository, source.revision ?? 'HEAD');
  if (typeof objectId !== 'string') return fail(objectId);

  const own = await ownGitDir(repository.objectsDir, objectId.length === 64 ? 'sha256' : 'sha1', await shallowCommits(repository));
  const objects = openObjectReader(own.path);
  const close = () => closeAll(objects, own);
  const commit = await readCommit(objects, objectId);
  const listing = 'code' in commit ? null : await listTree(own.path, commit.id, wanted.maxFiles ?? defaultMaxFiles);
  if ('code' in commit || listing === null || (listing.files.length === 0 && !listing.complete)) {
    await close();
    return fail(...('code' in commit ? [commit] : (listing?.problems ?? [])));
  }

  const limit = wanted.maxFileBytes ?? defaultMaxFileBytes;
  const byPath = new Map(listing.files.map((file) => [file.path, file]));
  const { chosen, repeated } = withoutRepeats(listing.files.filter((file) => wanted.wants(file.path)));
  const isWhole = listing.complete && repeated.length === 0;
  const entries = await Promise.all(chosen.map((file) => entryOf(objects, file, limit)));
  const paths = [...byPath.keys()].sort();
  return {
    source: 'git',
    origin,
    place,
    revision: commit.id,
    validAt: Math.min(commit.committedAt, wanted.now),
    outcome: isWhole ? 'complete' : 'partial',
    entries: [...entries, ...(isWhole ? absentEntries(wanted.expected, new Set(paths)) : [])],
    paths,
    problems: [...listing.problems, ...repeated, ...submoduleProblems(listing.files)],
    async read(path) {
      const file = byPath.get(path);
      if (file === undefined) return null;
      return file.kind === 'file' ? await blobOf(objects, file, limit) : notAFile(file);
    },
    close,
  };
}

/** More places than this for one content are no honest repository: a few folders that hold each other's trees twice give a million files. */
const maxPlaces = 2_000;

function withoutRepeats(files: readonly TreeFile[]): { readonly chosen: readonly TreeFile[]; readonly repeated: readonly Problem[] } {
  const places = new Map<string, number>();
  const chosen = files.filter(({ objectId }) => {
    const count = (places.get(objectId) ?? 0) + 1;
    places.set(objectId, count);
    return count <= maxPlaces;
  });
  const left = files.length - chosen.length;
  const message = `One file lies at more than ${String(maxPlaces)} places of the revision; ${String(left)} copies of such files were not read.`;
  return { chosen, repeated: left === 0 ? [] : [error('too-many-copies', message)] };
}

async function provenanceOf(folder: string, repository: ForeignRepository | Problem | null): Promise<Provenance> {
  if (repository === null || 'code' in repository) return provenanceOfFolder(folder);
  const url = remoteOriginUrl((await configText(repository)) ?? '');
  return (url === null ? null : provenanceOfRemote(url)) ?? provenanceOfFolder(folder);
}

/** Only headers are asked for here, so that a missing or huge blob is known before anyone reads. */
export async function entryOf(objects: ObjectReader, file: TreeFile, limit: number): Promise<CollectedEntry> {
  const { path, objectId } = file;
  if (file.kind !== 'file') return { path, state: 'unreadable', problem: notAFile(file) };
  const header = await objects.header(objectId);
  if (header === null) return { path, state: 'unreadable', problem: missing(file) };
  if ('code' in header) return { path, state: 'unreadable', problem: { ...header, path } };
  if (header.size > limit)
    return {
      path,
      state: 'unreadable',
      problem: { ...error('too-large', `The file has ${String(header.size)} bytes; the limit is ${String(limit)}.`), path },
    };
  return { path, state: 'read', objectId, bytes: async () => blobOrProblem(file, await objects.contents(objectId)) };
}

/** The bytes of a listed file; null is said as a problem, since a listed file should be there. */
export async function blobOf(objects: ObjectReader, file: TreeFile, limit: number): Promise<Uint8Array | Problem> {
  return blobOrProblem(file, await objects.bytes(file.objectId, limit));
}

function blobOrProblem(file: TreeFile, bytes: Uint8Array | null | Problem): Uint8Array | Problem {
  if (bytes === null) return missing(file);
  return bytes instanceof Uint8Array ? bytes : { ...bytes, path: file.path };
}

function missing(file: TreeFile): Problem {
  return {
    ...error('missing-blob', `The content of the file (object ${file.objectId}) is missing from the repository. Fetch it, or scan a full clone.`),
    path: file.path,
  };
}

/** Why a link or submodule is not read. */
export function notAFile(file: TreeFile): Problem {
  const what = file.kind === 'link' ? 'a symbolic link' : 'a submodule';
  return { ...error(file.kind, `The path is ${what}, which is not followed.`), path: file.path };
}

function submoduleProblems(files: readonly TreeFile[]): readonly Problem[] {
  const submodules = files.filter((file) => file.kind === 'submodule');
  const first = submodules[0];
  if (first === undefined) return [];
  const more = submodules.length === 1 ? '' : ` and ${String(submodules.length - 1)} more`;
  return [
    {
      code: 'submodule',
      message: `Submodules are not followed: ${quoted(first.path)}${more}. Scan them as repositories of their own.`,
      severity: 'warning',
    },
  ];
}

async function closeAll(objects: ObjectReader, own: OwnGitDir): Promise<void> {
  await objects.close();
  await own.remove();
}

async function isThere(folder: string): Promise<boolean> {
  return await stat(folder).then(
    () => true,
    () => false,
  );
}

function error(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
