import { holds } from '../comparator-range.ts';
import { numeralOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { isPrerelease, orderPep440, orderPublic, orderRelease, parsePep440, printPep440, type Pep440 } from '../pep440.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** Python's versions and specifiers by PEP 440, https://packaging.python.org/specifications/version-specifiers. */
export const pypi = orderedScheme<Pep440>({ id: 'pypi', ecosystems: ['PyPI'], parse: parsePep440, order: orderPep440, parseRange });

/** One specifier: whether it admits a version, the bounds that say the same (null when none can), whether it names a pre-release. */
type Specifier = {
  admits(version: Pep440, text: string): boolean;
  readonly bounds: readonly Comparator[] | null;
  readonly namesPrerelease: boolean;
};

/**
 * Specifiers joined by commas; `||` between sets is not Python's own but how advisory databases join them.
 * A pre-release is in a set only when one of its specifiers names a pre-release, as packaging's SpecifierSet has it.
 */
function parseRange(text: string): VersionRange | null {
  const sets: (readonly Specifier[])[] = [];
  for (const alternative of text.split('||')) {
    // Only an empty text is every version; an empty end of `<2 ||` is a slip.
    if (alternative.trim() === '' && text !== '') continue;
    const set = specifiersOf(alternative.trim());
    if (set === null) return null;
    sets.push(set);
  }
  if (sets.length === 0) return null;
  const bounds = sets.map((set) => (set.some((specifier) => specifier.bounds === null) ? null : set.flatMap((specifier) => specifier.bounds ?? [])));
  return {
    alternatives: bounds.includes(null) ? null : bounds.map((each) => each ?? []),
    contains(version) {
      const parsed = version.length > 256 ? null : parsePep440(version);
      return parsed !== null && sets.some((set) => admitted(set, parsed, version));
    },
  };
}

function admitted(set: readonly Specifier[], version: Pep440, text: string): boolean {
  if (isPrerelease(version) && !set.some((specifier) => specifier.namesPrerelease)) return false;
  return set.every((specifier) => specifier.admits(version, text));
}

function specifiersOf(text: string): Specifier[] | null {
  if (text === '' || text === '*') return [];
  const specifiers: Specifier[] = [];
  for (const part of text.split(',')) {
    const match = /^(===|~=|[=!<>]=|[=<>])?\s*([^\s<>=~,]+)$/.exec(part.trim());
    const specifier = match === null ? null : specifierOf(match[1] ?? '==', match[2] ?? '');
    if (specifier === null) return null;
    specifiers.push(specifier);
  }
  return specifiers;
}

function specifierOf(operator: string, text: string): Specifier | null {
  if (operator === '===') return { admits: (_, version) => version.toLowerCase() === text.toLowerCase(), bounds: null, namesPrerelease: true };
  const wildcard = text.endsWith('.*');
  const version = parsePep440(wildcard ? text.slice(0, -2) : text);
  if (version === null) return null;
  if (wildcard) return wildcardOf(operator, version);
  if (version.local.length > 0 && operator !== '==' && operator !== '=' && operator !== '!=') return null;
  if (operator === '~=') return compatibleWith(version);
  const comparator = operator === '==' ? '=' : (operator as Comparator['operator']);
  return {
    admits: (candidate) => satisfies(comparator, candidate, version),
    bounds: [{ operator: comparator, version: printPep440(version) }],
    namesPrerelease: operator !== '!=' && isPrerelease(version),
  };
}

function satisfies(operator: Comparator['operator'], candidate: Pep440, bound: Pep440): boolean {
  if (operator === '=' || operator === '!=') {
    return holds(operator, bound.local.length === 0 ? orderPublic(candidate, bound) : orderPep440(candidate, bound));
  }
  if (!holds(operator, orderPublic(candidate, bound))) return false;
  const sameBase = candidate.epoch === bound.epoch && orderRelease(candidate.release, bound.release) === 0;
  // `<3.2` leaves out 3.2rc1 and `>3.2` leaves out 3.2.post1, unless the bound is such a version itself.
  if (operator === '<' && sameBase) return isPrerelease(bound) || !isPrerelease(candidate);
  if (operator === '>' && sameBase) return bound.post !== null || candidate.post === null;
  return true;
}

/** `==1.4.*`: everything whose numbers begin so. Only on plain release numbers; a suffix before the star is refused. */
function wildcardOf(operator: string, version: Pep440): Specifier | null {
  if (operator !== '==' && operator !== '!=' && operator !== '=') return null;
  if (version.pre !== null || version.post !== null || version.dev !== null || version.local.length > 0) return null;
  const inside = (candidate: Pep440) => candidate.epoch === version.epoch && startsWith(candidate.release, version.release);
  const equal = operator !== '!=';
  return {
    admits: (candidate) => inside(candidate) === equal,
    bounds: equal ? seriesOf(version.epoch, version.release) : null,
    namesPrerelease: false,
  };
}

/** `~=1.4.2`: that or later within 1.4. */
function compatibleWith(version: Pep440): Specifier | null {
  const series = version.release.slice(0, -1);
  if (series.length === 0) return null;
  const [, end] = seriesOf(version.epoch, series);
  return {
    admits: (candidate) => candidate.epoch === version.epoch && startsWith(candidate.release, series) && satisfies('>=', candidate, version),
    bounds: [{ operator: '>=', version: printPep440(version) }, ...(end ? [end] : [])],
    namesPrerelease: isPrerelease(version),
  };
}

/** From the first development release of a series to before that of the next. */
function seriesOf(epoch: Numeral, release: readonly Numeral[]): Comparator[] {
  const next = release.map((number, at) => (at === release.length - 1 ? numeralOf(String(BigInt(number) + 1n)) : number));
  const first = (numbers: readonly Numeral[]) => printPep440({ epoch, release: numbers, pre: null, post: null, dev: 0, local: [] });
  return [
    { operator: '>=', version: first(release) },
    { operator: '<', version: first(next) },
  ];
}

function startsWith(release: readonly Numeral[], prefix: readonly Numeral[]): boolean {
  return prefix.every((number, at) => (release[at] ?? 0) === number);
}
