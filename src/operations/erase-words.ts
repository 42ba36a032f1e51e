import { endingKinds, retentionOf, yearsAfter } from '#desk/keeping/retention.ts';
import { holdOn, type Basis } from '#desk/keeping/keeping.ts';
import type { Person } from '#desk/people/people.ts';
import type { Refused } from '#desk/refused.ts';
import { unknown } from '#desk/refused.ts';
import { emptyEstate } from '#estate/estate.ts';
import type { EntryHead } from '#model/act.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { holdAbout, standingHolds } from './holds.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';

const mostAtOnce = 20_000;

/** Whose words, or which, are to go, and why. `mention` also takes entries of others whose words hold a text, whatever its letters' case. */
export type WordsToErase = {
  readonly person: string | null;
  readonly mention: string | null;
  readonly entries: readonly number[];
  readonly basis: Basis;
  readonly reference: string | null;
  readonly reason: string;
  /** Whose names are said again where they stand in an entry that goes; absent: all but the person and who is mentioned, and nobody in `entries`. */
  readonly spare?: (person: Person) => boolean;
};

/** What was erased, and what stays with the reason: a hold, or years that are not over. */
export type WordsErased = { readonly erased: readonly number[]; readonly kept: readonly { readonly entry: EntryHead; readonly because: string }[] };

/**
 * Erases names and free text across the ledger: of a person, of entries, and where a text is said. What must be kept stays and is named. Of entries that name
 * many people those of the others are said again first.
 */
export async function eraseWords(context: Context, wanted: WordsToErase): Promise<WordsErased | Refused> {
  const live = openLiveDesk();
  const desk = await live.catchUp(context.store);
  if (wanted.person !== null && !desk.people.has(wanted.person)) return unknown(`Nobody here is ${wanted.person}.`);
  const heads = await entriesMeant(context, live, wanted);
  const free: EntryHead[] = [];
  const kept: WordsErased['kept'][number][] = [];
  const holds = await standingHolds(context.store);
  for (const entry of heads) {
    const held = holdAbout(holds, entry);
    const because = held === null ? whyKept(live, entry, wanted.basis, context.clock()) : `legal hold ${held.authority} on ${held.subject}`;
    if (because === null) free.push(entry);
    else kept.push({ entry, because });
  }
  const refused = await sayOthersAgain(context, live, free, wanted);
  if (refused !== null) return refused;
  for (let at = 0; at < free.length; at += mostAtOnce) {
    const entries = free.slice(at, at + mostAtOnce).map(({ seq }) => seq);
    const { person, basis, reference, reason } = wanted;
    const done = await act(context, live, 'erase-words', { entries, person, basis, reference }, { reason });
    if ('refusal' in done) return done;
  }
  return { erased: free.map(({ seq }) => seq), kept };
}

/** Erases the words whose time is over, kind by kind; gives how many. What is held stays. */
export async function eraseOver(context: Context): Promise<number> {
  let erased = 0;
  for (const { kind, entries } of await wordsOver(context)) {
    const reason = `The time for which words of ${kind} are kept is over.`;
    const done = await eraseWords(context, { person: null, mention: null, entries, basis: 'retention', reference: null, reason });
    if (!('refusal' in done)) erased += done.erased.length;
  }
  return erased;
}

/** Entries whose words are there although their time is over, by kind. */
export async function wordsOver({ store, clock }: Context): Promise<readonly { readonly kind: string; readonly entries: readonly number[] }[]> {
  const over = [];
  for (const [kind, years] of endingKinds) {
    const entries = (await store.entriesWithWords({ kind, before: yearsAfter(clock(), -years) }, mostAtOnce)).map(({ seq }) => seq);
    if (entries.length > 0) over.push({ kind, entries });
  }
  return over;
}

/** True when somebody erased words after a moment. */
export async function wasErasedSince({ store }: Context, since: number): Promise<boolean> {
  return (await store.countLedger({ kind: 'erase-words', from: since })) > 0;
}

async function entriesMeant({ store }: Context, live: LiveDesk, { person, mention, entries }: WordsToErase): Promise<readonly EntryHead[]> {
  const meant = new Map((await store.ledgerHeads(entries)).map((each) => [each.seq, each]));
  if (person !== null) {
    // What an erasure says of its reason names nobody, and is what shows that it was one.
    for (const each of await store.entriesWithWords({ person }, mostAtOnce)) if (each.kind !== 'erase-words') meant.set(each.seq, each);
    for (const each of await store.ledgerHeads(live.desk.people.get(person)?.wordsIn ?? [])) meant.set(each.seq, each);
  }
  if (mention !== null) {
    for await (const page of store.loadLedger())
      for (const { words, ...entry } of page) if (words !== null && holds(words.text, mention)) meant.set(entry.seq, entry);
  }
  for (const seq of live.desk.keeping.erasures.keys()) meant.delete(seq);
  return [...meant.values()].sort((a, b) => a.seq - b.seq);
}

function whyKept({ desk }: LiveDesk, entry: EntryHead, basis: Basis, now: number): string | null {
  const hold = holdOn(desk.keeping, desk.people, entry);
  if (hold !== null) return `legal hold ${hold.reference} on ${hold.on}`;
  const until = yearsAfter(entry.at, retentionOf(entry.kind).atLeast);
  return (basis === 'request' || basis === 'retention') && now < until ? `must be kept until ${new Date(until).toISOString().slice(0, 10)}` : null;
}

/** People named in the same entries as what goes keep their names: they are said again, as they stand. */
export async function sayOthersAgain(
  context: Context,
  live: LiveDesk,
  gone: readonly EntryHead[],
  wanted: Pick<WordsToErase, 'person' | 'mention' | 'entries' | 'spare'>,
): Promise<Refused | null> {
  const { person, mention, entries, spare } = wanted;
  const named = new Set(entries);
  const isSpared =
    spare ??
    (({ id, words, wordsIn }: Person) =>
      id !== person && !named.has(wordsIn.at(-1) ?? 0) && !(mention !== null && holds(JSON.stringify(words), mention)));
  const seqs = new Set(gone.filter(({ kind }) => kind === 'record-people').map(({ seq }) => seq));
  const others = [...live.desk.people.values()].filter((each) => each.words !== null && seqs.has(each.wordsIn.at(-1) ?? 0) && isSpared(each));
  for (const [source, people] of Map.groupBy(others, (each) => each.source)) {
    const rows = people.map(({ id, teams, entity, function: does, costCentre, manager, active, leaves }) => ({
      ...{ id, teams, entity, function: does, costCentre, manager, active },
      leaves: leaves === null ? null : new Date(leaves).toISOString(),
    }));
    const said = people.map(({ id, words }) => ({ id, ...words }));
    const done = await act(context, live, 'record-people', { source, people: rows }, { people: said });
    if ('refusal' in done) return done;
  }
  return null;
}

/** True when a JSON text holds what somebody said, in any letters' case. */
function holds(json: string, text: string): boolean {
  return json.toLowerCase().includes(JSON.stringify(text).slice(1, -1).toLowerCase());
}

function act(context: Context, live: LiveDesk, id: string, body: object, words: object): ReturnType<typeof performAct> {
  const kind = actKindOf(id);
  if (kind === undefined) throw new Error(`The act ${id} is not in this build.`);
  return performAct(context, live, emptyEstate(), { kind, body, words, actor: officeActor, visibility: seesNothing, expects: null });
}
