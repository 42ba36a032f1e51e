import { resolve } from 'node:path';
import type { Problem } from '#model/problem.ts';
import { defaultMaxFileBytes, defaultMaxFiles, type CollectedEntry } from '../collection.ts';
import { blobOf, entryOf, notAFile } from './collect.ts';
import { changesSince, firstParentLine, type LineCommit } from './first-parent-log.ts';
import { foreignRepository, shallowCommits } from './foreign-repository.ts';
import { listTree, type TreeFile } from './list-tree.ts';
import { openObjectReader } from './object-reader.ts';
import { ownGitDir } from './own-git-dir.ts';
import { pathHistory } from './path-history.ts';

/** Which past of a repository to open: the first-parent line up to the commit `head`. */
export type PastSource = {
  readonly folder: string;
  /** The folder the user named, beyond which no pointer of the repository is followed. */
  readonly root: string;
  /** A commit id, as `collectGit` gave it. */
  readonly head: string;
  /** Unix milliseconds: the line begins with the last commit before it. Null: with its first commit. */
  readonly since: number | null;
};

/** A first-parent line with all its files, to be read in any order. Commits are named by their place, the oldest being 0. Close it at the end. */
export type GitPast = {
  /** Dates never decrease along the line: a clock that went backwards does not make a commit older than its parent. */
  readonly commits: readonly LineCommit[];
  /** True when the repository is a shallow clone whose line begins where it was cut. */
  readonly isCut: boolean;
  /** Places of the commits that changed a path for which `wants` is true, and the first one, ascending. */
  readonly changed: readonly number[];
  /** Of these the ones that added or removed such a path. */
  readonly reshaped: ReadonlySet<number>;
  /** The paths for which `wants` is true, at any time. */
  readonly wanted: readonly string[];
  /** Object id at a path as of a commit; null when nothing is there. */
  objectAt(path: string, commit: number): string | null;
  /** The entry at a path as of a commit; null when nothing is there. */
  entry(path: string, commit: number): Promise<CollectedEntry | null>;
  /** Any file as of a commit: its bytes, null when there is none, or why it cannot be read. */
  read(path: string, commit: number): Promise<Uint8Array | null | Problem>;
  close(): Promise<void>;
};

const mostCommits = 1_000_000;
const mostChanges = 4_000_000;

/** Opens the past of a repository, without its configuration and without a work tree; or says why it cannot be walked. */
export async function openPast(source: PastSource, wants: (path: string) => boolean): Promise<GitPast | Problem> {
  const folder = resolve(source.folder);
  const repository = await foreignRepository(folder, resolve(source.root));
  if (repository === null) return { code: 'not-a-repository', message: 'The folder is not a Git repository any more.', severity: 'error' };
  if ('code' in repository) return repository;
  const shallow = await shallowCommits(repository);
  const own = await ownGitDir(repository.objectsDir, source.head.length === 64 ? 'sha256' : 'sha1', shallow);
  const opened = await walk(own.path, source, wants);
  if ('code' in opened) {
    await own.remove();
    return opened;
  }
  const { commits, changed, reshaped, files, wanted } = opened;
  const objects = openObjectReader(own.path);
  return {
    commits,
    isCut: shallow.includes(commits[0]?.id ?? ''),
    changed,
    reshaped,
    wanted,
    objectAt: (path, commit) => files.at(path, commit)?.objectId ?? null,
    async entry(path, commit) {
      const file = files.at(path, commit);
      return file === null ? null : entryOf(objects, file, defaultMaxFileBytes);
    },
    async read(path, commit) {
      const file = files.at(path, commit);
      if (file === null) return null;
      return file.kind === 'file' ? await blobOf(objects, file, defaultMaxFileBytes) : notAFile(file);
    },
    async close() {
      await objects.close();
      await own.remove();
    },
  };
}

async function walk(gitDir: string, { head, since }: PastSource, wants: (path: string) => boolean) {
  const line = await firstParentLine(gitDir, head, mostCommits);
  if ('code' in line) return line;
  const whole = monotonic(line);
  const start =
    since === null
      ? 0
      : Math.max(
          0,
          whole.findLastIndex((commit) => commit.committedAt <= since),
        );
  const commits = whole.slice(start);
  const [first] = commits;
  if (first === undefined) return { code: 'no-history', message: 'The repository has no commit.', severity: 'error' } as const;
  const listing = await listTree(gitDir, first.id, defaultMaxFiles);
  if (!listing.complete) return listing.problems.at(-1) ?? notListed;
  const files = pathHistory(listing.files);
  const wanted = new Set(listing.files.map((file) => file.path).filter(wants));
  const changed = new Set([0]);
  const reshaped = new Set<number>();
  const places = new Map(commits.map((commit, at) => [commit.id, at]));
  const take = (at: number, path: string, file: TreeFile | null): void => {
    const isWanted = wanted.has(path) || wants(path);
    if (isWanted && (file === null || files.at(path, at) === null)) reshaped.add(at);
    files.change(at, path, file);
    if (!isWanted) return;
    wanted.add(path);
    changed.add(at);
  };
  const broken = await changesSince(gitDir, first.id, head, mostChanges, ({ commit, path, file }) => {
    take(places.get(commit) ?? 0, path, file);
  });
  return broken ?? { commits, changed: [...changed], reshaped, files, wanted: [...wanted].sort() };
}

const notListed: Problem = { code: 'not-listed', message: 'The first revision of the history cannot be listed whole.', severity: 'error' };

function monotonic(commits: readonly LineCommit[]): readonly LineCommit[] {
  let latest = 0;
  return commits.map(({ id, committedAt }) => {
    latest = Math.max(latest, committedAt);
    return { id, committedAt: latest };
  });
}
