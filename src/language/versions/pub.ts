import { writtenComparators, plainOperator, type WrittenComparator } from '../comparator-list.ts';
import { comparatorRange } from '../comparator-range.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderWithBuild } from '../semver-build.ts';
import { bumped, parsePartial } from '../semver-range.ts';
import { parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** Dart's versions, in which build metadata counts, and constraints. https://dart.dev/tools/pub/versioning, https://pub.dev/packages/pub_semver */
export const pub = orderedScheme<Semver>({ id: 'pub', ecosystems: ['Pub'], parse, order: orderWithBuild, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: true, largest: null };

/** A leading `v`, which Pub does not write, is let pass: tags have it. */
function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  const written = text === 'any' || text === '' ? [[]] : writtenComparators(text);
  if (written === null) return null;
  const alternatives: Comparator[][] = [];
  for (const comparators of written) {
    const bounds = comparators.map(boundsOf);
    if (bounds.includes(null) || (bounds.length === 0 && text !== 'any' && text !== '')) return null;
    alternatives.push(bounds.flatMap((each) => each ?? []));
  }
  const range = comparatorRange(alternatives.map(withoutPrereleasesOfEnd), { parse, order: orderWithBuild });
  return range && { ...range, alternatives };
}

function boundsOf({ operator, version }: WrittenComparator): Comparator[] | null {
  if (operator === '^') {
    const partial = parsePartial(version);
    if (partial?.numbers.length !== 3) return null;
    // Unlike npm, Pub takes 0.0.4 as compatible with 0.0.3.
    return [
      { operator: '>=', version },
      { operator: '<', version: bumped(partial, partial.numbers[0] === 0 ? 2 : 1) },
    ];
  }
  const known = plainOperator(operator);
  return known === null ? null : [{ operator: known, version }];
}

/** `<2.0.0` leaves out 2.0.0-beta, too, unless the range begins with a pre-release of 2.0.0. */
function withoutPrereleasesOfEnd(bounds: readonly Comparator[]): Comparator[] {
  return bounds.map((bound) => {
    const own = bounds.some(({ operator, version }) => operator.startsWith('>') && version.startsWith(`${bound.version}-`));
    return bound.operator === '<' && !/[-+]/.test(bound.version) && !own ? { operator: '<', version: `${bound.version}-0` } : bound;
  });
}
