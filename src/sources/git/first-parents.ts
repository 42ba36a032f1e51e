import { readCommit, type Commit } from './commit.ts';
import { foreignRepository, resolveRevision, shallowCommits } from './foreign-repository.ts';
import { openObjectReader } from './object-reader.ts';
import { ownGitDir } from './own-git-dir.ts';

/** The first-parent line of a repository's HEAD, oldest first, at most `most` commits back. Empty when it cannot be read. */
export async function firstParentCommits(folder: string, most = 100_000): Promise<readonly Commit[]> {
  const repository = await foreignRepository(folder, folder);
  if (repository === null || 'code' in repository) return [];
  const head = await resolveRevision(repository, 'HEAD');
  if (typeof head !== 'string') return [];
  const own = await ownGitDir(repository.objectsDir, head.length === 64 ? 'sha256' : 'sha1', await shallowCommits(repository));
  const objects = openObjectReader(own.path);
  const commits: Commit[] = [];
  try {
    for (let id: string | null = head; id !== null && commits.length < most;) {
      const commit: Awaited<ReturnType<typeof readCommit>> = await readCommit(objects, id);
      if ('code' in commit) break;
      commits.push(commit);
      id = commit.firstParent;
    }
  } finally {
    await objects.close();
    await own.remove();
  }
  return commits.reverse();
}
