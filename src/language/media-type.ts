const signs: readonly (readonly [mediaType: string, sign: RegExp])[] = [
  ['application/vnd.cyclonedx+json', /^\s*\{[^]*"bomFormat"\s*:\s*"CycloneDX"/],
  ['application/vnd.cyclonedx+xml', /^\s*<(?:[^]*<)?(?:[\w.-]+:)?bom\s[^>]*\bhttp:\/\/cyclonedx\.org\/schema\/bom\//],
  ['application/x.vnd.cyclonedx+protobuf', /^\n\u00031\.\d[\u0010\u001a"*2:BJR]/],
  ['application/spdx+json', /^\s*\{[^]*(?:"spdxVersion"\s*:\s*"SPDX-|https:\/\/spdx\.org\/rdf\/3\.)/],
  ['application/spdx+xml', /^\s*<(?:[^]*<)?spdxVersion>/],
  ['application/rdf+xml', /^\s*<(?:[^]*<)?rdf:RDF\b/],
  ['application/spdx+yaml', /^["']?spdxVersion["']?\s*:\s*["']?SPDX-/m],
  ['text/spdx', /^SPDXVersion:\s*SPDX-/m],
];

/**
 * The media type that an SBOM's standard registered for its form, by how the bytes begin; null for anything else, or where they do not tell.
 * https://www.iana.org/assignments/media-types
 */
export function sbomMediaType(bytes: Uint8Array): string | null {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536));
  return signs.find(([, sign]) => sign.test(head))?.[0] ?? null;
}
