import { plainOperator, writtenComparators, type WrittenComparator } from '../comparator-list.ts';
import { comparatorRange } from '../comparator-range.ts';
import { isDigitCode, isDigits, numeralOf, plainNumbers, signOf, signOfTexts, withoutZeros, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** RubyGems' versions and requirements, as Gem::Version and Gem::Requirement read them, https://guides.rubygems.org/patterns/. */
export const gem = orderedScheme<GemVersion>({ id: 'gem', ecosystems: ['RubyGems'], parse, order, parseRange });

/** Numbers and words; zeros at the end and before the first word are left out, so that 1.0 equals 1. */
type GemVersion = readonly (Numeral | string)[];

/** What the least of all pre-releases ends in. */
const leastWord = '.A';

function parse(text: string): GemVersion | null {
  const plain = plainNumbers(text);
  if (plain !== null) return withoutZeros(plain);
  const segments = segmentsOf(text.trim());
  return segments === null ? null : canonical(segments);
}

function segmentsOf(text: string): (Numeral | string)[] | null {
  if (!/^[0-9]+(?:\.[0-9A-Za-z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.test(text)) return null;
  const segments: (Numeral | string)[] = [];
  // A hyphen begins a pre-release: RubyGems reads `1-b` as `1.pre.b`.
  for (const [run] of text.replaceAll('-', '.pre.').matchAll(/[0-9]+|[A-Za-z]+/g)) {
    segments.push(isDigitCode(run.charCodeAt(0)) ? numeralOf(run) : run);
  }
  return segments;
}

function canonical(segments: (Numeral | string)[]): GemVersion {
  const word = segments.findIndex((segment) => typeof segment === 'string');
  if (word === -1) return withoutZeros(segments);
  return [...withoutZeros(segments.slice(0, word)), ...withoutZeros(segments.slice(word))];
}

function order(a: GemVersion, b: GemVersion): -1 | 0 | 1 {
  for (let at = 0; at < a.length || at < b.length; at += 1) {
    const left = a[at] ?? 0;
    const right = b[at] ?? 0;
    if (left === right) continue;
    if (typeof left === 'string') return typeof right === 'string' ? signOfTexts(left, right) : -1;
    if (typeof right === 'string') return 1;
    return signOf(left, right);
  }
  return 0;
}

function parseRange(text: string): VersionRange | null {
  // `||` is not RubyGems' own, but how advisory databases join its requirements.
  const written = writtenComparators(text);
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    const bounds = comparators.map(boundsOf);
    if (bounds.length === 0 || bounds.includes(null)) return null;
    alternatives.push(bounds.flatMap((each) => each ?? []));
  }
  const range = comparatorRange(alternatives, { parse, order });
  return range && { ...range, alternatives: alternatives.map((bounds) => bounds.filter(({ version }) => !version.endsWith(leastWord))) };
}

function boundsOf({ operator, version }: WrittenComparator): Comparator[] | null {
  if (operator === '~>') {
    const next = bumped(version);
    if (next === null) return null;
    return [
      { operator: '>=', version },
      { operator: '<', version: next },
      // RubyGems compares releases with the upper bound, so the bound's own pre-releases are outside too.
      { operator: '<', version: next + leastWord },
    ];
  }
  const known = plainOperator(operator);
  return known === null ? null : [{ operator: known, version }];
}

/** The version that `~>` ends before: the last number but one, raised. Words and what follows them do not count. */
function bumped(version: string): string | null {
  const parts = segmentsOf(version)?.map(String);
  if (parts === undefined) return null;
  const word = parts.findIndex((part) => !isDigits(part));
  const numbers = word === -1 ? parts : parts.slice(0, word);
  const kept = numbers.length > 1 ? numbers.slice(0, -1) : numbers;
  return kept.map((part, at) => (at === kept.length - 1 ? String(BigInt(part) + 1n) : part)).join('.');
}
