import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../open-store.ts';
import type { Store, VersionKey } from '../store.ts';
import { internMemory, rememberCommitted } from './intern-versions.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

function npm(name: string, version: string, range = ''): VersionKey {
  return { ecosystem: 'npm', nameKey: name, name, version, range };
}

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  return (await Array.fromAsync(pages)).flat();
}

it('a transaction that interned nothing leaves alone what is remembered; one of another generation does not', () => {
  const memory = internMemory();
  rememberCommitted(memory, { ...internMemory(), generation: 'one', ids: new Map([['a', 1]]) });
  rememberCommitted(memory, internMemory());
  expect([...memory.ids]).toEqual([['a', 1]]);
  rememberCommitted(memory, { ...internMemory(), generation: 'two', ids: new Map([['b', 2]]) });
  expect([...memory.ids]).toEqual([['b', 2]]);
});

describe.each(testStores())('interned versions on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.drop());

  it('ids come in the order of the rows, the same for the same version', async () => {
    const [a, b, again] = await store.write((tx) => tx.internVersions([npm('a', '2'), npm('a', '1'), npm('a', '2')]));
    expect(a).not.toBe(b);
    expect(again).toBe(a);
    expect(await store.write((tx) => tx.internVersions([npm('a', '1'), npm('a', '2')]))).toEqual([b, a]);
  });

  it('ecosystem, name, version and range tell versions apart', async () => {
    const rows = [npm('x', '1'), npm('x', '1.0'), npm('y', '1'), npm('x', '', '^1'), npm('x', '', '^2'), { ...npm('x', '1'), ecosystem: 'PyPI' }];
    const ids = await store.write((tx) => tx.internVersions(rows));
    expect(new Set(ids).size).toBe(6);
  });

  it('the name as first written stays', async () => {
    const written = (name: string): VersionKey => ({ ecosystem: 'PyPI', nameKey: 'flask-login', name, version: '1', range: '' });
    await store.write((tx) => tx.internVersions([written('Flask_Login')]));
    await store.write((tx) => tx.internVersions([written('flask.login')]));
    expect(await store.packagesByKey([{ ecosystem: 'PyPI', nameKey: 'flask-login' }])).toMatchObject([{ name: 'Flask_Login' }]);
  });

  it('what a transaction took back is not remembered', async () => {
    await expect(
      store.write(async (tx) => {
        await tx.internVersions([npm('gone', '1')]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    const [id] = await store.write((tx) => tx.internVersions([npm('gone', '1')]));
    expect(await all(store.loadVersions({ ids: [id ?? 0] }))).toHaveLength(1);
  });

  it('ids are given anew after the store was emptied', async () => {
    const [before] = await store.write((tx) => tx.internVersions([npm('again', '1')]));
    await store.emptyDerived();
    const [after] = await store.write((tx) => tx.internVersions([npm('again', '1')]));
    expect(after).not.toBe(before);
    expect(await all(store.loadVersions())).toMatchObject([{ id: after, version: '1', range: '' }]);
  });

  it('names of any length and any characters are kept apart', async () => {
    const long = 'n'.repeat(50_000);
    const rows = [
      npm(`${long}1`, '1'),
      npm(`${long}2`, '1'),
      npm('n', long),
      npm('n', '', long),
      npm('nul\0', '1'),
      npm('\ud800', '1'),
      npm('"\'\\{},', '1'),
    ];
    const ids = await store.write((tx) => tx.internVersions(rows));
    expect(new Set(ids).size).toBe(7);
    expect(await store.write((tx) => tx.internVersions(rows))).toEqual(ids);
  });

  it('several writers that meet the same new names agree', async () => {
    const others = await Promise.all([openStore(opened.location), openStore(opened.location)]);
    const rows = Array.from({ length: 400 }, (_, index) => npm(`shared${String(index)}`, '1'));
    const orders = [rows, rows.toReversed(), [...rows.slice(200), ...rows.slice(0, 200)]];
    const answers = await Promise.all([store, ...others].map((one, index) => one.write((tx) => tx.internVersions(orders[index] ?? rows))));
    const byName = answers.map((ids, index) => new Map(ids.map((id, at) => [orders[index]?.[at]?.name, id])));
    for (const row of rows) expect(new Set(byName.map((ids) => ids.get(row.name))).size).toBe(1);
    for (const other of others) await other.close();
  });
});
