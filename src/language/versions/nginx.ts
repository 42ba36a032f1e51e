import { comparatorRange } from '../comparator-range.ts';
import { isDigits, plainNumbers } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import { plainRange } from '../plain-range.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * nginx's own versions, and ranges as its advisories write them: `0.7.52-0.8.39`, and `1.4.1+` for that and what follows in its branch if that is
 * a stable one (an even second number), else for all that follows. OSV has no ecosystem for them. https://nginx.org/en/security_advisories.html
 */
export const nginx = orderedScheme<Semver>({ id: 'nginx', ecosystems: [], parse, order: orderSemver, parseRange });

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

function parse(text: string): Semver | null {
  return parseSemver(text, 0, strict);
}

function parseRange(text: string): VersionRange | null {
  if (/[<>=|!]/.test(text)) return plainRange(text, { parse, order: orderSemver });
  const alternatives = text === 'all' ? [[]] : text.split(',').map((part) => boundsOf(part.trim()));
  return comparatorRange(alternatives, { parse, order: orderSemver });
}

function boundsOf(part: string): Comparator[] {
  const [low = '', high, ...rest] = part.split('-');
  if (high !== undefined && rest.length === 0 && isDigits(high.charAt(0)))
    return [
      { operator: '>=', version: low.trim() },
      { operator: '<=', version: high.trim() },
    ];
  if (!part.endsWith('+')) return [{ operator: '=', version: part }];
  const version = part.slice(0, -1);
  const [major = 0, minor = 0] = plainNumbers(version) ?? [];
  const isStable = Number(minor) % 2 === 0;
  return [{ operator: '>=', version }, ...(isStable ? [{ operator: '<' as const, version: `${String(major)}.${String(Number(minor) + 1)}.0` }] : [])];
}
