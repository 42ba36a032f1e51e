import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { openStore } from '#store/open-store.ts';
import { figure, timed, type BenchOptions, type Figure } from './figure.ts';
import { gitBlobs } from './git-blobs.ts';
import { measuredRun } from './measured-run.ts';
import { processorTime } from './processor-time.ts';
import { notRun } from './repositories.ts';

const ourCli = path.resolve(import.meta.dirname, '..', 'src', 'cli', 'main.ts');
const mostBytes = 2 ** 31 - 1;

/** The whole past of a real repository into an empty store, as the command line does it, beside what git alone takes to walk the line and print the same files. */
export async function benchHistory({ cache }: BenchOptions): Promise<readonly Figure[]> {
  const repository = process.env['GUILDHALL_BENCH_HISTORY'];
  if (repository === undefined) return notRun('history', 'GUILDHALL_BENCH_HISTORY names no git repository');
  const dataDir = fs.mkdtempSync(path.join(cache, 'history-'));
  try {
    const first = await scan(repository, dataDir);
    const again = await scan(repository, dataDir);
    const told = await toldBy(dataDir);
    const commits = git(repository, ['rev-list', '--count', '--first-parent', 'HEAD']).trim();
    const line = timed(() => git(repository, ['log', '--first-parent', '--raw', '--no-abbrev', '--no-renames', '--format=%H %ct', 'HEAD']));
    const print = timed(() => gitBlobs(repository, told.objects));
    const setup = `a public repository of ${commits} commits at ${git(repository, ['rev-parse', '--short=12', 'HEAD']).trim()}, all of its first-parent line; ${String(told.receipts)} revisions recorded, ${String(told.objects.length)} files read`;
    return [
      figure('history', first.ms, 'ms', 60_000, `\`scan --history\` into an empty SQLite store, once, start of the program included; ${setup}`),
      figure(
        'history-cpu',
        first.cpuMs,
        'ms',
        null,
        'processor time of the same and its git processes; that of its two reader processes, which it ends without waiting, is not in it',
      ),
      figure('history-again', again.ms, 'ms', null, 'the same command again: nothing new'),
      figure('history-git', line + print, 'ms', null, `git log --raw of the same line and git cat-file --batch of the same files; ${setup}`),
    ];
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function scan(repository: string, dataDir: string): Promise<{ readonly ms: number; readonly cpuMs: number }> {
  const cpu = processorTime();
  const run = await measuredRun(process.execPath, [ourCli, 'scan', '--history', '--json', '--data', dataDir, repository]);
  if (run.code > 1) throw new Error(`The history was not read: ${run.stderr.slice(-500)}`);
  return { ms: run.wallMs, cpuMs: processorTime() - cpu };
}

/** What the store says was looked at: how many revisions, and every file of them once. */
async function toldBy(dataDir: string): Promise<{ readonly receipts: number; readonly objects: readonly string[] }> {
  const store = await openStore({ dataDir });
  try {
    const objects = new Set<string>();
    let receipts = 0;
    for (const origin of await store.origins()) {
      for (const receipt of await store.receiptsOf(origin)) {
        receipts += 1;
        for (const entry of await store.treeOf(receipt)) if (entry.state === 'read' && entry.object !== undefined) objects.add(entry.object);
      }
    }
    return { receipts, objects: [...objects] };
  } finally {
    await store.close();
  }
}

function git(repository: string, words: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...words], { encoding: 'utf8', maxBuffer: mostBytes });
}
