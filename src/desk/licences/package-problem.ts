import { readRange } from '#language/in-range.ts';
import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';
import { invalid, type Refused } from '../refused.ts';

/** Why a package and a range of its versions make no sense; null when they do. `purl` is without version. */
export function packageProblem(purl: string, range: string | null): Refused | null {
  const named = packageOfPurl(purl);
  if (named === null || named.version !== null) return invalid(`${purl} is no purl without a version. An example: pkg:npm/lodash`);
  if (range === null) return null;
  const scheme = schemeOf(named.ecosystem ?? '');
  if (scheme === null) return invalid('The versions of this package have no order that this build knows: leave out the range.');
  const read = readRange(scheme, range);
  return read.ok ? null : invalid(read.error);
}
