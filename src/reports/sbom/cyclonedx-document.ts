import { parsePurl } from '#language/purl.ts';
import { parseVers } from '#language/vers.ts';
import type { SbomComponent, SbomCompleteness } from '#model/sbom.ts';
import type { Scope } from '#model/reading.ts';
import { affectedRefs } from './affected-refs.ts';
import { contentHash, uuidOf } from './content-id.ts';
import { statedDependencies } from './dependencies-of.ts';
import { licenceFormOf } from './licence-form.ts';
import { namedTool } from './named-tool.ts';
import { plainUrl } from './one-line.ts';
import type { SbomNote, SbomToWrite } from './sbom-writer.ts';
import { isWellFormed } from './well-formed-hash.ts';
import { cycloneDxVulnerability, type CycloneDxVulnerability } from '../shared/cyclonedx-vulnerability.ts';

/** The versions of CycloneDX that are written. */
export type CycloneDxVersion = '1.6' | '1.7';

type Named = { readonly name: string };
type Acknowledged = { readonly acknowledgement: 'declared' | 'concluded' };
/** One entry of `licenses`. */
export type CycloneDxLicence =
  { readonly license: ({ readonly id: string } | { readonly name: string }) & Acknowledged } | ({ readonly expression: string } & Acknowledged);

/** A component without those that lie in it; members in the order in which CycloneDX's XML has its elements. */
export type CycloneDxComponent = {
  readonly type: string;
  readonly 'bom-ref': string;
  readonly supplier?: Named;
  readonly authors?: readonly Named[];
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly versionRange?: string;
  readonly isExternal?: true;
  readonly description?: string;
  readonly scope?: 'required' | 'optional' | 'excluded';
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly CycloneDxLicence[];
  readonly copyright?: string;
  readonly cpe?: string;
  readonly purl?: string;
  readonly externalReferences?: readonly { readonly type: string; readonly url: string; readonly comment?: string }[];
  readonly properties?: readonly SbomNote[];
};

/** Everything of a document but its components, in the order of CycloneDX's XML. */
export type CycloneDxFrame = {
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: {
    readonly timestamp?: string;
    readonly lifecycles?: readonly ({ readonly phase: string } | Named)[];
    readonly tools?: { readonly components: readonly { readonly type: 'application'; readonly name: string; readonly version?: string }[] };
    readonly authors?: readonly Named[];
    readonly component?: CycloneDxComponent;
    readonly supplier?: Named;
  };
  readonly compositions: readonly { readonly aggregate: SbomCompleteness; readonly assemblies: readonly string[] }[];
  readonly vulnerabilities: readonly CycloneDxVulnerability[];
};

const phases: ReadonlySet<string> = new Set(['design', 'pre-build', 'build', 'post-build', 'operations', 'discovery', 'decommission']);
const serialForm = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A document's frame. Its serial number is its own where CycloneDX takes it, else made from all that it says. */
export function cycloneDxFrame(sbom: SbomToWrite, version: CycloneDxVersion): CycloneDxFrame {
  const { serial, revision, createdAt, lifecycles, tools, authors, subject, components, completeness, statements } = sbom.document;
  const refsOf = affectedRefs(sbom.document);
  const parts = [...sbom.parts].sort(([a], [b]) => a - b).map(([index, of]) => ({ aggregate: of, assemblies: [components[index]?.ref ?? ''] }));
  return {
    serialNumber: serial !== null && serialForm.test(serial) ? serial : `urn:uuid:${uuidOf(contentHash(sbom))}`,
    version: Math.max(1, revision ?? 1),
    metadata: {
      ...(createdAt === null ? {} : { timestamp: createdAt }),
      ...(lifecycles.length === 0 ? {} : { lifecycles: lifecycles.map((name) => (phases.has(name) ? { phase: name } : { name })) }),
      ...(tools.length === 0 ? {} : { tools: { components: tools.map(toolOf) } }),
      ...(authors.length === 0 ? {} : { authors: authors.map((name) => ({ name })) }),
      ...(subject === null ? {} : { component: cycloneDxComponent(subject, sbom.notesOf(-1), version) }),
      ...(subject?.supplier == null ? {} : { supplier: { name: subject.supplier } }),
    },
    compositions: [...(subject === null ? [] : [{ aggregate: completeness, assemblies: [subject.ref] }]), ...parts],
    vulnerabilities: statements.map((each) => cycloneDxVulnerability(each, refsOf(each))),
  };
}

/** One entry of `dependencies` for each component whose dependencies are stated. */
export function* cycloneDxDependencies({ document }: SbomToWrite): Generator<{ readonly ref: string; readonly dependsOn?: readonly string[] }> {
  const refOf = (index: number): string => (index === -1 ? document.subject : document.components[index])?.ref ?? '';
  for (const { from, to } of statedDependencies(document)) {
    yield { ref: refOf(from), ...(to.length === 0 ? {} : { dependsOn: to.map(refOf) }) };
  }
}

function toolOf(text: string): { readonly type: 'application'; readonly name: string; readonly version?: string } {
  const { name, version } = namedTool(text);
  return { type: 'application', name, ...(version === null ? {} : { version }) };
}

const scopes: Readonly<Record<Scope, 'required' | 'optional' | 'excluded'>> = {
  runtime: 'required',
  provided: 'required',
  peer: 'required',
  optional: 'optional',
  build: 'excluded',
  test: 'excluded',
  development: 'excluded',
};

/** Longer is no version to CycloneDX. */
const longestVersion = 1024;

/** One component. What CycloneDX has no place for stands among its properties. */
export function cycloneDxComponent(component: SbomComponent, notes: readonly SbomNote[], version: CycloneDxVersion): CycloneDxComponent {
  const { ref, type, supplier, authors, description, scope, copyright, purl } = component;
  const parts = purl === null ? null : parsePurl(purl);
  const licences = licencesOf(component);
  const hashes = component.hashes.filter((each) => isHash(each, version)).map(({ algorithm, value }) => ({ alg: algorithm, content: value }));
  const cpe = component.cpes.find((each) => cpeForm.test(each));
  const range = component.version === null ? component.range : null;
  const isVers = version === '1.7' && range !== null && parseVers(range).ok;
  const properties = [
    ...notes,
    ...(scope === 'runtime' || scope === 'optional' ? [] : [{ name: 'guildhall:scope', value: scope }]),
    ...(range === null || isVers ? [] : [{ name: 'guildhall:range', value: range }]),
    ...component.cpes.filter((each) => each !== cpe).map((value) => ({ name: 'guildhall:cpe', value })),
  ];
  return {
    type: type ?? 'library',
    'bom-ref': ref,
    ...(supplier === null ? {} : { supplier: { name: supplier } }),
    ...(authors.length === 0 ? {} : { authors: authors.map((name) => ({ name })) }),
    ...(parts?.namespace == null ? {} : { group: parts.namespace }),
    name: parts?.name ?? component.name,
    ...(component.version === null || component.version.length > longestVersion ? {} : { version: component.version }),
    ...(isVers ? { versionRange: range, isExternal: true } : {}),
    ...(description === null ? {} : { description }),
    scope: scopes[scope],
    ...(hashes.length === 0 ? {} : { hashes }),
    ...(licences.length === 0 ? {} : { licenses: licences }),
    ...(copyright === null ? {} : { copyright }),
    ...(cpe === undefined ? {} : { cpe }),
    ...(purl === null ? {} : { purl }),
    ...(component.links.length === 0 ? {} : { externalReferences: component.links.map((each) => linkOf(each, version)) }),
    ...(properties.length === 0 ? {} : { properties }),
  };
}

/**
 * An expression that is not alone is written as a name: 1.6 wants it so, and of those who read 1.7, which does not, not all know.
 */
function licencesOf({ licences: { declared, concluded } }: SbomComponent): readonly CycloneDxLicence[] {
  const isAlone = declared.length + concluded.length === 1;
  const licence = (text: string, acknowledgement: 'declared' | 'concluded'): CycloneDxLicence => {
    const form = licenceFormOf(text);
    if (form === 'id') return { license: { id: text, acknowledgement } };
    return form === 'expression' && isAlone ? { expression: text, acknowledgement } : { license: { name: text, acknowledgement } };
  };
  return [...declared.map((text) => licence(text, 'declared')), ...concluded.map((text) => licence(text, 'concluded'))];
}

const algorithms = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'];
const hashNames: ReadonlySet<string> = new Set([...algorithms, 'BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'BLAKE3']);

function isHash(hash: SbomComponent['hashes'][number], version: CycloneDxVersion): boolean {
  const { algorithm, value } = hash;
  // BLAKE3 gives as many digits as one asks for, CycloneDX takes these.
  if (!isWellFormed(hash) || ![32, 40, 64, 96, 128].includes(value.length)) return false;
  return hashNames.has(algorithm) || (version !== '1.6' && (algorithm === 'Streebog-256' || algorithm === 'Streebog-512'));
}

/** CPE 2.2 or 2.3 by its parts; what stands in a part is not looked at. */
const cpeForm = /^cpe:(?:\/[aho]?(?::[A-Za-z0-9._\-~%]*){0,6}|2\.3:[aho*-](?::(?:[A-Za-z0-9._*?-]|\\[\\*?!"#$%&'()+,/:;<=>@[\]^`{|}~])+){10})$/i;

const linkTypes: ReadonlySet<string> = new Set(
  `vcs issue-tracker website advisories bom mailing-list social chat documentation support source-distribution distribution distribution-intake license
  build-meta build-system release-notes security-contact model-card log configuration evidence formulation attestation threat-model adversary-model
  risk-assessment vulnerability-assertion exploitability-statement pentest-report static-analysis-report dynamic-analysis-report
  runtime-analysis-report component-analysis-report maturity-report certification-report codified-infrastructure quality-metrics poam
  electronic-signature digital-signature rfc-9116 other`.split(/\s+/),
);
const linkTypesOf17: ReadonlySet<string> = new Set(['patent', 'patent-family', 'patent-assertion', 'citation']);

function linkOf({ type, url }: SbomComponent['links'][number], version: CycloneDxVersion): { type: string; url: string; comment?: string } {
  const isKnown = linkTypes.has(type) || (version !== '1.6' && linkTypesOf17.has(type));
  return isKnown ? { type, url: plainUrl(url) } : { type: 'other', url: plainUrl(url), comment: type };
}
