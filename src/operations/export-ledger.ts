import type { StoreReads } from '#store/store.ts';
import { keptCheckpoints } from './checkpoint-ledger.ts';

/**
 * The ledger as docs/ledger-format.md says, for whoever checks it: a head, the office's own checkpoints, then every entry, one JSON object a line. `words`
 * false leaves names and free text at home; the chain is checked without them.
 */
export async function* exportLedger(reads: StoreReads, { words }: { readonly words: boolean }): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'guildhall-ledger', version: 1, words })}\n`;
  for (const checkpoint of await keptCheckpoints(reads)) yield `${JSON.stringify({ checkpoint })}\n`;
  for await (const page of reads.loadLedger()) {
    yield page.map((entry) => `${JSON.stringify(words ? entry : { ...entry, words: null })}\n`).join('');
  }
}
