import { comparatorRange, type Bound } from './comparator-range.ts';
import { isDigits, numeralOf, type Numeral } from './numeral.ts';
import { orderSemver, prereleaseOf, type Semver } from './semver.ts';
import type { Comparator, VersionRange } from './version-scheme.ts';

/** `1.2`, `1.x` or `1.2.3-beta` in a range: the numbers given before the first missing or wildcard part. */
export type PartialSemver = { readonly numbers: readonly Numeral[]; readonly prerelease: string };

/** The partial version as written, or null when it is none. Build metadata is dropped; a number after a wildcard is refused, or read as one. */
export function parsePartial(text: string, afterWildcard: 'refused' | 'ignored' = 'refused'): PartialSemver | null {
  const plus = text.indexOf('+');
  const version = plus === -1 ? text : text.slice(0, plus);
  const hyphen = version.indexOf('-');
  const prerelease = hyphen === -1 ? '' : version.slice(hyphen + 1);
  const parts = (hyphen === -1 ? version : version.slice(0, hyphen)).split('.');
  if (parts.length > 3) return null;
  const numbers: Numeral[] = [];
  let open = false;
  for (const part of parts) {
    if (part === 'x' || part === 'X' || part === '*') {
      open = true;
    } else if (!isDigits(part) || (part.length > 1 && part.startsWith('0')) || (open && afterWildcard === 'refused')) {
      return null;
    } else if (!open) {
      numbers.push(numeralOf(part));
    }
  }
  if (hyphen !== -1 && (parts.length < 3 || prereleaseOf(prerelease, false) === null)) return null;
  if (numbers.some((number) => number > Number.MAX_SAFE_INTEGER)) return null;
  return { numbers, prerelease: numbers.length === 3 ? prerelease : '' };
}

/** The least version that the partial stands for, as text. */
export function floorOf({ numbers, prerelease }: PartialSemver): string {
  const [major = 0, minor = 0, patch = 0] = numbers;
  return `${String(major)}.${String(minor)}.${String(patch)}${prerelease === '' ? '' : `-${prerelease}`}`;
}

/** The version after all that share the partial's first `kept` numbers: `bumped(1.2.3, 2)` is `1.3.0`. */
export function bumped({ numbers }: PartialSemver, kept: number): string {
  const next = [0, 1, 2].map((at) => (at < kept - 1 ? (numbers[at] ?? 0) : at === kept - 1 ? plusOne(numbers[at] ?? 0) : 0));
  return next.map(String).join('.');
}

/** How many leading numbers a caret keeps: up to the first that is not zero, or all that are given. */
export function caretKeeps({ numbers }: PartialSemver): number {
  const first = numbers.findIndex((number) => number !== 0);
  return first === -1 ? numbers.length : first + 1;
}

/**
 * A range under semver's order with the rule npm and Cargo share: a pre-release is in it only
 * when a comparator names a pre-release of the same major, minor and patch.
 */
export function semverRange(alternatives: readonly (readonly Comparator[])[], parse: (text: string) => Semver | null): VersionRange | null {
  return comparatorRange(alternatives, { parse, order: orderSemver }, admitsPrerelease);
}

function admitsPrerelease(version: Semver, bounds: readonly Bound<Semver>[]): boolean {
  if (version.prerelease.length === 0) return true;
  return bounds.some(
    ({ version: bound }) =>
      bound.prerelease.length > 0 && bound.major === version.major && bound.minor === version.minor && bound.patch === version.patch,
  );
}

function plusOne(number: Numeral): Numeral {
  return typeof number === 'bigint' ? number + 1n : number + 1;
}
