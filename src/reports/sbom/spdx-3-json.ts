import type { Scope } from '#model/reading.ts';
import type { SbomComponent, SbomComponentType, SbomCompleteness } from '#model/sbom.ts';
import { componentTree } from './component-tree.ts';
import { statedDependencies } from './dependencies-of.ts';
import { oneLine, plainUrl, secondsOf } from './one-line.ts';
import type { SbomNote, SbomToWrite } from './sbom-writer.ts';
import { spdxNamespace } from './spdx-2-document.ts';
import { spdxIds } from './spdx-ids.ts';
import { spdxLicences, type SpdxLicences } from './spdx-licences.ts';
import { isWellFormed } from './well-formed-hash.ts';

const info = '_:creation';

/** SPDX 3.0.1 in JSON-LD, an element to a line. */
export function* spdx3Json(sbom: SbomToWrite): Generator<string> {
  const { subject, components, authors, tools, createdAt, name, lifecycles } = sbom.document;
  const documentId = documentIdOf(sbom);
  const [namespace = ''] = documentId.split('#');
  const short = spdxIds(subject, components);
  const ids: Ids = { namespace, of: (index) => `${namespace}#${short(index)}`, agents: new Map(), licences: spdxLicences(), expressions: new Map() };
  yield '{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld",\n"@graph":[\n';
  const makers = authors.length === 0 ? [{ id: `${namespace}#SPDXRef-maker`, type: 'SoftwareAgent', name: 'Guildhall' }] : [];
  const using = tools.map((tool, at) => ({ id: `${namespace}#SPDXRef-tool-${String(at + 1)}`, name: oneLine(tool) }));
  const createdBy = authors.length === 0 ? makers.map(({ id }) => id) : authors.map((each) => agentId(each, ids));
  yield line({
    type: 'CreationInfo',
    '@id': info,
    specVersion: '3.0.1',
    created: secondsOf(createdAt) ?? '1970-01-01T00:00:00Z',
    createdBy: [...new Set(createdBy)],
    ...(using.length === 0 ? {} : { createdUsing: using.map(({ id }) => id) }),
  });
  for (const each of makers) yield line(element(each.type, each.id, { name: each.name }));
  for (const each of using) yield line(element('Tool', each.id, { name: each.name }));
  const elements: string[] = [];
  const all = subject === null ? components.entries() : [[-1, subject] as const, ...components.entries()];
  for (const [index, component] of all) {
    elements.push(ids.of(index));
    yield line(packageOf(component, ids.of(index), sbom.notesOf(index), ids));
  }
  for (const each of relationships(sbom, ids)) {
    elements.push(each.spdxId);
    yield line(each);
  }
  for (const [text, id] of ids.expressions) yield line(element('simplelicensing_LicenseExpression', id, expressionOf(text, ids)));
  for (const own of ids.licences.own()) {
    yield line(
      element('simplelicensing_SimpleLicensingText', ownUri(own.id, ids), {
        ...(own.name === null ? {} : { name: own.name }),
        simplelicensing_licenseText: own.text,
      }),
    );
  }
  for (const [called, id] of ids.agents) yield line(element('Organization', id, { name: called }));
  const roots = subject !== null ? [-1] : describedOf(sbom);
  const sbomId = `${namespace}#SPDXRef-SBOM`;
  yield line(
    element('software_Sbom', sbomId, {
      profileConformance: ['core', 'software', 'simpleLicensing'],
      ...(roots.length === 0 ? {} : { rootElement: roots.map(ids.of) }),
      ...(elements.length === 0 ? {} : { element: elements }),
      ...withTypes(lifecycles),
    }),
  );
  const document = element('SpdxDocument', documentId, {
    ...(name === null ? {} : { name }),
    profileConformance: ['core', 'software', 'simpleLicensing'],
    rootElement: [sbomId],
    element: [sbomId],
  });
  yield `${JSON.stringify(document)}\n]}\n`;
}

/** What a document without subject is about: one thing alone would be its subject. */
function describedOf({ document: { components, roots } }: SbomToWrite): readonly number[] {
  const { top } = componentTree(components);
  if (roots !== undefined || top.length > 1) return roots ?? top;
  return components.length > 1 ? [...components.keys()] : [];
}

/** A document of SPDX 3 is called by its own id where it has one, else by a name made from all that it says; what is in it by that name and a fragment. */
function documentIdOf(sbom: SbomToWrite): string {
  const { serial } = sbom.document;
  return serial !== null && /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#<>"{}|\\^`]+#[^\s#<>"{}|\\^`]+$/.test(serial) ? serial : spdxNamespace(sbom, serial);
}

type Element = Readonly<Record<string, unknown>> & { readonly spdxId: string };
type Ids = {
  readonly namespace: string;
  readonly of: (index: number) => string;
  /** By name, in the order in which they are first named. */
  readonly agents: Map<string, string>;
  readonly licences: SpdxLicences;
  readonly expressions: Map<string, string>;
};

function line(value: object): string {
  return `${JSON.stringify(value)},\n`;
}

function element(type: string, spdxId: string, more: object): Element {
  return { type, spdxId, creationInfo: info, ...more };
}

function agentId(name: string, { agents, namespace }: Ids): string {
  let id = agents.get(name);
  if (id === undefined) agents.set(name, (id = `${namespace}#SPDXRef-agent-${String(agents.size + 1)}`));
  return id;
}

const sbomTypes: ReadonlySet<string> = new Set(['analyzed', 'build', 'deployed', 'design', 'runtime', 'source']);

/** What CycloneDX calls the phase before a build is what SPDX calls an SBOM of sources. */
function withTypes(lifecycles: readonly string[]): object {
  const types = [...new Set(lifecycles.map((each) => (each === 'pre-build' ? 'source' : each)))].filter((each) => sbomTypes.has(each));
  return types.length === 0 ? {} : { software_sbomType: types };
}

const purposes: Readonly<Record<SbomComponentType, string>> = {
  application: 'application',
  framework: 'framework',
  library: 'library',
  container: 'container',
  platform: 'platform',
  'operating-system': 'operatingSystem',
  device: 'device',
  'device-driver': 'deviceDriver',
  firmware: 'firmware',
  file: 'file',
  'machine-learning-model': 'model',
  data: 'data',
  'cryptographic-asset': 'other',
};

/** Algorithms of SPDX 3 by CycloneDX's names. */
const algorithms: ReadonlyMap<string, string> = new Map([
  ...['MD2', 'MD4', 'MD5', 'MD6', 'ADLER32', 'BLAKE3'].map((each) => [each, each.toLowerCase()] as const),
  ...['1', '224', '256', '384', '512'].map((size) => [`SHA-${size}`, `sha${size}`] as const),
  ...['224', '256', '384', '512'].map((size) => [`SHA3-${size}`, `sha3_${size}`] as const),
  ...['256', '384', '512'].map((size) => [`BLAKE2b-${size}`, `blake2b${size}`] as const),
]);

function packageOf(component: SbomComponent, id: string, notes: readonly SbomNote[], ids: Ids): Element {
  const { type, name, version, purl, supplier, authors, copyright, description } = component;
  const hashes = component.hashes.filter(isWellFormed).flatMap(({ algorithm, value }) => {
    const spelt = algorithms.get(algorithm);
    return spelt === undefined ? [] : [{ type: 'Hash', algorithm: spelt, hashValue: value }];
  });
  const cpes = component.cpes.map((each) => ({
    type: 'ExternalIdentifier',
    externalIdentifierType: each.startsWith('cpe:2.3:') ? 'cpe23' : 'cpe22',
    identifier: each,
  }));
  const homepage = component.links.find((each) => each.type === 'website');
  const download = component.links.find((each) => each.type === 'distribution');
  const links = component.links.filter((each) => each !== homepage && each !== download).map(linkOf);
  const range = version === null && component.range !== null ? [{ name: 'guildhall:range', value: component.range }] : [];
  const scope = component.scope === 'runtime' ? [] : [{ name: 'guildhall:scope', value: component.scope }];
  const said = [...notes, ...scope, ...range].map((note) => `${note.name}=${oneLine(note.value)}`).join('\n');
  return element('software_Package', id, {
    name,
    ...(description === null ? {} : { description }),
    ...(said === '' ? {} : { comment: said }),
    ...(cpes.length === 0 ? {} : { externalIdentifier: cpes }),
    ...(links.length === 0 ? {} : { externalRef: links }),
    ...(hashes.length === 0 ? {} : { verifiedUsing: hashes }),
    ...(supplier === null ? {} : { suppliedBy: agentId(supplier, ids) }),
    ...(authors.length === 0 ? {} : { originatedBy: [...new Set(authors)].map((each) => agentId(each, ids)) }),
    ...(type === null ? {} : { software_primaryPurpose: purposes[type] }),
    ...(copyright === null ? {} : { software_copyrightText: copyright }),
    ...(version === null ? {} : { software_packageVersion: version }),
    ...(purl === null ? {} : { software_packageUrl: purl }),
    ...(homepage === undefined ? {} : { software_homePage: plainUrl(homepage.url) }),
    ...(download === undefined ? {} : { software_downloadLocation: plainUrl(download.url) }),
  });
}

/** SPDX's words for where more is to be had, by CycloneDX's. */
const linkTypes: ReadonlyMap<string, string> = new Map([
  ['vcs', 'vcs'],
  ['issue-tracker', 'issueTracker'],
  ['website', 'altWebPage'],
  ['distribution', 'altDownloadLocation'],
  ['advisories', 'securityAdvisory'],
  ['mailing-list', 'mailingList'],
  ['social', 'socialMedia'],
  ['chat', 'chat'],
  ['documentation', 'documentation'],
  ['support', 'support'],
  ['source-distribution', 'sourceArtifact'],
  ['license', 'license'],
  ['build-meta', 'buildMeta'],
  ['build-system', 'buildSystem'],
  ['release-notes', 'releaseNotes'],
  ['security-contact', 'securityPolicy'],
]);

function linkOf({ type, url }: SbomComponent['links'][number]): object {
  const known = linkTypes.get(type);
  return { type: 'ExternalRef', externalRefType: known ?? 'other', locator: [plainUrl(url)], ...(known === undefined ? { comment: type } : {}) };
}

/** How SPDX 3 says that something is used, by what for. */
const dependencyForms: Readonly<Record<Scope, { readonly relationshipType: string; readonly scope?: string }>> = {
  runtime: { relationshipType: 'dependsOn', scope: 'runtime' },
  peer: { relationshipType: 'hasPrerequisite' },
  development: { relationshipType: 'dependsOn', scope: 'development' },
  build: { relationshipType: 'dependsOn', scope: 'build' },
  test: { relationshipType: 'dependsOn', scope: 'test' },
  optional: { relationshipType: 'hasOptionalDependency' },
  provided: { relationshipType: 'hasProvidedDependency' },
};
const completenessWords: Readonly<Record<SbomCompleteness, string>> = { complete: 'complete', incomplete: 'incomplete', unknown: 'noAssertion' };

function* relationships({ document, parts }: SbomToWrite, ids: Ids): Generator<Element> {
  const { subject, components, completeness } = document;
  let count = 0;
  const relationship = (from: number, more: object, type = 'Relationship'): Element => {
    count += 1;
    return element(type, `${ids.namespace}#SPDXRef-relationship-${String(count)}`, { from: ids.of(from), ...more });
  };
  const tree = componentTree(components);
  const stated = statedDependencies(document);
  const used = new Set(stated.flatMap(({ to }) => to));
  const contained = tree.top.filter((index) => !used.has(index));
  const whole = completeness === 'complete' ? { completeness } : {};
  if (subject !== null) {
    // Whether the document is all there is can only be said of a relationship, and this is the one about the whole.
    const to = contained.length === 0 ? ['NoneElement'] : contained.map(ids.of);
    yield relationship(-1, { relationshipType: 'contains', to, completeness: completenessWords[completeness] });
  }
  for (const index of components.keys()) {
    const inside = tree.inside(index);
    const known = parts.get(index);
    if (inside.length === 0) continue;
    yield relationship(index, {
      relationshipType: 'contains',
      to: inside.map(ids.of),
      ...(known === undefined ? whole : { completeness: completenessWords[known] }),
    });
  }
  for (const { from, to } of stated) {
    if (to.length === 0) yield relationship(from, { relationshipType: 'dependsOn', to: ['NoneElement'], ...whole });
    for (const [scope, targets] of Map.groupBy(to, (index) => components[index]?.scope ?? 'runtime')) {
      const { relationshipType, scope: lifecycle } = dependencyForms[scope];
      const more = { relationshipType, to: targets.map(ids.of), ...whole, ...(lifecycle === undefined ? {} : { scope: lifecycle }) };
      yield relationship(from, more, 'LifecycleScopedRelationship');
    }
  }
  const all = subject === null ? components.entries() : [[-1, subject] as const, ...components.entries()];
  for (const [index, { licences }] of all) {
    for (const [relationshipType, said] of [
      ['hasDeclaredLicense', licences.declared],
      ['hasConcludedLicense', licences.concluded],
    ] as const) {
      const expression = ids.licences.expressionOf(said);
      if (expression !== null) yield relationship(index, { relationshipType, to: [licenceId(expression, ids)] });
    }
  }
}

function licenceId(expression: string, { expressions, namespace }: Ids): string {
  let id = expressions.get(expression);
  if (id === undefined) expressions.set(expression, (id = `${namespace}#SPDXRef-licence-${String(expressions.size + 1)}`));
  return id;
}

/** An expression, with where the licences in it stand that are on no list. */
function expressionOf(text: string, ids: Ids): object {
  const own = [...new Set(text.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? [])];
  return {
    simplelicensing_licenseExpression: text,
    ...(own.length === 0 ? {} : { simplelicensing_customIdToUri: own.map((key) => ({ type: 'DictionaryEntry', key, value: ownUri(key, ids) })) }),
  };
}

function ownUri(id: string, { namespace }: Ids): string {
  return `${namespace}#${id}`;
}
