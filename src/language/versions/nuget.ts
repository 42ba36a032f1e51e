import { comparatorRange } from '../comparator-range.ts';
import { parseIntervals } from '../interval-list.ts';
import { isDigits, numeralOf, plainNumbers, signOf, type Numeral } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderPrerelease, prereleaseOf, type Semver } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** NuGet's versions (one to four numbers, pre-release without case) and ranges, https://learn.microsoft.com/nuget/concepts/package-versioning. */
export const nuget = orderedScheme<NuGetVersion>({ id: 'nuget', ecosystems: ['NuGet'], parse, order, parseRange });

type NuGetVersion = { readonly numbers: readonly Numeral[]; readonly prerelease: Semver['prerelease'] };

const release: Semver['prerelease'] = [];

function parse(text: string): NuGetVersion | null {
  const plain = plainNumbers(text);
  if (plain !== null) return plain.length > 4 ? null : { numbers: plain, prerelease: release };
  const trimmed = text.trim();
  const plus = trimmed.indexOf('+');
  if (plus !== -1 && !/^[0-9A-Za-z.-]+$/.test(trimmed.slice(plus + 1))) return null;
  const version = plus === -1 ? trimmed : trimmed.slice(0, plus);
  const hyphen = version.indexOf('-');
  const prerelease = hyphen === -1 ? release : prereleaseOf(version.slice(hyphen + 1).toLowerCase(), true);
  const parts = (hyphen === -1 ? version : version.slice(0, hyphen)).split('.');
  if (prerelease === null || parts.length > 4) return null;
  const numbers: Numeral[] = [];
  for (const part of parts) {
    if (!isDigits(part)) return null;
    numbers.push(numeralOf(part));
  }
  return { numbers, prerelease };
}

function order(a: NuGetVersion, b: NuGetVersion): -1 | 0 | 1 {
  for (let at = 0; at < 4; at += 1) {
    const sign = signOf(a.numbers[at] ?? 0, b.numbers[at] ?? 0);
    if (sign !== 0) return sign;
  }
  return orderPrerelease(a.prerelease, b.prerelease);
}

/** An interval, a bare version (that one or later), or a floating one (`1.2.*`: whatever it floats over). */
function parseRange(text: string): VersionRange | null {
  if (text === '') return null;
  const alternatives = /^[[(]/.test(text) ? parseIntervals(text) : bareRange(text);
  // One interval is all NuGet's notation has.
  return alternatives === null || alternatives.length > 1 ? null : comparatorRange(alternatives, { parse, order });
}

function bareRange(text: string): Comparator[][] | null {
  if (!text.endsWith('*')) return [[{ operator: '>=', version: text }]];
  if (text === '*') return [[]];
  const parts = text.slice(0, -2).split('.');
  if (!text.endsWith('.*') || parts.length > 3 || !parts.every(isDigits)) return null;
  const next = parts.map((part, at) => (at === parts.length - 1 ? String(BigInt(part) + 1n) : part)).join('.');
  // `1.2.*` takes no pre-release of 1.3 either, and `-0` is the least of them.
  return [
    [
      { operator: '>=', version: parts.join('.') },
      { operator: '<', version: `${next}-0` },
    ],
  ];
}
