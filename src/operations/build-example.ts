import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { startGit } from '#sources/git/run-git.ts';
import { exampleStream, readExampleHistory, type ExampleCommit, type ExampleHistory } from './example-stream.ts';

const buildLimitMs = 60_000;

/** A bare repository that stands for one of the example firm's. */
export type ExampleRepository = { readonly name: string; readonly path: string };

/**
 * Builds the bare repositories of an example estate (a folder with `history.yaml` and `repositories/`) beneath `target`, one folder `<name>.git` each,
 * in the order of the history. Those already built from the same history and files are left alone. Throws when the estate is not right or git fails.
 */
export async function buildExample(estate: string, target: string): Promise<readonly ExampleRepository[]> {
  const history = readExampleHistory(await readFile(join(estate, 'history.yaml')));
  await mkdir(target, { recursive: true });
  const built: ExampleRepository[] = [];
  for (const repository of history.repositories) {
    const commits = await commitsOf(history, repository, join(estate, 'repositories', repository.name));
    const path = join(target, `${repository.name}.git`);
    await buildRepository(path, exampleStream(commits));
    built.push({ name: repository.name, path });
  }
  return built;
}

async function commitsOf(
  history: ExampleHistory,
  repository: ExampleHistory['repositories'][number],
  folder: string,
): Promise<readonly ExampleCommit[]> {
  const commits: ExampleCommit[] = [];
  for (const commit of repository.commits) {
    const person = history.people[commit.author];
    if (person === undefined)
      throw new Error(`The history of ${repository.name} names the author ${commit.author}, who is not among its people. Add them.`);
    const files = await filesUnder(join(folder, commit.step));
    commits.push({ person, seconds: Date.parse(commit.date) / 1000, message: commit.message, files, remove: commit.remove });
  }
  return commits;
}

async function filesUnder(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((found) => found.isFile())) {
    const file = join(entry.parentPath, entry.name);
    files.set(relative(folder, file).split(sep).join('/'), await readFile(file));
  }
  return files;
}

async function buildRepository(path: string, stream: Uint8Array): Promise<void> {
  const stamp = createHash('sha256').update(stream).digest('hex');
  const stampFile = join(path, 'guildhall-example');
  if ((await readFile(stampFile, 'utf8').catch(() => null)) === stamp) return;
  // Built beside its place and moved there when whole, so that a build that was cut off is never read.
  const draft = `${path}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(draft, 'objects'), { recursive: true });
  await mkdir(join(draft, 'refs', 'heads'), { recursive: true });
  await writeFile(join(draft, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(draft, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  const git = startGit({ command: ['fast-import', '--quiet'], gitDir: draft, deadlineMs: buildLimitMs });
  git.child.stdin.end(stream);
  const problem = await git.ended;
  if (problem !== null) throw new Error(`The example repository ${path} could not be built: ${problem.message}`);
  await writeFile(join(draft, 'guildhall-example'), stamp);
  await rm(path, { recursive: true, force: true });
  await rename(draft, path);
}
