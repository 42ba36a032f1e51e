import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readJsonParts } from '#language/readers/json-parts.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';
import { spdx3Document } from './shared/sbom/spdx3-document.ts';

/** SPDX 3 SBOMs in JSON-LD, as the specification serialises them. */
export const spdx3: Format = sbomFormat(
  {
    id: 'spdx3',
    version: 1,
    title: 'SPDX 3 SBOM (JSON-LD)',
    spec: 'https://spdx.github.io/spdx-spec/v3.0.1/',
    reads:
      'Packages of SPDX 3.0, models and data sets included, with purl, hashes, agents, licences as relationships, dependencies and containers; the root element as subject; VEX assessments, for `decisions import`.',
    cannotSee: 'Files and snippets; contexts other than that of SPDX: JSON-LD that spells names otherwise is not expanded.',
    matchesPath: (path) => /[^/]\.spdx3?\.(?:jsonld|json-ld)$|[^/]\.spdx3\.json$|[^/]\.jsonld$/i.test(path),
    matchesContent: (head) => /https:\/\/spdx\.org\/rdf\/3\.|"(?:software_Package|SpdxDocument)"/.test(head),
  },
  readSpdx3,
);

function readSpdx3(file: InputFile, detail: SbomDetail): SbomDocument {
  return readSbom('SPDX', file, (log) => {
    const read = readJsonParts(file.bytes, ['@graph']);
    if (!read.ok) return read.error;
    const { head, list } = read.value ?? { head: {}, list: () => [] };
    const isGraph = JSON.stringify(head['@context'] ?? '').includes('spdx.org/rdf/3.');
    if (!isGraph) return { code: 'not-this-format', message: 'The file is JSON but no SPDX 3 document: its `@context` is none of SPDX 3.' };
    const graph = head['type'] !== undefined || head['@type'] !== undefined ? [head] : list('@graph');
    if (graph === null) log.error('not-a-list', 'The `@graph` of the SBOM is no list, so it was not read.');
    return spdx3Document(graph ?? [], detail, log);
  });
}
