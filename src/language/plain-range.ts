import { comparatorRange } from './comparator-range.ts';
import type { Comparator, VersionRange } from './version-scheme.ts';

type Language<V> = { parse(text: string): V | null; order(a: V, b: V): -1 | 0 | 1 };

/** Operators as people write them, Debian's strict `<<` and `>>` included; a `<` or `>` of Debian's old control files is not read as its `<=`. */
const operators: ReadonlyMap<string, Comparator['operator']> = new Map([
  ['', '='],
  ['=', '='],
  ['==', '='],
  ['!=', '!='],
  ['<', '<'],
  ['<<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>>', '>'],
  ['>=', '>='],
]);

/**
 * A range of plain comparators for schemes whose tools have no richer notation: joined by commas and spaces (and), alternatives by `||` or `|`.
 * Signs such as `~` and `^` belong to the version. Null when something else is left over, or a version is none.
 */
export function plainRange<V>(text: string, language: Language<V>): VersionRange | null {
  const alternatives: Comparator[][] = [];
  for (const alternative of text.split(/\|\|?/)) {
    const comparators = comparatorsOf(alternative.replace(/\s+/g, ' ').trim());
    if (comparators === null || comparators.length === 0) return null;
    alternatives.push(comparators);
  }
  return comparatorRange(alternatives, language);
}

function comparatorsOf(text: string): Comparator[] | null {
  const comparators: Comparator[] = [];
  const next = /([<>=!]{0,2}) ?([^ ,<>=!]+)(?: ?, ?| |$)/y;
  while (next.lastIndex < text.length) {
    const [, sign = '', version = ''] = next.exec(text) ?? [];
    const operator = operators.get(sign);
    if (version === '' || operator === undefined) return null;
    comparators.push({ operator, version });
  }
  return comparators;
}
