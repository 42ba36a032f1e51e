import { partsOf, type DocumentParts } from '#language/readers/json-parts.ts';

type Growing = Record<string, unknown>;

/** An SPDX 2 document in tags and values in the shape that it has in JSON. https://spdx.github.io/spdx-spec/v2.3/conformance/ */
export function spdxTagValue(text: string): DocumentParts {
  const creation: Growing = { creators: [] as string[] };
  const document: Growing = { creationInfo: creation };
  const lists = { packages: [] as Growing[], files: [] as Growing[], snippets: [] as Growing[], relationships: [] as Growing[] };
  let current: Growing = document;
  const begin = (list: Growing[], fields: Growing): void => {
    current = fields;
    list.push(current);
  };
  for (const [tag, value] of tagsOf(text)) {
    switch (tag) {
      case 'PackageName':
        begin(lists.packages, { name: value });
        break;
      case 'FileName':
        begin(lists.files, {});
        break;
      case 'SnippetSPDXID':
        begin(lists.snippets, { SPDXID: value });
        break;
      case 'LicenseID':
        // What follows is said of a licence.
        current = {};
        break;
      case 'Relationship': {
        const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
        lists.relationships.push({ spdxElementId, relationshipType, relatedSpdxElement });
        break;
      }
      case 'Creator':
        (creation['creators'] as string[]).push(value);
        break;
      case 'Created':
        creation['created'] = value;
        break;
      case 'ExternalRef': {
        const [referenceCategory, referenceType, ...locator] = value.split(/\s+/);
        push(current, 'externalRefs', { referenceCategory, referenceType, referenceLocator: locator.join(' ') });
        break;
      }
      case 'PackageChecksum': {
        const [algorithm = '', checksumValue] = value.split(/:\s*/);
        push(current, 'checksums', { algorithm, checksumValue });
        break;
      }
      default: {
        const name = names.get(tag);
        if (name !== undefined) current[name] ??= value;
      }
    }
  }
  return partsOf({ ...document, ...lists });
}

/** Tags that JSON has a name for. What stands before the first package is said of the document. */
const names: ReadonlyMap<string, string> = new Map([
  ['SPDXVersion', 'spdxVersion'],
  ['SPDXID', 'SPDXID'],
  ['DocumentName', 'name'],
  ['DocumentNamespace', 'documentNamespace'],
  ['PackageVersion', 'versionInfo'],
  ['PackageSupplier', 'supplier'],
  ['PackageOriginator', 'originator'],
  ['PackageDownloadLocation', 'downloadLocation'],
  ['PackageHomePage', 'homepage'],
  ['PackageLicenseConcluded', 'licenseConcluded'],
  ['PackageLicenseDeclared', 'licenseDeclared'],
  ['PackageCopyrightText', 'copyrightText'],
  ['PackageSummary', 'summary'],
  ['PackageDescription', 'description'],
  ['PrimaryPackagePurpose', 'primaryPackagePurpose'],
]);

/** Each tag with its value, which stands on its line or, between `<text>` and `</text>`, on several. */
function* tagsOf(text: string): Generator<readonly [tag: string, value: string]> {
  for (let at = 0; at < text.length;) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const line = text.slice(at, end);
    const colon = line.indexOf(':');
    const tag = line.slice(0, Math.max(0, colon)).trim();
    if (/^[A-Za-z]+$/.test(tag)) {
      const open = text.indexOf('<text>', at);
      if (open !== -1 && open < end) {
        const close = text.indexOf('</text>', open);
        yield [tag, text.slice(open + 6, close === -1 ? text.length : close).trim()];
        end = close === -1 ? text.length : Math.max(end, text.indexOf('\n', close) === -1 ? text.length : text.indexOf('\n', close));
      } else yield [tag, line.slice(colon + 1).trim()];
    }
    at = end + 1;
  }
}

function push(fields: Growing, name: string, value: Growing): void {
  const list = fields[name];
  if (Array.isArray(list)) list.push(value);
  else fields[name] = [value];
}
