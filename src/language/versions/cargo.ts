import { orderedScheme } from '../ordered-scheme.ts';
import { bumped, caretKeeps, floorOf, parsePartial, semverRange, type PartialSemver } from '../semver-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** Cargo's versions and requirements, https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html. */
export const cargo = orderedScheme<Semver>({ id: 'cargo', ecosystems: ['crates.io'], parse, order: orderSemver, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

/** A leading `v`, which Cargo itself does not write, is let pass: tags and hand-written records have it. */
function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  if (text === '*') return semverRange([[]], parse);
  const comparators: Comparator[] = [];
  for (const part of text.split(',')) {
    const match = /^(\^|~|=|<=?|>=?)?\s*([^\s<>=~^]+)$/.exec(part.trim());
    const partial = match?.[2] === undefined ? null : parsePartial(match[2]);
    if (match === null || partial === null) return null;
    const wildcard = /[*xX]/.test((match[2] ?? '').split('-')[0] ?? '');
    const bounds = boundsOf(match[1] ?? (wildcard ? '=' : '^'), partial);
    if (bounds === null) return null;
    comparators.push(...bounds);
  }
  return semverRange([comparators], parse);
}

function boundsOf(operator: string, partial: PartialSemver): Comparator[] | null {
  const given = partial.numbers.length;
  if (given === 0) return null;
  const version = floorOf(partial);
  switch (operator) {
    case '=':
      return given === 3 ? [{ operator, version }] : interval(version, bumped(partial, given));
    case '~':
      return interval(version, bumped(partial, Math.min(given, 2)));
    case '^':
      return interval(version, bumped(partial, caretKeeps(partial)));
    case '>':
      return given === 3 ? [{ operator, version }] : [{ operator: '>=', version: bumped(partial, given) }];
    case '<=':
      return given === 3 ? [{ operator, version }] : [{ operator: '<', version: bumped(partial, given) }];
    case '>=':
    case '<':
      return [{ operator, version }];
    default:
      return null;
  }
}

function interval(from: string, before: string): Comparator[] {
  return [
    { operator: '>=', version: from },
    { operator: '<', version: before },
  ];
}
