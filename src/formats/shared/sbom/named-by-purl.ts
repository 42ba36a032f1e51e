import type { SbomComponent } from '#model/sbom.ts';
import { canonicalPurl } from '#language/purl.ts';
import { identityOfPurl } from '../purl-identity.ts';
import { sourceOfPurl } from '../source-packages.ts';
import type { SbomDetail } from './sbom-format.ts';

/** What names a component, and what it was built from where its purl says so. */
export type Identity = Pick<SbomComponent, 'ecosystem' | 'name' | 'version' | 'purl' | 'source'>;

/** What a purl says of a component; the version beside it counts where the purl has none. Null when the text is no purl. */
export function namedByPurl(text: string, version: string | null, detail: SbomDetail): Identity | null {
  const identity = identityOfPurl(text);
  if (identity === null) return null;
  const source = sourceOfPurl(text);
  return {
    ...identity,
    version: identity.version ?? version,
    purl: detail === 'whole' ? canonicalPurl(text) : identity.purl,
    ...(source === null ? {} : { source }),
  };
}
