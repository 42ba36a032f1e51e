import { plainOperator, writtenComparators } from '../comparator-list.ts';
import { comparatorRange } from '../comparator-range.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Semantic versions as https://semver.org has them, for ecosystems that keep to it and OSV ranges of type SEMVER. The specification has no ranges;
 * plain comparators are read. Pub is left out: it orders build metadata. GitHub Actions too: its `v4` is a tag that moves.
 */
export const semver = orderedScheme<Semver>({ id: 'semver', ecosystems: ['Hex', 'SwiftURL'], parse, order: orderSemver, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

/** A leading `v` is let pass: Swift's versions are tags. */
function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  const written = writtenComparators(text);
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    const bounds: Comparator[] = [];
    for (const { operator, version } of comparators) {
      const known = plainOperator(operator);
      if (known === null) return null;
      bounds.push({ operator: known, version });
    }
    if (bounds.length === 0) return null;
    alternatives.push(bounds);
  }
  return comparatorRange(alternatives, { parse, order: orderSemver });
}
