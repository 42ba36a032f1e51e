// Takes uploads and scans without end and prints what it has acknowledged, one JSON line each; the kill drill ends it: `kill-writer.ts <location> <round>`.
import fs from 'node:fs';
import { hash } from 'node:crypto';
import { openGateway } from '#gateway/gateway.ts';
import type { Collection } from '#sources/collection.ts';
import { openStore, type StoreLocation } from '#store/open-store.ts';
import type { Store } from '#store/store.ts';
import type { Context } from '../../src/operations/context.ts';
import { randomId } from '../../src/operations/open-office.ts';
import { readPending } from '../../src/operations/read-pending.ts';
import { scanSource } from '../../src/operations/scan-source.ts';
import { takeUpload } from '../../src/operations/take-upload.ts';
import { cargoLockOf, lockfileOf, sbomOf } from './made-up.ts';

/** A receipt whose sender was told that it is safe, with hashes of the bytes it brought. */
export type Acknowledged = { readonly publicId: string; readonly raws: readonly string[] };

const store = await openStore(JSON.parse(process.argv[2] ?? '{}') as StoreLocation);
const round = Number(process.argv[3]);
const gateway = openGateway({ workers: 1 });
const context: Context = { store, gateway, clock: Date.now, randomId };
// Warm, so that the kill falls into the writing and not into the start of the reader process.
await gateway.read({ path: 'package-lock.json', bytes: Buffer.from(lockfileOf(0)), formatId: null }, () => Promise.resolve(null));
say('ready');
await Promise.all([uploads(), scans()]);

/** Written at once: what stays in a buffer of this process would die with it. */
function say(line: string): void {
  fs.writeSync(1, `${line}\n`);
}

function acknowledge(publicId: string, ...raws: readonly string[]): void {
  say(JSON.stringify({ publicId, raws } satisfies Acknowledged));
}

async function uploads(): Promise<never> {
  for (let at = 0; ; at += 1) {
    const sbom = Buffer.from(sbomOf(round, at));
    const publicId = await takeUpload(context, chunks(sbom), { component: `kiosk-${String(at % 3)}`, slot: 'default', validAt: null });
    acknowledge(publicId, hash('sha256', sbom, 'hex'));
    await readPending(context);
  }
}

async function scans(): Promise<never> {
  const acknowledging: Context = { ...context, store: acknowledgingStore(store) };
  for (let at = 0; ; at += 1) await scanSource(acknowledging, repositoryAt(at));
}

/** The store, saying of a scan what `scan` may tell its user: that it is kept, as soon as its transaction has committed. */
function acknowledgingStore(plain: Store): Store {
  return {
    ...plain,
    async write(change) {
      const recorded: Acknowledged[] = [];
      const result = await plain.write((tx) =>
        change({
          ...tx,
          async recordReceipt(receipt) {
            const done = await tx.recordReceipt(receipt);
            recorded.splice(0, 1, { publicId: done.publicId, raws: receipt.raws.map((raw) => raw.hash) });
            return done;
          },
        }),
      );
      for (const each of recorded) acknowledge(each.publicId, ...each.raws);
      return result;
    },
  };
}

function repositoryAt(at: number): Collection {
  const files: Readonly<Record<string, string>> = { 'package-lock.json': lockfileOf(at, round), 'service/Cargo.lock': cargoLockOf(at, round) };
  return {
    source: 'git',
    origin: `git:drill/shop-${String(at % 4)}`,
    revision: hash('sha256', `${String(round)} ${String(at)}`, 'hex').slice(0, 40),
    validAt: Date.now(),
    outcome: 'complete',
    entries: Object.entries(files).map(([path, text]) => ({ path, state: 'read', objectId: null, bytes: () => Promise.resolve(Buffer.from(text)) })),
    paths: Object.keys(files),
    problems: [],
    place: { namespace: 'drill', rootName: `shop-${String(at % 4)}` },
    read: (path) => Promise.resolve(files[path] === undefined ? null : Buffer.from(files[path])),
    close: () => Promise.resolve(),
  };
}

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1500) yield await Promise.resolve(bytes.subarray(at, at + 1500));
}
