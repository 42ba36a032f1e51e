import { actKinds } from '#desk/acts/all.ts';
import type { ActKind } from '#desk/act-kind.ts';
import { emptyDesk, foldAct, type Desk } from '#desk/desk.ts';
import { actOf } from '#desk/ledger/chain.ts';
import type { StoreReads } from '#store/store.ts';

export { actKinds };

const kindById = new Map(actKinds.map((kind) => [kind.id, kind]));

/** The kind of act with this id. */
export function actKindOf(id: string): ActKind | undefined {
  return kindById.get(id);
}

/** The desk that this process holds. */
export type LiveDesk = {
  /** As far as it was followed. */
  readonly desk: Desk;
  /** Folds what was done since, as these reads see it. */
  catchUp(reads: Pick<StoreReads, 'loadLedger'>): Promise<Desk>;
};

/** A desk that begins empty; the first `catchUp` folds the whole ledger. */
export function openLiveDesk(): LiveDesk {
  let desk = emptyDesk();
  return {
    get desk() {
      return desk;
    },
    async catchUp(reads) {
      const isFresh = desk.seq === 0;
      const hasErased = await fold(desk, reads);
      // Words that were folded before they were erased lie in every slice: they go with the desk that holds them.
      if (hasErased && !isFresh) {
        const anew = emptyDesk();
        await fold(anew, reads);
        desk = anew;
      }
      return desk;
    },
  };
}

/** Folds what the desk does not know yet; true when some of it erased words. Two at once read the same entries; each is folded once. */
async function fold(desk: Desk, reads: Pick<StoreReads, 'loadLedger'>): Promise<boolean> {
  let hasErased = false;
  for await (const page of reads.loadLedger({ after: desk.seq })) {
    for (const entry of page) {
      const kind = kindById.get(entry.kind);
      if (kind !== undefined && kind.entriesOf !== null) hasErased = true;
      foldAct(desk, actOf(entry), () => kind?.fold);
    }
  }
  return hasErased;
}
