import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';
import { hashOf } from './raw.ts';

const mebibyte = 1024 * 1024;

/** Bytes that do not compress and differ by seed. */
function noise(length: number, seed: string): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, index) =>
    createHash('sha256')
      .update(`${seed}${String(index)}`)
      .digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

describe.each(testStores())('raw bytes on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  let time = 1_000_000;
  beforeAll(async () => {
    opened = await open(() => time);
    store = opened.store;
  });
  afterAll(() => opened.drop());

  it.each([
    ['nothing', 0],
    ['one byte', 1],
    ['exactly one chunk', mebibyte],
    ['one byte more than a chunk', mebibyte + 1],
    ['several chunks', 3 * mebibyte + 17],
  ])('%s comes back as it was kept', async (name, length) => {
    const bytes = noise(length, name);
    const hash = hashOf(bytes);
    await store.write((tx) => tx.keepRaw(hash, bytes));
    await store.write((tx) => tx.keepRaw(hash, bytes));
    expect(Buffer.compare((await store.readRaw(hash)) ?? Buffer.from('none'), bytes)).toBe(0);
  });

  it('bytes that do not have the hash are refused', async () => {
    await expect(store.write((tx) => tx.keepRaw(hashOf('one'), Buffer.from('two')))).rejects.toThrow(/do not have the hash/);
  });

  it('says which hashes are kept', async () => {
    await store.write((tx) => tx.keepRaw(hashOf('kept'), Buffer.from('kept')));
    expect(await store.hasRaw([hashOf('kept'), hashOf('never')])).toEqual(new Set([hashOf('kept')]));
    expect(await store.hasRaw([])).toEqual(new Set());
    expect(await store.readRaw(hashOf('never'))).toBeNull();
  });

  it('an upload in pieces of any size has the hash and the bytes of the whole', async () => {
    const bytes = noise(2 * mebibyte + 5, 'upload');
    const upload = store.beginRaw();
    for (let at = 0; at < bytes.length; at += 300_007) await upload.append(bytes.subarray(at, at + 300_007));
    expect(await upload.commit()).toEqual({ hash: hashOf(bytes), bytes: bytes.length });
    expect(Buffer.compare((await store.readRaw(hashOf(bytes))) ?? Buffer.from('none'), bytes)).toBe(0);
  });

  it('an upload of what is there already leaves it as it is', async () => {
    const bytes = noise(mebibyte + 5, 'twice');
    for (let times = 0; times < 2; times += 1) {
      const upload = store.beginRaw();
      await upload.append(bytes);
      await upload.commit();
    }
    expect(Buffer.compare((await store.readRaw(hashOf(bytes))) ?? Buffer.from('none'), bytes)).toBe(0);
  });

  it('uploads that no receipt names are swept, those that one names are not', async () => {
    const upload = async (text: string) => {
      const one = store.beginRaw();
      await one.append(Buffer.from(text));
      return one;
    };
    time = 2_000_000;
    await (await upload('named')).commit();
    await (await upload('not named')).commit();
    await upload('not finished'.repeat(200_000));
    await (await upload('given up'.repeat(200_000))).abort();
    await store.recordReceipt({
      publicId: 'named',
      source: 'upload',
      origin: 'acme/shop',
      revision: null,
      validAt: 1,
      receivedAt: 1,
      outcome: 'complete',
      tree: [{ path: 'sbom.json', state: 'read', hash: hashOf('named') }],
      problems: [],
      place: null,
      raws: [],
      uploads: [hashOf('named')],
    });
    time = 3_000_000;
    await (await upload('young')).commit();

    await store.sweepOrphans(2_000_000);
    expect(await store.sweepOrphans(2_000_001)).toBe(2);
    const all = ['named', 'not named', 'young'].map(hashOf);
    expect(await store.hasRaw(all)).toEqual(new Set([hashOf('named'), hashOf('young')]));
    expect(Buffer.from((await store.readRaw(hashOf('named'))) ?? []).toString()).toBe('named');
    expect(await store.sweepOrphans(2_000_001)).toBe(0);
  });

  it('a receipt that names an upload which was swept is refused', async () => {
    const receipt = {
      publicId: 'too late',
      source: 'upload',
      origin: 'too late',
      revision: null,
      validAt: 1,
      receivedAt: 1,
      outcome: 'complete',
      tree: [],
      problems: [],
      place: null,
      raws: [],
      uploads: [hashOf('never sent')],
    } as const;
    await expect(store.recordReceipt(receipt)).rejects.toThrow(/send it again/);
    expect(await store.lastReceiptOf('too late')).toBeNull();
  });

  it('bytes kept outright are never swept, though they were an upload first', async () => {
    time = 4_000_000;
    const upload = store.beginRaw();
    await upload.append(Buffer.from('both'));
    await upload.commit();
    await store.write((tx) => tx.keepRaw(hashOf('both'), Buffer.from('both')));
    await store.sweepOrphans(9_000_000);
    expect(await store.hasRaw([hashOf('both')])).toEqual(new Set([hashOf('both')]));
  });
});
