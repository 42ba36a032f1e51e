/**
 * The words of a licence text that make a difference, by SPDX's matching guidelines: case, white space, punctuation, bullets, comment marks, copyright
 * lines and different spellings of one word make none. https://spdx.github.io/spdx-spec/v2.3/license-matching-guidelines-and-templates/
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
  return (words ?? []).map((word) => sameWords.get(word) ?? word);
}

// The longest text of the list has some two hundred thousand characters.
const longest = 500_000;

/** Without comment marks and what numbers or points out a line. */
function withoutMarks(line: string): string {
  return line
    .replace(/^\s*(?:\/\*+|\*+\/?|\/\/+|#+|;+|--+|%+|dnl\b|rem\b)\s?/, '')
    .replace(/\*+\/\s*$/, '')
    .replace(/^\s*(?:[(]?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|[-*•·o])\s+/, '');
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
