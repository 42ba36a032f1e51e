import { familyOf, isTooForeign, leastContained, leastLead, textsWith, type LikenessIndex } from './likeness.ts';

/** A licence text that stands in a file. */
export type TextInFile = {
  /** Every id of the list that bears it. */
  readonly ids: readonly string[];
  /** Twice the sequences in common by those of both, 0 to 1; what other licences of the same file have is not counted against it. */
  readonly likeness: number;
};

/** Licence texts that stand in one file, the longest first, and whether too much else does: a condition that somebody added is among that. */
export type TextsInFile = {
  readonly texts: readonly TextInFile[];
  readonly isMore: boolean;
  /** The text that is nearest where none is near enough; null when nothing is alike, or some were found. */
  readonly nearest: TextInFile | null;
};

const mostTexts = 20;
// Licences share sentences, most of all the one that promises nothing: another one is there when something stands that is its alone.
const leastOwn = 0.15;

/**
 * Finds the licence texts in a file, which may hold several one after the other: the one of which most is there is taken, then the one of which most of the
 * rest is, and so on. Where two of different families are as near, none of them is: that is asked about.
 */
export function textsInFile(index: LikenessIndex, sequences: Uint32Array): TextsInFile {
  const holders = new Map([...new Set(sequences)].map((sequence) => [sequence, textsWith(index, sequence)] as const));
  const whole = commonWith(index, holders, holders.keys());
  const rest = new Set(holders.keys());
  const found: number[] = [];
  while (found.length < mostTexts) {
    const text = nextText(index, whole, commonWith(index, holders, rest));
    if (text === null) break;
    const { appendix } = sizedText(index, text);
    for (const sequence of [...rest]) {
      const held = holders.get(sequence);
      if (held?.includes(text) === true || (appendix !== null && held?.includes(appendix) === true)) rest.delete(sequence);
    }
    found.push(text);
  }
  const kept = found.filter((text) => !found.some((other) => other !== text && isBroughtAlong(index, holders, text, other)));
  const texts = kept.map((text): TextInFile => {
    const { ids, size } = sizedText(index, text);
    const own = whole[text] ?? 0;
    // What stands beside counts against a licence that is alone; against several it cannot be divided.
    return { ids, likeness: (2 * own) / (size + own + (kept.length === 1 ? rest.size : 0)) };
  });
  const size = found.reduce((sum, text) => sum + sizedText(index, text).size, 0);
  return { texts, isMore: isTooForeign(rest.size, size), nearest: found.length === 0 ? nearestText(index, whole, holders.size) : null };
}

/** Whether one text is what another adds to and brings along, as LGPL-3.0 does GPL-3.0. */
function isBroughtAlong(index: LikenessIndex, holders: ReadonlyMap<number, Uint16Array>, text: number, by: number): boolean {
  const { appendix } = sizedText(index, by);
  if (appendix === null) return false;
  let [all, along] = [0, 0];
  for (const held of holders.values()) {
    if (!held.includes(text)) continue;
    all += 1;
    if (held.includes(appendix)) along += 1;
  }
  return along > 0.95 * all;
}

function sizedText(index: LikenessIndex, text: number): LikenessIndex['texts'][number] {
  return index.texts[text] ?? { ids: [], size: 0, appendix: null };
}

function commonWith(index: LikenessIndex, holders: ReadonlyMap<number, Uint16Array>, sequences: Iterable<number>): Uint32Array {
  const common = new Uint32Array(index.texts.length);
  for (const sequence of sequences) for (const text of holders.get(sequence) ?? []) common[text] = (common[text] ?? 0) + 1;
  return common;
}

/** The text of which most stands in what is left, less what of it is nowhere in the file; null when none is there, or which one is not clear. */
function nextText(index: LikenessIndex, whole: Uint32Array, left: Uint32Array): number | null {
  const scored = index.texts.flatMap(({ ids, size }, text) => {
    if (ids.length === 0) return [];
    const [all, own] = [whole[text] ?? 0, left[text] ?? 0];
    const score = own - (size - all);
    return all < leastContained * size || own < leastOwn * size || score <= 0 ? [] : [{ text, size, score }];
  });
  scored.sort((a, b) => b.score - a.score || a.size - b.size);
  const [best, ...others] = scored;
  if (best === undefined) return null;
  const familyAt = (text: number): string => familyOf(sizedText(index, text).ids[0] ?? '');
  const rival = others.find((each) => familyAt(each.text) !== familyAt(best.text));
  return rival !== undefined && best.score - rival.score < leastLead * best.size ? null : best.text;
}

function nearestText(index: LikenessIndex, whole: Uint32Array, count: number): TextInFile | null {
  let best: TextInFile | null = null;
  for (const [text, { ids, size }] of index.texts.entries()) {
    const likeness = (2 * (whole[text] ?? 0)) / (size + count);
    if (ids.length > 0 && likeness > (best?.likeness ?? 0)) best = { ids, likeness };
  }
  return best;
}
