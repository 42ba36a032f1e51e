import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { openGateway } from '#gateway/gateway.ts';
import { collectGit } from '#sources/git/collect.ts';
import { openStore } from '#store/open-store.ts';
import type { Context } from '../src/operations/context.ts';
import { randomId } from '../src/operations/open-office.ts';
import { scanTargets } from '../src/operations/scan-targets.ts';
import { wantsPath } from '../src/operations/wants-path.ts';
import { figure, median, timedAsync, type BenchOptions, type Figure } from './figure.ts';

const files = 4000;
const lockfiles = 20;
const rounds = 7;

/** Reading HEAD of a bare repository, and scanning it for the first time and again. */
export async function benchScan({ cache }: BenchOptions): Promise<readonly Figure[]> {
  const folder = fs.mkdtempSync(path.join(cache, 'scan-'));
  const repository = path.join(folder, 'shop.git');
  makeRepository(repository);
  const store = await openStore({ dataDir: path.join(folder, 'data') });
  const gateway = openGateway({ workers: 2 });
  const context: Context = { store, gateway, clock: Date.now, randomId };
  const setup = `bare repository of ${String(files)} files, ${String(lockfiles)} of them package-lock.json with 200 packages each, made with git fast-import`;
  const scan = () => scanTargets(context, [{ at: repository }], { dataDir: folder, trusted: true, proxy: null, caFile: null, credentials: [] });
  try {
    const heads: number[] = [];
    for (let round = 0; round < rounds; round += 1) heads.push(await timedAsync(() => readHead(repository)));
    const first = await timedAsync(scan);
    const again: number[] = [];
    for (let round = 0; round < rounds; round += 1) again.push(await timedAsync(scan));
    return [
      figure('head-read', median(heads), 'ms', 500, `median of ${String(rounds)}: HEAD listed and every file that a format reads fetched; ${setup}`),
      figure('scan-first', first, 'ms', null, `once, with start of the reader processes: read, recorded, folded; ${setup}`),
      figure('scan-again', median(again), 'ms', null, `median of ${String(rounds)}: nothing changed; ${setup}`),
    ];
  } finally {
    gateway.close();
    await store.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function readHead(repository: string): Promise<void> {
  const collection = await collectGit({ folder: repository }, { wants: wantsPath, now: Date.now() });
  let read = 0;
  for (const entry of collection.entries) if (entry.state === 'read' && (await entry.bytes()) instanceof Uint8Array) read += 1;
  await collection.close();
  if (read !== lockfiles) throw new Error(`Of ${String(lockfiles)} lockfiles ${String(read)} were read.`);
}

function makeRepository(repository: string): void {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', repository]);
  const commands = ['commit refs/heads/main', 'committer Bench <bench@example.org> 1700000000 +0000', data('all files')];
  for (let at = 0; at < files; at += 1) {
    const isLockfile = at % (files / lockfiles) === 0;
    const name = isLockfile ? 'package-lock.json' : `module-${String(at)}.ts`;
    commands.push(
      `M 100644 inline services/service-${String(Math.floor(at / 200))}/${name}`,
      data(isLockfile ? lockfile(at) : `export const at = ${String(at)};\n`.repeat(40)),
    );
  }
  execFileSync('git', ['-C', repository, 'fast-import', '--quiet'], { input: `${commands.join('\n')}\ndone\n` });
}

function data(text: string): string {
  return `data ${String(Buffer.byteLength(text))}\n${text}`;
}

function lockfile(seed: number): string {
  const packages = Array.from({ length: 200 }, (_, index) => [
    `node_modules/part-${String(index)}`,
    { version: `1.${String(seed % 7)}.${String(index % 9)}` },
  ]);
  return JSON.stringify({ name: 'service', lockfileVersion: 3, packages: { '': { name: 'service' }, ...(Object.fromEntries(packages) as object) } });
}
