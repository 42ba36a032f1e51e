import { decodeText, type Read } from '#language/readers/decoded.ts';
import { asObject } from '#language/readers/json.ts';
import { partsOf, readJsonParts, type DocumentParts } from '#language/readers/json-parts.ts';
import { readXml } from '#language/readers/xml.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { beginningOf } from './beginning-of.ts';
import { spdxLists } from './spdx-document.ts';
import { spdxRdf } from './spdx-rdf.ts';
import { spdxTagValue } from './spdx-tag-value.ts';
import { spdxXml } from './spdx-xml.ts';

/** The parts of an SPDX 2 document, whichever of its five notations it is in; null when it is in one of them and no such document. */
export function spdxParts(bytes: Uint8Array): Read<DocumentParts | null> {
  const beginning = beginningOf(bytes).trimStart();
  if (beginning.startsWith('{')) {
    // GitHub's export of a dependency graph wraps it. https://docs.github.com/en/rest/dependency-graph/sboms
    return readJsonParts(bytes, spdxLists, /^\{\s*"sbom"\s*:/.test(beginning) ? 'sbom' : null);
  }
  if (beginning.startsWith('<')) {
    const read = readXml(bytes);
    if (!read.ok) return read;
    return { ok: true, value: read.value.name === 'RDF' ? spdxRdf(read.value) : spdxXml(read.value) };
  }
  if (isTagValue(beginning)) {
    const text = decodeText(bytes);
    return text.ok ? { ok: true, value: spdxTagValue(text.value) } : text;
  }
  if (!/^(?:#|%|---|["']?[A-Za-z]\w*["']?\s*:)/.test(beginning)) return readJsonParts(bytes, spdxLists);
  const yaml = readYaml(bytes);
  if (!yaml.ok) return yaml;
  const document = asObject(yaml.value);
  return { ok: true, value: document === null ? null : partsOf(document) };
}

/** Tags are written with capitals where YAML has the names of JSON. */
function isTagValue(beginning: string): boolean {
  return /^[ \t]*(?:SPDXVersion|DataLicense|DocumentName|Creator|PackageName)\s*:/m.test(beginning) && !/^spdxVersion\s*:/m.test(beginning);
}
