import fs from 'node:fs';
import path from 'node:path';
import Sqlite, { type Database as Connection, type Statement } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { storableText } from './storable-text.ts';
import type { Tables } from './tables.ts';

const openTimeoutMs = 10_000;
// Waiting in SQLite stops the whole thread, so most of it is done outside (in-transaction.ts).
const busyTimeoutMs = 1;
// Larger than SQLite's own: most of what we write are packed bytes of some kilobytes.
const pageBytes = 8192;
// A writer looks up package versions and matches all over the database for each inventory. A snapshot reads everything once: what it keeps is not asked for again.
const cachedKibibytes = { writer: 64 * 1024, notes: 512, reader: 16 * 1024, snapshot: 2 * 1024 };
// Copying the log into the database costs two flushes; this is every 16 MB instead of every 4.
const logPages = 2000;
const preparedAtMost = 400;

/** Where the database lies inside the data folder, which is made when it is not there. */
export function databaseFile(dataDir: string): string {
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  return path.join(dataDir, 'guildhall.db');
}

/** What a connection is for. `notes` writes what may be lost with the machine. */
type Role = keyof typeof cachedKibibytes;

/** One connection. A `writer`'s transactions take the write lock at once and are flushed to the disk before they count as committed. */
export function connectSqlite(file: string, role: Role): Kysely<Tables> {
  const connection = new Sqlite(file, { timeout: openTimeoutMs });
  connection.pragma(`page_size = ${String(pageBytes)}`); // of a new file; else without effect
  connection.pragma('journal_mode = WAL');
  connection.pragma(role === 'notes' ? 'synchronous = NORMAL' : 'synchronous = FULL');
  connection.pragma('foreign_keys = OFF');
  connection.pragma(`cache_size = -${String(cachedKibibytes[role])}`);
  connection.pragma(`wal_autocheckpoint = ${String(logPages)}`);
  connection.pragma(`busy_timeout = ${String(busyTimeoutMs)}`);
  if (role !== 'writer' && role !== 'notes') connection.pragma('query_only = ON');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: withPreparedStatements(connection, role) }) });
}

type Prepared = {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): ReturnType<Statement['run']>;
};

/** Kysely prepares each statement anew; we keep them, since most of our statements are few and short. */
function withPreparedStatements(connection: Connection, role: Role) {
  const prepared = new Map<string, Prepared>();
  return {
    close: () => connection.close(),
    prepare(text: string) {
      const known = prepared.get(text);
      if (known !== undefined) return { ...known, iterate: notStreamed };
      // A deferred transaction that reads first may find itself unable to write.
      const statement = connection.prepare(text === 'begin' && (role === 'writer' || role === 'notes') ? 'begin immediate' : text);
      const fresh: Prepared = {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters.map(storable)),
        run: (parameters) => statement.run(parameters.map(storable)),
      };
      if (prepared.size >= preparedAtMost) prepared.clear();
      prepared.set(text, fresh);
      return { ...fresh, iterate: notStreamed };
    },
  };
}

function storable(value: unknown): unknown {
  return typeof value === 'string' ? storableText(value) : value;
}

function notStreamed(): never {
  throw new Error('Statements are kept and shared, so rows are read in pages, never streamed.');
}
