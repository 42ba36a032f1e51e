import type { EntryHead } from '#model/act.ts';
import type { StoreReads } from '#store/store.ts';
import { keptDecisions, type KeptRow } from './kept-decisions.ts';

/** Every legal hold that stands. */
export function standingHolds(reads: StoreReads): Promise<readonly KeptRow[]> {
  return keptDecisions(reads, { kinds: ['hold'], standing: true });
}

/** The hold on what an entry is about, placed where things are deleted and erased; null when there is none. */
export function holdAbout(holds: readonly KeptRow[], { subject }: Pick<EntryHead, 'subject'>): KeptRow | null {
  return holds.find((each) => each.about === 'component' && each.subject === subject) ?? null;
}
