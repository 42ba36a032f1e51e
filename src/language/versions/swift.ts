import { comparatorRange } from '../comparator-range.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';
import { bumped, parsePartial } from '../semver-range.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/** Swift's versions, which are tags with or without a `v`, and requirements as Package.swift writes them. https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html */
export const swift = orderedScheme<Semver>({ id: 'swift', ecosystems: ['SwiftURL'], parse, order: orderSemver, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

function parse(text: string): Semver | null {
  return parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
}

function parseRange(text: string): VersionRange | null {
  const plain = text.replaceAll('"', '');
  const bounds = boundsOf(plain);
  return bounds === null ? plainRange(plain, { parse, order: orderSemver }) : comparatorRange([bounds], { parse, order: orderSemver });
}

/** Null for what is no requirement of Package.swift. */
function boundsOf(text: string): Comparator[] | null {
  const [, low, dots, high] = /^(\S+?)\s*(\.\.[.<])\s*(\S+)$/.exec(text) ?? [];
  if (low !== undefined && high !== undefined)
    return [
      { operator: '>=', version: low },
      { operator: dots === '...' ? '<=' : '<', version: high },
    ];
  const [, name, version = ''] = /^\.?(upToNextMajor\(from|upToNextMinor\(from|from|exact):\s*([^\s)]+)\)?$/.exec(text) ?? [];
  const partial = parsePartial(version);
  if (name === undefined || partial?.numbers.length !== 3) return null;
  if (name === 'exact') return [{ operator: '=', version }];
  return [
    { operator: '>=', version },
    { operator: '<', version: bumped(partial, name.startsWith('upToNextMinor') ? 2 : 1) },
  ];
}
