import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import Sqlite from 'better-sqlite3';
import { openGateway } from '#gateway/gateway.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import type { Context } from '../../src/operations/context.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { readPending } from '../../src/operations/read-pending.ts';
import { startPostgres } from '../../tools/postgres.ts';
import { comparedWithRebuild, lostOf } from './checks.ts';
import type { Drill } from './drill.ts';
import type { Acknowledged } from './kill-writer.ts';

const rounds = 20;
const longestMs = 700;

/** What was found after one kill; empty `wrong` is as it should be. */
type Round = { readonly acknowledged: number; readonly done: number; readonly wrong: readonly string[] };

/**
 * Kills a process that takes uploads and scans, at a random moment and with everything it started, at the default durability of each store;
 * then a new process must find all it had acknowledged, finish it, and agree with a fresh rebuild.
 */
export async function drillKill(): Promise<Drill> {
  const [sqlite, postgres] = await Promise.all([onSqlite(), onPostgres()]);
  const all = [...sqlite, ...postgres];
  return {
    name: 'kill',
    tried: all.length,
    failed: all.filter((round) => round.wrong.length > 0).length,
    details: { sqlite: summary(sqlite), postgres: summary(postgres) },
  };
}

function summary(found: readonly Round[]): object {
  const sum = (pick: (round: Round) => number) => found.reduce((total, round) => total + pick(round), 0);
  return {
    tried: found.length,
    failed: found.filter((round) => round.wrong.length > 0).length,
    acknowledged: sum((round) => round.acknowledged),
    leftToDo: sum((round) => round.done),
    wrong: found.flatMap((round) => round.wrong),
  };
}

async function onSqlite(): Promise<readonly Round[]> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-kill-'));
  const check = (): readonly string[] => {
    const connection = new Sqlite(path.join(dataDir, 'guildhall.db'));
    const answer = connection.pragma('integrity_check', { simple: true });
    connection.close();
    return answer === 'ok' ? [] : [`integrity_check says ${String(answer)}`];
  };
  try {
    return await killRepeatedly({ dataDir }, () => Promise.resolve(check()));
  } finally {
    fs.rmSync(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<readonly Round[]> {
  const server = await startPostgres({ durable: true });
  const check = async (): Promise<readonly string[]> => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ fsync: string; commit: string }>(
      "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
    );
    await client.end();
    return rows[0]?.fsync === 'on' && rows[0].commit === 'on' ? [] : ['the server is not at its default durability'];
  };
  try {
    return await killRepeatedly({ databaseUrl: server.url }, check);
  } finally {
    await server.stop();
  }
}

/** All rounds on one store, so that later ones also meet what earlier ones left. */
async function killRepeatedly(location: StoreLocation, check: () => Promise<readonly string[]>): Promise<readonly Round[]> {
  const found: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const acknowledged = await writeAndKill(location, round);
    const isLast = round === rounds - 1;
    const after = await inspect(location, acknowledged, round % 5 === 4 || isLast);
    const wrong = [...after.wrong, ...(await check())].map((each) => `round ${String(round)}: ${each}`);
    found.push({ acknowledged: acknowledged.length, done: after.done, wrong });
    process.stderr.write(
      `${'dataDir' in location ? 'sqlite' : 'postgres'} ${String(round + 1)} of ${String(rounds)}: ${String(acknowledged.length)} acknowledged\n`,
    );
  }
  return found;
}

/** Lets a process write until it is killed; gives what it had acknowledged by then. */
async function writeAndKill(location: StoreLocation, round: number): Promise<readonly Acknowledged[]> {
  const writer = path.join(import.meta.dirname, 'kill-writer.ts');
  const child = spawn(process.execPath, [writer, JSON.stringify(location), String(round)], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const acknowledged: Acknowledged[] = [];
  let killAt: NodeJS.Timeout | null = null;
  // The whole group, so that no reader process outlives it.
  const kill = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
  for await (const line of createInterface({ input: child.stdout })) {
    // The first line says that it is about to write: from then on any moment is as good as another.
    if (line === 'ready') killAt = setTimeout(kill, Math.random() * longestMs);
    else acknowledged.push(JSON.parse(line) as Acknowledged);
  }
  await closed;
  if (killAt === null) throw new Error('The writer ended before it wrote anything: see above why.');
  clearTimeout(killAt);
  return acknowledged;
}

async function inspect(
  location: StoreLocation,
  acknowledged: readonly Acknowledged[],
  whole: boolean,
): Promise<{ readonly done: number; readonly wrong: readonly string[] }> {
  const store = await openStore(location);
  const gateway = openGateway({ workers: 1 });
  const context: Context = { store, gateway, clock: Date.now, randomId };
  const wrong: string[] = [];
  try {
    const done = await readPending(context);
    wrong.push(...(await lostOf(store, acknowledged)));
    if (whole) wrong.push(...(await comparedWithRebuild(context)));
    return { done, wrong };
  } finally {
    gateway.close();
    await store.close();
  }
}
