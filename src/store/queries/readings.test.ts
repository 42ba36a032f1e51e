import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unread } from '#model/reading.ts';
import type { NewReading, Store } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';
import { hashOf } from './raw.ts';

const main = hashOf('a lockfile');

function reading(version: number, path = 'package-lock.json'): NewReading {
  return {
    key: hashOf(`${String(version)} ${path}`),
    format: 'npm-package-lock',
    format_version: version,
    path,
    main,
    inputs: `{"${path}":"${main}"}`,
    read_at: version * 1000,
    resultBytes: Buffer.from(JSON.stringify(unread({ code: 'not-json', message: `Version ${String(version)} says no.`, severity: 'error' }))),
  };
}

describe.each(testStores())('readings on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
    await store.write((tx) => tx.saveReadings([reading(2), reading(1), reading(1, 'other/package-lock.json')]));
  });
  afterAll(() => opened.drop());

  it('all versions of a file at its path come oldest first, each with its result', async () => {
    const rows = await store.readingsOfMain('package-lock.json', main);
    expect(rows.map((row) => row.format_version)).toEqual([1, 2]);
    const results = await Promise.all(rows.map((row) => store.resultOf(row)));
    expect(results.map((result) => result.problems[0]?.message)).toEqual(['Version 1 says no.', 'Version 2 says no.']);
  });

  it('the same bytes at another path are another file', async () => {
    expect(await store.readingsOfMain('other/package-lock.json', main)).toHaveLength(1);
    expect(await store.readingsOfMain('nowhere', main)).toEqual([]);
    const both = await store.readingsOfMains([
      { path: 'package-lock.json', main },
      { path: 'other/package-lock.json', main },
      { path: 'package-lock.json', main: hashOf('never') },
    ]);
    expect(both).toHaveLength(3);
  });

  it('a reading that is there stays as it is', async () => {
    await store.write((tx) => tx.saveReadings([{ ...reading(1), read_at: 99_999 }]));
    expect(await store.readingByKey(reading(1).key)).toMatchObject({ read_at: 1000 });
    await store.write((tx) => tx.saveReadings([]));
  });

  it('keys that are not there are left out', async () => {
    expect(await store.readingByKey('no')).toBeNull();
    expect(await store.readingsByKeys([reading(2).key, 'no'])).toMatchObject([{ format_version: 2 }]);
  });
});
