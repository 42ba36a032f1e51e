import { describe, expect, it } from 'vitest';
import { sbomMediaType } from './media-type.ts';

describe("an SBOM's media type", () => {
  it.each([
    ['{ "a": 1, "bomFormat": "CycloneDX" }', 'application/vnd.cyclonedx+json'],
    ['<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6" version="1">', 'application/vnd.cyclonedx+xml'],
    ['\n\u00031.6\u0010\u0001', 'application/x.vnd.cyclonedx+protobuf'],
    ['{"spdxVersion":"SPDX-2.3"}', 'application/spdx+json'],
    ['{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld"}', 'application/spdx+json'],
    ['<Document><spdxVersion>SPDX-2.3</spdxVersion>', 'application/spdx+xml'],
    ['<rdf:RDF xmlns:rdf="x">', 'application/rdf+xml'],
    ['SPDXID: "SPDXRef-DOCUMENT"\nspdxVersion: "SPDX-2.3"', 'application/spdx+yaml'],
    ['SPDXVersion: SPDX-2.3', 'text/spdx'],
    ['{"lockfileVersion":3}', null],
    ['<html><script>', null],
  ])('of %j is %s', (text, expected) => {
    expect(sbomMediaType(new TextEncoder().encode(text))).toBe(expected);
  });
});
