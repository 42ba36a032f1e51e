import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult, type ReadPackage, type Scope } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { cycloneDxLicences } from './shared/cyclonedx-licences.ts';
import { checkComponent, checkDocument } from './shared/cyclonedx-shape.ts';
import { cycloneDxReported, cycloneDxStatements } from './shared/cyclonedx-vex.ts';
import { hashesOf } from './shared/hashes-of.ts';
import { identityOfPurl } from './shared/purl-identity.ts';
import { sourceOfProperties, sourceOfPurl, withSourcePackages, type SourcePackage } from './shared/source-packages.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { linkList, type LinkList } from './shared/link-list.ts';

/** CycloneDX SBOMs in JSON. */
export const cyclonedx: Format = {
  id: 'cyclonedx',
  version: 3,
  title: 'CycloneDX SBOM (JSON)',
  kind: 'sbom',
  ecosystems: [],
  family: null,
  spec: 'https://cyclonedx.org/docs/1.6/json/',
  reads:
    'Components of versions 1.2 to 1.7, nested ones included, with purl, scope, declared licences and the dependency graph; the main component as subject; VEX statements, for `decisions import`.',
  cannotSee: 'Services, and vulnerabilities without an analysis; what the tool that wrote the SBOM left out.',
  matchesPath: (path) => /(?:^|\/)(?:bom\.json|[^/]+\.(?:cdx|cyclonedx|bom)\.json|[^/]+\.cdxjson)$/i.test(path),
  matchesContent: (head) => /"bomFormat"\s*:\s*"CycloneDX"/.test(head),
  parse: readCycloneDx,
};

type Fields = Readonly<Record<string, unknown>>;
type Reading = {
  readonly log: ProblemLog;
  readonly specVersion: string | null;
  readonly links: LinkList;
  readonly packages: ReadPackage[];
  /** Beside `packages`: what each was built from, where that is known. */
  readonly sources: (SourcePackage | null)[];
  /** Index of the package by `bom-ref`; null for a ref that means something else: the main component and its parts, a service. */
  readonly refs: Map<string, number | null>;
  /** Refs of the main component and its parts: what they use is direct. */
  readonly mainRefs: Set<string>;
};

function readCycloneDx(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const bom = asObject(read.value);
  if (bom?.['bomFormat'] !== 'CycloneDX') {
    log.error('not-this-format', 'The file is JSON but no CycloneDX document: its `bomFormat` is not "CycloneDX".');
    return unread(...log.problems());
  }
  checkDocument(bom, log);
  const reading: Reading = {
    log,
    specVersion: asString(bom['specVersion']),
    links: linkList(),
    packages: [],
    sources: [],
    refs: new Map(),
    mainRefs: new Set(),
  };
  const metadata = asObject(bom['metadata']) ?? {};
  const main = asObject(metadata['component']);
  noteMain(main, reading);
  noteServices(bom['services'], reading);
  addComponents(bom['components'], reading);
  const direct = linkDependencies(bom['dependencies'], reading);
  if (reading.packages.length === 0) log.warning('no-packages', 'The SBOM lists no component, so nothing is known of what it describes.');
  const createdAt = asString(metadata['timestamp']);
  const [statements, reported] = [cycloneDxStatements(bom, log), cycloneDxReported(bom)];
  const packages = direct === null ? reading.packages : reading.packages.map((pkg, index) => ({ ...pkg, direct: direct.has(index) }));
  return {
    ...withSourcePackages(packages, reading.links.edges(), reading.sources),
    problems: log.problems(),
    ...(main === null ? {} : subjectOf(main)),
    ...(createdAt === null || Number.isNaN(Date.parse(createdAt)) ? {} : { createdAt }),
    ...(statements === undefined ? {} : { statements }),
    ...(reported === undefined ? {} : { reported }),
  };
}

function subjectOf(main: Fields): Pick<ReadingResult, 'subject'> {
  const identity = identityOf(main);
  return identity === null ? {} : { subject: { name: identity.name, version: identity.version, purl: identity.purl } };
}

function addComponents(list: unknown, reading: Reading): void {
  if (list !== undefined && list !== null && !Array.isArray(list)) {
    reading.log.error('not-a-list', 'The `components` of the SBOM are no list, so they were not read.');
  }
  for (const entry of asArray(list)) {
    const fields = asObject(entry);
    if (fields === null) {
      reading.log.error('not-a-component', 'An entry of `components` is no object, so it was not read.');
      continue;
    }
    addComponent(fields, reading);
    addComponents(fields['components'], reading);
  }
}

function addComponent(fields: Fields, reading: Reading): void {
  const { log, packages, specVersion } = reading;
  const identity = identityOf(fields);
  const ref = asString(fields['bom-ref']);
  checkComponent(fields, identity?.name ?? ref ?? '', specVersion, log);
  if (identity === null) {
    log.error(
      'unnamed-component',
      `A component${ref === null ? '' : ` (${quoted(ref)})`} has neither a name nor a purl that names it, so it was left out.`,
    );
    return;
  }
  const written = asString(fields['purl']);
  if (written !== null && written !== '' && identity.purl === null) {
    log.warning('not-a-purl', `${quoted(written)} of component ${quoted(identity.name)} is no package URL.`);
  }
  const range = identity.version === null ? asString(fields['versionRange']) : null;
  packages.push({
    ecosystem: identity.ecosystem,
    name: identity.name,
    version: identity.version,
    ...(range === null ? {} : { range }),
    purl: identity.purl,
    scope: scopeOf(fields),
    direct: null,
    licences: cycloneDxLicences(fields['licenses']),
    ...hashesOf(asArray(fields['hashes']).map((each) => asObject(each)?.['content'])),
  });
  reading.sources.push(sourceOfPurl(written ?? '') ?? sourceOfProperties(fields['properties']));
  noteRef(fields, packages.length - 1, reading);
}

type Identity = Pick<ReadPackage, 'ecosystem' | 'name' | 'version' | 'purl'>;

/** What the purl says comes first; group, name and version say it where there is none. */
function identityOf(fields: Fields): Identity | null {
  const version = asString(fields['version'])?.trim() ?? '';
  const byPurl = identityOfPurl(asString(fields['purl']) ?? '');
  if (byPurl !== null) return { ...byPurl, version: byPurl.version ?? (version === '' ? null : version) };
  const name = asString(fields['name'])?.trim() ?? '';
  const group = asString(fields['group'])?.trim() ?? '';
  if (name === '') return null;
  return { ecosystem: null, name: group === '' ? name : `${group}/${name}`, version: version === '' ? null : version, purl: null };
}

/** `excluded` documents test and other use outside run time, and cyclonedx-npm marks development by a property. */
function scopeOf(fields: Fields): Scope {
  const isDevelopment = asArray(fields['properties']).some((each) => {
    const property = asObject(each);
    return property?.['name'] === 'cdx:npm:package:development' && property['value'] === 'true';
  });
  if (isDevelopment || fields['scope'] === 'excluded') return 'development';
  return fields['scope'] === 'optional' ? 'optional' : 'runtime';
}

/** The main component may be made of others, as a build is of its modules; they are the subject too, and no packages that it uses. */
function noteMain(main: Fields | null, reading: Reading): void {
  if (main === null) return;
  const ref = asString(main['bom-ref']);
  if (ref !== null) reading.mainRefs.add(ref);
  noteRef(main, null, reading);
  for (const part of asArray(main['components'])) noteMain(asObject(part), reading);
}

function noteServices(list: unknown, reading: Reading): void {
  for (const entry of asArray(list)) {
    const service = asObject(entry) ?? {};
    noteRef(service, null, reading);
    noteServices(service['services'], reading);
  }
}

/** Remembers a component's `bom-ref`. The first of two equal ones keeps it, unless the first is the main component, listed once more. */
function noteRef(fields: Fields, index: number | null, { refs, mainRefs, log }: Reading): void {
  const ref = asString(fields['bom-ref']);
  if (ref === null) return;
  if (ref === '') log.warning('empty-ref', 'A `bom-ref` is empty, so no dependency can name it.');
  else if (!refs.has(ref) || (mainRefs.has(ref) && refs.get(ref) === null)) refs.set(ref, index);
  else log.warning('duplicate-ref', `Two components have the \`bom-ref\` ${quoted(ref)}; dependencies on it mean the first.`);
}

/** Adds the edges of the graph; gives what the main component uses itself, null when the graph does not say. */
function linkDependencies(list: unknown, { refs, mainRefs, links, log }: Reading): ReadonlySet<number> | null {
  let direct: Set<number> | null = null;
  for (const entry of asArray(list)) {
    const fields = asObject(entry) ?? {};
    const ref = asString(fields['ref']) ?? '';
    const from = refs.get(ref);
    if (from === undefined) {
      log.warning(
        'unknown-ref',
        ref === '' ? 'A dependency does not say whose it is.' : `The dependencies name ${quoted(ref)}, which is no component.`,
      );
      continue;
    }
    const isMain = mainRefs.has(ref);
    if (isMain && Array.isArray(fields['dependsOn'])) direct ??= new Set();
    for (const target of asArray(fields['dependsOn'])) {
      const name = asString(target) ?? '';
      const to = refs.get(name);
      if (to === undefined && !isOtherBom(name)) log.warning('unknown-ref', `${quoted(ref)} depends on ${quoted(name)}, which is no component.`);
      if (to === undefined || to === null) continue;
      if (from !== null) links.add(from, to);
      if (isMain) direct?.add(to);
    }
  }
  return direct;
}

/** A BOM-Link names a component of another document. https://cyclonedx.org/capabilities/bomlink/ */
function isOtherBom(ref: string): boolean {
  return ref.startsWith('urn:cdx:');
}
