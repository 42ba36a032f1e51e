import { quoted } from '#model/problem.ts';
import type { Scope } from '#model/reading.ts';
import type { SbomCompleteness, SbomComponent, SbomDocument } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import type { ProblemLog } from '../problem-log.ts';
import { strongerScope } from '../package-list.ts';
import { componentList, namedComponent, type ComponentList, type GrowingComponent } from './component-list.ts';
import { namedByPurl, type Identity } from './named-by-purl.ts';
import type { SbomDetail } from './sbom-format.ts';
import { algorithmName } from './spdx-document.ts';
import { licenceTexts } from './spdx3-licences.ts';
import { isVexRelationship, spdx3Reported, spdx3Statements, type Assessment } from './spdx3-vex.ts';
import { withoutSubject } from './without-subject.ts';

type Fields = Readonly<Record<string, unknown>>;

type Reading = {
  readonly log: ProblemLog;
  readonly detail: SbomDetail;
  readonly list: ComponentList;
  /** What is no package and is spoken of: agents, tools, licences, collections, vulnerabilities, creations. */
  readonly others: Map<string, Fields>;
  /** Purls by the element that has them, for what is said of vulnerabilities. */
  readonly purls: Map<string, string>;
};

/** What an SPDX 3 graph says: each element is made when it is come to, once for what it is and once for what it relates. https://spdx.github.io/spdx-spec/v3.0.1/ */
export function spdx3Document(graph: Iterable<unknown>, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const reading: Reading = { log, detail, list: componentList(), others: new Map(), purls: new Map() };
  for (const each of graph) noteElement(asObject(each) ?? {}, reading);
  const { components } = reading.list;
  if (components.length === 0) log.warning('no-packages', 'The SBOM lists no package, so nothing is known of what it describes.');
  const document = [...reading.others.values()].find((each) => typeOf(each) === 'SpdxDocument');
  if (document === undefined) log.warning('no-document', 'The graph holds no `SpdxDocument`, so who made it and what it describes is not known.');
  const related = withRelationships(graph, document, reading);
  return {
    standard: 'SPDX',
    serial: document === undefined ? null : idOf(document),
    revision: null,
    name: textOf(document?.['name']),
    ...creationOf(document, reading),
    lifecycles: lifecyclesOf(reading),
    ...withoutSubject(components, related),
    completeness: related.completeness,
    statements: spdx3Statements(related.assessments, reading.others, reading.purls, log),
    ...(related.assessments.length === 0 ? {} : { reported: spdx3Reported(related.assessments, reading.others, reading.purls) }),
    signed: false,
    problems: log.problems(),
  };
}

/** Types without the profile that they are of: `software_Package` and `software/Package` are the same. */
function typeOf(fields: Fields): string {
  const written = asString(fields['type']) ?? asString(fields['@type']) ?? '';
  return written.replace(/^.*[/_:]/, '');
}

function idOf(fields: Fields): string {
  return asString(fields['spdxId']) ?? asString(fields['@id']) ?? '';
}

/** A property, with or without the profile's name before it. */
function property(fields: Fields, profile: string, name: string): unknown {
  return fields[`${profile}_${name}`] ?? fields[name];
}

const packageTypes: ReadonlyMap<string, SbomComponent['type']> = new Map([
  ['Package', null],
  ['AIPackage', 'machine-learning-model'],
  ['DatasetPackage', 'data'],
]);

function noteElement(fields: Fields, reading: Reading): void {
  const { log, list, others } = reading;
  const [type, id] = [typeOf(fields), idOf(fields)];
  const packageType = packageTypes.get(type);
  if (packageType === undefined) {
    if (/Relationship$/.test(type)) return;
    if (type === 'File' || type === 'Snippet') list.name(id, null);
    else if (id !== '') others.set(id, fields);
    return;
  }
  const identity = identityOf(fields, reading);
  if (identity === null) {
    log.error('unnamed-package', `Package ${quoted(id)} has neither a name nor a purl, so it was left out.`);
    return;
  }
  if (id === '') log.warning('no-id', 'An element has no SPDX id, so no relationship can name it.');
  else if (list.meaning(id) !== undefined)
    log.warning('duplicate-id', `Two elements have the SPDX id ${quoted(id)}; relationships with it mean the first.`);
  list.add(componentOf(fields, identity, packageType, reading), id);
  if (identity.purl !== null && !reading.purls.has(id)) reading.purls.set(id, identity.purl);
}

function identityOf(fields: Fields, { detail, log }: Reading): Identity | null {
  const name = textOf(fields['name']);
  const version = asserted(property(fields, 'software', 'packageVersion'));
  const written = [property(fields, 'software', 'packageUrl'), ...identifiersOf(fields, /^(?:packageURL|packageUrl|purl)$/)];
  for (const purl of written.flatMap((each) => textOf(each) ?? [])) {
    const identity = namedByPurl(purl, version, detail);
    if (identity !== null) return identity;
    log.warning('not-a-purl', `${quoted(purl)} of package ${quoted(name ?? '')} is no package URL.`);
  }
  return name === null ? null : { ecosystem: null, name, version, purl: null };
}

function identifiersOf(fields: Fields, type: RegExp): readonly string[] {
  const list = [...asArray(fields['externalIdentifier']), ...asArray(fields['externalIdentifiers'])];
  return list.flatMap((each) => {
    const entry = asObject(each) ?? {};
    const identifier = textOf(entry['identifier']);
    return identifier !== null && type.test(asString(entry['externalIdentifierType']) ?? '') ? [identifier] : [];
  });
}

const typesOfPurposes: ReadonlyMap<string, SbomComponent['type']> = new Map([
  ['application', 'application'],
  ['framework', 'framework'],
  ['library', 'library'],
  ['container', 'container'],
  ['platform', 'platform'],
  ['operatingSystem', 'operating-system'],
  ['device', 'device'],
  ['deviceDriver', 'device-driver'],
  ['firmware', 'firmware'],
  ['file', 'file'],
  ['model', 'machine-learning-model'],
  ['data', 'data'],
]);

function componentOf(fields: Fields, identity: Identity, type: SbomComponent['type'], { detail }: Reading): GrowingComponent {
  const component = namedComponent(identity);
  component.type = typesOfPurposes.get(asString(property(fields, 'software', 'primaryPurpose')) ?? '') ?? type;
  if (detail !== 'inventory-without-hashes') {
    component.hashes = asArray(fields['verifiedUsing']).flatMap((each) => {
      const [algorithm, value] = [textOf(asObject(each)?.['algorithm']), textOf(asObject(each)?.['hashValue'])];
      return algorithm === null || value === null ? [] : [{ algorithm: algorithmName(algorithm), value: value.toLowerCase() }];
    });
  }
  return detail === 'whole' ? Object.assign(component, moreOf(fields)) : component;
}

/** What no inventory holds. Agents stand as their ids, until all are known. */
function moreOf(fields: Fields): Partial<SbomComponent> {
  const links = [
    ['website', asserted(property(fields, 'software', 'homePage'))],
    ['distribution', asserted(property(fields, 'software', 'downloadLocation'))],
  ] as const;
  return {
    cpes: identifiersOf(fields, /^cpe2[23]$/),
    supplier: referenceOf(fields['suppliedBy']),
    authors: asArray(fields['originatedBy']).flatMap((each) => referenceOf(each) ?? []),
    copyright: asserted(property(fields, 'software', 'copyrightText')),
    description: textOf(fields['description']) ?? textOf(fields['summary']),
    links: links.flatMap(([type, url]) => (url === null ? [] : [{ type, url }])),
  };
}

/** What a property refers to: an id, or an element that stands in its place, which is then known by its name. */
function referenceOf(value: unknown): string | null {
  const inside = asObject(Array.isArray(value) ? (value as unknown[])[0] : value);
  return inside === null ? textOf(Array.isArray(value) ? (value as unknown[])[0] : value) : (textOf(inside['name']) ?? textOf(idOf(inside)));
}

type Creation = Pick<SbomDocument, 'specVersion' | 'createdAt' | 'authors' | 'tools'>;

function creationOf(document: Fields | undefined, { others, list, log }: Reading): Creation {
  const written = document?.['creationInfo'];
  const creation =
    asObject(written) ?? others.get(asString(written) ?? '') ?? [...others.values()].find((each) => typeOf(each) === 'CreationInfo') ?? {};
  const names = (value: unknown): readonly string[] => [...new Set(asArray(value).flatMap((each) => nameOf(referenceOf(each), others) ?? []))];
  const created = asString(creation['created']);
  const authors = names(creation['createdBy']);
  if (authors.length === 0) log.warning('no-creators', 'The SBOM does not list who made it.');
  for (const component of list.components) {
    component.supplier = nameOf(component.supplier, others);
    component.authors = component.authors.flatMap((each) => nameOf(each, others) ?? []);
  }
  return {
    specVersion: asString(creation['specVersion']),
    createdAt: created === null || Number.isNaN(Date.parse(created)) ? null : created,
    authors,
    tools: names(creation['createdUsing']),
  };
}

/** The name of an agent or tool by its id; an id of another document stays as it is. */
function nameOf(reference: string | null, others: ReadonlyMap<string, Fields>): string | null {
  if (reference === null || isNothing(reference)) return null;
  return textOf(others.get(reference)?.['name']) ?? reference;
}

function lifecyclesOf({ others }: Reading): readonly string[] {
  const boms = [...others.values()].filter((each) => typeOf(each) === 'Sbom');
  return [...new Set(boms.flatMap((each) => asArray(property(each, 'software', 'sbomType'))).flatMap((each) => textOf(each) ?? []))];
}

/** Relationships that say which package uses which, with the scope they give. */
const dependencyTypes: ReadonlyMap<string, Scope> = new Map([
  ['dependsOn', 'runtime'],
  ['hasOptionalDependency', 'optional'],
  ['hasProvidedDependency', 'provided'],
  ['hasPrerequisite', 'runtime'],
]);
const scopesOfLifecycles: ReadonlyMap<string, Scope> = new Map([
  ['development', 'development'],
  ['build', 'build'],
  ['test', 'test'],
]);

type Related = Pick<SbomDocument, 'dependencies' | 'stated'> & {
  readonly described: readonly number[];
  readonly completeness: SbomCompleteness;
  readonly assessments: readonly Assessment[];
};

function withRelationships(graph: Iterable<unknown>, document: Fields | undefined, reading: Reading): Related {
  const { list, log } = reading;
  const { components } = list;
  const described = new Set(rootsOf(document, reading));
  const dependencies: (readonly [number, number])[] = [];
  const [stated, completenesses, assessments] = [new Set<number>(), new Set<string>(), [] as Assessment[]];
  const scopes = new Map<number, Scope>();
  const licences = new Map<number, { readonly declared: string[]; readonly concluded: string[] }>();
  for (const entry of graph) {
    const fields = asObject(entry) ?? {};
    if (!/Relationship$/.test(typeOf(fields))) continue;
    const type = asString(fields['relationshipType']) ?? '';
    const [from, targets] = [referenceOf(fields['from']) ?? '', toOf(fields)];
    if (isVexRelationship(typeOf(fields), type)) {
      assessments.push({ fields, type, from, to: targets });
      continue;
    }
    const user = meaningOf(from, reading);
    if (user === undefined) {
      log.warning('unknown-ref', `A ${quoted(type)} relationship names ${quoted(from)}, which is not in the document.`);
      continue;
    }
    const scope = dependencyTypes.get(type);
    if (scope !== undefined && user !== null) stated.add(user);
    if (scope !== undefined || type === 'contains') completenesses.add(asString(fields['completeness']) ?? 'noAssertion');
    for (const target of targets) {
      if ((type === 'hasDeclaredLicense' || type === 'hasConcludedLicense') && user !== null) {
        const claims = licences.get(user) ?? { declared: [], concluded: [] };
        licences.set(user, claims);
        claims[type === 'hasDeclaredLicense' ? 'declared' : 'concluded'].push(target);
        continue;
      }
      const used = meaningOf(target, reading);
      if (used === undefined && !isNothing(target))
        log.warning('unknown-ref', `A ${quoted(type)} relationship names ${quoted(target)}, which is not in the document.`);
      if (used === undefined || used === null) continue;
      if (type === 'describes' && user === null) described.add(used);
      const component = components[used];
      if (type === 'contains' && user !== null && user !== used && component !== undefined) component.parent ??= user;
      if (scope === undefined || user === null) continue;
      if (user !== used) dependencies.push([user, used]);
      const said = scope === 'runtime' ? (scopesOfLifecycles.get(asString(fields['scope']) ?? '') ?? scope) : scope;
      scopes.set(used, strongerScope(scopes.get(used) ?? said, said));
    }
  }
  for (const [index, scope] of scopes) {
    const component = components[index];
    if (component !== undefined) component.scope = scope;
  }
  const texts = licenceTexts(reading.others, log);
  for (const [index, { declared, concluded }] of licences) {
    const component = components[index];
    if (component !== undefined) component.licences = { declared: texts(declared), concluded: texts(concluded) };
  }
  return { dependencies, stated: [...stated], described: [...described], completeness: completenessOf(completenesses), assessments };
}

function toOf(fields: Fields): readonly string[] {
  const to = fields['to'];
  return (Array.isArray(to) ? (to as unknown[]) : [to]).flatMap((each) => referenceOf(each) ?? []);
}

/** What the document's root elements are: packages, or collections of them. */
function rootsOf(document: Fields | undefined, { list, others }: Reading): readonly number[] {
  const roots = new Set<number>();
  const seen = new Set<string>();
  const waiting = document === undefined ? [] : asArray(document['rootElement']).flatMap((each) => referenceOf(each) ?? []);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const meaning = list.meaning(id);
    if (typeof meaning === 'number') roots.add(meaning);
    for (const inside of asArray(others.get(id)?.['rootElement'])) waiting.push(referenceOf(inside) ?? '');
  }
  return [...roots].sort((a, b) => a - b);
}

/** What an id means: a package's index, null for another element, undefined when nothing has it. */
function meaningOf(id: string, { list, others }: Reading): number | null | undefined {
  const meaning = list.meaning(id);
  return meaning === undefined && others.has(id) ? null : meaning;
}

function completenessOf(said: ReadonlySet<string>): SbomCompleteness {
  if (said.has('incomplete')) return 'incomplete';
  return said.size === 1 && said.has('complete') ? 'complete' : 'unknown';
}

/** The individuals that stand for nothing: `…/terms/Core/NoneElement`, `…/Licensing/NoAssertion`. */
function isNothing(reference: string): boolean {
  return /(?:^|\/)(?:NoneElement|NoAssertionElement|None|NoAssertion|NoneLicense|NoAssertionLicense)$/.test(reference);
}

function asserted(value: unknown): string | null {
  const text = textOf(value);
  return text === 'NOASSERTION' || text === 'NONE' ? null : text;
}

function textOf(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? null : text;
}
