import fs from 'node:fs';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { urlsOf } from './hosts.ts';
import { newestLayout } from './migrate.ts';
import type { StoreLocation } from './open-store.ts';

/** Why a database cannot be asked, as far as its answer tells. */
export type DatabaseFault =
  'bad-url' | 'name' | 'connection' | 'tls' | 'password' | 'database' | 'right' | 'too-many' | 'starting' | 'locked' | 'damaged' | 'other';

/** What can be told of a store from outside. `layout` is null while it has no tables. */
export type StoreFacts =
  | { readonly kind: 'unreachable'; readonly why: DatabaseFault; readonly message: string }
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'sqlite';
      readonly layout: number | null;
      readonly newestLayout: number;
      /** What SQLite's own quick check says; null when it finds nothing. */
      readonly damage: string | null;
      readonly logBytes: number;
    }
  | {
      readonly kind: 'postgres';
      readonly layout: number | null;
      readonly newestLayout: number;
      /** As a number: 150004 is 15.4. */
      readonly version: number;
      readonly encoding: string;
      /** Its clock in Unix milliseconds, and ours in the middle of asking. */
      readonly clock: number;
      readonly askedAt: number;
      readonly mayCreate: boolean;
      /** A standby, or set so. */
      readonly isReadOnly: boolean;
    };

const connectTimeoutMs = 10_000;

/** Looks at a store without opening it as an office: nothing is made, written or brought up to date. Never throws. */
export async function examineStore(location: StoreLocation, now: () => number): Promise<StoreFacts> {
  return 'dataDir' in location ? examineSqlite(path.join(location.dataDir, 'guildhall.db')) : await examinePostgres(location.databaseUrl, now);
}

function examineSqlite(file: string): StoreFacts {
  if (!fs.existsSync(file)) return { kind: 'absent' };
  try {
    const connection = new Sqlite(file, { readonly: true, timeout: connectTimeoutMs });
    try {
      const found = connection.pragma('quick_check(10)', { simple: true }) as string;
      const hasTables = connection.prepare("select 1 from sqlite_master where type = 'table' and name = 'meta'").get() !== undefined;
      const row = hasTables ? (connection.prepare("select value from meta where key = 'layout'").get() as { value: string } | undefined) : undefined;
      const logBytes = fs.statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
      return { kind: 'sqlite', layout: row === undefined ? null : Number(row.value), newestLayout, damage: found === 'ok' ? null : found, logBytes };
    } finally {
      connection.close();
    }
  } catch (error) {
    return unreachable(error);
  }
}

async function examinePostgres(databaseUrl: string, now: () => number): Promise<StoreFacts> {
  let facts: StoreFacts = { kind: 'unreachable', why: 'bad-url', message: 'It is no URL of the form postgres://user@host/database.' };
  // As an office does: the first host that takes writes, else what the last one says.
  for (const url of urlsOf(databaseUrl)) {
    facts = await examineHost(url, now);
    if (facts.kind === 'postgres' && !facts.isReadOnly) return facts;
  }
  return facts;
}

async function examineHost(databaseUrl: string, now: () => number): Promise<StoreFacts> {
  if (!/^postgres(?:ql)?:\/\//.test(databaseUrl) || !URL.canParse(databaseUrl))
    return { kind: 'unreachable', why: 'bad-url', message: 'It is no URL of the form postgres://user@host/database.' };
  try {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: connectTimeoutMs, query_timeout: connectTimeoutMs });
    client.on('error', () => undefined); // heard where a query is awaited
    try {
      await client.connect();
      return await postgresFacts(client, now);
    } finally {
      await client.end().catch(() => undefined);
    }
  } catch (error) {
    return unreachable(error);
  }
}

async function postgresFacts(client: pg.Client, now: () => number): Promise<StoreFacts> {
  const before = now();
  const { rows } = await client.query<{
    version: number;
    encoding: string;
    clock: number;
    may_create: boolean | null;
    read_only: boolean;
    has_tables: boolean;
  }>(`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as clock, has_schema_privilege(current_schema(), 'create') as may_create,
      current_setting('transaction_read_only') = 'on' as read_only, to_regclass('meta') is not null as has_tables`);
  const askedAt = (before + now()) / 2;
  const [row] = rows;
  if (row === undefined) throw new Error('The server answered nothing.');
  const layout = row.has_tables ? await client.query<{ value: string }>("select value from meta where key = 'layout'") : null;
  return {
    kind: 'postgres',
    layout: layout?.rows[0] === undefined ? null : Number(layout.rows[0].value),
    newestLayout,
    version: row.version,
    encoding: row.encoding,
    clock: row.clock,
    askedAt,
    mayCreate: row.may_create === true,
    isReadOnly: row.read_only,
  };
}

/** By SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html), by SQLite's result codes, by Node's own. */
const faultsByCode: Readonly<Record<string, DatabaseFault>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  ECONNREFUSED: 'connection',
  ETIMEDOUT: 'connection',
  EHOSTUNREACH: 'connection',
  ENETUNREACH: 'connection',
  ECONNRESET: 'connection',
  '28P01': 'password',
  '28000': 'password',
  '3D000': 'database',
  '42501': 'right',
  '53300': 'too-many',
  '57P03': 'starting',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  SQLITE_CORRUPT: 'damaged',
  SQLITE_NOTADB: 'damaged',
  SQLITE_READONLY: 'right',
  SQLITE_CANTOPEN: 'right',
  SQLITE_PERM: 'right',
};

function unreachable(error: unknown): StoreFacts {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const isTls = /SSL|TLS|certificate|no encryption/i.test(message) || /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED)/.test(code);
  const isTime = /timeout/i.test(message);
  return { kind: 'unreachable', why: isTls ? 'tls' : (faultsByCode[code] ?? (isTime ? 'connection' : 'other')), message };
}
