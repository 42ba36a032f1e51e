import { plainOperator, writtenComparators, type WrittenComparator } from '../comparator-list.ts';
import { comparatorRange } from '../comparator-range.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { bumped, floorOf, parsePartial } from '../semver-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** Elixir's and Erlang's versions and requirements, as Elixir's Version reads them. https://hexdocs.pm/elixir/Version.html */
export const hex = orderedScheme<Semver>({ id: 'hex', ecosystems: ['Hex'], parse, order: orderSemver, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  const written = writtenComparators(text.replace(/\s+or\s+/g, ' || ').replace(/\s+and\s+/g, ' '));
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    const bounds = comparators.map(boundsOf);
    if (bounds.length === 0 || bounds.includes(null)) return null;
    alternatives.push(bounds.flatMap((each) => each ?? []));
  }
  const range = comparatorRange(alternatives, { parse, order: orderSemver });
  return range && { ...range, alternatives: alternatives.map((bounds) => bounds.map(asWritten)) };
}

function boundsOf({ operator, version }: WrittenComparator): Comparator[] | null {
  if (operator !== '~>') {
    const known = plainOperator(operator);
    return known === null ? null : [{ operator: known, version }];
  }
  const partial = parsePartial(version);
  if (partial === null || partial.numbers.length < 2) return null;
  // Pre-releases of the end are never in it; `-0` is the least of them.
  return [
    { operator: '>=', version: floorOf(partial) },
    { operator: '<', version: `${bumped(partial, partial.numbers.length - 1)}-0` },
  ];
}

function asWritten({ operator, version }: Comparator): Comparator {
  return { operator, version: operator === '<' && version.endsWith('-0') ? version.slice(0, -2) : version };
}
