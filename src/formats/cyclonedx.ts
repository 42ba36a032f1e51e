import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readJsonParts } from '#language/readers/json-parts.ts';
import { cycloneDxDocument, cycloneDxLists } from './shared/sbom/cyclonedx-document.ts';
import { cycloneDxProtobuf, isCycloneDxProtobuf } from './shared/sbom/cyclonedx-protobuf.ts';
import { cycloneDxXml } from './shared/sbom/cyclonedx-xml.ts';
import { beginningOf } from './shared/sbom/beginning-of.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';

/** CycloneDX SBOMs in JSON, XML and protobuf. What a file is written in is told by how it begins. */
export const cyclonedx: Format = sbomFormat(
  {
    id: 'cyclonedx',
    version: 4,
    title: 'CycloneDX SBOM (JSON, XML, protobuf)',
    spec: 'https://cyclonedx.org/docs/1.7/json/',
    reads:
      'Components of versions 1.0 to 1.7, nested ones included, with purl, scope, licences and the dependency graph; the main component as subject; VEX statements, for `decisions import`.',
    cannotSee:
      'Services; vulnerabilities without an analysis; what a component was made from; what the tool that wrote the SBOM left out. XML with a DOCTYPE is refused.',
    matchesPath: (path) =>
      /(?:^|\/)(?:bom\.(?:json|xml)|[^/]+\.(?:cdx|cyclonedx|bom)\.(?:json|xml|bin|pb|proto)|[^/]+\.(?:cdxjson|cdx|cdx-pb))$/i.test(path),
    matchesContent: (head) =>
      /"bomFormat"\s*:\s*"CycloneDX"/.test(head) ||
      /<(?:[\w.-]+:)?bom\s[^>]*\bhttp:\/\/cyclonedx\.org\/schema\/bom\//.test(head) ||
      isCycloneDxProtobuf(head),
  },
  readCycloneDx,
);

function readCycloneDx(file: InputFile, detail: SbomDetail): SbomDocument {
  return readSbom('CycloneDX', file, (log) => {
    const beginning = beginningOf(file.bytes);
    if (isCycloneDxProtobuf(beginning)) return cycloneDxDocument(cycloneDxProtobuf(file.bytes), detail, log);
    const isXml = beginning.trimStart().startsWith('<');
    const read = isXml ? cycloneDxXml(file.bytes) : readJsonParts(file.bytes, cycloneDxLists);
    if (!read.ok) return read.error;
    if (read.value?.head['bomFormat'] === 'CycloneDX') return cycloneDxDocument(read.value, detail, log);
    const why = isXml
      ? 'The file is XML but no CycloneDX document: its root is no `bom` of a CycloneDX namespace.'
      : 'The file is JSON but no CycloneDX document: its `bomFormat` is not "CycloneDX".';
    return { code: 'not-this-format', message: why };
  });
}
