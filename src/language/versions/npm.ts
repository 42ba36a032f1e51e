import { writtenComparators, type WrittenComparator } from '../comparator-list.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { bumped, caretKeeps, floorOf, parsePartial, semverRange, type PartialSemver } from '../semver-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** npm's versions and ranges as node-semver reads them without its options, https://github.com/npm/node-semver. */
export const npm = orderedScheme<Semver>({ id: 'npm', ecosystems: ['npm'], parse, order: orderSemver, parseRange });

/** As node-semver: numbers that a JavaScript number cannot hold are refused. */
const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: Number.MAX_SAFE_INTEGER };

const nothing: readonly Comparator[] = [{ operator: '<', version: '0.0.0-0' }];

function parse(text: string): Semver | null {
  const trimmed = text.trim();
  return parseSemver(trimmed, trimmed.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  if (text.includes(',')) return null;
  const alternatives: (readonly Comparator[])[] = [];
  // A single `|` separates nothing in node-semver, so it is split here and not left to the shared reader.
  for (const alternative of text.split('||')) {
    const written = alternative.includes('|') ? null : writtenComparators(alternative)?.[0];
    const comparators = written ? comparatorsOf(written) : null;
    if (comparators === null) return null;
    alternatives.push(comparators);
  }
  // Beside an alternative that is everything, node-semver drops the others, with the pre-releases they name.
  const everything = alternatives.find(isEverything);
  const kept = everything === undefined ? alternatives : [everything];
  const range = semverRange(kept, parse);
  return range && { ...range, alternatives: kept.map((comparators) => comparators.map(asWritten)) };
}

function isEverything(comparators: readonly Comparator[]): boolean {
  return comparators.every(({ operator, version }) => operator === '>=' && version === '0.0.0');
}

/** node-semver's `<2.0.0-0` as people and `vers:` write it. */
function asWritten({ operator, version }: Comparator): Comparator {
  return { operator, version: operator === '<' && version.endsWith('-0') ? version.slice(0, -2) : version };
}

function comparatorsOf(written: readonly WrittenComparator[]): Comparator[] | null {
  const [low, dash, high] = written;
  if (written.length === 3 && low && high && dash?.version === '-' && dash.operator === '') return hyphenRange(low, high);
  const comparators: Comparator[] = [];
  for (const { operator, version } of written) {
    const partial = parsePartial(version.replace(/^v/, ''), /[~^]/.test(operator) ? 'ignored' : 'refused');
    const bounds = partial === null ? null : boundsOf(operator, partial);
    if (bounds === null) return null;
    comparators.push(...bounds);
  }
  return comparators;
}

function hyphenRange(low: WrittenComparator, high: WrittenComparator): Comparator[] | null {
  const from = parsePartial(low.version.replace(/^v/, ''), 'ignored');
  const to = parsePartial(high.version.replace(/^v/, ''), 'ignored');
  if (from === null || to === null || !/^=?$/.test(low.operator) || !/^=?$/.test(high.operator)) return null;
  return [...(boundsOf('>=', from) ?? []), ...(boundsOf('<=', to) ?? [])];
}

function boundsOf(operator: string, partial: PartialSemver): readonly Comparator[] | null {
  const given = partial.numbers.length;
  const from: Comparator = { operator: '>=', version: floorOf(partial) };
  switch (operator) {
    case '':
    case '=':
    case '==':
      if (given === 3) return [{ operator: '=', version: floorOf(partial) }];
      return given === 0 ? [] : [from, before(bumped(partial, given))];
    case '~':
    case '~>':
      return given === 0 ? [] : [from, before(bumped(partial, Math.min(given, 2)))];
    case '^':
      return given === 0 ? [] : [from, before(bumped(partial, caretKeeps(partial)))];
    case '>=':
      return given === 0 ? [] : [from];
    case '>':
      if (given === 0) return nothing;
      return given === 3 ? [{ operator: '>', version: floorOf(partial) }] : [{ operator: '>=', version: bumped(partial, given) }];
    case '<':
      if (given === 0) return nothing;
      return given === 3 ? [{ operator: '<', version: floorOf(partial) }] : [before(floorOf(partial))];
    case '<=':
      if (given === 0) return [];
      return given === 3 ? [{ operator: '<=', version: floorOf(partial) }] : [before(bumped(partial, given))];
    default:
      return null;
  }
}

/** Below a version and below its pre-releases, which is how node-semver closes a range. */
function before(version: string): Comparator {
  return { operator: '<', version: `${version}-0` };
}
