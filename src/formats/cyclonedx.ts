import type { Format, InputFile } from '#model/format.ts';
import type { SbomDocument } from '#model/sbom.ts';
import { readJsonParts } from '#language/readers/json-parts.ts';
import { cycloneDxDocument, cycloneDxLists } from './shared/sbom/cyclonedx-document.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';

/** CycloneDX SBOMs in JSON. */
export const cyclonedx: Format = sbomFormat(
  {
    id: 'cyclonedx',
    version: 4,
    title: 'CycloneDX SBOM (JSON)',
    spec: 'https://cyclonedx.org/docs/1.7/json/',
    reads:
      'Components of versions 1.2 to 1.7, nested ones included, with purl, scope, licences and the dependency graph; the main component as subject; VEX statements, for `decisions import`.',
    cannotSee: 'Services, and vulnerabilities without an analysis; what the tool that wrote the SBOM left out.',
    matchesPath: (path) => /(?:^|\/)(?:bom\.json|[^/]+\.(?:cdx|cyclonedx|bom)\.json|[^/]+\.cdxjson)$/i.test(path),
    matchesContent: (head) => /"bomFormat"\s*:\s*"CycloneDX"/.test(head),
  },
  readCycloneDx,
);

function readCycloneDx(file: InputFile, detail: SbomDetail): SbomDocument {
  return readSbom('CycloneDX', file, (log) => {
    const read = readJsonParts(file.bytes, cycloneDxLists);
    if (!read.ok) return read.error;
    if (read.value?.head['bomFormat'] === 'CycloneDX') return cycloneDxDocument(read.value, detail, log);
    return { code: 'not-this-format', message: 'The file is JSON but no CycloneDX document: its `bomFormat` is not "CycloneDX".' };
  });
}
