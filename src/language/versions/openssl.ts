import { comparatorRange } from '../comparator-range.ts';
import { plainOperator, writtenComparators } from '../comparator-list.ts';
import { signOf, signOfTexts } from '../numeral.ts';
import { orderedScheme } from '../ordered-scheme.ts';
import { orderPrerelease, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';
import type { Comparator, VersionRange } from '../version-scheme.ts';

/**
 * OpenSSL's own versions: three numbers, and before 3.0 letters for the patch (1.0.2zb after 1.0.2z). Lists of versions mean any of them.
 * OSV has no ecosystem for them. https://openssl-library.org/policies/general/versioning-policy/
 */
export const openssl = orderedScheme<OpensslVersion>({ id: 'openssl', ecosystems: [], parse, order, parseRange });

type OpensslVersion = { readonly semver: Semver; readonly letters: string };

const strict: SemverLeniency = { partial: false, leadingZeros: false, largest: null };

function parse(text: string): OpensslVersion | null {
  const [, numbers = '', letters = '', rest = ''] = /^(\d+\.\d+\.\d+)([a-z]{0,4})(-[0-9A-Za-z.-]+)?$/.exec(text) ?? [];
  const semver = parseSemver(numbers + rest, 0, strict);
  return semver && { semver, letters };
}

/** Numbers, letters, and only then what follows a hyphen: 1.0.2-beta1 is before 1.0.2, and both are before 1.0.2a. */
function order({ semver: a, letters: left }: OpensslVersion, { semver: b, letters: right }: OpensslVersion): -1 | 0 | 1 {
  const numbers = signOf(a.major, b.major) || signOf(a.minor, b.minor) || signOf(a.patch, b.patch);
  return numbers || signOfTexts(left, right) || orderPrerelease(a.prerelease, b.prerelease);
}

function parseRange(text: string): VersionRange | null {
  const alternatives: Comparator[][] = [];
  for (const part of text.split(/,|\|\|/)) {
    const bounds: Comparator[] = [];
    for (const { operator: sign, version } of writtenComparators(part)?.flat() ?? []) {
      const operator = plainOperator(sign);
      if (operator === null) return null;
      bounds.push({ operator, version });
    }
    if (bounds.length === 0) return null;
    alternatives.push(bounds);
  }
  return comparatorRange(alternatives, { parse, order });
}
