import type { ReadPackage } from '#model/reading.ts';
import { distributionTypes, ecosystemOfDistribution } from '#language/distributions.ts';
import { canonicalPurl, packageOfPurl, parsePurl, printPurl, purlOf, versionWithEpoch, type PurlParts } from '#language/purl.ts';

/**
 * What a purl written in an SBOM says of a package; null when the text is no purl. The purl given back has no qualifiers,
 * since architecture, file type and the like make no other package. A distribution's ecosystem needs its release, so it is
 * null where the `distro` qualifier does not prove one.
 */
export function identityOfPurl(text: string): Pick<ReadPackage, 'ecosystem' | 'name' | 'version' | 'purl'> | null {
  const parts = parsePurl(text);
  const named = parts === null ? null : packageOfPurl(text);
  if (parts === null || named === null) return null;
  if (!distributionTypes.has(parts.type)) {
    const purl = named.ecosystem === null ? plainPurl(parts, text) : purlOf(named.ecosystem, named.name, named.version);
    return { ...named, purl: purl ?? canonicalPurl(text) };
  }
  const ecosystem = ecosystemOfDistribution(parts.type, parts.namespace, parts.qualifiers.get('distro') ?? null);
  return { ecosystem, name: ecosystem === null ? named.name : parts.name, version: versionWithEpoch(parts), purl: plainPurl(parts, text) };
}

/** A purl type may ask for a qualifier, as `swid` does; then all are kept. */
function plainPurl(parts: PurlParts, text: string): string | null {
  return printPurl({ ...parts, qualifiers: new Map(), subpath: null }) ?? canonicalPurl(text);
}
