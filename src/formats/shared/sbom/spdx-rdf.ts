import { partsOf, type DocumentParts } from '#language/readers/json-parts.ts';
import { child, childrenOf, childText, type XmlElement } from '#language/readers/xml.ts';

type Fields = Record<string, unknown>;

/**
 * An SPDX 2 document in RDF/XML in the shape that it has in JSON; null when there is none in it. RDF may say what it says of a thing at several places, one
 * inside the other: all are gone through, and what is said of one id is put together. https://spdx.org/rdf/ontology/spdx-2-3/
 */
export function spdxRdf(root: XmlElement): DocumentParts | null {
  const packages = new Map<string, Fields>();
  const others = new Map<string, Fields>();
  const relationships: Fields[] = [];
  let document: XmlElement | null = null;
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const each of element.children.toReversed()) waiting.push(each);
    const id = idOf(element) ?? '';
    if (element.name === 'SpdxDocument') document ??= element;
    if (element.name === 'Package') packages.set(id === '' ? `#${String(packages.size)}` : id, { ...packages.get(id), ...packageOf(element) });
    if (['File', 'Snippet', 'ExternalSpdxElement'].includes(element.name)) others.set(id, { SPDXID: id });
    if (['SpdxDocument', 'Package', 'File', 'Snippet', 'SpdxElement'].includes(element.name)) relationships.push(...relationshipsOf(element, id));
  }
  if (document === null) return null;
  const creation = child(child(document, 'creationInfo') ?? document, 'CreationInfo');
  return {
    ...partsOf({
      SPDXID: idOf(document),
      spdxVersion: childText(document, 'specVersion') ?? undefined,
      name: childText(document, 'name'),
      documentNamespace: document.attributes['rdf:about']?.replace(/#[^#]*$/, ''),
      creationInfo:
        creation === undefined
          ? undefined
          : { created: childText(creation, 'created'), creators: childrenOf(creation, 'creator').map((each) => each.text) },
      documentDescribes: childrenOf(document, 'describesPackage').flatMap((each) => targetOf(each) ?? []),
      packages: [...packages.values()],
      files: [...others.values()],
      relationships,
    }),
  };
}

/** The SPDX id of a thing, the part behind the `#` of its address. */
function idOf({ attributes }: XmlElement): string | undefined {
  const about = attributes['rdf:about'] ?? attributes['rdf:ID'] ?? attributes['rdf:nodeID'];
  return about?.slice(about.lastIndexOf('#') + 1);
}

/** What a property points to: by name, or what stands in it. */
function targetOf(property: XmlElement): string | undefined {
  const resource = property.attributes['rdf:resource'];
  if (resource !== undefined) return resource.slice(resource.lastIndexOf('#') + 1).replace(/^(?:noassertion|none)$/, (word) => word.toUpperCase());
  const [inside] = property.children;
  return inside === undefined ? property.attributes['rdf:nodeID'] : idOf(inside);
}

function packageOf(element: XmlElement): Fields {
  const said: Fields = {
    SPDXID: idOf(element),
    name: childText(element, 'name'),
    versionInfo: childText(element, 'versionInfo'),
    supplier: childText(element, 'supplier'),
    originator: childText(element, 'originator'),
    downloadLocation: saidBy(element, 'downloadLocation'),
    homepage: saidBy(element, 'homepage'),
    copyrightText: saidBy(element, 'copyrightText'),
    summary: childText(element, 'summary'),
    description: childText(element, 'description'),
    primaryPackagePurpose: targetIn(element, 'primaryPackagePurpose')
      ?.replace(/^purpose_/, '')
      .toUpperCase(),
    licenseDeclared: licenceIn(element, 'licenseDeclared'),
    licenseConcluded: licenceIn(element, 'licenseConcluded'),
    checksums: entriesOf(element, 'checksum').map((each) => ({
      algorithm: targetIn(each, 'algorithm')
        ?.replace(/^checksumAlgorithm_/, '')
        .toUpperCase(),
      checksumValue: childText(each, 'checksumValue'),
    })),
    externalRefs: entriesOf(element, 'externalRef').map((each) => ({
      referenceType: child(each, 'referenceType')?.attributes['rdf:resource'] ?? child(each, 'referenceType')?.children[0]?.attributes['rdf:about'],
      referenceLocator: childText(each, 'referenceLocator'),
    })),
  };
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== null && value !== undefined && (!Array.isArray(value) || value.length > 0)),
  );
}

function entriesOf(element: XmlElement, property: string): readonly XmlElement[] {
  return childrenOf(element, property).flatMap(({ children }) => children.slice(0, 1));
}

function saidBy(element: XmlElement, property: string): string | undefined {
  const found = child(element, property);
  if (found === undefined) return undefined;
  const target = found.attributes['rdf:resource'];
  if (target !== undefined) return /#(?:noassertion|none)$/.test(target) ? 'NOASSERTION' : target;
  return found.text;
}

function targetIn(element: XmlElement, property: string): string | undefined {
  const found = child(element, property);
  return found === undefined ? undefined : targetOf(found);
}

function licenceIn(element: XmlElement, property: string): string | undefined {
  const found = child(element, property);
  return found === undefined ? undefined : licenceOf(found);
}

/** The expression that a property or a set holds. */
function licenceOf(property: XmlElement): string | undefined {
  const resource = property.attributes['rdf:resource'];
  const [inside] = property.children;
  if (resource !== undefined || inside === undefined) return licenceName(resource ?? property.text);
  const members = childrenOf(inside, 'member').flatMap((each) => licenceOf(each) ?? []);
  switch (inside.name) {
    case 'ConjunctiveLicenseSet':
      return grouped(members, ' AND ');
    case 'DisjunctiveLicenseSet':
      return grouped(members, ' OR ');
    case 'OrLaterOperator':
      return members.length === 0 ? undefined : `${members.join('')}+`;
    case 'WithExceptionOperator': {
      const exception = child(inside, 'licenseException');
      const id =
        exception?.children[0] === undefined ? exception?.attributes['rdf:resource'] : childText(exception.children[0], 'licenseExceptionId');
      return [...members, id ?? ''].join(' WITH ');
    }
    default:
      return childText(inside, 'licenseId') ?? licenceName(inside.attributes['rdf:about'] ?? '');
  }
}

function grouped(members: readonly string[], operator: string): string | undefined {
  const parts = members.map((each) => (/ (?:AND|OR) /.test(each) ? `(${each})` : each));
  return parts.length === 0 ? undefined : parts.join(operator);
}

function licenceName(address: string): string | undefined {
  const name = address.slice(Math.max(address.lastIndexOf('/'), address.lastIndexOf('#')) + 1);
  return /^(?:noassertion|none)$/i.test(name) ? name.toUpperCase() : name === '' ? undefined : name;
}

function relationshipsOf(element: XmlElement, id: string): readonly Fields[] {
  const said = entriesOf(element, 'relationship').map((each) => ({
    spdxElementId: id,
    relationshipType: typeOf(targetIn(each, 'relationshipType') ?? ''),
    relatedSpdxElement: targetIn(each, 'relatedSpdxElement'),
  }));
  const files = childrenOf(element, 'hasFile').map((each) => ({
    spdxElementId: id,
    relationshipType: 'CONTAINS',
    relatedSpdxElement: targetOf(each),
  }));
  return [...said, ...files];
}

/** `relationshipType_dependsOn` is `DEPENDS_ON` elsewhere. */
function typeOf(target: string): string {
  return target
    .replace(/^relationshipType_/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
    .toUpperCase();
}
