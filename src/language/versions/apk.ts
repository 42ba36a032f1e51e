import { isDigits, numeralOf, signOf, signOfTexts, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';

/** Versions of Alpine's packages and of those made like them, as apk-tools orders them. https://man.archlinux.org/man/extra/apk-tools/apk-package.5.en */
export const apk = orderedScheme<ApkVersion>({
  id: 'apk',
  ecosystems: ['Alpine', 'Alpaquita', 'BellSoft Hardened Containers', 'Chainguard', 'CleanStart', 'MinimOS', 'Wolfi'],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

/** The parts in the order of the text: what each is, by `kinds`, and its value. */
type ApkVersion = { readonly kinds: readonly number[]; readonly values: readonly (Numeral | string)[] };

/** Where two versions go on differently, the one whose part stands further down is older, unless a part is a pre-release. */
const kinds = { number: 0, zeroLed: 1, letter: 2, suffix: 3, suffixNumber: 4, commit: 5, revision: 6, end: 7 } as const;

/** Digits may follow a letter, as they do in `1.8.28p1` and did until apk-tools 3. */
const grammar = /^(\d+(?:\.\d+|(?<=\d)[a-z]\d*)*)((?:_[a-z]+\d*)*)(~[0-9a-f]+)?(?:-r(\d+))?$/;

/** Suffixes, least first; those before `none` are before the release. */
const suffixes: readonly string[] = ['alpha', 'beta', 'pre', 'rc', 'none', 'cvs', 'svn', 'git', 'hg', 'p'];
const none = suffixes.indexOf('none');

function parse(text: string): ApkVersion | null {
  const match = grammar.exec(text);
  if (match === null) return null;
  const [, numbers = '', suffixText = '', commit, revision] = match;
  const found: number[] = [];
  const values: (Numeral | string)[] = [];
  const add = (kind: number, value: Numeral | string) => {
    found.push(kind);
    values.push(value);
  };
  for (const [part] of numbers.matchAll(/\.?\d+|[a-z]/g)) {
    // Past the first number, digits that begin with a zero are compared as text, before all that do not.
    if (part.startsWith('.0')) add(kinds.zeroLed, part);
    else if (isDigits(part.slice(-1))) add(kinds.number, numeralOf(part.startsWith('.') ? part.slice(1) : part));
    else add(kinds.letter, part);
  }
  for (const suffix of suffixText.split('_').slice(1)) {
    const word = suffix.replace(/\d+$/, '');
    const rank = word === 'none' ? -1 : suffixes.indexOf(word);
    if (rank === -1) return null;
    add(kinds.suffix, rank);
    if (word.length < suffix.length) add(kinds.suffixNumber, numeralOf(suffix.slice(word.length)));
  }
  if (commit !== undefined) add(kinds.commit, commit);
  if (revision !== undefined) add(kinds.revision, numeralOf(revision));
  return { kinds: found, values };
}

function order(a: ApkVersion, b: ApkVersion): -1 | 0 | 1 {
  for (let at = 0; ; at += 1) {
    const left = a.kinds[at] ?? kinds.end;
    const right = b.kinds[at] ?? kinds.end;
    if (left !== right) return orderKinds(left, a.values[at], right, b.values[at]);
    if (left === kinds.end) return 0;
    const sign = orderValues(a.values[at] ?? 0, b.values[at] ?? 0);
    if (sign !== 0) return sign;
  }
}

function orderValues(a: Numeral | string, b: Numeral | string): -1 | 0 | 1 {
  if (typeof a === 'string' || typeof b === 'string') return signOfTexts(String(a), String(b));
  return signOf(a, b);
}

function orderKinds(left: number, a: Numeral | string | undefined, right: number, b: Numeral | string | undefined): -1 | 0 | 1 {
  if (left === kinds.suffix && Number(a) < none) return -1;
  if (right === kinds.suffix && Number(b) < none) return 1;
  // A number without leading zero is after one with it; both stand before everything else.
  return left < right ? 1 : -1;
}
