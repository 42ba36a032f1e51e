import { setTimeout as pause } from 'node:timers/promises';
import { discover } from '#analysis/components/discover.ts';
import { formats } from '#formats/all.ts';
import { collectGit } from '#sources/git/collect.ts';
import { readFiles } from '../src/operations/read-files.ts';
import { wantsPath } from '../src/operations/wants-path.ts';
import { figure, median, type Figure } from './figure.ts';
import { gitBlobs } from './git-blobs.ts';
import { processorTime } from './processor-time.ts';
import { benchRepositories, notRun } from './repositories.ts';

const rounds = 5;

type Spent = { readonly ms: number; readonly cpuMs: number };
type Head = { readonly repository: string; readonly blobs: readonly string[] };

/**
 * Reading real repositories at HEAD, beside the least that must be done for it: git printing the same lockfiles and manifests, and JSON parsing of those
 * that are JSON. Both in turn in one run.
 */
export async function benchHeads(): Promise<readonly Figure[]> {
  const repositories = benchRepositories();
  if (repositories === null) return notRun('heads', 'GUILDHALL_BENCH_REPOSITORIES names no folder of git repositories');
  const heads: Head[] = [];
  for (const repository of repositories) heads.push({ repository, blobs: await evidenceAtHead(repository) });
  const [ours, least]: [Spent[], Spent[]] = [[], []];
  let said = { files: 0, packages: 0 };
  let bytes = { all: 0, json: 0 };
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await spent(async () => (said = await readAll(repositories))));
    least.push(await spent(() => Promise.resolve((bytes = printAndParse(heads)))));
  }
  const megabytes = (count: number) => `${(count / 1e6).toFixed(1)} MB`;
  const setup =
    `${String(repositories.length)} public repositories, ${String(said.files)} files with ${String(said.packages)} packages, ` +
    `${megabytes(bytes.all)} of which ${megabytes(bytes.json)} are JSON; median of ${String(rounds)} in turn`;
  const ratio = (of: (each: Spent) => number) => median(ours.map((each, at) => of(each) / of(least[at] ?? each)));
  const peer = '`git cat-file --batch` of the same files, one process a repository, and JSON.parse of those that are JSON';
  return [
    figure(
      'heads-ratio',
      ratio((each) => each.ms),
      'times',
      2,
      `reading at HEAD, reader processes started anew, against ${peer}; ${setup}`,
    ),
    figure(
      'heads-ratio-cpu',
      ratio((each) => each.cpuMs),
      'times',
      null,
      'processor time of the same, children included',
    ),
    figure('heads', median(ours.map((each) => each.ms)), 'ms', null, `packages, edges and problems of every file; ${setup}`),
    figure('heads-cpu', median(ours.map((each) => each.cpuMs)), 'ms', null, 'processor time of the same'),
    figure('heads-git', median(least.map((each) => each.ms)), 'ms', null, `${peer}; ${setup}`),
    figure('heads-git-cpu', median(least.map((each) => each.cpuMs)), 'ms', null, 'processor time of the same'),
  ];
}

async function spent(work: () => Promise<unknown>): Promise<Spent> {
  const [start, cpu] = [performance.now(), processorTime()];
  await work();
  const ms = performance.now() - start;
  await pause(200); // reader processes that were ended count once they are waited for
  return { ms, cpuMs: Math.max(processorTime() - cpu, 1) };
}

async function readAll(repositories: readonly string[]): Promise<{ readonly files: number; readonly packages: number }> {
  let [files, packages] = [0, 0];
  for await (const report of readFiles(repositories, null)) {
    if (report.format !== null) files += 1;
    packages += report.packages.length;
  }
  return { files, packages };
}

function printAndParse(heads: readonly Head[]): { readonly all: number; readonly json: number } {
  let [all, json] = [0, 0];
  for (const { repository, blobs } of heads) {
    if (blobs.length === 0) continue;
    for (const blob of gitBlobs(repository, blobs)) {
      all += blob.length;
      if (parses(blob.toString())) json += blob.length;
    }
  }
  return { all, json };
}

function parses(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function evidenceAtHead(repository: string): Promise<readonly string[]> {
  const collected = await collectGit({ folder: repository }, { wants: wantsPath, now: Date.now() });
  try {
    const evidence = discover(
      collected.entries.map((entry) => entry.path),
      formats,
    ).components.flatMap((component) => component.evidence.map((each) => each.path));
    const wanted = new Set(evidence);
    return collected.entries.flatMap((entry) =>
      entry.state === 'read' && wanted.has(entry.path) && entry.objectId !== null ? [entry.objectId] : [],
    );
  } finally {
    await collected.close();
  }
}
