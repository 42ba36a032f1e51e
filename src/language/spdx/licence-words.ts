import { withoutCommentEnd } from './comment-end.ts';
/**
 * The words of a licence text that make a difference, by SPDX's matching guidelines: case, white space, punctuation, bullets, comment marks, copyright
 * lines, different spellings of one word and the names of whoever promises nothing make none. https://spdx.github.io/spdx-spec/v2.3/license-matching-guidelines-and-templates/
 */
export function licenceWords(text: string): readonly string[] {
  const plain = text.slice(0, longest).normalize('NFKC').toLowerCase().replace(/\r\n?/g, '\n');
  const lines = plain
    .split('\n')
    .map(withoutMarks)
    .filter((line) => !isCopyright(line));
  const words = lines
    .join(' ')
    .replace(/https?:\/\//g, ' ')
    .replace(/<[^<>]{0,80}>|\[[^\][]{0,60}\]|\{[^{}]{0,60}\}/g, ' ')
    .match(/[\p{L}\p{N}]+/gu);
  return withoutHolders((words ?? []).map((word) => sameWords.get(word) ?? word));
}

type Holder = { readonly before: readonly string[]; readonly after: readonly string[]; readonly most: number };

/** Between such words licences put the name of an author, a firm or a university, in at most so many words: it makes no other licence. */
const aroundHolders: readonly Holder[] = [
  { before: ['in', 'no', 'event', 'shall'], after: ['be', 'liable'], most: 20 },
  { before: ['in', 'no', 'event', 'will'], after: ['be', 'liable'], most: 20 },
  { before: ['as', 'is', 'and'], after: ['disclaims', 'all'], most: 10 },
  { before: ['as', 'is', 'and'], after: ['disclaim', 'all'], most: 10 },
  { before: ['provided', 'by'], after: ['as', 'is'], most: 15 },
  { before: ['neither', 'the', 'name'], after: ['may', 'be', 'used'], most: 25 },
  { before: ['neither', 'the', 'names'], after: ['may', 'be', 'used'], most: 25 },
];
const holdersBehind = Map.groupBy(aroundHolders, ({ before }) => before.at(-1) ?? '');

function withoutHolders(words: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    kept.push(word);
    for (const holder of holdersBehind.get(word) ?? []) at += wordsOfHolder(holder, kept, words, at + 1);
  }
  return kept;
}

function wordsOfHolder({ before, after, most }: Holder, kept: readonly string[], words: readonly string[], from: number): number {
  if (!before.every((word, index) => kept[kept.length - before.length + index] === word)) return 0;
  for (let skipped = 1; skipped <= most; skipped += 1) if (after.every((word, index) => words[from + skipped + index] === word)) return skipped;
  return 0;
}

// The longest text of the list has some two hundred thousand characters.
const longest = 500_000;

/** Without comment marks and what numbers or points out a line. */
function withoutMarks(line: string): string {
  const text = withoutCommentEnd(line.replace(/^\s*(?:\/\*+|\*+\/?|\/\/+|#+|;+|--+|%+|dnl\b|rem\b)\s?/, ''));
  return text.replace(/^\s*(?:[(]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-*•·o])\s+/, '');
}

/** Names of holders and years; a sentence about copyright is none. */
function isCopyright(line: string): boolean {
  const text = line.trim();
  return /^(?:copyright|portions copyright|\(c\)|©)(?:\s|:|\(|©|$)/.test(text) && text.length < 200 && !/\bnotice|\blicense|\bpermission/.test(text);
}

const sameWords: ReadonlyMap<string, string> = new Map([
  ['acknowledgement', 'acknowledgment'],
  ['analog', 'analogue'],
  ['analyze', 'analyse'],
  ['artifact', 'artefact'],
  ['authorization', 'authorisation'],
  ['authorized', 'authorised'],
  ['caliber', 'calibre'],
  ['canceled', 'cancelled'],
  ['capitalizations', 'capitalisations'],
  ['catalog', 'catalogue'],
  ['categorize', 'categorise'],
  ['center', 'centre'],
  ['emphasized', 'emphasised'],
  ['favor', 'favour'],
  ['favorite', 'favourite'],
  ['fulfill', 'fulfil'],
  ['fulfillment', 'fulfilment'],
  ['initialize', 'initialise'],
  ['judgement', 'judgment'],
  ['labeling', 'labelling'],
  ['labor', 'labour'],
  ['licence', 'license'],
  ['maximize', 'maximise'],
  ['modeled', 'modelled'],
  ['modeling', 'modelling'],
  ['offense', 'offence'],
  ['optimize', 'optimise'],
  ['organization', 'organisation'],
  ['organize', 'organise'],
  ['practice', 'practise'],
  ['program', 'programme'],
  ['realize', 'realise'],
  ['recognize', 'recognise'],
  ['signaling', 'signalling'],
  ['utilization', 'utilisation'],
  ['while', 'whilst'],
  ['wilfull', 'wilful'],
]);
