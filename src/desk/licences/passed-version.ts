import { hash } from 'node:crypto';
import { packageOfPurl, purlOf } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';

/** One package version as the predicate of an exception means it; null for what is no purl with a version, or one without an order that this build knows. */
export function passedVersion(purl: string): { readonly package: string; readonly range: string } | null {
  const parts = packageOfPurl(purl);
  if (parts?.ecosystem == null || parts.version === null) return null;
  const named = purlOf(parts.ecosystem, parts.name, null);
  const scheme = schemeOf(parts.ecosystem);
  return named === null || scheme === null ? null : { package: named, range: `vers:${scheme.id}/${encodeURIComponent(parts.version)}` };
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Id of the exception for one of the package versions that an act lets pass: 26 characters of base32, as all ids of exceptions are. */
export function passId(act: string, purl: string): string {
  const digest = hash('sha256', `${act} ${purl}`, 'buffer');
  return Array.from(digest.subarray(0, 26), (byte) => alphabet[byte & 31]).join('');
}
