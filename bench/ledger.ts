import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { openGateway } from '#gateway/gateway.ts';
import { chained, noHead, type ChainHead, type NewAct } from '#desk/ledger/chain.ts';
import { openStore } from '#store/open-store.ts';
import type { LedgerFilter, Store } from '#store/store.ts';
import { checkpointJson, checkpointLedger } from '../src/operations/checkpoint-ledger.ts';
import { exportLedger } from '../src/operations/export-ledger.ts';
import { figure, percentile, seeded, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { measuredRun } from './measured-run.ts';

const entries = 1_000_000;
const atOnce = 20_000;
const setup = '1,000,000 entries, six in ten with words, one checkpoint; SQLite, file cache warm';

/** Proving a long ledger with the separate program, and paging through it. */
export async function benchLedger(_: BenchOptions): Promise<readonly Figure[]> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-bench-ledger-'));
  const store = await openStore({ dataDir });
  try {
    await fill(store);
    return [...(await pages(store)), ...(await proofs(store, dataDir))];
  } finally {
    await store.close();
    fs.rmSync(dataDir, { recursive: true });
  }
}

async function fill(store: Store): Promise<void> {
  const draw = seeded(11);
  let head: ChainHead = noHead;
  while (head.seq < entries) {
    const acts = Array.from({ length: atOnce }, (_, index) => actAt(head.seq + index, draw));
    const made = chained(head, acts, () => String(draw(2 ** 31)).padStart(26, 'a'));
    await store.write((tx) => tx.appendLedger(made.entries, made.words));
    head = made.entries.at(-1) ?? head;
  }
}

function actAt(index: number, draw: (below: number) => number): NewAct {
  const who = { at: Date.UTC(2020, 0, 1) + index * 60_000, actor: `person:${String(draw(2000))}` };
  const finding = {
    id: 'abcdefghijklmnop',
    rule: 'vulnerability',
    component: `component:acme/${String(draw(5000))}`,
    package: 'pkg:npm/lodash',
    subject: 'CVE-2021-23337',
  };
  if (draw(10) < 4)
    return { ...who, kind: 'assign', subject: `finding:${String(draw(90_000))}`, body: { findings: [finding], to: 'team:payments' }, words: null };
  const text = 'Only reached with templates that we wrote ourselves; looked at again with the next release.';
  return { ...who, kind: 'comment', subject: `finding:${String(draw(90_000))}`, body: { finding }, words: { text } };
}

async function pages(store: Store): Promise<readonly Figure[]> {
  const draw = seeded(5);
  const asked: readonly (readonly [name: string, filter: () => LedgerFilter])[] = [
    ['all', () => ({})],
    ['kind', () => ({ kind: 'assign' })],
    ['actor', () => ({ actor: `person:${String(draw(2000))}` })],
    ['subject', () => ({ subject: `finding:${String(draw(90_000))}` })],
    ['days', () => ({ from: Date.UTC(2020, 5, 1), until: Date.UTC(2020, 5, 8) })],
  ];
  const figures: Figure[] = [];
  for (const [name, filter] of asked) {
    const times: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const wanted = filter();
      const after = round % 2 === 0 ? null : draw(entries);
      times.push(
        await timedAsync(() => Promise.all([store.ledgerPage(wanted, { after, limit: 51, oldestFirst: false }), store.countLedger(wanted)])),
      );
    }
    figures.push(figure(`ledger-page-${name}`, percentile(times, 0.95), 'ms', 200, `p95 of 100 pages of 50 with their total; ${setup}`));
  }
  return figures;
}

async function proofs(store: Store, dataDir: string): Promise<readonly Figure[]> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const gateway = openGateway({ workers: 1 });
  const checkpoint = await checkpointLedger({ store, gateway, clock: Date.now, randomId: () => '' }, privateKey);
  gateway.close();
  const [key, file, signed] = ['key.pub', 'ledger.jsonl', 'checkpoint.json'].map((name) => path.join(dataDir, name));
  if (checkpoint === null || key === undefined || file === undefined || signed === undefined) throw new Error('The ledger is empty.');
  fs.writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }));
  fs.writeFileSync(signed, checkpointJson(checkpoint));
  await pipeline(Readable.from(exportLedger(store, { words: true })), fs.createWriteStream(file));
  const main = path.resolve(import.meta.dirname, '../src/verifier/main.ts');
  const figures: Figure[] = [];
  for (const [name, where] of [
    ['export', ['--export', file]],
    ['sqlite', ['--data', dataDir]],
  ] as const) {
    const run = await measuredRun(process.execPath, [main, ...where, '--key', key, '--checkpoint', signed]);
    if (run.code !== 0) throw new Error(`The verifier ended with ${String(run.code)}: ${run.stdout}${run.stderr}`);
    figures.push(figure(`ledger-verify-${name}`, run.wallMs / 1000, 's', 60, `the whole program, a process of its own; ${setup}`));
  }
  return figures;
}
