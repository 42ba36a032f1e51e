import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readJsonParts } from '#language/readers/json-parts.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';
import { spdxDocument, spdxLists } from './shared/sbom/spdx-document.ts';

/** SPDX 2 SBOMs in JSON. */
export const spdx: Format = sbomFormat(
  {
    id: 'spdx',
    version: 3,
    title: 'SPDX 2 SBOM (JSON)',
    spec: 'https://spdx.github.io/spdx-spec/v2.3/',
    reads: 'Packages of SPDX 2.1 to 2.3 with purl, licences and relationships; the one package that the document describes as subject.',
    cannotSee: 'Files and snippets.',
    matchesPath: (path) => /[^/]\.spdx\.json$/i.test(path),
    matchesContent: (head) => /"spdxVersion"\s*:\s*"SPDX-2/.test(head),
  },
  readSpdx,
);

function readSpdx(file: InputFile, detail: SbomDetail): SbomDocument {
  return readSbom('SPDX', file, (log) => {
    const read = readJsonParts(file.bytes, spdxLists);
    if (!read.ok) return read.error;
    const head = read.value?.head ?? {};
    if (read.value !== null && (typeof head['spdxVersion'] === 'string' || head['SPDXID'] !== undefined))
      return spdxDocument(read.value, detail, log);
    return { code: 'not-this-format', message: 'The file is JSON but no SPDX 2 document: it has neither `spdxVersion` nor `SPDXID`.' };
  });
}
