import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from './queries/raw.ts';
import type { Store } from './store.ts';
import { testStores, type OpenTestStore } from './test-stores.ts';

const mebibyte = 1024 * 1024;
const large = Buffer.concat(Array.from({ length: (2 * mebibyte) / 32 + 9 }, (_, index) => createHash('sha256').update(String(index)).digest()));
const sbom = Buffer.from('{"bomFormat":"CycloneDX"}');

async function fill(store: Store): Promise<void> {
  const upload = store.beginRaw();
  await upload.append(sbom);
  await upload.commit();
  for (const [revision, bytes] of [
    ['a1', large],
    ['a2', Buffer.from('')],
    ['a3', Buffer.from('third')],
  ] as const) {
    const hash = hashOf(bytes);
    await store.recordReceipt({
      publicId: `id-${revision}`,
      source: 'git',
      origin: 'git.example/acme/shop',
      revision,
      validAt: 10,
      receivedAt: 20,
      outcome: 'complete',
      tree: [{ path: 'package-lock.json', state: 'read', hash }],
      problems: [],
      place: { namespace: 'acme', rootName: 'shop' },
      raws: [{ hash, bytes }],
    });
    await store.write((tx) =>
      tx.saveReadings([
        {
          key: hashOf(revision),
          format: 'npm-package-lock',
          format_version: 1,
          path: 'package-lock.json',
          main: hash,
          inputs: '{}',
          read_at: 30,
          resultBytes: Buffer.from(`{"packages":[],"edges":[],"problems":[],"n":"${revision}"}`),
        },
      ]),
    );
  }
  await store.auth.putApiToken({ hash: 'token', name: 'ci', scopes: '[]', created: 1, expires: null, revoked: 2 });
  await store.auth.putCredential({ person: 'person:a', salt: 's', hash: 'h', cost: 2, changed: 1, failures: 0, locked_until: 0 });
  await store.auth.putTokenSecret({ hash: 'secret', token: 'a', used_at: null });
  await store.auth.putSession({ id_hash: 'session', csrf: 'c', created: 1, expires: 1e15, person: null, how: 'link' });
}

async function archiveOf(store: Store): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(store.exportPermanent(1234)));
}

async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

const [sqlite, postgres] = testStores();
const ways = [
  { name: 'sqlite to postgres', from: sqlite, to: postgres },
  { name: 'postgres to sqlite', from: postgres, to: sqlite },
];

describe.each(ways)('a backup from $name', ({ from, to }) => {
  let source: OpenTestStore;
  let target: OpenTestStore;
  let archive: Buffer;
  beforeAll(async () => {
    source = await from.open();
    await fill(source.store);
    archive = await archiveOf(source.store);
  });
  afterAll(() => source.drop());
  beforeEach(async () => {
    target = await to.open();
  });
  afterEach(() => target.drop());

  it('gives equal permanent data: an archive of the copy differs in nothing but the epoch', async () => {
    expect(await target.store.importPermanent(inPieces(archive))).toEqual({ records: 18 }); // 9 raw items, 3 receipts, 3 readings, 1 token, 1 password, 1 secret
    const plain = (bytes: Buffer) =>
      zlib
        .zstdDecompressSync(bytes)
        .toString('latin1')
        .replace(/"epoch":\d+/, '')
        .replace(/"sha256":"[0-9a-f]+"/, '');
    expect(plain(await archiveOf(target.store)) === plain(archive)).toBe(true);

    const receipts = await target.store.receiptsOf('git.example/acme/shop');
    expect(receipts.map((receipt) => receipt.revision)).toEqual(['a1', 'a2', 'a3']);
    expect(Buffer.compare((await target.store.readRaw(hashOf(large))) ?? Buffer.from(''), large)).toBe(0);
    expect(await target.store.readRaw(hashOf(''))).toHaveLength(0);
    expect(await target.store.auth.apiTokens()).toHaveLength(1);
  });

  it('leaves every receipt to be folded, moves the epoch and sends followers to load anew', async () => {
    const before = { epoch: await target.store.epoch(), last: await target.store.write((tx) => tx.appendChange('x', null, 1)) };
    await source.store.moveEpoch();
    await source.store.moveEpoch();
    await target.store.importPermanent(inPieces(await archiveOf(source.store)));
    expect(await target.store.pendingReceipts(10)).toHaveLength(3);
    expect(await target.store.epoch()).toBeGreaterThan(Math.max(before.epoch, await source.store.epoch()));
    expect(await target.store.changesAfter(before.last, 10)).toBeNull();
  });

  it('does not bring what is of this installation only', async () => {
    await target.store.importPermanent(inPieces(archive));
    expect(await target.store.auth.sessionOf('session', 1)).toBeNull();
    expect(await target.store.hasRaw([hashOf(sbom)])).toEqual(new Set());
  });

  it('is refused by a store with data, and replaces it only when told to', async () => {
    await fill(target.store);
    await target.store.auth.putSession({ id_hash: 'older', csrf: 'c', created: 1, expires: 1e15, person: null, how: 'link' });
    await expect(target.store.importPermanent(inPieces(archive))).rejects.toThrow(/not empty/);
    await target.store.importPermanent(inPieces(archive), { replace: true });
    expect(await target.store.receiptsOf('git.example/acme/shop')).toHaveLength(3);
    expect(await target.store.auth.sessionOf('older', 1)).toBeNull();
  });

  it.each([
    ['cut anywhere', (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * 0.7))],
    ['without its last byte', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('PK\x03\x04 this is a zip file')],
    ['cut before its end and packed again', (bytes: Buffer) => zlib.zstdCompressSync(zlib.zstdDecompressSync(bytes).subarray(0, -120))],
    ['changed inside', (bytes: Buffer) => repacked(bytes, 'git.example/acme/shop', 'git.example/evil/shop')],
    ['of a newer layout', (bytes: Buffer) => repacked(bytes, '"version":1', '"version":9')],
    ['packed twice over', (bytes: Buffer) => Buffer.concat([bytes, bytes])],
  ])('that is %s is refused and changes nothing', async (_name, spoil) => {
    await expect(target.store.importPermanent(inPieces(spoil(archive)))).rejects.toThrow(/archive|backup/);
    expect(await target.store.origins()).toEqual([]);
    expect(await target.store.hasRaw([hashOf(large)])).toEqual(new Set());
  });
});

function repacked(bytes: Buffer, from: string, to: string): Buffer {
  return zlib.zstdCompressSync(Buffer.from(zlib.zstdDecompressSync(bytes).toString('latin1').replace(from, to), 'latin1'));
}
