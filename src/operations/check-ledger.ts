import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Store } from '#store/store.ts';
import { ledgerProof, type LedgerProof } from '#verifier/ledger-proof.ts';
import { keptCheckpoints } from './checkpoint-ledger.ts';
import type { Running } from './evidence/running.ts';
import { turns } from './evidence/running.ts';

/** What the office says of its own ledger. `isSigned` false: no key is configured, so checkpoints are compared and their signatures are not. */
export type LedgerChecked = LedgerProof & { readonly isSigned: boolean; readonly newestCheckpoint: number | null };

/**
 * Runs the separate verifier over the ledger and the checkpoints that the office keeps. Whoever can write to the store could alter both: others prove it with
 * an export and a checkpoint kept outside.
 */
export async function checkLedger(store: Store, key: KeyObject | null, running: Running): Promise<LedgerChecked> {
  return store.snapshot(async (reads) => {
    const proof = ledgerProof([], key === null ? [] : [key]);
    const checkpoints = await keptCheckpoints(reads);
    for (const checkpoint of checkpoints) proof.take({ checkpoint });
    const turn = turns(running);
    const all = await reads.countLedger({});
    let done = 0;
    for await (const page of reads.loadLedger()) {
      for (const entry of page) {
        proof.take(entry);
        done += 1;
        await turn(done, all);
      }
    }
    return { ...proof.proof(), isSigned: key !== null, newestCheckpoint: checkpoints.at(-1)?.seq ?? null };
  });
}

/** The public half of the key that signs checkpoints. */
export function publicHalf(key: KeyObject): KeyObject {
  return createPublicKey(key);
}
