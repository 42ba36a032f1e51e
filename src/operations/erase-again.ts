import type { Basis } from '#desk/keeping/keeping.ts';
import { chained, noHead, type NewAct } from '#desk/ledger/chain.ts';
import type { KeptEntry } from '#model/act.ts';
import type { Context } from './context.ts';
import { sayOthersAgain } from './erase-words.ts';
import { openLiveDesk } from './live-desk.ts';

type Why = { readonly basis: Basis; readonly reference: string | null };

/** What was erased here: a backup from before may bring it back. */
export type ErasedHere = {
  /** Entries without words, by hash. */
  readonly why: ReadonlyMap<string, Why>;
  /** People who still have a name. */
  readonly named: ReadonlySet<string>;
};

/** What was erased here so far. */
export async function erasedHere({ store }: Pick<Context, 'store'>): Promise<ErasedHere> {
  const { keeping, people } = await openLiveDesk().catchUp(store);
  const why = new Map<string, Why>();
  const named = new Set([...people.values()].filter((each) => each.words !== null).map((each) => each.id));
  if (keeping.erasures.size === 0) return { why, named };
  for await (const page of store.loadLedger()) {
    for (const { seq, hash } of page) {
      const erasure = keeping.erasures.get(seq);
      if (erasure !== undefined) why.set(hash, { basis: erasure.basis, reference: erasure.reference });
    }
  }
  return { why, named };
}

/**
 * Erases again what of it is there with its words; gives how many entries. It is not judged again: whoever erased it was allowed to, and a hold of the backup's
 * time was over by then. Each erasure is an act, since the ledger that came knows of none.
 */
export async function eraseAgain(context: Context, { why, named }: ErasedHere): Promise<number> {
  const back: (Why & { readonly entry: KeptEntry })[] = [];
  for await (const page of context.store.loadLedger()) {
    for (const entry of page) {
      const because = entry.words === null ? undefined : why.get(entry.hash);
      if (because !== undefined) back.push({ entry, ...because });
    }
  }
  const live = openLiveDesk();
  await live.catchUp(context.store);
  const gone = back.map(({ entry }) => entry);
  const refused = await sayOthersAgain(context, live, gone, { person: null, mention: null, entries: [], spare: ({ id }) => named.has(id) });
  if (refused !== null) throw new Error(`Names that stay could not be said again: ${refused.reason}`);
  const groups = [...Map.groupBy(back, ({ basis, reference }) => JSON.stringify([basis, reference])).values()];
  await context.store.write(async (tx) => {
    await tx.lockLedger();
    const at = context.clock();
    const acts = groups.map((group): NewAct => ({
      ...{ at, kind: 'erase-words', actor: 'office', subject: 'ledger' },
      body: { entries: group.map(({ entry }) => entry.seq), person: null, basis: group[0]?.basis, reference: group[0]?.reference },
      words: { reason: 'Erased in this office before the backup was restored.' },
    }));
    const head = (await tx.ledgerHead()) ?? noHead;
    const { entries, words } = chained(head, acts, context.randomId);
    await tx.appendLedger(entries, words);
    await tx.eraseWords(gone.map(({ seq }) => seq));
    if (entries.length > 0) await tx.appendChange('act', { acts: entries.map(({ seq }) => seq) }, at);
  });
  return back.length;
}
