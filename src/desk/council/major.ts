import { packageOfPurl } from '#language/purl.ts';
import { schemeOf } from '#language/scheme-of.ts';

/** The first number of a version, which says whether it is the same package to lawyers; the whole version where there is none. */
export function majorOf(version: string): string {
  return /^v?(\d+)(?:[.\-+]|$)/.exec(version)?.[1] ?? version;
}

/** The versions of a package that share the first number of one, as `vers:`; that version alone where it has none. Undefined where any is meant. */
export function rangeOfMajor(purl: string, version: string | null): string | undefined {
  if (version === null) return undefined;
  const scheme = schemeOf(packageOfPurl(purl)?.ecosystem ?? '');
  if (scheme === null) return version;
  const major = majorOf(version);
  if (!/^\d{1,9}$/.test(major)) return `vers:${scheme.id}/${encodeURIComponent(version)}`;
  const v = version.startsWith('v') ? 'v' : '';
  return `vers:${scheme.id}/>=${v}${major}.0.0|<${v}${String(Number(major) + 1)}.0.0`;
}
