import { actOf } from '#desk/ledger/chain.ts';
import { emptyDesk, foldAct } from '#desk/desk.ts';
import { readingSubject, type Reading } from '#desk/reading/reading.ts';
import type { StoreReads } from '#store/store.ts';
import { actKindOf } from './live-desk.ts';

/** Who stopped reading and when; null while nobody has. Asked of the ledger itself, for processes that hold no desk. */
export async function pausedReading(reads: Pick<StoreReads, 'loadLedger'>): Promise<Reading['paused']> {
  const desk = emptyDesk();
  for await (const page of reads.loadLedger({ subject: readingSubject }))
    for (const entry of page) foldAct(desk, actOf(entry), (kind) => actKindOf(kind)?.fold);
  return desk.reading.paused;
}
