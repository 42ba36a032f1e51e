import { comparatorRange } from '../comparator-range.ts';
import { plainOperator, writtenComparators } from '../comparator-list.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderSemver, parseSemver, printSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Go module versions, with or without their `v`; pseudo-versions order as the pre-releases they are and `+incompatible` as nothing.
 * Go has no notation for ranges; comparators joined by spaces, commas and `||` are read, as advisories write them. https://go.dev/ref/mod#versions
 */
export const golang = orderedScheme<Semver>({ id: 'golang', ecosystems: ['Go'], parse, order: orderSemver, parseRange });

/** Advisories write `v19.03` where the tag predates modules, so both short forms and leading zeros pass. */
const lenient: SemverLeniency = { partial: true, leadingZeros: true, largest: null };

function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, lenient);
}

function parseRange(text: string): VersionRange | null {
  const written = writtenComparators(text);
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    if (comparators.length === 0) return null;
    const bounds: Comparator[] = [];
    for (const { operator, version } of comparators) {
      const parsed = parse(version);
      const known = plainOperator(operator);
      if (parsed === null || known === null) return null;
      bounds.push({ operator: known, version: printSemver(parsed) });
    }
    alternatives.push(bounds);
  }
  return comparatorRange(alternatives, { parse, order: orderSemver });
}
