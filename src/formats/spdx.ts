import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';
import { spdxDocument } from './shared/sbom/spdx-document.ts';
import { spdxParts } from './shared/sbom/spdx-parts.ts';

/** SPDX 2 SBOMs in JSON, YAML, tags and values, RDF/XML and XML. What a file is written in is told by how it begins. */
export const spdx: Format = sbomFormat(
  {
    id: 'spdx',
    version: 3,
    title: 'SPDX 2 SBOM (JSON, YAML, tag-value, RDF/XML, XML)',
    spec: 'https://spdx.github.io/spdx-spec/v2.3/',
    reads:
      "Packages of SPDX 2.1 to 2.3 with purl, licences and relationships; the one package that the document describes as subject; GitHub's export of a dependency graph.",
    cannotSee: 'Files and snippets. XML with a DOCTYPE is refused.',
    matchesPath: (path) => /[^/]\.spdx(?:\.(?:json|ya?ml|xml|rdf|rdf\.xml))?$|[^/]\.spdx-rdf\.xml$/i.test(path),
    matchesContent: (head) =>
      /"spdxVersion"\s*:\s*"SPDX-[12]/.test(head) ||
      /^SPDXVersion:\s*SPDX-[12]/m.test(head) ||
      /^(?:"spdxVersion"|'spdxVersion'|spdxVersion)\s*:\s*["']?SPDX-[12]/m.test(head) ||
      /<spdxVersion>\s*SPDX-[12]/.test(head) ||
      /<rdf:RDF\b[^>]*http:\/\/spdx\.org\/rdf\/terms#/.test(head),
  },
  readSpdx,
);

function readSpdx(file: InputFile, detail: SbomDetail): SbomDocument {
  return readSbom('SPDX', file, (log) => {
    const read = spdxParts(file.bytes);
    if (!read.ok) return read.error;
    const head = read.value?.head ?? {};
    if (read.value !== null && (typeof head['spdxVersion'] === 'string' || head['SPDXID'] !== undefined))
      return spdxDocument(read.value, detail, log);
    return { code: 'not-this-format', message: 'The file is no SPDX 2 document: it has neither `spdxVersion` nor `SPDXID`.' };
  });
}
