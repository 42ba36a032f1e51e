import { sign, type KeyObject } from 'node:crypto';
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkpointFile, checkpointOf, type Checkpoint } from '#desk/ledger/checkpoint.ts';
import { bundleKeyId, signingKey } from '#sources/bundle/bundle-key.ts';
import type { StoreReads } from '#store/store.ts';
import { ConfigurationError } from './configuration-error.ts';
import type { Context } from './context.ts';

/** The key that signs checkpoints, from its PEM. Throws ConfigurationError when there is none or it is of another kind. */
export function ledgerKey(pem: string | undefined): KeyObject {
  if (pem === undefined) throw new ConfigurationError('No key to sign with: give --key file:path or ledger.key; guildhall ledger keygen makes one.');
  const key = signingKey(pem);
  if (key === null) throw new ConfigurationError('The key of the ledger is no private Ed25519 key in PEM. guildhall ledger keygen makes one.');
  return key;
}

/** Signs the head of the ledger and keeps that; one that was signed with this key already is not signed again. Null while the ledger is empty. */
export async function checkpointLedger({ store, clock }: Context, key: KeyObject): Promise<Checkpoint | null> {
  const keyId = bundleKeyId(key);
  await store.write(async (tx) => {
    // Two at once would sign the same head.
    await tx.lockLedger();
    const head = await tx.ledgerHead();
    if (head === null || (await tx.newestLedgerCheckpoint())?.seq === head.seq) return;
    const { seq, hash, at, signature } = checkpointOf(head, clock(), keyId, (text) => sign(null, Buffer.from(text), key).toString('base64'));
    await tx.putLedgerCheckpoint({ seq, hash, at, key_id: keyId, signature });
  });
  return (await keptCheckpoints(store)).at(-1) ?? null;
}

/** Every checkpoint that was kept, oldest first. */
export async function keptCheckpoints(reads: StoreReads): Promise<readonly Checkpoint[]> {
  return (await reads.ledgerCheckpoints()).map(({ seq, at, hash, key_id: keyId, signature }) => ({
    ...{ format: 'guildhall-checkpoint', version: 1 },
    ...{ seq, hash, entries: seq, at, keyId, signature },
  }));
}

/** Writes to a folder the checkpoints that are not in it yet; gives how many. One that is there is never written over. */
export async function carryCheckpoints(reads: StoreReads, folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(folder));
  const missing = (await keptCheckpoints(reads)).filter((each) => !there.has(checkpointFile(each)));
  for (const each of missing) {
    const file = path.join(folder, checkpointFile(each));
    // Whole or not at all: whoever takes it elsewhere may look at any moment.
    await writeFile(`${file}.partial`, checkpointJson(each));
    await rename(`${file}.partial`, file);
  }
  return missing.length;
}

/** A checkpoint as it lies outside. */
export function checkpointJson(checkpoint: Checkpoint): string {
  return `${JSON.stringify(checkpoint)}\n`;
}
