import fs from 'node:fs';
import { hash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { openGateway } from '#gateway/gateway.ts';
import { openStore } from '#store/open-store.ts';
import type { Context } from '../../src/operations/context.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { takeUpload } from '../../src/operations/take-upload.ts';
import { startPostgres } from '../../tools/postgres.ts';
import { comparedWithRebuild, lostOf } from './checks.ts';
import type { Drill } from './drill.ts';
import type { Acknowledged } from './kill-writer.ts';
import { cargoLockOf, lockfileOf, sbomOf } from './made-up.ts';
import { startProgram, type Program } from './program.ts';

const longestMs = 1500;
const workers = 3;
const sources = 3;
const settleMs = 120_000;

/**
 * Lets several `guildhall work` processes read uploads and scan sources on one PostgreSQL at default durability and kills one or two of them, with everything
 * they started, at random moments; others are started. Then everything acknowledged must be there, done once, and the estate that of a fresh rebuild.
 */
export async function drillWorkers(rounds = 24): Promise<Drill> {
  const server = await startPostgres({ durable: true });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-workers-'));
  const store = await openStore({ databaseUrl: server.url });
  const gateway = openGateway({ workers: 1 });
  const context: Context = { store, gateway, clock: Date.now, randomId };
  const configuration = writeConfiguration(folder);
  const start = (): Program => startProgram(['work', '--estate', configuration, '--data', path.join(folder, 'data')], { DATABASE_URL: server.url });
  let running = Array.from({ length: workers }, start);
  const acknowledged: Acknowledged[] = [];
  const wrong: string[] = [];
  let kills = 0;
  try {
    await Promise.all(running.map((each) => each.said(/At work/)));
    for (let round = 0; round < rounds; round += 1) {
      changeSources(folder, round);
      await makeDue(store);
      const receiving = receive(context, acknowledged, round);
      await pause(Math.random() * longestMs);
      const victims = running.filter((_, at) => at === round % workers || (round % 5 === 4 && at === (round + 1) % workers));
      for (const each of victims) await each.kill();
      kills += victims.length;
      running = running.map((each) => (victims.includes(each) ? start() : each));
      await receiving;
      process.stderr.write(`workers ${String(round + 1)} of ${String(rounds)}: ${String(acknowledged.length)} acknowledged\n`);
    }
    await Promise.all(running.map((each) => each.said(/At work/)));
    const left = await untilNothingIsLeft(store);
    if (left > 0) wrong.push(`${String(left)} receipts or more are left to do`);
    for (const each of running) await each.stop();
    wrong.push(...(await lostOf(store, acknowledged)), ...(await doubled(store, acknowledged)), ...(await comparedWithRebuild(context)));
  } finally {
    for (const each of running) await each.kill();
    gateway.close();
    await store.close();
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return { name: 'workers', tried: rounds, failed: wrong.length, details: { workers, kills, acknowledged: acknowledged.length, wrong } };
}

/** Folders that the workers scan by the clock. */
function writeConfiguration(folder: string): string {
  const names = Array.from({ length: sources }, (_, at) => `repository-${String(at)}`);
  for (const name of names) fs.mkdirSync(path.join(folder, name, 'service'), { recursive: true });
  const file = path.join(folder, 'guildhall.yaml');
  fs.writeFileSync(file, `sources:\n${names.map((name) => `  - { kind: folder, at: ${name} }\n`).join('')}`);
  return file;
}

function changeSources(folder: string, round: number): void {
  for (let at = 0; at < sources; at += 1) {
    fs.writeFileSync(path.join(folder, `repository-${String(at)}`, 'package-lock.json'), lockfileOf(round + at));
    fs.writeFileSync(path.join(folder, `repository-${String(at)}`, 'service', 'Cargo.lock'), cargoLockOf(round + at));
  }
}

type OpenedStore = Awaited<ReturnType<typeof openStore>>;

async function makeDue(store: OpenedStore): Promise<void> {
  for (const { name } of await store.jobRuns.all()) await store.jobRuns.note(name, { startedAgoMs: 0, nextMs: 0, problem: null });
}

/** Takes uploads side by side: new components, slots of the same component, and the same slot again and again. */
async function receive(context: Context, acknowledged: Acknowledged[], round: number): Promise<void> {
  const one = async (at: number): Promise<void> => {
    const sbom = Buffer.from(sbomOf(round, at));
    const component = at % 4 === 0 ? `new-${String(round)}-${String(at)}` : at % 4 === 1 ? `both-${String(round)}` : `kiosk-${String(at % 3)}`;
    const upload = { component, slot: at % 2 === 0 ? 'default' : `slot-${String(at % 5)}`, validAt: null };
    const publicId = await takeUpload(context, Readable.from([sbom]), upload);
    acknowledged.push({ publicId, raws: [hash('sha256', sbom, 'hex')] });
  };
  await Promise.all(
    Array.from({ length: 4 }, async (_, lane) => {
      for (let at = lane; at < 16; at += 4) await one(at);
    }),
  );
}

async function untilNothingIsLeft(store: OpenedStore): Promise<number> {
  const until = performance.now() + settleMs;
  for (;;) {
    const left = (await store.pendingReceipts(1000)).length;
    if (left === 0 || performance.now() > until) return left;
    await pause(200);
  }
}

/** Each upload was different, so each is one receipt. */
async function doubled(store: OpenedStore, acknowledged: readonly Acknowledged[]): Promise<readonly string[]> {
  let uploads = 0;
  for (const origin of await store.origins()) if (origin.startsWith('upload:')) uploads += (await store.receiptsOf(origin)).length;
  return uploads === acknowledged.length
    ? []
    : [`${String(acknowledged.length)} uploads were acknowledged and ${String(uploads)} receipts are there`];
}
