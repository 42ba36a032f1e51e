import type { DecisionAbout } from '#model/decision.ts';
import { storedJson } from '#language/readers/json.ts';
import type { EntryHead } from '#model/act.ts';
import type { DecisionTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';

const holdsAtMost = 100_000;

/** Every legal hold that stands, whether it was placed on what the office keeps or by an act, as one list. */
export async function standingHolds(reads: StoreReads): Promise<readonly DecisionTable[]> {
  const placed = await reads.ledgerPage({ kind: 'place-hold' }, { after: null, limit: holdsAtMost, oldestFirst: true });
  const own = await reads.decisions({ kinds: ['hold'], standing: true });
  if (placed.length === 0) return own;
  const ends = await reads.ledgerPage({ kind: 'release-hold' }, { after: null, limit: holdsAtMost, oldestFirst: true });
  const released = new Set(ends.map((entry) => (storedJson(entry.body) as { readonly hold: string }).hold));
  return [
    ...own,
    ...placed.flatMap((entry): readonly DecisionTable[] => {
      const { id, on, reference } = storedJson(entry.body) as { readonly id: string; readonly on: string; readonly reference: string };
      if (released.has(id)) return [];
      const fixed = { kind: 'hold', reason: '', supersedes: null, extent: '{}', done_at: entry.at } as const;
      return [{ ...fixed, id, ...keptThing(on), author: entry.actor, authority: reference, at: entry.at }];
    }),
  ];
}

/** The hold on what an entry is about, placed where things are deleted and erased; null when there is none. */
export function holdAbout(holds: readonly DecisionTable[], { subject }: Pick<EntryHead, 'subject'>): DecisionTable | null {
  return holds.find((each) => each.about === 'component' && each.subject === subject) ?? null;
}

/** What a natural key names among what can be deleted and erased; other keys name nothing there, and are kept whole so that they meet nothing. */
function keptThing(on: string): { readonly about: DecisionAbout; readonly subject: string } {
  const colon = on.indexOf(':');
  const [kind, rest] = [on.slice(0, Math.max(0, colon)), on.slice(colon + 1)];
  return kind === 'origin' || kind === 'upload' || kind === 'raw' ? { about: kind, subject: rest } : { about: 'component', subject: on };
}
