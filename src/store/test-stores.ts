import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { newestLayout } from './migrate.ts';
import { openStore, type StoreLocation } from './open-store.ts';
import type { Store } from './store.ts';

/** A kind of store for `describe.each`. */
export type TestStore = {
  readonly name: 'sqlite' | 'postgres';
  /** A fresh, empty store; `now` gives Unix milliseconds. */
  open(now?: () => number): Promise<OpenTestStore>;
};

export type OpenTestStore = {
  readonly store: Store;
  readonly location: StoreLocation;
  /** Closes the store and deletes it. */
  drop(): Promise<void>;
};

/** Both stores, for tests only. PostgreSQL is the server of `GUILDHALL_TEST_POSTGRES`, which the test run starts; without it a test fails, it is never skipped. */
export function testStores(): readonly [sqlite: TestStore, postgres: TestStore] {
  return [
    { name: 'sqlite', open: openSqlite },
    { name: 'postgres', open: openPostgres },
  ];
}

async function openSqlite(now?: () => number): Promise<OpenTestStore> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-store-'));
  const location = { dataDir };
  const store = await openStore(location, now);
  return {
    store,
    location,
    async drop() {
      await store.close();
      fs.rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Databases of this test file that nobody uses at the moment, emptied: making and dropping one takes longer than most tests. */
const idle: URL[] = [];

async function openPostgres(now?: () => number): Promise<OpenTestStore> {
  const database = idle.pop() ?? (await newDatabase());
  const location = { databaseUrl: database.href };
  const store = await openStore(location, now);
  return {
    store,
    location,
    async drop() {
      await store.close();
      await onServer(database.href, emptying);
      idle.push(database);
    },
  };
}

async function newDatabase(): Promise<URL> {
  const server = process.env['GUILDHALL_TEST_POSTGRES'];
  if (server === undefined) throw new Error('GUILDHALL_TEST_POSTGRES is not set: run the tests through vitest, whose set-up starts a PostgreSQL.');
  const database = new URL(server);
  database.pathname = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${database.pathname.slice(1)} template ${template}`);
  return database;
}

/** Leaves a database as the template is: whoever still uses it is thrown out, every row goes, ids begin at 1 again. Deleting, since truncating makes files anew. */
const emptying = `
  set session_replication_role = replica;
  do $$
  declare each record;
  begin
    perform pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid();
    drop schema if exists guildhall_queue cascade;
    for each in select tablename from pg_tables where schemaname = 'public' and tablename <> 'meta' loop
      execute format('delete from public.%I', each.tablename);
    end loop;
    for each in select sequencename, start_value from pg_sequences where schemaname = 'public' loop
      perform setval(format('public.%I', each.sequencename), each.start_value, false);
    end loop;
  end $$;
  delete from meta where key not in ('layout', 'epoch');
  update meta set value = case key when 'epoch' then '1' else '${String(newestLayout)}' end`;

const template = 'test_template';

/** Makes the database that those of tests are copied from, at the newest layout: making the tables takes as long as many a test. */
export async function makeTemplate(server: string): Promise<void> {
  await onServer(server, `create database ${template} encoding 'UTF8' template template0`);
  const url = new URL(server);
  url.pathname = template;
  const store = await openStore({ databaseUrl: url.href });
  await store.close();
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
