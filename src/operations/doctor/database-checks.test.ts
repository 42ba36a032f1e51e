import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { examineStore } from '#store/examine-store.ts';
import { openStore } from '#store/open-store.ts';
import { databaseChecks } from './database-checks.ts';

const room = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-doctor-'));
const given = process.env['GUILDHALL_TEST_POSTGRES'] ?? '';
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});
afterAll(() => {
  fs.rmSync(room, { recursive: true, force: true });
});

describe('a database file', () => {
  it.each<[string, () => Promise<string>, string, RegExp]>([
    ['is not there yet', () => Promise.resolve(path.join(room, 'none')), 'store ok 0', /^there is none yet/],
    ['is sound', () => sqlite(), 'store ok 0', /^sqlite answers, layout \d+$/],
    [
      'was written by a newer program',
      () => sqlite((db) => db.exec("update meta set value = '999' where key = 'layout'")),
      'store fault 3',
      /^The store has layout 999, this program knows \d+: a newer one/,
    ],
    [
      'was written by an older program',
      () => sqlite((db) => db.exec("update meta set value = '1' where key = 'layout'")),
      'store warning 0',
      /^The store has layout 1, this program writes \d+\.$/,
    ],
    ['is something else', () => somethingElse(), 'store fault 3', /^The database cannot be used: file is not a database\.$/],
    ['is damaged in the middle', () => damaged(), 'integrity fault 1', /^The database is damaged: /],
  ])('is judged when it %s', async (_case, arrange, state, message) => {
    expect(await judged({ dataDir: await arrange() }, state)).toMatch(message);
  });

  it('is warned of when its log cannot be folded back', () => {
    const facts = { kind: 'sqlite', layout: 2, newestLayout: 2, damage: null, logBytes: 900e6 } as const;
    expect(databaseChecks(facts).find((check) => check.name === 'log')).toMatchObject({
      state: 'warning',
      message: 'The write-ahead log has 900.0 MB.',
    });
  });
});

describe('DATABASE_URL', () => {
  it.each<[string, () => string | Promise<string>, RegExp]>([
    ['is no URL', () => 'db.example.com/office', /Write DATABASE_URL as postgres:/],
    ['names a host that has no address', () => changed({ hostname: 'db.invalid' }), /The name of its host has no address/],
    ['names a port where nothing answers', () => changed({ port: '1' }), /Nothing answers at that host and port/],
    ['wants TLS of a server without', () => `${given}?sslmode=require`, /TLS does not come about/],
    [
      'goes to a server that wants TLS',
      () => refusing('28000', 'no pg_hba.conf entry for host "10.0.0.1", user "office", no encryption'),
      /TLS does not come about/,
    ],
    ['has a wrong password', () => refusing('28P01', 'password authentication failed for user "office"'), /knows neither this user nor password/],
    ['names a database that is not there', () => changed({ pathname: '/no_such_office' }), /The server has no such database/],
    ['names a database that is closed to the user', () => refusing('42501', 'permission denied for database "office"'), /The user may not open it/],
    ['goes to a server that has no connection left', () => refusing('53300', 'sorry, too many clients already'), /no connection left/],
    ['goes to a server that is starting', () => refusing('57P03', 'the database system is starting up'), /starting or shutting down/],
  ])('is judged when it %s', async (_case, arrange, next) => {
    const [check, ...others] = databaseChecks(await examineStore({ databaseUrl: await arrange() }, Date.now));
    expect([check, others]).toMatchObject([{ name: 'store', state: 'fault', exitCode: 3, next: expect.stringMatching(next) as unknown }, []]);
  });

  it('is never repeated with its password', async () => {
    const url = changed({ hostname: 'db.invalid', username: 'office', password: 'hunter2' });
    expect(JSON.stringify(databaseChecks(await examineStore({ databaseUrl: url }, Date.now)))).not.toContain('hunter2');
  });
});

describe('a database on PostgreSQL', () => {
  it.each<[string, () => Promise<string>, string, RegExp]>([
    ['is sound', () => postgres(), 'store ok 0', /^postgres answers, layout \d+$/],
    ['is sound and may be written', () => postgres(), 'database rights ok 0', /may write and make tables/],
    ['is empty', () => database(), 'store ok 0', /^postgres answers and is empty$/],
    [
      'was written by a newer program',
      () => postgres("update meta set value = '999' where key = 'layout'"),
      'store fault 3',
      /^The store has layout 999/,
    ],
    ['keeps text as bytes', () => database("encoding 'SQL_ASCII' locale 'C'"), 'server fault 3', /^The database keeps text as SQL_ASCII\.$/],
    ['takes no writes', async () => readOnly(await database()), 'database rights fault 3', /^The database takes no writes\.$/],
    ['lets the user make no tables', async () => asNewUser(await database()), 'database rights fault 3', /^The user may not make tables\.$/],
  ])('is judged when it %s', async (_case, arrange, state, message) => {
    expect(await judged({ databaseUrl: await arrange() }, state)).toMatch(message);
  });

  it('is judged by its clock', async () => {
    const databaseUrl = await database();
    for (const [offsetMs, state, message] of [
      [0, 'ok', /^\d\.\d s from the database's$/],
      [90_000, 'warning', /^The clock of the database is (?:89|90)\.\d s behind this machine's\.$/],
      [-90_000, 'warning', /^The clock of the database is (?:89|90)\.\d s ahead of this machine's\.$/],
    ] as const) {
      const checks = databaseChecks(await examineStore({ databaseUrl }, () => Date.now() + offsetMs));
      expect(checks.find((check) => check.name === 'clock')).toMatchObject({ state, message: expect.stringMatching(message) as unknown });
    }
  });

  it('is too old before PostgreSQL 15', () => {
    const sound = {
      kind: 'postgres',
      layout: null,
      newestLayout: 2,
      encoding: 'UTF8',
      clock: 0,
      askedAt: 0,
      mayCreate: true,
      isReadOnly: false,
    } as const;
    const server = databaseChecks({ ...sound, version: 140_012 }).find((check) => check.name === 'server');
    expect(server).toMatchObject({ state: 'fault', exitCode: 3, message: 'The server is PostgreSQL 14.' });
  });
});

/** The message of the check that `state` names: its name, state and exit code. */
async function judged(location: Parameters<typeof examineStore>[0], state: string): Promise<string> {
  const checks = databaseChecks(await examineStore(location, Date.now));
  const found = checks.find((check) => `${check.name} ${check.state} ${String(check.exitCode)}` === state);
  return found?.message ?? `no ${state} in ${JSON.stringify(checks)}`;
}

async function sqlite(change: (db: Sqlite.Database) => unknown = () => undefined): Promise<string> {
  const dataDir = fs.mkdtempSync(path.join(room, 'data-'));
  await (await openStore({ dataDir })).close();
  const db = new Sqlite(path.join(dataDir, 'guildhall.db'));
  change(db);
  db.close();
  return dataDir;
}

function somethingElse(): Promise<string> {
  const dataDir = fs.mkdtempSync(path.join(room, 'data-'));
  fs.writeFileSync(path.join(dataDir, 'guildhall.db'), 'this is a text, and a long one. '.repeat(500));
  return Promise.resolve(dataDir);
}

/** One page in the middle is overwritten, as a failing disk does. */
async function damaged(): Promise<string> {
  const dataDir = await sqlite((db) => db.pragma('wal_checkpoint(truncate)'));
  const file = fs.openSync(path.join(dataDir, 'guildhall.db'), 'r+');
  fs.writeSync(file, Buffer.alloc(8192, 0x5a), 0, 8192, 8192 * 4);
  fs.closeSync(file);
  return dataDir;
}

function changed(parts: Partial<Pick<URL, 'hostname' | 'port' | 'pathname' | 'username' | 'password'>>): string {
  return Object.assign(new URL(given), parts).href;
}

async function database(options = "encoding 'UTF8'"): Promise<string> {
  const name = `doctor_${randomBytes(6).toString('hex')}`;
  await onServer(given, `create database ${name} ${options} template template0`);
  undo.push(() => onServer(given, `drop database ${name} with (force)`));
  return changed({ pathname: `/${name}` });
}

async function postgres(change?: string): Promise<string> {
  const url = await database();
  await (await openStore({ databaseUrl: url })).close();
  if (change !== undefined) await onServer(url, change);
  return url;
}

async function readOnly(url: string): Promise<string> {
  await onServer(given, `alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
  return url;
}

/** Since PostgreSQL 15 only the owner of a database may make tables in its schema `public`. */
async function asNewUser(url: string): Promise<string> {
  const user = `doctor_${randomBytes(6).toString('hex')}`;
  await onServer(given, `create role ${user} login`);
  undo.unshift(() => onServer(given, `drop role ${user}`));
  return Object.assign(new URL(url), { username: user }).href;
}

/** A server that refuses every connection in the words of PostgreSQL (https://www.postgresql.org/docs/current/protocol-message-formats.html, ErrorResponse). */
async function refusing(code: string, message: string): Promise<string> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeUInt32BE(fields.length + 4, 1);
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([head, fields])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undo.push(() => new Promise((resolve) => server.close(resolve)));
  return `postgres://office:hunter2@127.0.0.1:${String((server.address() as AddressInfo).port)}/office`;
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
