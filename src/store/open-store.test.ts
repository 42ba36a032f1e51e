import { afterEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { openStore, type StoreLocation } from './open-store.ts';
import { connectPostgres } from './postgres.ts';
import { connectSqlite, databaseFile } from './sqlite.ts';
import { testStores, type OpenTestStore } from './test-stores.ts';

async function setLayout(location: StoreLocation, layout: number): Promise<void> {
  const db = 'dataDir' in location ? connectSqlite(databaseFile(location.dataDir), 'writer') : await connectPostgres(location.databaseUrl);
  await sql`update meta set value = ${String(layout)} where key = 'layout'`.execute(db);
  await db.destroy();
}

describe.each(testStores())('a store on $name', ({ open }) => {
  let opened: OpenTestStore;
  afterEach(() => opened.drop());

  it('keeps what was written when it is opened again', async () => {
    opened = await open();
    const seq = await opened.store.write((tx) => tx.appendChange('component', { id: 1 }, 5));
    const again = await openStore(opened.location);
    expect(await again.changesAfter(0, 10)).toEqual([{ seq, at: 5, kind: 'component', body: { id: 1 } }]);
    expect(await again.epoch()).toBe(await opened.store.epoch());
    await again.close();
  });

  it('of a newer layout is refused and left as it is', async () => {
    opened = await open();
    await setLayout(opened.location, 99);
    await expect(openStore(opened.location)).rejects.toThrow(/The store has layout 99, this Guildhall knows layouts up to \d+/);
  });

  it('opened several times at once for the first time gets its tables once', async () => {
    opened = await open();
    const fresh = await open();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(fresh.location)));
    expect(new Set(await Promise.all(stores.map((store) => store.epoch())))).toEqual(new Set([1]));
    for (const store of stores) await store.close();
    await fresh.drop();
  });

  it('given back by one test is as new for the next', async () => {
    const used = await open();
    const key = await used.store.cursorKey();
    await used.store.moveEpoch();
    const first = await used.store.write((tx) => tx.appendChange('component', { id: 1 }, 5));
    await used.drop();
    opened = await open();
    expect(await opened.store.lastChange()).toBe(0);
    expect(await opened.store.epoch()).toBe(1);
    expect(await opened.store.cursorKey()).not.toEqual(key);
    expect(await opened.store.write((tx) => tx.appendChange('component', { id: 1 }, 5))).toBe(first);
  });

  it('takes back a transaction that fails', async () => {
    opened = await open();
    const { store } = opened;
    const failing = store.write(async (tx) => {
      await tx.appendChange('half', null, 1);
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    expect(await store.changesAfter(0, 10)).toEqual([]);
  });

  it('shows a transaction its own writes and nobody else before the commit', async () => {
    opened = await open();
    const { store } = opened;
    await store.write(async (tx) => {
      const seq = await tx.appendChange('mine', null, 1);
      expect(await tx.lastChange()).toBe(seq);
      expect(await store.lastChange()).toBe(0);
    });
    expect(await store.lastChange()).toBeGreaterThan(0);
  });

  it('gives a snapshot one moment, whatever is written meanwhile', async () => {
    opened = await open();
    const { store } = opened;
    await store.snapshot(async (reads) => {
      const before = await reads.lastChange();
      await store.write((tx) => tx.appendChange('later', null, 1));
      expect(await reads.lastChange()).toBe(before);
    });
    expect(await store.lastChange()).toBeGreaterThan(0);
  });

  it('refuses a write inside a write instead of waiting for ever', async () => {
    opened = await open();
    const { store } = opened;
    await expect(store.write(() => store.moveEpoch())).rejects.toThrow('A write inside a write');
  });

  it('runs writes of one process one after the other, all of them', async () => {
    opened = await open();
    const { store } = opened;
    await Promise.all(Array.from({ length: 50 }, (_, index) => store.write((tx) => tx.appendChange('n', index, index))));
    const changes = await store.changesAfter(0, 100);
    expect(changes?.map((change) => change.body).toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });
});

it('a PostgreSQL that is not there is said, not waited for', async () => {
  await expect(openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow(/ECONNREFUSED|connect/);
});

it('SQLite flushes every commit to the disk', async () => {
  const [sqlite] = testStores();
  const opened = await sqlite.open();
  if (!('dataDir' in opened.location)) throw new Error('SQLite lies in a data folder.');
  const db = connectSqlite(databaseFile(opened.location.dataDir), 'writer');
  expect((await sql`pragma synchronous`.execute(db)).rows).toEqual([{ synchronous: 2 }]);
  expect((await sql`pragma journal_mode`.execute(db)).rows).toEqual([{ journal_mode: 'wal' }]);
  await db.destroy();
  await opened.drop();
});
