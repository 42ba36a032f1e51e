import { quoted } from '#model/problem.ts';
import type { Format, InputFile } from '#model/format.ts';
import type { Reported } from '#model/reading.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readJsonParts, type DocumentParts } from '#language/readers/json-parts.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { componentList, namedComponent, type GrowingComponent } from './shared/sbom/component-list.ts';
import { namedByPurl } from './shared/sbom/named-by-purl.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Trivy's own JSON, of images, file systems and repositories. */
export const trivy: Format = sbomFormat(
  {
    id: 'trivy',
    version: 1,
    title: 'Trivy JSON',
    spec: 'https://trivy.dev/latest/docs/configuration/reporting/#json',
    reads:
      'Packages of all targets with purl, licences, source packages and what they depend on; the scanned artifact as subject; the vulnerabilities that Trivy found.',
    cannotSee: 'Packages of a report made without `--list-all-pkgs`; misconfigurations and secrets.',
    matchesPath: (path) => /(?:^|\/)(?:[^/]+\.)?trivy\.json$/i.test(path),
    matchesContent: (head) => /"SchemaVersion"\s*:/.test(head) && /"(?:ArtifactName|ArtifactType|Results)"\s*:/.test(head),
  },
  (file: InputFile, detail: SbomDetail) =>
    readSbom('other', file, (log) => {
      const read = readJsonParts(file.bytes, ['Results']);
      if (!read.ok) return read.error;
      if (read.value !== null && read.value.head['SchemaVersion'] !== undefined) return trivyDocument(read.value, detail, log);
      return { code: 'not-this-format', message: 'The file is JSON but no report of Trivy: it has no `SchemaVersion`.' };
    }),
);

function trivyDocument({ head, list }: DocumentParts, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const { components, add, meaning } = componentList();
  const [dependencies, direct] = [[] as (readonly [number, number])[], [] as number[]];
  const reported: Reported[] = [];
  const results = list('Results');
  if (results === null) log.error('not-a-list', 'The `Results` of the report are no list, so they were not read.');
  for (const each of results ?? []) {
    const result = asObject(each) ?? {};
    const target = asString(result['Target']) ?? '';
    const packages = asArray(result['Packages']).map((entry) => asObject(entry) ?? {});
    const found = asArray(result['Vulnerabilities']).flatMap((entry) => reportedOf(asObject(entry) ?? {}));
    reported.push(...found);
    if (packages.length === 0 && found.length > 0) {
      log.error(
        'no-package-list',
        `The report lists what is wrong with ${quoted(target)} and not what is in it. Have Trivy write it with --list-all-pkgs.`,
      );
    }
    const first = components.length;
    for (const fields of packages) {
      const component = componentOf(fields, detail);
      if (component === null) log.error('unnamed-component', `A package of ${quoted(target)} has no name, so it was left out.`);
      else if (fields['Relationship'] === 'direct') direct.push(add(component, refOf(target, fields)));
      else add(component, refOf(target, fields));
    }
    for (const fields of packages) {
      const user = meaning(refOf(target, fields));
      if (typeof user !== 'number' || user < first) continue;
      for (const id of asArray(fields['DependsOn'])) {
        const used = meaning(`${target}#${asString(id) ?? ''}`);
        if (typeof used === 'number' && used !== user) dependencies.push([user, used]);
      }
    }
  }
  if (components.length === 0) log.warning('no-packages', 'The report lists no package, so nothing is known of what it describes.');
  const subject = subjectOf(head);
  if (subject !== null) dependencies.push(...direct.map((to) => [-1, to] as const));
  const created = asString(head['CreatedAt']);
  return {
    standard: 'other',
    specVersion: typeof head['SchemaVersion'] === 'number' ? String(head['SchemaVersion']) : null,
    ...{ serial: null, revision: null, authors: [], lifecycles: [], statements: [], signed: false, completeness: 'unknown' },
    name: asString(head['ArtifactName']),
    createdAt: created === null || Number.isNaN(Date.parse(created)) ? null : created,
    tools: ['trivy'],
    subject,
    components,
    dependencies,
    stated: [...new Set(dependencies.map(([from]) => from))],
    ...(reported.length === 0 ? {} : { reported }),
    problems: log.problems(),
  };
}

function subjectOf(head: Fields): SbomComponent | null {
  const name = asString(head['ArtifactName'])?.trim() ?? '';
  if (name === '') return null;
  const type = head['ArtifactType'] === 'container_image' ? 'container' : 'application';
  return { ...namedComponent({ ecosystem: null, name, version: null, purl: null }), ref: 'subject', type };
}

/** Ids are unique in their target; before them names were. */
function refOf(target: string, fields: Fields): string {
  return `${target}#${asString(fields['ID']) ?? `${asString(fields['Name']) ?? ''}@${asString(fields['Version']) ?? ''}`}`;
}

function componentOf(fields: Fields, detail: SbomDetail): GrowingComponent | null {
  const [name, version] = [asString(fields['Name'])?.trim() ?? '', versionOf(fields, '')];
  const identity =
    namedByPurl(asString(asObject(fields['Identifier'])?.['PURL']) ?? '', version, detail) ??
    (name === '' ? null : { ecosystem: null, name, version, purl: null });
  if (identity === null) return null;
  const component = namedComponent(identity);
  const source = asString(fields['SrcName'])?.trim() ?? '';
  if (source !== '' && component.source === undefined) component.source = { name: source, version: versionOf(fields, 'Src') };
  component.type = 'library';
  if (fields['Dev'] === true) component.scope = 'development';
  component.licences = { declared: asArray(fields['Licenses']).flatMap((each) => asString(each) ?? []), concluded: [] };
  const [, algorithm, digest] = /^(sha\d+|md5):([0-9a-f]+)$/i.exec(asString(fields['Digest']) ?? '') ?? [];
  if (algorithm !== undefined && digest !== undefined) {
    component.hashes = [{ algorithm: algorithm.toUpperCase().replace(/^SHA/, 'SHA-'), value: digest.toLowerCase() }];
  }
  return component;
}

/** The version with its epoch and release, which stand apart; null when there is none. */
function versionOf(fields: Fields, prefix: '' | 'Src'): string | null {
  const version = asString(fields[`${prefix}Version`]) ?? '';
  const [epoch, release] = [fields[`${prefix}Epoch`], asString(fields[`${prefix}Release`]) ?? ''];
  if (version === '') return null;
  return `${typeof epoch === 'number' && epoch > 0 ? `${String(epoch)}:` : ''}${version}${release === '' ? '' : `-${release}`}`;
}

function reportedOf(fields: Fields): readonly Reported[] {
  const id = asString(fields['VulnerabilityID']);
  const purl = asString(asObject(fields['PkgIdentifier'])?.['PURL']);
  return id === null || purl === null ? [] : [{ ids: [id, ...asArray(fields['VendorIDs']).flatMap((each) => asString(each) ?? [])], purl }];
}
