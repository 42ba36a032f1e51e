import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import { keyOfKept } from '#desk/keeping/kept-decisions.ts';
import type { Context } from './context.ts';
import { keptDecisions, undoneDecisions, type KeptRow } from './kept-decisions.ts';

const acts = { retire: 'retire-kept', return: 'return-kept', delete: 'delete-kept', erase: 'erase-kept', readmit: 'readmit-kept' } as const;

/**
 * Says again in a store that was restored what had been decided here about what is kept and what the archive does not know: an erasure holds, whatever is
 * restored over it. Each keeps its id, time and author. What retiring and returning ask for follows with the rebuild.
 */
export async function decideAgain(context: Context, before: readonly KeptRow[]): Promise<void> {
  const { store, clock, randomId } = context;
  const there = new Set((await keptDecisions(store, {})).map((each) => each.id));
  // While something is held nothing is replaced, so that only holds that are over are left out.
  const missing = before.flatMap((each): readonly NewAct[] => {
    const { kind, id, about, subject, at, author, authority, reason, supersedes } = each;
    if (there.has(id) || kind === 'hold' || kind === 'release') return [];
    const body = {
      id,
      about,
      subject,
      ...(supersedes === null ? {} : { ends: supersedes }),
      moved: { by: 'restore', at, extent: '{}', doneAt: null },
    };
    const words = authority === null || reason === null ? null : { reason, authority, by: author };
    return [{ at: clock(), kind: acts[kind], actor: 'office', subject: keyOfKept(each), body, words }];
  });
  await store.write(async (tx) => {
    await tx.lockLedger();
    const made = chained((await tx.ledgerHead()) ?? noHead, missing, randomId);
    await tx.appendLedger(made.entries, made.words);
    for (const each of await undoneDecisions(tx)) if (each.kind !== 'delete' && each.kind !== 'erase') await tx.noteCarriedOut(each.seq, clock());
    if (made.entries.length > 0) await tx.appendChange('act', { acts: made.entries.map(({ seq }) => seq) }, clock());
  });
}
