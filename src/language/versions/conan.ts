import { holds } from '../comparator-range.ts';
import { isDigits, numeralOf, plainNumbers, signOf, signOfTexts, withoutZeros, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Conan's versions and ranges, https://docs.conan.io/2/tutorial/versioning/version_ranges.html. Conan compares a number with a word as texts, which is no
 * order (10 before 1a before 2); here a word that begins with digits is compared by them first, and any other comes after numbers.
 */
export const conan = orderedScheme<ConanVersion>({ id: 'conan', ecosystems: ['ConanCenter'], parse, order, parseRange });

type ConanVersion = {
  readonly items: Items;
  /** Null for a release; the empty list, as in `2.6-`, is before all pre-releases. */
  readonly pre: Items | null;
  readonly build: Items;
};

type Item = Numeral | Word;
type Word = { readonly number: Numeral | null; readonly rest: string };
type Items = readonly Item[];

const none: Items = [];

function parse(text: string): ConanVersion | null {
  const plain = plainNumbers(text);
  if (plain !== null) return { items: withoutZeros(plain), pre: null, build: none };
  if (!/^\d[^\s<>=^|&,[\]"'/@#:]*$/.test(text)) return null;
  const plus = text.lastIndexOf('+');
  const version = plus === -1 ? text : text.slice(0, plus);
  const hyphen = version.lastIndexOf('-');
  return {
    items: itemsOf(hyphen === -1 ? version : version.slice(0, hyphen)),
    pre: hyphen === -1 ? null : itemsOf(version.slice(hyphen + 1)),
    build: plus === -1 ? none : itemsOf(text.slice(plus + 1)),
  };
}

function itemsOf(text: string): Items {
  return text === '' ? none : withoutZeros(text.split('.').map(itemOf));
}

function itemOf(text: string): Item {
  if (isDigits(text)) return numeralOf(text);
  const [, digits = '', rest = ''] = /^(\d*)([^]*)$/.exec(text) ?? [];
  return { number: digits === '' ? null : numeralOf(digits), rest };
}

function order(a: ConanVersion, b: ConanVersion): -1 | 0 | 1 {
  return orderItems(a.items, b.items) || orderPre(a.pre, b.pre) || orderItems(a.build, b.build);
}

function orderPre(a: Items | null, b: Items | null): -1 | 0 | 1 {
  if (a === null || b === null) return signOf(Number(a === null), Number(b === null));
  return orderItems(a, b);
}

function orderItems(a: Items, b: Items): -1 | 0 | 1 {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const sign = orderItem(a[at] ?? 0, b[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return signOf(a.length, b.length);
}

function orderItem(a: Item, b: Item): -1 | 0 | 1 {
  const left = typeof a === 'object' ? a.number : a;
  const right = typeof b === 'object' ? b.number : b;
  if (left === null || right === null) {
    if (left !== right) return left === null ? 1 : -1;
  } else {
    const sign = signOf(left, right);
    if (sign !== 0) return sign;
  }
  return signOfTexts(typeof a === 'object' ? a.rest : '', typeof b === 'object' ? b.rest : '');
}

/** Alternatives of comparators; pre-releases are in one only where it says so by a hyphen at an end, or names one as equal. */
type Alternative = { readonly bounds: readonly Comparator[]; readonly tested: readonly Tested[]; readonly withPre: boolean };
type Tested = { readonly operator: Comparator['operator']; readonly version: ConanVersion };

function parseRange(text: string): VersionRange | null {
  const [ranges = '', ...options] = text.split(',').map((part) => part.trim());
  if (options.some((option) => !/^(?:include_prerelease|loose)(?:\s*=\s*\w+)?$/.test(option))) return null;
  const withPre = options.some((option) => /^include_prerelease(?:\s*=\s*True)?$/i.test(option));
  const alternatives: Alternative[] = [];
  for (const part of ranges.split('||')) {
    const alternative = alternativeOf(part.trim(), withPre);
    if (alternative === null) return null;
    alternatives.push(alternative);
  }
  return {
    alternatives: alternatives.map(({ bounds }) => bounds),
    contains(candidate) {
      const version = candidate.length > 256 ? null : parse(candidate);
      return version !== null && alternatives.some((alternative) => isIn(alternative, version));
    },
  };
}

function isIn({ tested, withPre }: Alternative, version: ConanVersion): boolean {
  if (version.pre !== null && !withPre && !tested.some(({ operator }) => operator === '=')) return false;
  return tested.every((bound) => holds(bound.operator, order(version, bound.version)));
}

function alternativeOf(text: string, withPre: boolean): Alternative | null {
  const bounds: Comparator[] = [];
  let named = withPre;
  for (const part of text.replace(/([<>=~^]) +/g, '$1').split(/\s+/)) {
    const [, sign = '', written = ''] = /^([<>]=?|[=~^])?(.+)$/.exec(part) ?? [];
    named ||= written.endsWith('-');
    const found = boundsOf(sign, written.replace(/-$/, ''));
    if (found === null) return null;
    bounds.push(...found);
  }
  const tested: Tested[] = [];
  for (const { operator, version } of bounds) {
    // `>=1` begins with the pre-releases of 1, and `<2` ends before those of 2.
    const isOpen = (operator === '>=' || operator === '<') && !/[-+]/.test(version);
    const parsed = parse(isOpen ? `${version}-` : version);
    if (parsed === null) return null;
    tested.push({ operator, version: parsed });
  }
  return { bounds, tested, withPre: named };
}

function boundsOf(sign: string, version: string): Comparator[] | null {
  if (version === '*') return sign === '' ? [{ operator: '>=', version: '0.0.0' }] : null;
  const parsed = parse(version);
  if (parsed === null) return null;
  if (sign !== '~' && sign !== '^') return [{ operator: sign === '' ? '=' : (sign as Comparator['operator']), version }];
  const parts = (version.split(/[-+]/)[0] ?? '').split('.');
  const first = parts.findIndex((part) => part !== '0');
  const kept = sign === '~' ? Math.min(parts.length, 2) : first === -1 ? parts.length : first + 1;
  const end = parts.slice(0, kept);
  const last = end.at(-1) ?? '';
  if (!isDigits(last)) return null;
  return [
    { operator: '>=', version },
    { operator: '<', version: `${[...end.slice(0, -1), String(BigInt(last) + 1n)].join('.')}-` },
  ];
}
