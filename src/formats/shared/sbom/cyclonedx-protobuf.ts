import type { DocumentParts } from '#language/readers/json-parts.ts';
import { messagesOf, readMessage, type FieldKind, type MessageShape } from '#language/readers/protobuf.ts';
import { sbomComponentTypes, type SbomComponentType } from '#model/sbom.ts';
import { asArray, asObject } from '#language/readers/json.ts';
import { cycloneDxLists } from './cyclonedx-document.ts';

type Shape = MessageShape['fields'];

/** A CycloneDX document in protobuf in the shape that it has in JSON. Numbers are never reused, so one shape reads 1.3 to 1.7. https://github.com/CycloneDX/specification/tree/master/schema */
export function cycloneDxProtobuf(bytes: Uint8Array): DocumentParts {
  const head = readMessage(bytes, bom, cycloneDxLists);
  return { head: { bomFormat: 'CycloneDX', ...head }, list: (name) => ({ [Symbol.iterator]: () => messagesOf(bytes, bom, name) }) };
}

/** Whether bytes begin as such a document does: with the version of its specification, which is its first field. */
export function isCycloneDxProtobuf(head: string): boolean {
  return /^\n\u00031\.\d[\u0010\u001a"*2:BJR]/.test(head);
}

const one = (name: string, kind: FieldKind) => ({ name, kind });
const many = (name: string, kind: FieldKind) => ({ name, kind, isList: true });

const types: readonly (SbomComponentType | '')[] = [
  ...(['', 'application', 'framework', 'library', 'operating-system', 'device', 'file', 'container', 'firmware', 'device-driver'] as const),
  ...(['platform', 'machine-learning-model', 'data', 'cryptographic-asset'] as const),
];
const scopes = ['required', 'required', 'optional', 'excluded'];
const acknowledgements = ['', 'declared', 'concluded'];
const algorithms = [
  ...['', 'MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'],
  ...['BLAKE2b-256', 'BLAKE2b-384', 'BLAKE2b-512', 'BLAKE3', 'Streebog-256', 'Streebog-512'],
];
const linkTypes = [
  ...['other', 'vcs', 'issue-tracker', 'website', 'advisories', 'bom', 'mailing-list', 'social', 'chat', 'documentation', 'support'],
  ...['distribution', 'license', 'build-meta', 'build-system', 'security-contact', 'attestation', 'threat-model', 'adversary-model'],
  ...['risk-assessment', 'distribution-intake', 'vulnerability-assertion', 'exploitability-statement', 'pentest-report'],
  ...['static-analysis-report', 'dynamic-analysis-report', 'runtime-analysis-report', 'component-analysis-report', 'maturity-report'],
  ...['certification-report', 'quality-metrics', 'codified-infrastructure', 'model-card', 'poam', 'log', 'configuration', 'evidence'],
  ...['formulation', 'source-distribution', 'electronic-signature', 'digital-signature', 'rfc-9116', 'release-notes', 'patent'],
  ...['patent-family', 'patent-assertion', 'citation'],
];
const phases = ['design', 'pre-build', 'build', 'post-build', 'operations', 'discovery', 'decommission'];
const aggregates = [
  ...['not_specified', 'complete', 'incomplete', 'incomplete_first_party_only', 'incomplete_third_party_only', 'unknown'],
  ...['incomplete_first_party_proprietary_only', 'incomplete_first_party_opensource_only'],
  ...['incomplete_third_party_proprietary_only', 'incomplete_third_party_opensource_only'],
];
const states = ['', 'resolved', 'resolved_with_pedigree', 'exploitable', 'in_triage', 'false_positive', 'not_affected'];
const justifications = [
  ...['', 'code_not_present', 'code_not_reachable', 'requires_configuration', 'requires_dependency', 'requires_environment'],
  ...['protected_by_compiler', 'protected_at_runtime', 'protected_at_perimeter', 'protected_by_mitigating_control'],
];
const responses = ['', 'can_not_fix', 'will_not_fix', 'update', 'rollback', 'workaround_available'];

const timestamp: MessageShape = {
  fields: { 1: one('seconds', 'number'), 2: one('nanos', 'number') },
  becomes: ({ seconds = 0, nanos = 0 }) => {
    const at = new Date(Number(seconds) * 1000 + Math.floor(Number(nanos) / 1_000_000));
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString().replace('.000Z', 'Z');
  },
};
const property: MessageShape = { fields: { 1: one('name', 'text'), 2: one('value', 'text') } };
const contact: MessageShape = { fields: { 1: one('name', 'text') } };
const hash: MessageShape = { fields: { 1: one('alg', algorithms), 2: one('content', 'text') } };
const link: MessageShape = {
  fields: { 1: one('type', linkTypes), 2: one('url', 'text') },
  // What is nought is not written.
  becomes: ({ type = 'other', url }) => ({ type, url }),
};
const attached: MessageShape = { fields: { 2: one('encoding', 'text'), 3: one('content', 'text') } };
const licence: MessageShape = {
  fields: {
    ...{ 1: one('id', 'text'), 2: one('name', 'text'), 3: one('text', attached) },
    ...{ 7: many('properties', property), 8: one('acknowledgement', acknowledgements) },
  },
};
const detailedExpression: MessageShape = { fields: { 1: one('expression', 'text'), 4: one('acknowledgement', acknowledgements) } };
const licenceChoice: MessageShape = {
  fields: {
    1: one('license', licence),
    2: one('expression', 'text'),
    3: one('acknowledgement', acknowledgements),
    5: one('detailed', detailedExpression),
  },
  becomes: ({ detailed, ...choice }) => ({ ...choice, ...asObject(detailed) }),
};
const dependencyFields: Record<number, Shape[number]> = { 1: one('ref', 'text') };
const dependency: MessageShape = {
  fields: dependencyFields,
  becomes: ({ ref = '', uses }) => ({ ref, dependsOn: asArray(uses).map((each) => asObject(each)?.['ref']) }),
};
dependencyFields[2] = many('uses', dependency);

const swid: MessageShape = { fields: { 1: one('tagId', 'text') } };
const componentFields: Record<number, Shape[number]> = {
  ...{ 1: one('type', types), 3: one('bom-ref', 'text'), 4: one('supplier', contact), 5: one('author', 'text'), 6: one('publisher', 'text') },
  ...{ 7: one('group', 'text'), 8: one('name', 'text'), 9: one('version', 'text'), 10: one('description', 'text'), 11: one('scope', scopes) },
  ...{ 12: many('hashes', hash), 13: many('licenses', licenceChoice), 14: one('copyright', 'text'), 15: one('cpe', 'text') },
  ...{ 16: one('purl', 'text'), 17: one('swid', swid), 20: many('externalReferences', link), 22: many('properties', property) },
  ...{ 29: many('authors', contact), 33: one('versionRange', 'text'), 34: one('isExternal', 'number') },
};
const component: MessageShape = {
  fields: componentFields,
  becomes: ({ isExternal, type, ...fields }) => ({
    ...fields,
    ...(isExternal === undefined ? {} : { isExternal: isExternal === 1 }),
    ...(type === undefined || !isOneOf(sbomComponentTypes, type) ? {} : { type }),
  }),
};
componentFields[21] = many('components', component);

const serviceFields: Record<number, Shape[number]> = {
  ...{ 1: one('bom-ref', 'text'), 4: one('name', 'text'), 5: one('version', 'text'), 14: many('properties', property) },
};
const service: MessageShape = { fields: serviceFields };
serviceFields[13] = many('services', service);

const tool: MessageShape = {
  fields: {
    ...{ 1: one('vendor', 'text'), 2: one('name', 'text'), 3: one('version', 'text') },
    ...{ 6: many('components', component), 7: many('services', service) },
  },
};
const metadata: MessageShape = {
  fields: {
    ...{ 1: one('timestamp', timestamp), 2: many('tools', tool), 3: many('authors', contact), 4: one('component', component) },
    ...{ 7: many('licenses', licenceChoice), 8: many('properties', property), 10: one('manufacturer', contact) },
    9: many('lifecycles', { fields: { 1: one('phase', phases), 2: one('name', 'text') } }),
  },
  becomes: ({ tools, ...fields }) => ({ ...fields, ...(tools === undefined ? {} : { tools: asArray(tools).flatMap(toolsIn) }) }),
};
const source: MessageShape = { fields: { 1: one('name', 'text') } };
const analysis: MessageShape = {
  fields: {
    ...{ 1: one('state', states), 2: one('justification', justifications), 3: many('response', responses), 4: one('detail', 'text') },
    ...{ 5: one('firstIssued', timestamp), 6: one('lastUpdated', timestamp) },
  },
};
const vulnerability: MessageShape = {
  fields: {
    ...{ 2: one('id', 'text'), 3: one('source', source), 16: one('analysis', analysis), 18: many('properties', property) },
    4: many('references', { fields: { 1: one('id', 'text'), 2: one('source', source) } }),
    17: many('affects', { fields: { 1: one('ref', 'text') } }),
  },
};
const bom: MessageShape = {
  fields: {
    ...{ 1: one('specVersion', 'text'), 2: one('version', 'number'), 3: one('serialNumber', 'text'), 4: one('metadata', metadata) },
    ...{ 5: many('components', component), 6: many('services', service), 8: many('dependencies', dependency) },
    ...{ 9: many('compositions', { fields: { 1: one('aggregate', aggregates) } }), 10: many('vulnerabilities', vulnerability) },
  },
};

/** Since 1.5 one tool holds the components and services that the tools are. */
function toolsIn(value: unknown): readonly unknown[] {
  const { components, services, ...own } = asObject(value) ?? {};
  const inside = [...asArray(components), ...asArray(services)];
  return own['name'] === undefined ? inside : [own, ...inside];
}

function isOneOf(words: readonly string[], word: unknown): boolean {
  return typeof word === 'string' && words.includes(word);
}
