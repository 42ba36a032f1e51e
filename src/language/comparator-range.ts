import type { Comparator, VersionRange } from './version-scheme.ts';

/** A comparator with its version taken apart. */
export type Bound<V> = { readonly operator: Comparator['operator']; readonly version: V };

type Language<V> = { parse(text: string): V | null; order(a: V, b: V): -1 | 0 | 1 };

/**
 * The range of alternatives (or) of comparators (and) under a scheme's order; an empty alternative holds every version.
 * `admits` may refuse a version that the bounds of an alternative let in. Null when a comparator's version is no version.
 */
export function comparatorRange<V>(
  alternatives: readonly (readonly Comparator[])[],
  { parse, order }: Language<V>,
  admits: (version: V, bounds: readonly Bound<V>[]) => boolean = () => true,
): VersionRange | null {
  const compiled: Bound<V>[][] = [];
  for (const comparators of alternatives) {
    const bounds: Bound<V>[] = [];
    for (const { operator, version } of comparators) {
      const parsed = parse(version);
      if (parsed === null) return null;
      bounds.push({ operator, version: parsed });
    }
    compiled.push(bounds);
  }
  return {
    alternatives,
    contains(text) {
      const version = text.length > 256 ? null : parse(text);
      if (version === null) return false;
      return compiled.some((bounds) => bounds.every((bound) => holds(bound.operator, order(version, bound.version))) && admits(version, bounds));
    },
  };
}

/** True when a version whose order against the bound is `sign` satisfies the operator. */
export function holds(operator: Comparator['operator'], sign: -1 | 0 | 1): boolean {
  switch (operator) {
    case '=':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
    default:
      return operator satisfies never;
  }
}
