import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage, type Scope } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { isLicenceExpression, unknownLicenceId } from './shared/licence-expression.ts';
import { linkList, type LinkList } from './shared/link-list.ts';
import { strongerScope } from './shared/package-list.ts';
import { identityOfPurl } from './shared/purl-identity.ts';
import { sourceOfPurl, withSourcePackages, type SourcePackage } from './shared/source-packages.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** SPDX 2 SBOMs in JSON. */
export const spdx: Format = {
  id: 'spdx',
  version: 2,
  title: 'SPDX 2 SBOM (JSON)',
  kind: 'sbom',
  ecosystems: [],
  family: null,
  spec: 'https://spdx.github.io/spdx-spec/v2.3/',
  reads: 'Packages of SPDX 2.2 and 2.3 with purl, licences and relationships; the one package that the document describes as subject.',
  cannotSee: 'Files and snippets; SPDX 3 and the tag-value, YAML and RDF forms of SPDX 2.',
  matchesPath: (path) => /[^/]\.spdx\.json$/i.test(path),
  matchesContent: (head) => /"spdxVersion"\s*:\s*"SPDX-2/.test(head),
  parse: readSpdx,
};

type Fields = Readonly<Record<string, unknown>>;
type Reading = {
  readonly log: ProblemLog;
  readonly packages: ReadPackage[];
  /** Beside `packages`: what each was built from, where that is known. */
  readonly sources: (SourcePackage | null)[];
  /** Index of each package by SPDX id; null for files and snippets, which are known but are no packages. */
  readonly ids: Map<string, number | null>;
};

function readSpdx(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const version = asString(document?.['spdxVersion']);
  if (document === null || (version === null && document['SPDXID'] === undefined)) {
    log.error('not-this-format', 'The file is JSON but no SPDX 2 document: it has neither `spdxVersion` nor `SPDXID`.');
    return unread(...log.problems());
  }
  if (version === null || !/^SPDX-2\.\d/.test(version)) {
    log.warning('unknown-version', `The SBOM says it is of version ${quoted(version ?? '')}; it was read as SPDX 2.3.`);
  }
  const creation = asObject(document['creationInfo']) ?? {};
  if (!Array.isArray(creation['creators'])) log.warning('no-creators', 'The SBOM does not list who made it.');
  const reading: Reading = { log, packages: [], sources: [], ids: new Map() };
  addPackages(document['packages'], reading);
  for (const list of ['files', 'snippets']) {
    for (const each of asArray(document[list])) noteId(asObject(each) ?? {}, null, reading);
  }
  if (reading.packages.length === 0) log.warning('no-packages', 'The SBOM lists no package, so nothing is known of what it describes.');
  return { ...withRelationships(document, reading), ...createdAtOf(creation), problems: log.problems() };
}

function createdAtOf(creation: Fields): Pick<ReadingResult, 'createdAt'> {
  const created = asString(creation['created']);
  return created === null || Number.isNaN(Date.parse(created)) ? {} : { createdAt: created };
}

function addPackages(list: unknown, reading: Reading): void {
  const { log, packages } = reading;
  if (list !== undefined && !Array.isArray(list)) log.error('not-a-list', 'The `packages` of the SBOM are no list, so they were not read.');
  for (const entry of asArray(list)) {
    const fields = asObject(entry) ?? {};
    const id = asString(fields['SPDXID']) ?? '';
    const identity = identityOf(fields, log);
    if (identity === null) {
      log.error('unnamed-package', `Package ${quoted(id)} has neither a name nor a purl, so it was left out.`);
      continue;
    }
    const hashes = hashesOf(asArray(fields['checksums']).map((each) => asObject(each)?.['checksumValue']));
    packages.push({ ...identity, scope: 'runtime', direct: null, licences: licencesOf(fields, identity.name, log), ...hashes });
    reading.sources.push(
      purlsOf(fields)
        .map(sourceOfPurl)
        .find((source) => source !== null) ?? null,
    );
    noteId(fields, packages.length - 1, reading);
  }
}

/** What the purl says comes first; name and version say it where there is none. */
function identityOf(fields: Fields, log: ProblemLog): Pick<ReadPackage, 'ecosystem' | 'name' | 'version' | 'purl'> | null {
  const name = asString(fields['name'])?.trim() ?? '';
  const version = assertedOrNull(fields['versionInfo']);
  for (const purl of purlsOf(fields)) {
    const identity = identityOfPurl(purl);
    if (identity !== null) return { ...identity, version: identity.version ?? version };
    log.warning('not-a-purl', `${quoted(purl)} of package ${quoted(name)} is no package URL.`);
  }
  return name === '' ? null : { ecosystem: null, name, version, purl: null };
}

function purlsOf(fields: Fields): readonly string[] {
  return asArray(fields['externalRefs']).flatMap((each) => {
    const reference = asObject(each) ?? {};
    const locator = asString(reference['referenceLocator']);
    return locator !== null && /(?:^|[#/])purl$/.test(asString(reference['referenceType']) ?? '') ? [locator] : [];
  });
}

/** Declared licence first, the concluded one beside it where it differs. `NOASSERTION` and `NONE` are no licences. */
function licencesOf(fields: Fields, name: string, log: ProblemLog): readonly string[] {
  const written = [fields['licenseDeclared'], fields['licenseConcluded']].map(assertedOrNull);
  const licences = [...new Set(written.filter((each) => each !== null))];
  for (const licence of licences) {
    const unknown = unknownLicenceId(licence);
    if (!isLicenceExpression(licence)) log.warning('bad-licence', `The licence ${quoted(licence)} of package ${quoted(name)} is no SPDX expression.`);
    else if (unknown !== null)
      log.warning('unknown-licence', `The licence id ${quoted(unknown)} of package ${quoted(name)} is not on the SPDX list.`);
  }
  return licences;
}

function assertedOrNull(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' || text === 'NOASSERTION' || text === 'NONE' ? null : text;
}

/** Remembers an element's SPDX id. The first of two equal ones keeps it. */
function noteId(fields: Fields, index: number | null, { ids, log }: Reading): void {
  const id = asString(fields['SPDXID']);
  if (id === null || id === '') log.warning('no-id', 'An element has no SPDX id, so no relationship can name it.');
  else if (!ids.has(id)) ids.set(id, index);
  else if (index !== null) log.warning('duplicate-id', `Two elements have the SPDX id ${quoted(id)}; relationships with it mean the first.`);
}

type Relationship = { readonly from: string; readonly to: string; readonly type: string };

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

function withRelationships(document: Fields, reading: Reading): Pick<ReadingResult, 'packages' | 'edges' | 'subject'> {
  const { packages } = reading;
  const relationships = relationshipsOf(document, reading);
  const roots = rootsOf(document, relationships, reading);
  const links = linkList();
  const scopes = new Map<number, Scope>();
  const direct = new Set<number>();
  let rootSaysDependencies = false;
  for (const { from, to, type } of relationships) {
    const dependency = dependencyTypes.get(type);
    if (dependency === undefined) {
      linkContents(type, reading.ids.get(from) ?? null, reading.ids.get(to) ?? null, links);
      continue;
    }
    const user = reading.ids.get(dependency.reversed ? to : from) ?? null;
    const used = reading.ids.get(dependency.reversed ? from : to) ?? null;
    if (user === null || used === null) continue;
    links.add(user, used);
    scopes.set(used, strongerScope(scopes.get(used) ?? dependency.scope, dependency.scope));
    if (roots.has(user)) {
      rootSaysDependencies = true;
      direct.add(used);
    }
  }
  const [root] = roots.size === 1 ? roots : [];
  const main = root === undefined ? undefined : packages[root];
  const judged = packages.map((pkg, index) => ({
    ...pkg,
    scope: scopes.get(index) ?? pkg.scope,
    direct: rootSaysDependencies ? direct.has(index) : null,
  }));
  return {
    ...withSourcePackages(judged, links.edges(), reading.sources),
    ...(main === undefined ? {} : { subject: { name: main.name, version: main.version, purl: main.purl } }),
  };
}

function linkContents(type: string, from: number | null, to: number | null, links: LinkList): void {
  if (from === null || to === null) return;
  if (type === 'CONTAINS') links.add(from, to);
  if (type === 'CONTAINED_BY') links.add(to, from);
}

/** The relationships whose two ends are in the document; one that names something else is said. */
function relationshipsOf(document: Fields, { ids, log }: Reading): readonly Relationship[] {
  const documentId = asString(document['SPDXID']) ?? 'SPDXRef-DOCUMENT';
  const isKnown = (id: string): boolean => ids.has(id) || id === documentId || id === 'NONE' || id === 'NOASSERTION' || id.startsWith('DocumentRef-');
  const known: Relationship[] = [];
  for (const entry of asArray(document['relationships'])) {
    const fields = asObject(entry) ?? {};
    const from = asString(fields['spdxElementId']) ?? '';
    const to = asString(fields['relatedSpdxElement']) ?? '';
    const type = asString(fields['relationshipType']) ?? '';
    const stray = [from, to].find((id) => !isKnown(id));
    if (stray === undefined) known.push({ from, to, type });
    else log.warning('unknown-ref', `A ${quoted(type)} relationship names ${quoted(stray)}, which is not in the document.`);
  }
  return known;
}

/** Indexes of the packages that the document says it describes. */
function rootsOf(document: Fields, relationships: readonly Relationship[], { ids, log }: Reading): ReadonlySet<number> {
  const documentId = asString(document['SPDXID']) ?? 'SPDXRef-DOCUMENT';
  const described: string[] = [];
  for (const each of asArray(document['documentDescribes'])) {
    const id = asString(each) ?? '';
    if (ids.has(id)) described.push(id);
    else log.warning('unknown-ref', `The document says it describes ${quoted(id)}, which is not in it.`);
  }
  for (const { from, to, type } of relationships) {
    if (type === 'DESCRIBES' && from === documentId) described.push(to);
    if (type === 'DESCRIBED_BY' && to === documentId) described.push(from);
  }
  return new Set(described.flatMap((id) => ids.get(id) ?? []));
}
