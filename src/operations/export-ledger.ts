import { privilegedKinds } from '#desk/council/privileged.ts';
import type { StoreReads } from '#store/store.ts';
import { keptCheckpoints } from './checkpoint-ledger.ts';
import { withoutPrivileged } from './shown-words.ts';

/**
 * The ledger as docs/ledger-format.md says, for whoever checks it: a head, the office's own checkpoints, then every entry, one JSON object a line. `words`
 * false leaves names and free text at home; the chain is checked without them. Privileged words always stay at home; the head names their kinds.
 */
export async function* exportLedger(reads: StoreReads, { words }: { readonly words: boolean }): AsyncGenerator<string> {
  yield `${JSON.stringify({ format: 'guildhall-ledger', version: 1, words, withheld: [...privilegedKinds] })}\n`;
  for (const checkpoint of await keptCheckpoints(reads)) yield `${JSON.stringify({ checkpoint })}\n`;
  for await (const page of reads.loadLedger()) {
    yield page.map((entry) => `${JSON.stringify(words ? withoutPrivileged(entry) : { ...entry, words: null })}\n`).join('');
  }
}
