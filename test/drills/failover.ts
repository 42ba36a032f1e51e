import fs from 'node:fs';
import { hash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { openGateway } from '#gateway/gateway.ts';
import { openStore } from '#store/open-store.ts';
import type { Context } from '../../src/operations/context.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { startPostgres, startStandby, type PostgresServer } from '../../tools/postgres.ts';
import { comparedWithRebuild, lostOf } from './checks.ts';
import type { Drill } from './drill.ts';
import type { Acknowledged } from './kill-writer.ts';
import { sbomOf } from './made-up.ts';
import { startProgram, type Program } from './program.ts';

const token = 'a-token-for-the-drill';
const serves = 2;
const works = 2;
const senders = 3;
const settleMs = 120_000;

/** What one fail-over showed. Times in milliseconds from the crash. */
type Round = {
  readonly saidNotReady: boolean;
  readonly promotedAfterMs: number;
  readonly acknowledgedAgainAfterMs: number;
  readonly readyAgainAfterMs: number;
};

/** An upload that its sender has seen acknowledged, and how often it had to ask. */
type Sent = Acknowledged & { readonly tries: number };

/**
 * Two `serve --no-work` and two `work` processes on a primary with a synchronous standby, known by one URL with both hosts. In the middle of uploads the
 * primary crashes and the standby is promoted; nobody is restarted. Then everything acknowledged must be there, once, and the estate that of a fresh rebuild.
 */
export async function drillFailover(rounds = 4): Promise<Drill> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-failover-'));
  let primary = await startPostgres({ durable: true });
  let standby = await startStandby(primary);
  const hosts = [primary, standby].map((each) => new URL(each.url).host);
  const databaseUrl = `postgres://postgres@${hosts.join(',')}/postgres`;
  const running: Program[] = [];
  const sent: Sent[] = [];
  const found: Round[] = [];
  const wrong: string[] = [];
  try {
    await awaitSynchronous(primary);
    const start = (args: readonly string[]): Program => {
      const dataDir = path.join(folder, String(running.length));
      const program = startProgram([...args, '--data', dataDir], { DATABASE_URL: databaseUrl, GUILDHALL_TOKEN: token });
      running.push(program);
      return program;
    };
    const offices = Array.from({ length: serves }, () => start(['serve', '--no-work', '--port', '0']));
    const workers = Array.from({ length: works }, () => start(['work']));
    await Promise.all(workers.map((each) => each.said(/At work/)));
    const urls = await Promise.all(offices.map(async (each) => (await each.said(/open at (http:\S+?)\. /))[1] ?? ''));
    await Promise.all(urls.map((url) => untilReady(url)));
    for (let round = 0; round < rounds; round += 1) {
      const stop = new AbortController();
      const from = sent.length;
      const sending = Array.from({ length: senders }, (_, lane) => send(urls, { round, lane, sent, wrong, stopped: stop.signal }));
      await pause(500 + Math.random() * 1500);
      const crashed = performance.now();
      await primary.crash();
      const saidNotReady = await saysNotReady(urls);
      await onServer(standby, 'select pg_promote()');
      const promotedAfterMs = performance.now() - crashed;
      const before = sent.length;
      while (sent.length === before) await pause(20);
      const acknowledgedAgainAfterMs = performance.now() - crashed;
      await Promise.all(urls.map((url) => untilReady(url)));
      const readyAgainAfterMs = performance.now() - crashed;
      await pause(1000);
      stop.abort();
      await Promise.all(sending);
      found.push({ saidNotReady, promotedAfterMs, acknowledgedAgainAfterMs, readyAgainAfterMs });
      if (!saidNotReady) wrong.push(`round ${String(round)}: /readyz said ready while there was no primary`);
      await primary.stop();
      [primary, standby] = [standby, await startStandby(standby, Number(new URL(primary.url).port))];
      await awaitSynchronous(primary);
      process.stderr.write(`failover ${String(round + 1)} of ${String(rounds)}: ${String(sent.length - from)} acknowledged\n`);
    }
    wrong.push(
      ...(await foundAfter(primary.url, sent, async () => {
        for (const each of running) await each.stop();
      })),
    );
  } catch (error) {
    for (const each of running) process.stderr.write(each.words());
    throw error;
  } finally {
    for (const each of running) await each.kill();
    await standby.stop();
    await primary.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  const retried = sent.filter((each) => each.tries > 1).length;
  return {
    name: 'failover',
    tried: rounds,
    failed: wrong.length,
    details: { serves, works, acknowledged: sent.length, askedMoreThanOnce: retried, rounds: found, wrong },
  };
}

/** Once nothing is left to do: what is lost, what is doubled, and how the estate differs from a fresh rebuild. */
async function foundAfter(databaseUrl: string, sent: readonly Sent[], stopAll: () => Promise<void>): Promise<readonly string[]> {
  const store = await openStore({ databaseUrl });
  const gateway = openGateway({ workers: 1 });
  const context: Context = { store, gateway, clock: Date.now, randomId };
  try {
    const until = performance.now() + settleMs;
    while ((await store.pendingReceipts(1)).length > 0 && performance.now() < until) await pause(200);
    await stopAll();
    let receipts = 0;
    for (const origin of await store.origins()) receipts += (await store.receiptsOf(origin)).length;
    const doubled = receipts === sent.length ? [] : [`${String(sent.length)} uploads were acknowledged and ${String(receipts)} receipts are there`];
    return [...(await lostOf(store, sent)), ...doubled, ...(await comparedWithRebuild(context))];
  } finally {
    gateway.close();
    await store.close();
  }
}

type Sending = {
  readonly round: number;
  readonly lane: number;
  readonly sent: Sent[];
  readonly wrong: string[];
  readonly stopped: AbortSignal;
};

/** Sends one SBOM after the other, to any office, each until it is acknowledged, under a key of its own. */
async function send(urls: readonly string[], { round, lane, sent, wrong, stopped }: Sending): Promise<void> {
  for (let at = 0; !stopped.aborted; at += 1) {
    const sbom = sbomOf(round, at * senders + lane);
    const key = `${String(round)}-${String(lane)}-${String(at)}`;
    for (let tries = 1; ; tries += 1) {
      const url = urls[(at + tries) % urls.length] ?? '';
      const answer = await post(`${url}/v1/sboms?component=kiosk-${String((at + lane) % 5)}&slot=lane-${String(lane)}`, sbom, key);
      if (answer.status === 202) {
        sent.push({ publicId: answer.id, raws: [hash('sha256', sbom, 'hex')], tries });
        break;
      }
      // No answer at all, or one that says to ask again.
      if (![0, 409, 503].includes(answer.status)) wrong.push(`an upload was answered with ${String(answer.status)}: ${answer.text}`);
      if (tries > 600) {
        wrong.push('an upload was not acknowledged in ten minutes');
        return;
      }
      await pause(100);
    }
  }
}

async function post(url: string, body: string, key: string): Promise<{ readonly status: number; readonly id: string; readonly text: string }> {
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key };
    const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) });
    const text = await answer.text();
    return { status: answer.status, id: answer.status === 202 ? (JSON.parse(text) as { readonly id: string }).id : '', text };
  } catch (error) {
    return { status: 0, id: '', text: String(error) };
  }
}

async function untilReady(url: string): Promise<void> {
  while (!(await isReady(url))) await pause(50);
}

/** True once every office has said that it is not ready, within ten seconds. */
async function saysNotReady(urls: readonly string[]): Promise<boolean> {
  const until = performance.now() + 10_000;
  const left = new Set(urls);
  while (left.size > 0 && performance.now() < until) {
    for (const url of left) if (!(await isReady(url))) left.delete(url);
    await pause(50);
  }
  return left.size === 0;
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch (cause) {
    throw new Error(`The office at ${url} does not answer at all.`, { cause });
  }
}

/** From now on a commit counts once the standby has it, too. */
async function awaitSynchronous(primary: PostgresServer): Promise<void> {
  await onServer(primary, "alter system set synchronous_standby_names = '*'");
  await onServer(primary, 'select pg_reload_conf()');
  for (;;) {
    const rows = await onServer(primary, "select 1 from pg_stat_replication where sync_state in ('sync', 'quorum')");
    if (rows.length > 0) return;
    await pause(50);
  }
}

async function onServer(server: PostgresServer, statement: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(statement)).rows as readonly unknown[];
  } finally {
    await client.end();
  }
}
