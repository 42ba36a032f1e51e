import { licenceSequences, sequenceWords } from '#language/spdx/licence-sequences.ts';
import { licenceWords } from '#language/spdx/licence-words.ts';

/** A licence text that a text may be like. */
export type KnownText = { readonly id: string; readonly text: string };

/** Texts made ready to be compared with: which of them hold a sequence stands in `postings` from `starts[at]` on, `at` being its place among `sequences`. */
export type LikenessIndex = {
  readonly texts: readonly IndexedText[];
  readonly sequences: Uint32Array;
  readonly starts: Uint32Array;
  readonly postings: Uint16Array;
};
/** `appendix` is the number of what stands behind its end and is no condition, such as how to apply it; null where nothing does. An appendix has no ids. */
export type IndexedText = { readonly ids: readonly string[]; readonly size: number; readonly appendix: number | null };

/** Makes texts ready; those whose terms say the same words are one. */
export function likenessIndex(known: readonly KnownText[]): LikenessIndex {
  const byTerms = new Map<string, { readonly ids: string[]; readonly terms: readonly string[]; appendix: readonly string[] }>();
  for (const { id, text } of known) {
    const words = licenceWords(text);
    if (words.length < sequenceWords) continue;
    const end = endOf(words);
    const [terms, appendix] = [words.slice(0, end), words.slice(end)];
    const key = terms.join(' ');
    const same = byTerms.get(key);
    if (same === undefined) byTerms.set(key, { ids: [id], terms, appendix });
    else {
      same.ids.push(id);
      if (appendix.length > same.appendix.length) same.appendix = appendix;
    }
  }
  const texts: IndexedText[] = [];
  const distinct: ReadonlySet<number>[] = [];
  const add = (ids: readonly string[], words: readonly string[], appendix: number | null): number => {
    const own = new Set(licenceSequences(words));
    distinct.push(own);
    return texts.push({ ids, size: own.size, appendix }) - 1;
  };
  for (const { ids, terms, appendix } of byTerms.values()) add(ids.sort(), terms, appendix.length < sequenceWords ? null : add([], appendix, null));
  return { texts, ...postingsOf(distinct) };
}

/** Where the terms end in a text that says so, or that brings the licence along to which it adds: many files leave out what follows. */
function endOf(words: readonly string[]): number {
  const within = placeOf(words, generalTerms, 1);
  if (within !== -1) return within;
  const end = placeOf(words, endOfTerms, 0);
  return end === -1 ? words.length : end + endOfTerms.length;
}

function placeOf(words: readonly string[], wanted: readonly string[], from: number): number {
  for (let at = from; at + wanted.length <= words.length; at += 1) if (wanted.every((word, offset) => words[at + offset] === word)) return at;
  return -1;
}

const endOfTerms = 'end of terms and conditions'.split(' ');
/** Behind LGPL-3.0 the list has all of GPL-3.0. */
const generalTerms = 'gnu general public license version 3 29 june 2007'.split(' ');

const textsAtMost = 65_536;

function postingsOf(distinct: readonly ReadonlySet<number>[]): Omit<LikenessIndex, 'texts'> {
  // Sequence and text as one number each, so that sorting brings those of one sequence together.
  const pairs = new Float64Array(distinct.reduce((sum, each) => sum + each.size, 0));
  let filled = 0;
  for (const [text, own] of distinct.entries()) for (const sequence of own) pairs[filled++] = sequence * textsAtMost + text;
  pairs.sort();
  const [sequences, starts] = [new Uint32Array(pairs.length), new Uint32Array(pairs.length + 1)];
  const postings = new Uint16Array(pairs.length);
  let count = 0;
  for (const [at, pair] of pairs.entries()) {
    const sequence = Math.floor(pair / textsAtMost);
    postings[at] = pair % textsAtMost;
    if (count > 0 && sequences[count - 1] === sequence) continue;
    sequences[count] = sequence;
    starts[count++] = at;
  }
  starts[count] = pairs.length;
  return { sequences: sequences.slice(0, count), starts: starts.slice(0, count + 1), postings };
}

/** Numbers of the texts that hold a sequence. */
export function textsWith({ sequences, starts, postings }: LikenessIndex, sequence: number): Uint16Array {
  let [low, high] = [0, sequences.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sequences[middle] ?? 0) < sequence) low = middle + 1;
    else high = middle;
  }
  return sequences[low] === sequence ? postings.subarray(starts[low], starts[low + 1]) : nowhere;
}

const nowhere = new Uint16Array(0);

/** Share of a licence's own sequences that must stand in a text for it to be there. */
export const leastContained = 0.8;
/** How much nearer a text must be than the next of another family. */
export const leastLead = 0.01;

/** Whether so many sequences beside licences of this size are more than a header or trailer has; the Commons Clause, which takes most of a licence back, has more. */
export function isTooForeign(foreign: number, size: number): boolean {
  return foreign > Math.max(30, 0.15 * size);
}

/** The line of licences that an id belongs to: what differs only in version or number of clauses is of one family. */
export function familyOf(id: string): string {
  return id.replace(/^(?:A|L)(?=GPL-)/, '').split('-')[0] ?? id;
}
