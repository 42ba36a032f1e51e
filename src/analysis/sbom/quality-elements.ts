import { parseExpression } from '#language/spdx/expression.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import type { QualityProfile } from '#model/sbom-quality.ts';

/** What is known of a document before its elements are looked at. Indexes into `components`; -1 is the subject. */
export type JudgedDocument = {
  readonly document: SbomDocument;
  /** Unix milliseconds. */
  readonly now: number;
  readonly stated: ReadonlySet<number>;
  /** Those that a dependency, or what contains them, ties to something else. */
  readonly linked: ReadonlySet<number>;
  /** Those of which an earlier one says the same package and version. */
  readonly repeated: ReadonlySet<number>;
};

type Common = {
  readonly id: string;
  readonly profile: QualityProfile;
  readonly title: string;
  readonly section: string;
  readonly weight: number;
  readonly fix: string;
};

/** One thing that a profile asks of the document, or of each component that it is about; or one that the neutral form of an SBOM does not keep. */
export type QualityElement = Common &
  (
    | { readonly of: 'document'; isMet(judged: JudgedDocument): boolean }
    | {
        readonly of: 'components';
        isAbout?(component: SbomComponent): boolean;
        isMet(component: SbomComponent, index: number, judged: JudgedDocument): boolean;
      }
    | { readonly of: 'unseen'; readonly unseen: string }
  );

const dayMs = 86_400_000;
const freshDays = 365;

const notPackages: ReadonlySet<SbomComponent['type']> = new Set(['file', 'operating-system', 'device', 'data', 'cryptographic-asset', 'platform']);
const strong = /^(?:SHA-?(?:256|384|512)|SHA3-?(?:256|384|512)|BLAKE2B-?(?:256|384|512)|BLAKE3)$/i;
const sha512 = /^SHA-?512$/i;

const isPackage = ({ type }: SbomComponent): boolean => !notPackages.has(type);
const hasName = ({ name }: SbomComponent): boolean => name.trim() !== '';
const hasVersion = ({ version }: SbomComponent): boolean =>
  version !== null && !/^(?:unknown|latest|n\/?a|none|unspecified|noassertion|\*)$/i.test(version.trim());
const hasSupplier = ({ supplier, authors }: SbomComponent): boolean => supplier !== null || authors.length > 0;
const hasIdentifier = ({ purl, cpes }: SbomComponent): boolean => purl !== null || cpes.length > 0;
const hasLink = ({ links }: SbomComponent, ...types: readonly string[]): boolean => links.some(({ type }) => types.includes(type));
const isMade = ({ document }: JudgedDocument): boolean => document.createdAt !== null;
const hasMaker = ({ document }: JudgedDocument): boolean => document.authors.length > 0 || document.tools.length > 0;

/** Licence entries as SPDX means them: `NOASSERTION` says nothing, and `NONE` says that there is none. */
function areValid(licences: readonly string[]): boolean {
  const said = licences.filter((each) => !/^NOASSERTION$/i.test(each.trim()));
  return said.length > 0 && said.every((each) => each.trim() === 'NONE' || parseExpression(each).ok);
}

function isAtLeast(version: string | null, least: readonly number[]): boolean {
  const parts = (version ?? '').split('.').map(Number);
  for (const [at, wanted] of least.entries()) {
    const part = parts[at] ?? 0;
    if (Number.isNaN(part)) return false;
    if (part !== wanted) return part > wanted;
  }
  return true;
}

const elementsOfFiles = 'Readers do not keep this property of a component yet.';

/**
 * Every element with its weight, in the order in which it is shown. NTIA: “The Minimum Elements For a Software Bill of Materials”, 2021-07-12, parts
 * “Data Fields”, “Automation Support” and “Practices and Processes”. BSI: TR-03183-2, version 2.1.0 of 2025-08-20, sections 3.1, 4 and 5.2.1 to 5.2.4.
 */
export const qualityElements: readonly QualityElement[] = [
  {
    ...{ id: 'ntia-supplier', profile: 'ntia', title: 'Supplier of each component', section: 'Data Fields: Supplier Name', weight: 1 },
    fix: 'Have the generator write who gives each component out: `supplier` in CycloneDX, `PackageSupplier` in SPDX.',
    of: 'components',
    isMet: ({ supplier }) => supplier !== null,
  },
  {
    ...{ id: 'ntia-name', profile: 'ntia', title: 'Name of each component', section: 'Data Fields: Component Name', weight: 1 },
    fix: 'Give every component a name.',
    of: 'components',
    isMet: hasName,
  },
  {
    ...{ id: 'ntia-version', profile: 'ntia', title: 'Version of each component', section: 'Data Fields: Version of the Component', weight: 1 },
    fix: 'Make the SBOM from what was resolved (a lockfile or the built artifact), so that every component has its exact version.',
    of: 'components',
    isMet: hasVersion,
  },
  {
    ...{ id: 'ntia-identifier', profile: 'ntia', title: 'Another unique identifier', section: 'Data Fields: Other Unique Identifiers', weight: 1 },
    fix: 'Give each component a purl, or a CPE where there is no package manager.',
    of: 'components',
    isAbout: ({ type }) => type !== 'file',
    isMet: hasIdentifier,
  },
  {
    ...{
      id: 'ntia-dependencies',
      profile: 'ntia',
      title: 'How each component is included',
      section: 'Data Fields: Dependency Relationship',
      weight: 1,
    },
    fix: 'Write the dependency graph: `dependencies` in CycloneDX, `DEPENDS_ON` or `CONTAINS` relationships in SPDX.',
    of: 'components',
    isMet: (_component, index, { linked }) => linked.has(index),
  },
  {
    ...{ id: 'ntia-author', profile: 'ntia', title: 'Who made the SBOM', section: 'Data Fields: Author of SBOM Data', weight: 1 },
    fix: 'Name the author or the tool: `metadata.authors` or `metadata.tools` in CycloneDX, `Creator` in SPDX.',
    of: 'document',
    isMet: hasMaker,
  },
  {
    ...{ id: 'ntia-timestamp', profile: 'ntia', title: 'When it was made', section: 'Data Fields: Timestamp', weight: 1 },
    fix: 'Write the time in ISO 8601: `metadata.timestamp` in CycloneDX, `Created` in SPDX.',
    of: 'document',
    isMet: isMade,
  },
  {
    ...{ id: 'ntia-automation', profile: 'ntia', title: 'In a form that machines exchange', section: 'Automation Support', weight: 1 },
    fix: 'Send CycloneDX or SPDX instead of a form of one tool.',
    of: 'document',
    isMet: ({ document }) => document.standard !== 'other',
  },
  {
    ...{
      id: 'ntia-known-unknowns',
      profile: 'ntia',
      title: 'Says whether it is complete',
      section: 'Practices and Processes: Known Unknowns',
      weight: 1,
    },
    fix: 'State it: `compositions` with an `aggregate` in CycloneDX, `NOASSERTION` or `NONE` relationships in SPDX.',
    of: 'document',
    isMet: ({ document }) => document.completeness !== 'unknown',
  },
  {
    ...{ id: 'bsi-format', profile: 'bsi', title: 'CycloneDX 1.6 or later, SPDX 3.0.1 or later', section: '4', weight: 1 },
    fix: 'Let the generator write CycloneDX 1.6 or SPDX 3.0.1; earlier versions have no place for what the guideline asks.',
    of: 'document',
    isMet: ({ document: { standard, specVersion } }) =>
      (standard === 'CycloneDX' && isAtLeast(specVersion, [1, 6])) || (standard === 'SPDX' && isAtLeast(specVersion, [3, 0, 1])),
  },
  {
    ...{ id: 'bsi-no-vulnerabilities', profile: 'bsi', title: 'No statements about vulnerabilities in it', section: '3.1', weight: 1 },
    fix: 'Send VEX or CSAF beside the SBOM: what is known of vulnerabilities changes while the SBOM stays.',
    of: 'document',
    isMet: ({ document: { statements, reported = [] } }) => statements.length === 0 && reported.length === 0,
  },
  {
    ...{ id: 'bsi-creator', profile: 'bsi', title: 'Creator of the SBOM', section: '5.2.1', weight: 1 },
    fix: 'Name who is responsible for the SBOM, with a mail address or URL: `metadata.manufacturer` or `metadata.authors`, `createdBy` in SPDX 3.',
    of: 'document',
    isMet: ({ document }) => document.authors.length > 0,
  },
  {
    ...{ id: 'bsi-timestamp', profile: 'bsi', title: 'Timestamp', section: '5.2.1', weight: 1 },
    fix: 'Write the time in ISO 8601: `metadata.timestamp` in CycloneDX, `created` in SPDX.',
    of: 'document',
    isMet: isMade,
  },
  {
    ...{ id: 'bsi-component-creator', profile: 'bsi', title: 'Creator of each component', section: '5.2.2', weight: 1 },
    fix: 'Write who made each component, with a mail address or URL: `manufacturer`, `authors` or `supplier`.',
    of: 'components',
    isMet: hasSupplier,
  },
  {
    ...{ id: 'bsi-component-name', profile: 'bsi', title: 'Name of each component', section: '5.2.2', weight: 1 },
    fix: 'Give every component a name.',
    of: 'components',
    isMet: hasName,
  },
  {
    ...{ id: 'bsi-component-version', profile: 'bsi', title: 'Version of each component', section: '5.2.2', weight: 1 },
    fix: 'Write the version; of a file without one, the time at which it was changed last.',
    of: 'components',
    isMet: hasVersion,
  },
  {
    ...{ id: 'bsi-file-name', profile: 'bsi', title: 'File name of each component', section: '5.2.2', weight: 1 },
    fix: 'Write the property `bsi:component:filename`.',
    ...{ of: 'unseen', unseen: elementsOfFiles },
  },
  {
    ...{ id: 'bsi-dependencies', profile: 'bsi', title: 'Dependencies of each component', section: '5.2.2', weight: 1 },
    fix: 'State of every component what it uses, also where that is nothing.',
    of: 'components',
    isMet: (_component, index, { stated }) => stated.has(index),
  },
  {
    ...{ id: 'bsi-completeness', profile: 'bsi', title: 'Says whether the dependencies are all', section: '5.2.2', weight: 1 },
    fix: 'State it: `compositions` with an `aggregate` in CycloneDX, the completeness of relationships in SPDX 3.',
    of: 'document',
    isMet: ({ document }) => document.completeness !== 'unknown',
  },
  {
    ...{ id: 'bsi-distribution-licences', profile: 'bsi', title: 'Distribution licences as SPDX expressions', section: '5.2.2', weight: 1 },
    fix: 'Write the licence under which each component is received as an SPDX expression, marked as concluded.',
    of: 'components',
    isAbout: isPackage,
    isMet: ({ licences }) => areValid(licences.concluded),
  },
  {
    ...{ id: 'bsi-hash', profile: 'bsi', title: 'SHA-512 of the deployable component', section: '5.2.2', weight: 1 },
    fix: 'Hash what is delivered with SHA-512; a weaker hash does not do.',
    of: 'components',
    isMet: ({ hashes }) => hashes.some(({ algorithm }) => sha512.test(algorithm)),
  },
  {
    ...{ id: 'bsi-executable', profile: 'bsi', title: 'Executable property', section: '5.2.2', weight: 1 },
    fix: 'Write the property `bsi:component:executable`.',
    ...{ of: 'unseen', unseen: elementsOfFiles },
  },
  {
    ...{ id: 'bsi-archive', profile: 'bsi', title: 'Archive property', section: '5.2.2', weight: 1 },
    fix: 'Write the property `bsi:component:archive`.',
    ...{ of: 'unseen', unseen: elementsOfFiles },
  },
  {
    ...{ id: 'bsi-structured', profile: 'bsi', title: 'Structured property', section: '5.2.2', weight: 1 },
    fix: 'Write the property `bsi:component:structured`.',
    ...{ of: 'unseen', unseen: elementsOfFiles },
  },
  {
    ...{ id: 'bsi-uri', profile: 'bsi', title: 'URI of the SBOM', section: '5.2.3', weight: 1 },
    fix: 'Give each SBOM an address of its own: `serialNumber` in CycloneDX, the document’s IRI in SPDX 3.',
    of: 'document',
    isMet: ({ document }) => document.serial !== null,
  },
  {
    ...{ id: 'bsi-source-uri', profile: 'bsi', title: 'URI of the source code', section: '5.2.4', weight: 1 },
    fix: 'Name where the source is: an external reference `source-distribution` or `vcs`.',
    of: 'components',
    isAbout: isPackage,
    isMet: (component) => hasLink(component, 'source-distribution', 'vcs'),
  },
  {
    ...{ id: 'bsi-deployable-uri', profile: 'bsi', title: 'URI of the deployable form', section: '5.2.4', weight: 1 },
    fix: 'Name where the component was taken from: an external reference `distribution`.',
    of: 'components',
    isAbout: isPackage,
    isMet: (component) => hasLink(component, 'distribution', 'distribution-intake'),
  },
  {
    ...{ id: 'bsi-identifiers', profile: 'bsi', title: 'Other unique identifiers', section: '5.2.4', weight: 1 },
    fix: 'Give each component a purl, or a CPE where there is no package manager.',
    of: 'components',
    isAbout: ({ type }) => type !== 'file',
    isMet: hasIdentifier,
  },
  {
    ...{ id: 'bsi-original-licences', profile: 'bsi', title: 'Original licences as SPDX expressions', section: '5.2.4', weight: 1 },
    fix: 'Write the licence that the creator of each component gave it as an SPDX expression, marked as declared.',
    of: 'components',
    isAbout: isPackage,
    isMet: ({ licences }) => areValid(licences.declared),
  },
  {
    ...{ id: 'purl', profile: 'completeness', title: 'Canonical purl', section: 'Identity', weight: 3 },
    fix: 'Give each package its purl: without one it is matched by nothing.',
    of: 'components',
    isAbout: isPackage,
    isMet: ({ purl }) => purl !== null,
  },
  {
    ...{ id: 'version', profile: 'completeness', title: 'Exact version', section: 'Identity', weight: 3 },
    fix: 'Make the SBOM from what was resolved: a range or no version is unknown, never clean.',
    of: 'components',
    isAbout: isPackage,
    isMet: hasVersion,
  },
  {
    ...{ id: 'unique', profile: 'completeness', title: 'Each component once', section: 'Identity', weight: 1 },
    fix: 'List a package version once and say in the graph who uses it.',
    of: 'components',
    isMet: (_component, index, { repeated }) => !repeated.has(index),
  },
  {
    ...{ id: 'unique-refs', profile: 'completeness', title: 'Refs that name one thing', section: 'Identity', weight: 1 },
    fix: 'Give every component a `bom-ref` or SPDX id of its own; what names two things says nothing of either.',
    of: 'document',
    isMet: ({ document }) => !document.problems.some(({ code }) => code === 'duplicate-ref' || code === 'duplicate-id'),
  },
  {
    ...{ id: 'licence', profile: 'completeness', title: 'Licence that SPDX knows', section: 'Licences', weight: 2 },
    fix: 'Write SPDX expressions; a name, a URL or a text is unknown to whoever judges it.',
    of: 'components',
    isAbout: isPackage,
    isMet: ({ licences }) => areValid([...licences.declared, ...licences.concluded]),
  },
  {
    ...{ id: 'supplier', profile: 'completeness', title: 'Supplier or author', section: 'Origin', weight: 1 },
    fix: 'Write who gives each component out or wrote it.',
    of: 'components',
    isMet: hasSupplier,
  },
  {
    ...{ id: 'hash', profile: 'completeness', title: 'Hash', section: 'Integrity', weight: 1 },
    fix: 'Hash what was built in or fetched.',
    of: 'components',
    isMet: ({ hashes }) => hashes.length > 0,
  },
  {
    ...{ id: 'strong-hash', profile: 'completeness', title: 'Hash that holds (SHA-256 or stronger)', section: 'Integrity', weight: 1 },
    fix: 'Replace MD5 and SHA-1, for which other files with the same hash can be made.',
    of: 'components',
    isMet: ({ hashes }) => hashes.some(({ algorithm }) => strong.test(algorithm)),
  },
  {
    ...{ id: 'edges', profile: 'completeness', title: 'Dependencies stated', section: 'Graph', weight: 2 },
    fix: 'State of every component what it uses, also where that is nothing: without it nobody can say why a package is there.',
    of: 'components',
    isAbout: isPackage,
    isMet: (_component, index, { stated, linked }) => stated.has(index) || linked.has(index),
  },
  {
    ...{ id: 'subject', profile: 'completeness', title: 'Says of what it is, with version', section: 'Document', weight: 1 },
    fix: 'Name the product and its version: `metadata.component` in CycloneDX, what `DESCRIBES` points to in SPDX.',
    of: 'document',
    isMet: ({ document: { subject } }) => subject !== null && hasName(subject) && hasVersion(subject),
  },
  {
    ...{ id: 'creation', profile: 'completeness', title: 'Says when and by what it was made', section: 'Document', weight: 1 },
    fix: 'Write the time and the tool with its version.',
    of: 'document',
    isMet: (judged) => isMade(judged) && hasMaker(judged),
  },
  {
    ...{ id: 'completeness', profile: 'completeness', title: 'Says whether it is complete', section: 'Document', weight: 1 },
    fix: 'State it: `compositions` in CycloneDX, the completeness of relationships in SPDX 3.',
    of: 'document',
    isMet: ({ document }) => document.completeness !== 'unknown',
  },
  {
    ...{ id: 'age', profile: 'completeness', title: `Made within ${String(freshDays)} days`, section: 'Document', weight: 1 },
    fix: 'Make a new SBOM with every build or release.',
    of: 'document',
    isMet: ({ document: { createdAt }, now }) => createdAt !== null && now - Date.parse(createdAt) <= freshDays * dayMs,
  },
  {
    ...{ id: 'whole', profile: 'completeness', title: 'Read without an error', section: 'Document', weight: 1 },
    fix: 'Look at the problems of its reading: what could not be read is missing here.',
    of: 'document',
    isMet: ({ document }) => !document.problems.some(({ severity }) => severity === 'error'),
  },
];
