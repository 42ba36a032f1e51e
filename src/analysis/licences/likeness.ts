import { licenceWords } from '#language/spdx/licence-words.ts';

/** A licence text that a text may be like. */
export type KnownText = { readonly id: string; readonly text: string };

/** What a text is like. */
export type Likeness = {
  /** Every id of the list that bears this very text: `GPL-2.0-only` and `GPL-2.0-or-later` share one. */
  readonly ids: readonly string[];
  /** Share of three-word sequences in common, 0 to 1: twice those in common by those of both. */
  readonly likeness: number;
  /** Share of the licence's own sequences that stand in the text, 0 to 1. */
  readonly contained: number;
  /** Sequences of the text that are not the licence's: a condition that somebody added is among them. */
  readonly foreign: number;
  /** All sequences of the licence. */
  readonly size: number;
};

/** Texts made ready to be compared with. */
export type LikenessIndex = { readonly texts: readonly IndexedText[]; readonly textsWith: ReadonlyMap<number, readonly number[]> };
type IndexedText = { readonly ids: readonly string[]; readonly size: number };

/** Makes texts ready; those that say the same words are one. */
export function likenessIndex(known: readonly KnownText[]): LikenessIndex {
  const bySequences = new Map<string, { readonly ids: string[]; readonly sequences: ReadonlySet<number> }>();
  for (const { id, text } of known) {
    const words = licenceWords(text);
    if (words.length < sequenceWords) continue;
    const key = words.join(' ');
    const same = bySequences.get(key);
    if (same === undefined) bySequences.set(key, { ids: [id], sequences: sequencesOf(words) });
    else same.ids.push(id);
  }
  const texts: IndexedText[] = [];
  const textsWith = new Map<number, number[]>();
  for (const { ids, sequences } of bySequences.values()) {
    const at = texts.push({ ids: [...ids].sort(), size: sequences.size }) - 1;
    for (const sequence of sequences) {
      const list = textsWith.get(sequence);
      if (list === undefined) textsWith.set(sequence, [at]);
      else list.push(at);
    }
  }
  return { texts, textsWith };
}

/** Texts that are alike, most first; at most `limit`. */
export function alike(index: LikenessIndex, text: string, limit = 5): readonly Likeness[] {
  const sequences = sequencesOf(licenceWords(text));
  const common = new Uint32Array(index.texts.length);
  for (const sequence of sequences) for (const at of index.textsWith.get(sequence) ?? []) common[at] = (common[at] ?? 0) + 1;
  const found = index.texts.flatMap(({ ids, size }, at): readonly Likeness[] => {
    const shared = common[at] ?? 0;
    return shared === 0
      ? []
      : [{ ids, likeness: (2 * shared) / (size + sequences.size), contained: shared / size, foreign: sequences.size - shared, size }];
  });
  return found.sort((a, b) => b.likeness - a.likeness || (a.ids.join() < b.ids.join() ? -1 : 1)).slice(0, limit);
}

const leastLikeness = 0.6;
const leastContained = 0.8;
const leastLead = 0.01;
// A header or trailer has fewer; the Commons Clause, which takes most of a licence back, has more.
const mostForeign = 30;
const mostForeignShare = 0.15;

/**
 * The licence that a text is, with small changes; null where none is near enough, where too much stands beside it, or where another family is as near:
 * that is asked about, not guessed.
 * Dice's coefficient over sequences of words (https://doi.org/10.2307/1932409).
 */
export function licenceLike(index: LikenessIndex, text: string): Likeness | null {
  const [best, ...others] = alike(index, text);
  if (best === undefined || best.likeness < leastLikeness || best.contained < leastContained) return null;
  if (best.foreign > Math.max(mostForeign, mostForeignShare * best.size)) return null;
  const rival = others.find((each) => familyOf(each.ids[0] ?? '') !== familyOf(best.ids[0] ?? ''));
  return rival !== undefined && best.likeness - rival.likeness < leastLead ? null : best;
}

/** The line of licences that an id belongs to: what differs only in version or number of clauses is of one family. */
export function familyOf(id: string): string {
  return id.replace(/^(?:A|L)(?=GPL-)/, '').split('-')[0] ?? id;
}

const sequenceWords = 3;

function sequencesOf(words: readonly string[]): ReadonlySet<number> {
  const sequences = new Set<number>();
  for (let at = 0; at + sequenceWords <= words.length; at += 1)
    sequences.add(hashed(`${words[at] ?? ''} ${words[at + 1] ?? ''} ${words[at + 2] ?? ''}`));
  return sequences;
}

/** FNV-1a over 53 bits, so that two of a million sequences hardly ever meet. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashed(text: string): number {
  let [low, high] = [0x811c9dc5, 0x1b873593];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x85ebca6b);
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0);
}
