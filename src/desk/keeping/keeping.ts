import type { EntryHead } from '#model/act.ts';
import type { People } from '../people/people.ts';

/** On what ground words were erased. */
export const bases = ['request', 'retention', 'order', 'secret'] as const;
export type Basis = (typeof bases)[number];

/** Why the words of an entry are gone. */
export type Erasure = {
  /** Number and time of the act that erased them, and who did it. */
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  readonly basis: Basis;
  /** Number of the request, order or rule; null where there is none. */
  readonly reference: string | null;
};

/** A legal hold: what is held is not erased. */
export type Hold = {
  readonly id: string;
  /** Natural key of what is held: `person:…`, `decision:…`, `finding:…`, `component:…`, or `ledger` for everything. */
  readonly on: string;
  readonly at: number;
  readonly by: string;
  readonly reference: string;
};

/** What of the ledger's words is gone, and what must stay. */
export type Keeping = { readonly erasures: Map<number, Erasure>; readonly holds: Map<string, Hold> };

/** Nothing erased, nothing held. */
export function noKeeping(): Keeping {
  return { erasures: new Map(), holds: new Map() };
}

/** The hold under which an entry stands: on who did it, what it is about, or whom it names; null when there is none. */
export function holdOn({ holds }: Keeping, people: People, { seq, actor, subject }: EntryHead): Hold | null {
  for (const hold of holds.values()) {
    if (hold.on === 'ledger' || hold.on === subject || hold.on === actor || people.get(hold.on)?.wordsIn.includes(seq) === true) return hold;
  }
  return null;
}
