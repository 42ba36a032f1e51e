import type { Scope } from '#model/reading.ts';
import type { SbomComponent, SbomComponentType } from '#model/sbom.ts';
import { componentTree } from './component-tree.ts';
import { contentHash, uuidOf } from './content-id.ts';
import { statedDependencies } from './dependencies-of.ts';
import { namedTool } from './named-tool.ts';
import { oneLine, plainUrl, secondsOf } from './one-line.ts';
import type { SbomNote, SbomToWrite } from './sbom-writer.ts';
import type { SpdxLicences } from './spdx-licences.ts';
import { isWellFormed } from './well-formed-hash.ts';

/** What stands above the packages. */
export type Spdx2Head = {
  readonly name: string;
  readonly namespace: string;
  readonly comment: string;
  readonly created: string;
  /** At least one. */
  readonly creators: readonly string[];
};

/** A package, members as SPDX 2.3 names them in JSON. */
export type Spdx2Package = {
  readonly name: string;
  readonly SPDXID: string;
  readonly versionInfo?: string;
  readonly supplier: string;
  readonly originator?: string;
  readonly downloadLocation: string;
  readonly filesAnalyzed: false;
  readonly checksums?: readonly { readonly algorithm: string; readonly checksumValue: string }[];
  readonly homepage?: string;
  readonly sourceInfo?: string;
  readonly licenseConcluded: string;
  readonly licenseDeclared: string;
  readonly copyrightText: string;
  readonly description?: string;
  readonly externalRefs?: readonly { readonly referenceCategory: string; readonly referenceType: string; readonly referenceLocator: string }[];
  readonly primaryPackagePurpose?: string;
};

/** One thing that is said of two. */
export type Spdx2Relationship = { readonly spdxElementId: string; readonly relationshipType: string; readonly relatedSpdxElement: string };

/** The id of the document itself. */
export const spdxDocumentId = 'SPDXRef-DOCUMENT';

/** The head of a document. Its namespace is its own where it is an address, else made from all that it says. */
export function spdx2Head(sbom: SbomToWrite): Spdx2Head {
  const { serial, name, subject, createdAt, authors, tools, completeness } = sbom.document;
  const creators = [...authors.map((each) => organisation(each)), ...tools.map((each) => `Tool: ${toolOf(each)}`)];
  return {
    name: oneLine(name ?? subject?.name ?? 'SBOM'),
    namespace: spdxNamespace(sbom, serial),
    comment: `Completeness: ${completeness}`,
    created: secondsOf(createdAt) ?? '1970-01-01T00:00:00Z',
    creators: creators.length === 0 ? ['Tool: Guildhall'] : creators,
  };
}

/** The namespace of a document. */
export function spdxNamespace(sbom: SbomToWrite, serial: string | null): string {
  return serial !== null && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#<>"{}|\\^`]+$/.test(serial) ? serial : `urn:uuid:${uuidOf(contentHash(sbom))}`;
}

/** What stands in brackets at the end is an address: a name that ends so gets an empty one behind it. */
function organisation(name: string): string {
  return `Organization: ${oneLine(name)}${/\)\s*$/.test(name) ? ' ()' : ''}`;
}

function toolOf(text: string): string {
  const { name, version } = namedTool(oneLine(text));
  return version === null ? name : `${name}-${version}`;
}

const purposes: Readonly<Record<SbomComponentType, string>> = {
  application: 'APPLICATION',
  framework: 'FRAMEWORK',
  library: 'LIBRARY',
  container: 'CONTAINER',
  platform: 'OTHER',
  'operating-system': 'OPERATING_SYSTEM',
  device: 'DEVICE',
  'device-driver': 'OTHER',
  firmware: 'FIRMWARE',
  file: 'FILE',
  'machine-learning-model': 'OTHER',
  data: 'OTHER',
  'cryptographic-asset': 'OTHER',
};

/** Algorithms of SPDX 2.3 by CycloneDX's names. */
const algorithms: ReadonlyMap<string, string> = new Map(
  ['SHA-1', 'SHA-224', 'SHA-256', 'SHA-384', 'SHA-512', 'MD2', 'MD4', 'MD5', 'MD6', 'SHA3-256', 'SHA3-384', 'SHA3-512']
    .concat(['BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'BLAKE3', 'ADLER32'])
    .map((name) => [name, name.replace(/^SHA-/, 'SHA')]),
);

const nothing = 'NOASSERTION';

/** One package. Of several who wrote it, SPDX has room for the first. */
export function spdx2Package(component: SbomComponent, id: string, notes: readonly SbomNote[], licences: SpdxLicences): Spdx2Package {
  const { type, name, version, supplier, authors, copyright, description, hashes, links } = component;
  const [author] = authors;
  const homepage = links.find((each) => each.type === 'website' && isWebAddress(each.url));
  const download = links.find((each) => each.type === 'distribution' && isWebAddress(each.url));
  const checksums = hashes.filter(isWellFormed).flatMap(({ algorithm, value }) => {
    const spelt = algorithms.get(algorithm);
    return spelt === undefined ? [] : [{ algorithm: spelt, checksumValue: value }];
  });
  const references = externalRefs(component, new Set([homepage, download]));
  const range = version === null && component.range !== null ? [{ name: 'guildhall:range', value: component.range }] : [];
  const scope = component.scope === 'runtime' ? [] : [{ name: 'guildhall:scope', value: component.scope }];
  const sourceInfo = [...notes, ...scope, ...range].map((note) => `${note.name}=${oneLine(note.value)}`).join('\n');
  return {
    name: oneLine(name),
    SPDXID: id,
    ...(version === null ? {} : { versionInfo: oneLine(version) }),
    supplier: supplier === null ? nothing : organisation(supplier),
    ...(author === undefined ? {} : { originator: organisation(author) }),
    downloadLocation: download === undefined ? nothing : plainUrl(download.url),
    filesAnalyzed: false,
    ...(checksums.length === 0 ? {} : { checksums }),
    ...(homepage === undefined ? {} : { homepage: plainUrl(homepage.url) }),
    ...(sourceInfo === '' ? {} : { sourceInfo }),
    licenseConcluded: licences.expressionOf(component.licences.concluded) ?? nothing,
    licenseDeclared: licences.expressionOf(component.licences.declared) ?? nothing,
    copyrightText: copyright ?? nothing,
    ...(description === null ? {} : { description }),
    ...(references.length === 0 ? {} : { externalRefs: references }),
    ...(type === null ? {} : { primaryPackagePurpose: purposes[type] }),
  };
}

function isWebAddress(url: string): boolean {
  return /^(?:https?|ftp):\/\/[^/\s]+/i.test(url);
}

type ExternalRef = NonNullable<Spdx2Package['externalRefs']>[number];

function externalRefs({ purl, cpes, links }: SbomComponent, written: ReadonlySet<unknown>): readonly ExternalRef[] {
  const security = cpes.filter((each) => /^cpe:\S+$/i.test(each));
  return [
    ...(purl === null ? [] : [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }]),
    ...security.map((each) => ({
      referenceCategory: 'SECURITY',
      referenceType: each.startsWith('cpe:2.3:') ? 'cpe23Type' : 'cpe22Type',
      referenceLocator: each,
    })),
    ...links
      .filter((each) => !written.has(each))
      .map(({ type, url }) => ({
        referenceCategory: 'OTHER',
        referenceType: type.replace(/[^A-Za-z0-9.-]+/g, '-') || 'other',
        referenceLocator: plainUrl(url),
      })),
  ];
}

const reversed: Readonly<Partial<Record<Scope, string>>> = {
  development: 'DEV_DEPENDENCY_OF',
  build: 'BUILD_DEPENDENCY_OF',
  optional: 'OPTIONAL_DEPENDENCY_OF',
  provided: 'PROVIDED_DEPENDENCY_OF',
  test: 'TEST_DEPENDENCY_OF',
};

/** Everything that is said of two. What nothing uses is contained in the subject, so that no package stands alone. */
export function* spdx2Relationships({ document }: SbomToWrite, idOf: (index: number) => string): Generator<Spdx2Relationship> {
  const { subject, components, roots } = document;
  const relationship = (from: string, type: string, to: string) => ({ spdxElementId: from, relationshipType: type, relatedSpdxElement: to });
  const tree = componentTree(components);
  if (subject !== null) yield relationship(spdxDocumentId, 'DESCRIBES', idOf(-1));
  // Of several packages some have to be described; one alone would be the subject.
  else if (components.length > 1) {
    const described = roots ?? (tree.top.length > 1 ? tree.top : components.keys());
    for (const index of described) yield relationship(spdxDocumentId, 'DESCRIBES', idOf(index));
  }
  const stated = statedDependencies(document);
  if (subject !== null) {
    const used = new Set(stated.flatMap(({ to }) => to));
    for (const index of tree.top) if (!used.has(index)) yield relationship(idOf(-1), 'CONTAINS', idOf(index));
  }
  for (const index of components.keys()) for (const part of tree.inside(index)) yield relationship(idOf(index), 'CONTAINS', idOf(part));
  for (const { from, to } of stated) {
    if (to.length === 0) yield relationship(idOf(from), 'DEPENDS_ON', 'NONE');
    for (const each of to) {
      const type = reversed[components[each]?.scope ?? 'runtime'];
      yield type === undefined ? relationship(idOf(from), 'DEPENDS_ON', idOf(each)) : relationship(idOf(each), type, idOf(from));
    }
  }
}
