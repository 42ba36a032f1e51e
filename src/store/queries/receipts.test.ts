import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewReceipt, Store } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';
import { hashOf } from './raw.ts';

const lockfile = Buffer.from('{"lockfileVersion":3}');

function observation(origin: string, change: Partial<NewReceipt> = {}): NewReceipt {
  return {
    publicId: hashOf(`${origin} ${String(change.receivedAt)} ${String(change.revision)}`).slice(0, 26),
    source: 'git',
    origin,
    revision: 'a1',
    validAt: 1000,
    receivedAt: 2000,
    outcome: 'complete',
    tree: [
      { path: 'package-lock.json', state: 'read', hash: hashOf(lockfile) },
      { path: 'yarn.lock', state: 'absent' },
    ],
    problems: [],
    place: { namespace: 'acme', rootName: 'shop' },
    raws: [{ hash: hashOf(lockfile), bytes: lockfile }],
    ...change,
  };
}

describe.each(testStores())('receipts on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.drop());

  it('an observation comes back as it was given, with its tree and bytes', async () => {
    const given = observation('one', { problems: [{ code: 'missing-blob', message: 'A blob is missing.', path: 'a/b', severity: 'error' }] });
    const { seq, isNew } = await store.recordReceipt(given);
    expect(isNew).toBe(true);
    const receipt = await store.receiptBySeq(seq);
    expect(receipt).toEqual({
      seq,
      publicId: given.publicId,
      source: 'git',
      origin: 'one',
      revision: 'a1',
      validAt: 1000,
      receivedAt: 2000,
      confirmedAt: 2000,
      outcome: 'complete',
      problems: given.problems,
      place: { namespace: 'acme', rootName: 'shop' },
      treeHash: hashOf(`[{"hash":"${hashOf(lockfile)}","path":"package-lock.json","state":"read"},{"path":"yarn.lock","state":"absent"}]`),
    });
    if (receipt === null) return;
    expect(await store.treeOf(receipt)).toEqual(given.tree);
    expect(Buffer.from((await store.readRaw(hashOf(lockfile))) ?? [])).toEqual(lockfile);
  });

  it('the same observation made again only moves the time it was confirmed', async () => {
    const first = await store.recordReceipt(observation('again'));
    const second = await store.recordReceipt(observation('again', { receivedAt: 3000 }));
    expect(second).toEqual({ seq: first.seq, publicId: first.publicId, isNew: false });
    const receipts = await store.receiptsOf('again');
    expect(receipts.map((receipt) => [receipt.receivedAt, receipt.confirmedAt])).toEqual([[2000, 3000]]);
  });

  it.each([
    ['revision', { revision: 'a2' }],
    ['outcome', { outcome: 'partial' }],
    ['tree', { tree: [] }],
    ['place', { place: null }],
    ['problems', { problems: [{ code: 'x', message: 'X.', severity: 'warning' }] }],
  ] as const)('an observation with another %s is a new one', async (what, change) => {
    const origin = `differs in ${what}`;
    await store.recordReceipt(observation(origin));
    const { isNew } = await store.recordReceipt(observation(origin, { receivedAt: 3000, ...change }));
    expect(isNew).toBe(true);
    expect(await store.receiptsOf(origin)).toHaveLength(2);
  });

  it('an observation that equals an earlier one, but not the last, is a new one', async () => {
    for (const [receivedAt, revision] of [
      [1, 'a1'],
      [2, 'a2'],
      [3, 'a1'],
    ] as const) {
      await store.recordReceipt(observation('back', { receivedAt, revision }));
    }
    expect((await store.receiptsOf('back')).map((receipt) => receipt.revision)).toEqual(['a1', 'a2', 'a1']);
  });

  it('receipts hold by valid time, then by arrival', async () => {
    for (const [validAt, revision] of [
      [30, 'c'],
      [10, 'a'],
      [30, 'd'],
      [20, 'b'],
    ] as const) {
      await store.recordReceipt(observation('order', { validAt, revision }));
    }
    expect((await store.receiptsOf('order')).map((receipt) => receipt.revision)).toEqual(['a', 'b', 'c', 'd']);
    expect((await store.lastReceiptOf('order'))?.revision).toBe('b');
  });

  it('a receipt is left to do until it is read or failed, and can be offered again', async () => {
    const { seq, publicId } = await store.recordReceipt(observation('work'));
    const isPending = async () => (await store.pendingReceipts(1000)).some((receipt) => receipt.seq === seq);
    expect(await isPending()).toBe(true);
    expect(await store.receiptByPublicId(publicId)).toMatchObject({ state: 'pending', problems: [], finishedAt: null });

    const problem = { code: 'not-json', message: 'The file is not valid JSON.', severity: 'error' } as const;
    await store.write((tx) => tx.finishReceipt(seq, 'failed', [problem], 5000));
    expect(await isPending()).toBe(false);
    expect(await store.receiptByPublicId(publicId)).toMatchObject({ state: 'failed', problems: [problem], finishedAt: 5000 });

    await store.write((tx) => tx.reopenReceipts('work'));
    expect(await isPending()).toBe(true);
  });

  it('what was never observed is null or empty', async () => {
    expect(await store.receiptBySeq(999_999)).toBeNull();
    expect(await store.receiptByPublicId('nobody')).toBeNull();
    expect(await store.lastReceiptOf('nowhere')).toBeNull();
    expect(await store.receiptsOf('nowhere')).toEqual([]);
  });

  it('text that PostgreSQL cannot hold is kept alike on both stores', async () => {
    const hostile = observation(`nul\0 and \ud800`, { revision: 'r\0', tree: [{ path: 'a\0b\ud800', state: 'absent' }] });
    await store.recordReceipt(hostile);
    const receipt = await store.lastReceiptOf('nul\0 and \ud800');
    expect(receipt).toMatchObject({ origin: 'nul\ufffd and \ufffd', revision: 'r\ufffd' });
    if (receipt !== null) expect(await store.treeOf(receipt)).toEqual(hostile.tree);
  });

  it('an origin of any length is found again', async () => {
    const origin = 'é'.repeat(20_000);
    await store.recordReceipt(observation(origin));
    expect(await store.lastReceiptOf(origin)).not.toBeNull();
    expect(await store.lastReceiptOf(`${origin}x`)).toBeNull();
  });

  it('origins are listed once each, sorted', async () => {
    const origins = await store.origins();
    expect(origins).toEqual([...new Set(origins)].sort());
    expect(origins).toContain('work');
  });
});
