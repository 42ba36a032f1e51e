import { numeralOf, signOf, signOfTexts, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Gentoo's packages by the Package Manager Specification, https://projects.gentoo.org/pms/latest/pms.html#version-comparison. OSV has no ecosystem for them. */
export const gentoo = orderedScheme<GentooVersion>({
  id: 'gentoo',
  ecosystems: [],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

type GentooVersion = {
  /** Past the first, those that begin with a zero are texts without their zeros at the end. */
  readonly numbers: readonly (Numeral | string)[];
  readonly letter: string;
  /** Suffix by rank, then its number, alternating. */
  readonly suffixes: readonly Numeral[];
  readonly revision: Numeral;
};

const grammar = /^(\d+(?:\.\d+)*)([a-z])?((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/;

/** The end stands at rank 4, between a candidate and a patch. */
const ranks: Readonly<Record<string, number>> = { alpha: 0, beta: 1, pre: 2, rc: 3, p: 5 };
const rankOfEnd = 4;

function parse(text: string): GentooVersion | null {
  const [, numbers, letter = '', suffixes = '', revision = '0'] = grammar.exec(text) ?? [];
  if (numbers === undefined) return null;
  return {
    numbers: numbers.split('.').map((digits, at) => (at > 0 && digits.startsWith('0') ? digits.replace(/0+$/, '') : numeralOf(digits))),
    letter,
    suffixes: [...suffixes.matchAll(/_([a-z]+)(\d*)/g)].flatMap(([, word = '', digits]) => [ranks[word] ?? 0, numeralOf(digits || '0')]),
    revision: numeralOf(revision),
  };
}

function order(a: GentooVersion, b: GentooVersion): -1 | 0 | 1 {
  return (
    orderNumbers(a.numbers, b.numbers) || signOfTexts(a.letter, b.letter) || orderSuffixes(a.suffixes, b.suffixes) || signOf(a.revision, b.revision)
  );
}

function orderNumbers(a: GentooVersion['numbers'], b: GentooVersion['numbers']): -1 | 0 | 1 {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const left = a[at] ?? 0;
    const right = b[at] ?? 0;
    const isText = typeof left === 'string' || typeof right === 'string';
    const sign = isText ? signOfTexts(String(left).replace(/0+$/, ''), String(right).replace(/0+$/, '')) : signOf(left, right);
    if (sign !== 0) return sign;
  }
  return signOf(a.length, b.length);
}

function orderSuffixes(a: readonly Numeral[], b: readonly Numeral[]): -1 | 0 | 1 {
  for (let at = 0; at < a.length || at < b.length; at += 1) {
    const sign = signOf(a[at] ?? rankOfEnd, b[at] ?? rankOfEnd);
    if (sign !== 0) return sign;
  }
  return 0;
}
