import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreAway } from '#operations/store-away.ts';
import { NoInventoryError } from '#operations/take-upload.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { openUploadThread, type UploadThread } from '#server/upload-thread.ts';

const target = { component: 'kiosk', slot: 'default', validAt: null };
const large = Buffer.alloc(1_500_000, 'An SBOM of a large program. ');
const slowMs = 60_000;

async function* pieces(bytes: Buffer, failsAfter = Infinity): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) {
    if (at / 65_536 >= failsAfter) throw new Error('The sender went away.');
    yield Promise.resolve(bytes.subarray(at, at + 65_536));
  }
}

describe.each(testStores())('the thread that takes uploads, on $name', ({ open }) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-uploads-'));
  const reports: string[] = [];
  let opened: OpenTestStore;
  let thread: UploadThread;
  beforeEach(async () => {
    opened = await open();
    const at = opened.location;
    const place = 'dataDir' in at ? { dataDir: at.dataDir, databaseUrl: null } : { dataDir: folder, databaseUrl: at.databaseUrl };
    thread = openUploadThread(place, (message) => reports.push(message));
  });
  afterEach(async () => {
    await thread.stop();
    await opened.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('has what it took in the store, several at once, and nothing of what was broken off', { timeout: slowMs }, async () => {
    const bytes = [large, Buffer.from('{"bomFormat":"CycloneDX"}'), Buffer.concat([large, large])];
    const sent = bytes.map((each, at) => thread.take(`id-${String(at)}`, pieces(each), { ...target, slot: `slot-${String(at)}` }));
    await expect(thread.take('id-broken', pieces(large, 20), target)).rejects.toThrow('The sender went away.');
    await Promise.all(sent);
    const receipts = await opened.store.pendingReceipts(10);
    expect(receipts.map((each) => each.origin).sort()).toEqual(['upload:kiosk/slot-0', 'upload:kiosk/slot-1', 'upload:kiosk/slot-2']);
    for (const [at, each] of bytes.entries()) {
      const hash = createHash('sha256').update(each).digest('hex');
      expect(await opened.store.receiptByPublicId(`id-${String(at)}`)).toMatchObject({ receipt: { revision: hash } });
      expect(Buffer.from((await opened.store.readRaw(hash)) ?? []).equals(each)).toBe(true);
    }
    expect(await opened.store.receiptByPublicId('id-broken')).toBeNull();
    expect(reports).toEqual([]);
  });

  it('says that the store is away where it is, so that the sender asks again', { timeout: slowMs }, async () => {
    const nowhere = 'postgres://guildhall@127.0.0.1:1/guildhall';
    const away = openUploadThread({ dataDir: folder, databaseUrl: nowhere }, (message) => reports.push(message));
    await expect(away.take('id-a', pieces(large), target)).rejects.toThrow(StoreAway);
    await away.stop();
    expect(reports.splice(0)).toHaveLength(1);
  });

  it('says why it takes nothing, and goes on', { timeout: slowMs }, async () => {
    await thread.take('id-a', pieces(large), target);
    await expect(thread.take('id-a', pieces(Buffer.from('{}')), { ...target, slot: 'other' })).rejects.toThrow();
    const vex = Buffer.from(
      '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"a","timestamp":"2021-06-01T00:00:00Z","version":1,"statements":[]}',
    );
    await expect(thread.take('id-vex', pieces(vex), target)).rejects.toThrow(NoInventoryError);
    await thread.take('id-b', pieces(Buffer.from('{}')), target);
    expect(await opened.store.receiptByPublicId('id-b')).not.toBeNull();
  });
});
