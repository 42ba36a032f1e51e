import type { Comparator } from './version-scheme.ts';

/** An operator as written (empty when there is none) and the text it governs. */
export type WrittenComparator = { readonly operator: string; readonly version: string };

/**
 * The comparators of a range written as `>=1.0 <2.0 || 3.0`: alternatives at `||` (or `|`), then comparators at commas and spaces;
 * an operator may stand apart from its version. An alternative without comparators is an empty list. Null when something else is left over.
 */
export function writtenComparators(text: string): WrittenComparator[][] | null {
  const alternatives: WrittenComparator[][] = [];
  for (const alternative of text.split(/\|\|?/)) {
    const comparators = comparatorsOf(alternative.replace(/\s+/g, ' ').trim());
    if (comparators === null) return null;
    alternatives.push(comparators);
  }
  return alternatives;
}

/** The comparator an operator as written stands for (none at all and `==` mean `=`), or null for `~`, `^` and what is no operator. */
export function plainOperator(written: string): Comparator['operator'] | null {
  if (written === '' || written === '==') return '=';
  return written === '=' || written === '!=' || written === '<' || written === '<=' || written === '>' || written === '>=' ? written : null;
}

function comparatorsOf(text: string): WrittenComparator[] | null {
  const comparators: WrittenComparator[] = [];
  const next = /([<>=!~^]{0,3}) ?([^ ,<>=!~^]+)(?: ?, ?| |$)?/y;
  while (next.lastIndex < text.length) {
    const match = next.exec(text);
    if (match === null) return null;
    comparators.push({ operator: match[1] ?? '', version: match[2] ?? '' });
  }
  return comparators;
}
