import type { Estate } from '../estate.ts';

/** How advisories judge a package version. `unknown` is never shown as not affected. */
export type Verdict = 'affected' | 'not-affected' | 'unknown';

/** What one advisory group that names the package says of a version slot. */
export function verdictOf(estate: Estate, version: number, group: number): Verdict {
  const found = estate.matches.get(version)?.filter((match) => match.group === group) ?? [];
  if (found.some((match) => match.kind === 'affected')) return 'affected';
  return found.length > 0 ? 'unknown' : 'not-affected';
}

/** What all advisories say of a version slot. `isCovered` false: no source tells of the ecosystem, so that nothing said means nothing. */
export function verdictOverAll(estate: Estate, version: number, isCovered: boolean): Verdict {
  const found = estate.matches.get(version) ?? [];
  if (found.some((match) => match.kind === 'affected')) return 'affected';
  return found.length > 0 || !isCovered ? 'unknown' : 'not-affected';
}
