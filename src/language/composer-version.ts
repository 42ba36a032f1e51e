import { isDigits, numeralOf, plainNumbers, signOf, type Numeral } from './numeral.ts';

/** A version as Composer normalises it: four numbers (or a date's), then a stability with its numbers, then perhaps `dev`. */
export type ComposerVersion = {
  readonly numbers: readonly Numeral[];
  /** `stable` where none is written. */
  readonly stability: Stability;
  /** The numbers after the stability: `beta2.1` has two. */
  readonly step: readonly Numeral[];
  /** `1.0-beta-dev` is before `1.0-beta`; `1.0-dev` before every other 1.0. */
  readonly dev: boolean;
};

type Stability = 'alpha' | 'beta' | 'RC' | 'stable' | 'patch';

const stabilities: ReadonlyMap<string, Stability> = new Map([
  ['a', 'alpha'],
  ['alpha', 'alpha'],
  ['b', 'beta'],
  ['beta', 'beta'],
  ['rc', 'RC'],
  ['p', 'patch'],
  ['pl', 'patch'],
  ['patch', 'patch'],
]);

const modifier = '(?:[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\\d+)*)?)?([.-]?dev)?';
const classical = new RegExp(`^v?(\\d{1,5}(?:\\.\\d+){0,3})${modifier}$`, 'i');
const dated = new RegExp(`^v?(\\d{4}(?:[.:-]?\\d{2}){1,6}(?:[.:-]?\\d{1,3}){0,2})${modifier}$`, 'i');
const branch = /^v?(\d+(?:\.(?:\d+|[x*])){0,3})[.-]?dev$/i;

const none: readonly never[] = [];

/** The number Composer writes where a branch has an `x`. */
const openNumber = 9_999_999;

/** The version as Composer's VersionParser::normalize gives it, or null where that refuses it or names a branch. */
export function normaliseComposer(text: string): ComposerVersion | null {
  const plain = plainNumbers(text, text.startsWith('v') ? 1 : 0);
  if (plain !== null && plain.length <= 4 && Number(plain[0]) < 100_000)
    return { numbers: filled(plain), stability: 'stable', step: none, dev: false };
  const trimmed = text.trim().replace(/@(?:stable|rc|beta|alpha|dev)$/i, '');
  const plus = trimmed.indexOf('+');
  const version = plus > 0 && !/\s/.test(trimmed.slice(plus)) ? trimmed.slice(0, plus) : trimmed;
  const isClassical = classical.test(version);
  const match = (isClassical ? classical : dated).exec(version);
  if (match === null) return numericBranch(version);
  const [, core = '', word, step = '', dev] = match;
  const written = core.split(/\D/).map(numeralOf);
  const numbers = isClassical ? filled(written) : written;
  const stability = word === undefined ? 'stable' : (stabilities.get(word.toLowerCase()) ?? 'stable');
  // Composer drops whatever follows the word `stable`.
  if (word?.toLowerCase() === 'stable') return { numbers, stability: 'stable', step: none, dev: false };
  return { numbers, stability, step: step.split(/[.-]/).filter(isDigits).map(numeralOf), dev: dev !== undefined };
}

/** -1, 0 or 1 as PHP's version_compare orders the normalised texts. */
export function orderComposer(a: ComposerVersion, b: ComposerVersion): -1 | 0 | 1 {
  const left = partsOf(a);
  const right = partsOf(b);
  for (let at = 0; at < left.length || at < right.length; at += 1) {
    const sign = orderParts(left[at], right[at]);
    if (sign !== 0) return sign;
  }
  return 0;
}

/** The version as short as people write it: three numbers unless the fourth says something. */
export function printComposer({ numbers, stability, step, dev }: ComposerVersion): string {
  const shown = numbers.length === 4 && numbers[3] === 0 ? numbers.slice(0, 3) : numbers;
  const suffix = stability === 'stable' ? '' : `-${stability}${step.map(String).join('.')}`;
  return `${shown.map(String).join('.')}${suffix}${dev ? '-dev' : ''}`;
}

/** Four numbers, zeros for what is missing. */
function filled(numbers: readonly Numeral[]): readonly Numeral[] {
  return [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0, numbers[3] ?? 0];
}

/** `2.x-dev`: a branch that Composer knows to hold everything before the next number. */
function numericBranch(version: string): ComposerVersion | null {
  const match = branch.exec(version);
  if (match === null) return null;
  const numbers: Numeral[] = (match[1] ?? '').split('.').map((part) => (isDigits(part) ? numeralOf(part) : openNumber));
  while (numbers.length < 4) numbers.push(openNumber);
  return { numbers, stability: 'stable', step: none, dev: true };
}

/** What version_compare sees, part by part. */
function partsOf({ numbers, stability, step, dev }: ComposerVersion): readonly (Numeral | string)[] {
  if (stability === 'stable' && !dev) return numbers;
  const suffix = stability === 'stable' ? [] : [stability, ...step];
  return [...numbers, ...suffix, ...(dev ? ['dev'] : [])];
}

/** Words by age; a number stands between a candidate and a patch, and so does the end of the text. */
const ages: ReadonlyMap<string, number> = new Map([
  ['dev', 0],
  ['alpha', 1],
  ['beta', 2],
  ['RC', 3],
  ['patch', 5],
]);
const ageOfNumber = 4;

function orderParts(a: Numeral | string | undefined, b: Numeral | string | undefined): -1 | 0 | 1 {
  if (typeof a === 'string' || typeof b === 'string') return signOf(ageOf(a), ageOf(b));
  if (a === undefined || b === undefined) return signOf(Number(a !== undefined), Number(b !== undefined));
  return signOf(a, b);
}

function ageOf(part: Numeral | string | undefined): number {
  return typeof part === 'string' ? (ages.get(part) ?? -1) : ageOfNumber;
}
