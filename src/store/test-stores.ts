import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
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

async function openPostgres(now?: () => number): Promise<OpenTestStore> {
  const server = process.env['GUILDHALL_TEST_POSTGRES'];
  if (server === undefined) throw new Error('GUILDHALL_TEST_POSTGRES is not set: run the tests through vitest, whose set-up starts a PostgreSQL.');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} encoding 'UTF8' template template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const location = { databaseUrl: url.href };
  const store = await openStore(location, now);
  return {
    store,
    location,
    async drop() {
      await store.close();
      await onServer(server, `drop database ${name} with (force)`);
    },
  };
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
