import { quoted } from '#model/problem.ts';
import { sbomComponentTypes, type SbomComponent, type SbomDocument } from '#model/sbom.ts';
import type { Scope } from '#model/reading.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import type { DocumentParts } from '#language/readers/json-parts.ts';
import type { ProblemLog } from '../problem-log.ts';
import { sourceOfProperties } from '../source-packages.ts';
import { componentList, namedComponent, type ComponentList, type GrowingComponent } from './component-list.ts';
import { completenessOf, headOf } from './cyclonedx-head.ts';
import { cycloneDxLicences } from './cyclonedx-licences.ts';
import { checkComponent, checkDocument } from './cyclonedx-shape.ts';
import { cycloneDxReported, cycloneDxStatements, notePart, noteWhole, type Place, type Places } from './cyclonedx-vex.ts';
import { namedByPurl, type Identity } from './named-by-purl.ts';
import type { SbomDetail } from './sbom-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The lists of a CycloneDX document that are long in practice. */
export const cycloneDxLists = ['components', 'dependencies', 'vulnerabilities'] as const;

type Reading = {
  readonly log: ProblemLog;
  readonly detail: SbomDetail;
  readonly specVersion: string | null;
  readonly list: ComponentList;
  readonly licences: ReturnType<typeof cycloneDxLicences>;
  /** Refs of the main component and its parts: what they use is direct. */
  readonly mainRefs: Set<string>;
  /** What refs stand for; null where the document speaks of no vulnerabilities. */
  readonly places: Places | null;
};

/** What a CycloneDX document says, given in the shape of its JSON whatever it is written in. https://cyclonedx.org/docs/1.7/json/ */
export function cycloneDxDocument({ head, list }: DocumentParts, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const vulnerabilities = [...(list('vulnerabilities') ?? [])].map((each) => asObject(each) ?? {});
  checkDocument(head, vulnerabilities, log);
  const metadata = asObject(head['metadata']) ?? {};
  const main = asObject(metadata['component']);
  const reading: Reading = {
    ...{ log, detail, specVersion: asString(head['specVersion']), list: componentList(), licences: cycloneDxLicences(), mainRefs: new Set() },
    places: vulnerabilities.length === 0 ? null : new Map(),
  };
  const subject = subjectOf(main, reading);
  noteMain(main, reading);
  noteServices(head['services'], reading);
  const whole = main === null || reading.places === null ? null : noteWhole(main, reading.places);
  addComponents(list('components'), { parent: null, product: whole }, reading);
  const { dependencies, stated } = linkDependencies(list('dependencies') ?? [], subject !== null, reading);
  const { components } = reading.list;
  // No inventory holds refs.
  if (detail !== 'whole') for (const each of components) each.ref = '';
  if (components.length === 0) log.warning('no-packages', 'The SBOM lists no component, so nothing is known of what it describes.');
  const places: Places = reading.places ?? new Map<string, Place>();
  return {
    standard: 'CycloneDX',
    ...headOf(head),
    subject,
    components,
    dependencies,
    stated,
    completeness: completenessOf(head['compositions']),
    statements: cycloneDxStatements(vulnerabilities, places, log),
    ...(vulnerabilities.length === 0 ? {} : { reported: cycloneDxReported(vulnerabilities, places) }),
    signed: head['signature'] !== undefined,
    problems: log.problems(),
  };
}

function subjectOf(main: Fields | null, reading: Reading): SbomComponent | null {
  const identity = main === null ? null : identityOf(main, reading);
  if (main === null || identity === null) return null;
  const ref = asString(main['bom-ref']) ?? '';
  return { ...componentOf(main, identity, null, reading), ref: ref === '' ? 'subject' : ref };
}

/** Where a component lies: in which other one, and what statements about it call the thing it is part of. */
type Within = { readonly parent: number | null; readonly product: string | null };

function addComponents(entries: Iterable<unknown> | null, within: Within, reading: Reading): void {
  if (entries === null) reading.log.error('not-a-list', 'The `components` of the SBOM are no list, so they were not read.');
  for (const entry of entries ?? []) {
    const fields = asObject(entry);
    if (fields === null) {
      reading.log.error('not-a-component', 'An entry of `components` is no object, so it was not read.');
      continue;
    }
    const index = addComponent(fields, within.parent, reading);
    const product = reading.places === null ? null : notePart(fields, within.product, reading.places);
    const parts = fields['components'];
    if (parts !== undefined && parts !== null) {
      addComponents(Array.isArray(parts) ? (parts as unknown[]) : null, { parent: index ?? within.parent, product }, reading);
    }
  }
}

function addComponent(fields: Fields, parent: number | null, reading: Reading): number | null {
  const { log, list, specVersion } = reading;
  const identity = identityOf(fields, reading);
  const ref = asString(fields['bom-ref']);
  checkComponent(fields, identity?.name ?? ref ?? '', specVersion, log);
  if (identity === null) {
    log.error(
      'unnamed-component',
      `A component${ref === null ? '' : ` (${quoted(ref)})`} has neither a name nor a purl that names it, so it was left out.`,
    );
    return null;
  }
  const written = asString(fields['purl']);
  if (written !== null && written !== '' && identity.purl === null) {
    log.warning('not-a-purl', `${quoted(written)} of component ${quoted(identity.name)} is no package URL.`);
  }
  if (ref === '') log.warning('empty-ref', 'A `bom-ref` is empty, so no dependency can name it.');
  else if (ref !== null && isTaken(ref, list)) sayTwice(ref, log);
  return list.add(componentOf(fields, identity, parent, reading), ref);
}

function isTaken(ref: string, list: ComponentList): boolean {
  const meaning = list.meaning(ref);
  return meaning !== undefined && meaning !== -1;
}

function sayTwice(ref: string, log: ProblemLog): void {
  log.warning('duplicate-ref', `Two components have the \`bom-ref\` ${quoted(ref)}; dependencies on it mean the first.`);
}

/** What the purl says comes first; group, name and version say it where there is none. */
function identityOf(fields: Fields, { detail }: Reading): Identity | null {
  const written = asString(fields['version'])?.trim() ?? '';
  const version = written === '' ? null : written;
  const byPurl = namedByPurl(asString(fields['purl']) ?? '', version, detail);
  if (byPurl !== null) return byPurl;
  const name = asString(fields['name'])?.trim() ?? '';
  const group = asString(fields['group'])?.trim() ?? '';
  return name === '' ? null : { ecosystem: null, name: group === '' ? name : `${group}/${name}`, version, purl: null };
}

function componentOf(fields: Fields, identity: Identity, parent: number | null, { detail, licences }: Reading): GrowingComponent {
  const component = namedComponent(identity);
  const source = identity.source ?? sourceOfProperties(fields['properties']);
  if (source !== null) component.source = source;
  component.type = sbomComponentTypes.find((each) => each === fields['type']) ?? null;
  component.range = identity.version === null ? asString(fields['versionRange']) : null;
  component.scope = scopeOf(fields);
  component.licences = licences(fields['licenses']);
  if (detail !== 'inventory-without-hashes') component.hashes = hashesOf(fields['hashes']);
  component.parent = parent;
  return detail === 'whole' ? Object.assign(component, moreOf(fields)) : component;
}

function hashesOf(list: unknown): SbomComponent['hashes'] {
  return asArray(list).flatMap((each) => {
    const [algorithm, value] = [asString(asObject(each)?.['alg']), asString(asObject(each)?.['content'])?.trim().toLowerCase() ?? ''];
    return algorithm === null || value === '' ? [] : [{ algorithm, value }];
  });
}

/** What no inventory holds. */
function moreOf(fields: Fields): Partial<SbomComponent> {
  const authors = [fields['author'], ...asArray(fields['authors']).map((each) => asObject(each)?.['name']), fields['publisher']];
  const cpe = textOf(fields['cpe']);
  return {
    cpes: cpe === null ? [] : [cpe],
    supplier: textOf(asObject(fields['supplier'])?.['name']),
    authors: [...new Set(authors.flatMap((each) => textOf(each) ?? []))],
    copyright: textOf(fields['copyright']),
    description: textOf(fields['description']),
    links: asArray(fields['externalReferences']).flatMap((each) => {
      const [type, url] = [textOf(asObject(each)?.['type']), textOf(asObject(each)?.['url'])];
      return type === null || url === null ? [] : [{ type, url }];
    }),
  };
}

function textOf(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? null : text;
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
  noteRef(main, -1, reading);
  const ref = asString(main['bom-ref']);
  if (ref !== null) reading.mainRefs.add(ref);
  for (const part of asArray(main['components'])) noteMain(asObject(part), reading);
}

function noteServices(list: unknown, reading: Reading): void {
  for (const entry of asArray(list)) {
    const service = asObject(entry) ?? {};
    noteRef(service, null, reading);
    noteServices(service['services'], reading);
  }
}

/** Remembers the ref of what is no component. */
function noteRef(fields: Fields, meaning: -1 | null, { list, log }: Reading): void {
  const ref = asString(fields['bom-ref']);
  if (ref === null) return;
  if (ref === '') log.warning('empty-ref', 'A `bom-ref` is empty, so no dependency can name it.');
  else if (!list.name(ref, meaning)) sayTwice(ref, log);
}

type Links = { readonly dependencies: SbomDocument['dependencies']; readonly stated: readonly number[] };

/** The graph, and whose dependencies it states. What the main component uses is the subject's, also where it is listed once more. */
function linkDependencies(entries: Iterable<unknown>, hasSubject: boolean, { list, mainRefs, detail, log }: Reading): Links {
  const dependencies: (readonly [number, number])[] = [];
  const stated = new Set<number>();
  for (const entry of entries) {
    const fields = asObject(entry) ?? {};
    const ref = asString(fields['ref']) ?? '';
    const meaning = list.meaning(ref);
    if (meaning === undefined) {
      log.warning(
        'unknown-ref',
        ref === '' ? 'A dependency does not say whose it is.' : `The dependencies name ${quoted(ref)}, which is no component.`,
      );
      continue;
    }
    const users = new Set([...(meaning === null || meaning === -1 ? [] : [meaning]), ...(hasSubject && mainRefs.has(ref) ? [-1] : [])]);
    if (detail === 'whole') for (const user of users) stated.add(user);
    for (const target of asArray(fields['dependsOn'])) {
      const name = asString(target) ?? '';
      const used = list.meaning(name);
      if (used === undefined && !isOtherBom(name)) log.warning('unknown-ref', `${quoted(ref)} depends on ${quoted(name)}, which is no component.`);
      if (used === undefined || used === null || used === -1) continue;
      for (const user of users) {
        if (user !== used) dependencies.push([user, used]);
      }
    }
  }
  return { dependencies, stated: [...stated] };
}

/** A BOM-Link names a component of another document. https://cyclonedx.org/capabilities/bomlink/ */
function isOtherBom(ref: string): boolean {
  return ref.startsWith('urn:cdx:');
}
