import { comparatorRange } from '../comparator-range.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderWithBuild } from '../semver-build.ts';
import { bumped, caretKeeps, floorOf, parsePartial, type PartialSemver } from '../semver-range.ts';
import { parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * Julia's versions, in which build metadata counts (a binary package is rebuilt as 1.0.7+1), and the compatibility specifiers of Pkg.
 * https://pkgdocs.julialang.org/v1/compatibility/
 */
export const julia = orderedScheme<Semver>({ id: 'julia', ecosystems: ['Julia'], parse, order: orderWithBuild, parseRange });

const lenient: SemverLeniency = { partial: true, leadingZeros: false, largest: null };

function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, lenient);
}

/** Specifiers joined by commas are alternatives; without a sign they mean `^`. */
function parseRange(text: string): VersionRange | null {
  const alternatives = text.split(',').map((part) => boundsOf(part.trim()));
  return alternatives.includes(null)
    ? null
    : comparatorRange(
        alternatives.map((each) => each ?? []),
        { parse, order: orderWithBuild },
      );
}

function boundsOf(text: string): Comparator[] | null {
  if (text === '*') return [];
  const [, from, to] = /^(\S+) - (\S+)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return hyphenRange(parsePartial(from), parsePartial(to));
  const [, sign = '', version = ''] = /^([\^~=<≥]|>=)?\s*v?([\d.]+)$/.exec(text) ?? [];
  const partial = parsePartial(version);
  if (partial === null || partial.numbers.length === 0) return null;
  const given = partial.numbers.length;
  switch (sign) {
    case '':
    case '^':
      return interval(partial, caretKeeps(partial));
    case '~':
      return interval(partial, Math.min(given, partial.numbers[0] === 0 && partial.numbers[1] === 0 ? 3 : 2));
    case '=':
      return [{ operator: '=', version: floorOf(partial) }];
    case '<':
      return [{ operator: '<', version: floorOf(partial) }];
    default:
      return [{ operator: '>=', version: floorOf(partial) }];
  }
}

/** `1.2 - 2`: from 1.2.0 to the last that begins with 2. */
function hyphenRange(from: PartialSemver | null, to: PartialSemver | null): Comparator[] | null {
  if (from === null || to === null || from.numbers.length === 0 || to.numbers.length === 0) return null;
  return [
    { operator: '>=', version: floorOf(from) },
    { operator: '<', version: bumped(to, to.numbers.length) },
  ];
}

function interval(from: PartialSemver, kept: number): Comparator[] {
  return [
    { operator: '>=', version: floorOf(from) },
    { operator: '<', version: bumped(from, kept) },
  ];
}
