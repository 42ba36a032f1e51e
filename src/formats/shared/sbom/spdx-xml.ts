import { partsOf, type DocumentParts } from '#language/readers/json-parts.ts';
import { child, type XmlElement } from '#language/readers/xml.ts';

/** An SPDX 2 document in XML, which repeats elements where JSON has a list, in the shape that it has in JSON; null when it is none. */
export function spdxXml(root: XmlElement): DocumentParts | null {
  const document = root.name === 'Document' ? root : child(root, 'Document');
  return document === undefined ? null : partsOf(fieldsOf(document));
}

const listNames: ReadonlySet<string> = new Set([
  ...['packages', 'files', 'snippets', 'relationships', 'documentDescribes', 'creators', 'externalRefs', 'checksums', 'annotations'],
  ...['externalDocumentRefs', 'hasExtractedLicensingInfos', 'hasFiles'],
]);

function fieldsOf(element: XmlElement): Readonly<Record<string, unknown>> {
  const byName = Map.groupBy(element.children, ({ name }) => name);
  return Object.fromEntries([...byName].map(([name, of]) => [name, listNames.has(name) ? of.map(valueOf) : of.map(valueOf)[0]]));
}

function valueOf(element: XmlElement): unknown {
  return element.children.length === 0 ? element.text : fieldsOf(element);
}
