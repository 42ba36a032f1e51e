import { comparatorRange } from '../comparator-range.ts';
import { plainOperator } from '../comparator-list.ts';
import { isDigits, numeralOf, plainNumbers, signOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Haskell's package versions by the PVP: numbers between dots, the longer after the shorter that it begins with; and Cabal's ranges
 * without parentheses. https://pvp.haskell.org, https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html#pkg-field-build-depends
 */
export const hackage = orderedScheme<readonly Numeral[]>({ id: 'hackage', ecosystems: ['Hackage', 'GHC'], parse, order, parseRange });

function parse(text: string): Numeral[] | null {
  return plainNumbers(text) ?? (text.split('.').every(isDigits) ? text.split('.').map(numeralOf) : null);
}

function order(a: readonly Numeral[], b: readonly Numeral[]): -1 | 0 | 1 {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const sign = signOf(a[at] ?? 0, b[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return signOf(a.length, b.length);
}

function parseRange(text: string): VersionRange | null {
  const alternatives: Comparator[][] = [];
  for (const alternative of text.split('||')) {
    const comparators = alternative.split('&&').map((part) => boundsOf(part.trim()));
    if (comparators.includes(null)) return null;
    alternatives.push(comparators.flatMap((each) => each ?? []));
  }
  return comparatorRange(alternatives, { parse, order });
}

function boundsOf(text: string): Comparator[] | null {
  if (text === '-any' || text === '*') return [];
  const [, sign = '', version = '', wildcard] = /^(\^>=|[<>=]=?)?\s*(\d+(?:\.\d+)*)(\.\*)?$/.exec(text) ?? [];
  if (version === '') return null;
  if (wildcard !== undefined) return sign === '==' ? series(version, version.split('.').length) : null;
  // `^>=1.2.3`: that or later, before the next major version, which the PVP writes in two numbers.
  if (sign === '^>=') return series(version, 2);
  const operator = plainOperator(sign);
  return operator === null ? null : [{ operator, version }];
}

/** From a version to before the next that differs in its first `kept` numbers. */
function series(version: string, kept: number): Comparator[] {
  const numbers = [...version.split('.'), '0'].slice(0, kept);
  const next = numbers.map((number, at) => (at === numbers.length - 1 ? String(BigInt(number) + 1n) : number));
  return [
    { operator: '>=', version },
    { operator: '<', version: next.join('.') },
  ];
}
