import type { ReadPackage } from '#model/reading.ts';
import { packageOfPurl } from '#language/purl.ts';

/** What a purl written in an SBOM says of a package; null when the text is no purl. */
export function identityOfPurl(text: string): Pick<ReadPackage, 'ecosystem' | 'name' | 'version' | 'purl'> | null {
  if (!text.startsWith('pkg:')) return null;
  return packageOfPurl(text);
}
