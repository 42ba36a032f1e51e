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
  const desk = emptyDesk();
  return {
    desk,
    async catchUp(reads) {
      // Two at once read the same entries; each is folded once.
      for await (const page of reads.loadLedger({ after: desk.seq })) {
        for (const entry of page) foldAct(desk, actOf(entry), (kind) => kindById.get(kind)?.fold);
      }
      return desk;
    },
  };
}
