import { quoted } from '#model/problem.ts';
import type { Format, InputFile } from '#model/format.ts';
import type { SbomComponent, SbomDocument } from '#model/sbom.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readJsonParts, type DocumentParts } from '#language/readers/json-parts.ts';
import type { ProblemLog } from './shared/problem-log.ts';
import { componentList, namedComponent } from './shared/sbom/component-list.ts';
import { namedByPurl } from './shared/sbom/named-by-purl.ts';
import { readSbom } from './shared/sbom/read-sbom.ts';
import { sbomFormat, type SbomDetail } from './shared/sbom/sbom-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Syft's own JSON. */
export const syft: Format = sbomFormat(
  {
    id: 'syft',
    version: 1,
    title: 'Syft JSON',
    spec: 'https://github.com/anchore/syft/tree/main/schema/json',
    reads: 'Artifacts with purl, CPEs and licences, what they depend on, and the source that was scanned as subject.',
    cannotSee: 'Files, and which file an artifact was found in.',
    matchesPath: (path) => /[^/]\.syft\.json$/i.test(path),
    matchesContent: (head) => /"artifacts"\s*:\s*\[/.test(head) && /"(?:foundBy|artifactRelationships)"\s*:/.test(head),
  },
  (file: InputFile, detail: SbomDetail) =>
    readSbom('other', file, (log) => {
      const read = readJsonParts(file.bytes, ['artifacts', 'artifactRelationships', 'files']);
      if (!read.ok) return read.error;
      const head: Fields = read.value?.head ?? {};
      const isSyft = asObject(head['source']) !== null || asObject(head['descriptor'])?.['name'] === 'syft';
      if (read.value !== null && isSyft) return syftDocument(read.value, detail, log);
      return { code: 'not-this-format', message: 'The file is JSON but none of Syft: it has neither a `source` nor a `descriptor` of Syft.' };
    }),
);

function syftDocument({ head, list }: DocumentParts, detail: SbomDetail, log: ProblemLog): SbomDocument {
  const components = componentList();
  const source = asObject(head['source']) ?? {};
  const sourceId = asString(source['id']) ?? '';
  if (sourceId !== '') components.name(sourceId, -1);
  const artifacts = list('artifacts');
  if (artifacts === null) log.error('not-a-list', 'The `artifacts` of the file are no list, so they were not read.');
  for (const each of artifacts ?? []) {
    const fields = asObject(each) ?? {};
    const component = componentOf(fields, detail);
    if (component === null) log.error('unnamed-component', `An artifact (${quoted(asString(fields['id']) ?? '')}) has no name, so it was left out.`);
    else components.add(component, asString(fields['id']));
  }
  if (components.components.length === 0) log.warning('no-packages', 'The file lists no artifact, so nothing is known of what it describes.');
  const descriptor = asObject(head['descriptor']) ?? {};
  const tool = [asString(descriptor['name']), asString(descriptor['version'])].filter((each) => each !== null).join(' ');
  const dependencies = dependenciesOf(list('artifactRelationships') ?? [], components.meaning);
  return {
    standard: 'other',
    specVersion: asString(asObject(head['schema'])?.['version']),
    ...{ serial: null, revision: null, createdAt: null, authors: [], lifecycles: [], statements: [], signed: false, completeness: 'unknown' },
    name: textOf(source['name']),
    tools: tool === '' ? [] : [tool],
    subject: subjectOf(source),
    components: components.components,
    dependencies,
    stated: [...new Set(dependencies.map(([from]) => from))],
    problems: log.problems(),
  };
}

function subjectOf(source: Fields): SbomComponent | null {
  const name = textOf(source['name']);
  if (name === null) return null;
  const subject = namedComponent({ ecosystem: null, name, version: textOf(source['version']), purl: null });
  return { ...subject, ref: textOf(source['id']) ?? 'subject', type: source['type'] === 'image' ? 'container' : null };
}

function componentOf(fields: Fields, detail: SbomDetail) {
  const [name, version] = [textOf(fields['name']), textOf(fields['version'])];
  const identity =
    namedByPurl(asString(fields['purl']) ?? '', version, detail) ?? (name === null ? null : { ecosystem: null, name, version, purl: null });
  if (identity === null) return null;
  const component = namedComponent(identity);
  component.type = typesOfArtifacts[asString(fields['type']) ?? ''] ?? 'library';
  component.licences = licencesOf(fields['licenses']);
  if (detail === 'whole') component.cpes = asArray(fields['cpes']).flatMap((each) => asString(each) ?? asString(asObject(each)?.['cpe']) ?? []);
  return component;
}

const typesOfArtifacts: Readonly<Record<string, SbomComponent['type']>> = { binary: 'application', 'linux-kernel': 'operating-system' };

/** Texts until Syft 0.84, since then objects that say whether they are declared or concluded. */
function licencesOf(list: unknown): SbomComponent['licences'] {
  const [declared, concluded] = [new Set<string>(), new Set<string>()];
  for (const each of asArray(list)) {
    const fields = asObject(each);
    const written = fields === null ? textOf(each) : (textOf(fields['spdxExpression']) ?? textOf(fields['value']));
    if (written !== null) (fields?.['type'] === 'concluded' ? concluded : declared).add(written);
  }
  return { declared: [...declared], concluded: [...concluded] };
}

/** `dependency-of` leads from what is used to what uses it. */
function dependenciesOf(relationships: Iterable<unknown>, meaning: (ref: string) => number | null | undefined): SbomDocument['dependencies'] {
  const dependencies: (readonly [number, number])[] = [];
  for (const each of relationships) {
    const fields = asObject(each) ?? {};
    if (fields['type'] !== 'dependency-of') continue;
    const [used, user] = [meaning(asString(fields['parent']) ?? ''), meaning(asString(fields['child']) ?? '')];
    // Relations to files and the like are of no package.
    if (typeof used === 'number' && typeof user === 'number' && used >= 0 && used !== user) dependencies.push([user, used]);
  }
  return dependencies;
}

function textOf(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return text === '' ? null : text;
}
