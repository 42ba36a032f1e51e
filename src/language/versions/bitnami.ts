import { orderedScheme } from '../ordered-scheme.ts';
import { plainRange } from '../plain-range.ts';
import { orderPrerelease, orderSemver, parseSemver, type Semver, type SemverLeniency } from '../semver.ts';

/**
 * Bitnami's packages: semantic versions, but a number after the hyphen is a revision of the package and so after the release (`2.4.58-1`),
 * where semver would take it for a pre-release. A word there is a pre-release. https://github.com/bitnami/go-version
 */
export const bitnami = orderedScheme<BitnamiVersion>({
  id: 'bitnami',
  ecosystems: ['Bitnami'],
  parse,
  order,
  parseRange: (text) => plainRange(text, { parse, order }),
});

type BitnamiVersion = { readonly semver: Semver; readonly revision: Semver['prerelease'] };

const strict: SemverLeniency = { partial: false, leadingZeros: true, largest: null };
const first: Semver['prerelease'] = [0];

function parse(text: string): BitnamiVersion | null {
  const semver = parseSemver(text, text.startsWith('v') ? 1 : 0, strict);
  if (semver === null) return null;
  const isRevised = semver.prerelease.length > 0 && typeof semver.prerelease[0] !== 'string';
  return isRevised ? { semver: { ...semver, prerelease: [] }, revision: semver.prerelease } : { semver, revision: first };
}

function order(a: BitnamiVersion, b: BitnamiVersion): -1 | 0 | 1 {
  return orderSemver(a.semver, b.semver) || orderPrerelease(a.revision, b.revision);
}
