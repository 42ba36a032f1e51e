import { quoted } from '#model/problem.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import type { Scope } from '#model/reading.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import type { DocumentParts } from '#language/readers/json-parts.ts';
import { isLicenceExpression, unknownLicenceId } from '../licence-expression.ts';
import { strongerScope } from '../package-list.ts';
import type { ProblemLog } from '../problem-log.ts';
import { componentList, namedComponent, noLicences, type ComponentList, type GrowingComponent } from './component-list.ts';
import { namedByPurl, type Identity } from './named-by-purl.ts';
import type { SbomDetail } from './sbom-format.ts';
import { withoutSubject } from './without-subject.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The lists of an SPDX 2 document that are long in practice. */
export const spdxLists = ['packages', 'files', 'snippets', 'relationships'] as const;

type Reading = { readonly log: ProblemLog; readonly detail: SbomDetail; readonly list: ComponentList; readonly documentId: string };

/** What an SPDX 2 document says, given in the shape of its JSON whatever it is written in. https://spdx.github.io/spdx-spec/v2.3/ */
export function spdxDocument({ head, list }: DocumentParts, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const version = asString(head['spdxVersion']);
  if (version === null || !/^SPDX-2\.\d/.test(version)) {
    log.warning('unknown-version', `The SBOM says it is of version ${quoted(version ?? '')}; it was read as SPDX 2.3.`);
  }
  const creation = asObject(head['creationInfo']) ?? {};
  if (!Array.isArray(creation['creators'])) log.warning('no-creators', 'The SBOM does not list who made it.');
  const reading: Reading = { log, detail, list: componentList(), documentId: asString(head['SPDXID']) ?? 'SPDXRef-DOCUMENT' };
  addPackages(list('packages'), reading);
  for (const name of ['files', 'snippets']) {
    for (const each of list(name) ?? []) noteElement(asString(asObject(each)?.['SPDXID']) ?? '', reading);
  }
  if (reading.list.components.length === 0) log.warning('no-packages', 'The SBOM lists no package, so nothing is known of what it describes.');
  const related = withRelationships(head, list('relationships') ?? [], reading);
  return {
    standard: 'SPDX',
    specVersion: version === null ? null : version.replace(/^SPDX-/, ''),
    serial: textOf(head['documentNamespace']),
    revision: null,
    name: textOf(head['name']),
    ...creationOf(creation),
    lifecycles: [],
    ...withoutSubject(reading.list.components, related),
    completeness: 'unknown',
    statements: [],
    signed: false,
    problems: log.problems(),
  };
}

function creationOf(creation: Fields): Pick<SbomDocument, 'createdAt' | 'authors' | 'tools'> {
  const created = asString(creation['created']);
  const creators = asArray(creation['creators']).flatMap((each) => textOf(each) ?? []);
  const of = (kinds: RegExp): readonly string[] => [...new Set(creators.flatMap((each) => agentOf(each, kinds)))];
  return {
    createdAt: created === null || Number.isNaN(Date.parse(created)) ? null : created,
    authors: of(/^(?:Person|Organization)$/i),
    tools: of(/^Tool$/i).map((each) => each.replace(/-(?=v?\d)/, ' ')),
  };
}

/** The name of an agent, `Organization: Acme (mail)`, of one of these kinds; its address is left out. */
function agentOf(text: string, kinds: RegExp): readonly string[] {
  const [, kind = '', name = ''] = /^(\w+):\s*(.*)$/s.exec(text) ?? [];
  const plain = name.replace(/\s*\([^()]*\)\s*$/, '').trim();
  return kinds.test(kind) && plain !== '' ? [plain] : [];
}

function addPackages(packages: Iterable<unknown> | null, reading: Reading): void {
  const { log, list } = reading;
  if (packages === null) log.error('not-a-list', 'The `packages` of the SBOM are no list, so they were not read.');
  for (const entry of packages ?? []) {
    const fields = asObject(entry) ?? {};
    const id = asString(fields['SPDXID']) ?? '';
    const identity = identityOf(fields, reading);
    if (identity === null) {
      log.error('unnamed-package', `Package ${quoted(id)} has neither a name nor a purl, so it was left out.`);
      continue;
    }
    if (id === '') log.warning('no-id', 'An element has no SPDX id, so no relationship can name it.');
    else if (list.meaning(id) !== undefined)
      log.warning('duplicate-id', `Two elements have the SPDX id ${quoted(id)}; relationships with it mean the first.`);
    list.add(componentOf(fields, identity, reading), id);
  }
}

/** Files and snippets are known to be there and are no packages. */
function noteElement(id: string, { list, log }: Reading): void {
  if (id === '') log.warning('no-id', 'An element has no SPDX id, so no relationship can name it.');
  else list.name(id, null);
}

/** What the purl says comes first; name and version say it where there is none. */
function identityOf(fields: Fields, { detail, log }: Reading): Identity | null {
  const name = asString(fields['name'])?.trim() ?? '';
  const version = assertedOrNull(fields['versionInfo']);
  for (const purl of referencesOf(fields, /(?:^|[#/])purl$/)) {
    const identity = namedByPurl(purl, version, detail);
    if (identity !== null) return identity;
    log.warning('not-a-purl', `${quoted(purl)} of package ${quoted(name)} is no package URL.`);
  }
  return name === '' ? null : { ecosystem: null, name, version, purl: null };
}

function referencesOf(fields: Fields, type: RegExp): readonly string[] {
  return asArray(fields['externalRefs']).flatMap((each) => {
    const reference = asObject(each) ?? {};
    const locator = asString(reference['referenceLocator']);
    return locator !== null && type.test(asString(reference['referenceType']) ?? '') ? [locator] : [];
  });
}

function componentOf(fields: Fields, identity: Identity, { detail, log }: Reading): GrowingComponent {
  const component = namedComponent(identity);
  component.type = typesOfPurposes.get(asString(fields['primaryPackagePurpose']) ?? '') ?? null;
  component.licences = licencesOf(fields, identity.name, log);
  if (detail !== 'inventory-without-hashes') component.hashes = hashesOf(fields['checksums']);
  return detail === 'whole' ? Object.assign(component, moreOf(fields)) : component;
}

/** SPDX's purposes in CycloneDX's words. What has none there, as an archive or an installer, says nothing. */
const typesOfPurposes: ReadonlyMap<string, SbomComponent['type']> = new Map([
  ['APPLICATION', 'application'],
  ['FRAMEWORK', 'framework'],
  ['LIBRARY', 'library'],
  ['CONTAINER', 'container'],
  ['OPERATING-SYSTEM', 'operating-system'],
  ['OPERATING_SYSTEM', 'operating-system'],
  ['DEVICE', 'device'],
  ['FIRMWARE', 'firmware'],
  ['FILE', 'file'],
]);

/** What no inventory holds. */
function moreOf(fields: Fields): Partial<SbomComponent> {
  const supplier = assertedOrNull(fields['supplier']);
  const originator = assertedOrNull(fields['originator']);
  const links = [
    ['website', assertedOrNull(fields['homepage'])],
    ['distribution', assertedOrNull(fields['downloadLocation'])],
  ] as const;
  return {
    cpes: [...new Set(referencesOf(fields, /(?:^|[#/])cpe2[23](?:Type)?$/))],
    supplier: supplier === null ? null : (agentOf(supplier, anyAgent)[0] ?? supplier),
    authors: originator === null ? [] : [agentOf(originator, anyAgent)[0] ?? originator],
    copyright: assertedOrNull(fields['copyrightText']),
    description: textOf(fields['description']) ?? textOf(fields['summary']),
    links: links.flatMap(([type, url]) => (url === null ? [] : [{ type, url }])),
  };
}

const anyAgent = /^(?:Person|Organization|Tool)$/i;

/** Declared and concluded licences. `NOASSERTION` and `NONE` are none. */
function licencesOf(fields: Fields, name: string, log: ProblemLog): SbomComponent['licences'] {
  const [declared, concluded] = [assertedOrNull(fields['licenseDeclared']), assertedOrNull(fields['licenseConcluded'])];
  for (const licence of new Set([declared, concluded].filter((each) => each !== null))) {
    const unknown = unknownLicenceId(licence);
    if (!isLicenceExpression(licence)) log.warning('bad-licence', `The licence ${quoted(licence)} of package ${quoted(name)} is no SPDX expression.`);
    else if (unknown !== null)
      log.warning('unknown-licence', `The licence id ${quoted(unknown)} of package ${quoted(name)} is not on the SPDX list.`);
  }
  if (declared === null && concluded === null) return noLicences;
  return { declared: declared === null ? [] : [declared], concluded: concluded === null ? [] : [concluded] };
}

/** SPDX writes `SHA256` and `SHA3-256` where CycloneDX has `SHA-256` and `SHA3-256`. */
function hashesOf(list: unknown): SbomComponent['hashes'] {
  return asArray(list).flatMap((each) => {
    const [algorithm, value] = [textOf(asObject(each)?.['algorithm']), textOf(asObject(each)?.['checksumValue'])];
    return algorithm === null || value === null ? [] : [{ algorithm: algorithmName(algorithm), value: value.toLowerCase() }];
  });
}

/** The name of a hash algorithm as CycloneDX spells it. */
export function algorithmName(written: string): string {
  const plain = written
    .toUpperCase()
    .replace(/^SHA-?(\d)/, 'SHA-$1')
    .replace(/^SHA-3-?(?=\d{3}$)/, 'SHA3-')
    .replaceAll('_', '-');
  return plain.replace(/^BLAKE2B/, 'BLAKE2b');
}

function assertedOrNull(value: unknown): string | null {
  const text = textOf(value);
  return text === 'NOASSERTION' || text === 'NONE' ? null : text;
}

function textOf(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? null : text;
}

/** Relationships that say which package uses which, with the scope they give; `reversed` when the used one stands first. */
const dependencyTypes: ReadonlyMap<string, { readonly reversed: boolean; readonly scope: Scope }> = new Map([
  ['DEPENDS_ON', { reversed: false, scope: 'runtime' }],
  ['DEPENDENCY_OF', { reversed: true, scope: 'runtime' }],
  ['RUNTIME_DEPENDENCY_OF', { reversed: true, scope: 'runtime' }],
  ['BUILD_DEPENDENCY_OF', { reversed: true, scope: 'build' }],
  ['DEV_DEPENDENCY_OF', { reversed: true, scope: 'development' }],
  ['OPTIONAL_DEPENDENCY_OF', { reversed: true, scope: 'optional' }],
  ['PROVIDED_DEPENDENCY_OF', { reversed: true, scope: 'provided' }],
  ['TEST_DEPENDENCY_OF', { reversed: true, scope: 'test' }],
  ['HAS_PREREQUISITE', { reversed: false, scope: 'runtime' }],
  ['PREREQUISITE_FOR', { reversed: true, scope: 'runtime' }],
]);

type Related = Pick<SbomDocument, 'dependencies' | 'stated'> & { readonly described: readonly number[] };

/** What relationships say: scopes and containers are set where they belong, the rest is given. One that names something else is said. */
function withRelationships(head: Fields, relationships: Iterable<unknown>, reading: Reading): Related {
  const { list, documentId, log } = reading;
  const { components } = list;
  const described = new Set(describedBy(head, reading));
  const dependencies: (readonly [number, number])[] = [];
  const stated = new Set<number>();
  const scopes = new Map<number, Scope>();
  for (const entry of relationships) {
    const fields = asObject(entry) ?? {};
    const [from, to] = [asString(fields['spdxElementId']) ?? '', asString(fields['relatedSpdxElement']) ?? ''];
    const type = asString(fields['relationshipType']) ?? '';
    const stray = [from, to].find((id) => !isKnown(id, reading));
    if (stray !== undefined) {
      log.warning('unknown-ref', `A ${quoted(type)} relationship names ${quoted(stray)}, which is not in the document.`);
      continue;
    }
    const [first, second] = [list.meaning(from) ?? null, list.meaning(to) ?? null];
    if (type === 'DESCRIBES' && from === documentId && second !== null) described.add(second);
    if (type === 'DESCRIBED_BY' && to === documentId && first !== null) described.add(first);
    if (type === 'CONTAINS') contain(components, first, second);
    if (type === 'CONTAINED_BY') contain(components, second, first);
    const dependency = dependencyTypes.get(type);
    if (dependency === undefined) continue;
    const [user, used] = dependency.reversed ? [second, first] : [first, second];
    if (user !== null) stated.add(user);
    if (user === null || used === null) continue;
    if (user !== used) dependencies.push([user, used]);
    scopes.set(used, strongerScope(scopes.get(used) ?? dependency.scope, dependency.scope));
  }
  for (const [index, scope] of scopes) {
    const component = components[index];
    if (component !== undefined) component.scope = scope;
  }
  return { dependencies, stated: [...stated], described: [...described] };
}

/** The first container counts. */
function contain(components: readonly GrowingComponent[], whole: number | null, part: number | null): void {
  const component = part === null || part === whole ? undefined : components[part];
  if (component !== undefined && whole !== null) component.parent ??= whole;
}

function isKnown(id: string, { list, documentId }: Reading): boolean {
  return list.meaning(id) !== undefined || id === documentId || id === 'NONE' || id === 'NOASSERTION' || id.startsWith('DocumentRef-');
}

/** Indexes of the packages that the document itself says it describes. */
function describedBy(head: Fields, { list, log }: Reading): readonly number[] {
  return asArray(head['documentDescribes']).flatMap((each) => {
    const id = asString(each) ?? '';
    const meaning = list.meaning(id);
    if (meaning === undefined) log.warning('unknown-ref', `The document says it describes ${quoted(id)}, which is not in it.`);
    return meaning ?? [];
  });
}
