import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/**
 * The repository configuration of the OSS Review Toolkit, as its schema has it
 * (https://github.com/oss-review-toolkit/ort/blob/main/integrations/schemas/repository-configuration-schema.json).
 */
export const ortYml: Format = {
  id: 'ort-yml',
  version: 1,
  title: '.ort.yml',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://oss-review-toolkit.org/ort/docs/configuration/ort-yml',
  reads:
    'Licences that curations of packages conclude; resolved rule violations that name one package; licence choices of packages, and those of the repository that say what was given.',
  cannotSee:
    'Corrections of single files, resolved issues, rule violations whose pattern means several packages, package configurations, snippet choices, exclusions.',
  matchesPath: (path) => /(?:^|\/)\.?ort\.ya?ml$/.test(path),
  parse: readConfiguration,
};

type Fields = Readonly<Record<string, unknown>>;

const sections = new Set([
  'analyzer',
  'includes',
  'excludes',
  'resolutions',
  'curations',
  'package_configurations',
  'license_choices',
  'snippet_choices',
]);

function readConfiguration(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readYaml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  if (document === null || !Object.keys(document).some((key) => sections.has(key))) {
    log.error('not-this-format', 'The file is YAML but no repository configuration of ORT.');
    return unread(...log.problems());
  }
  for (const key of Object.keys(document))
    if (!sections.has(key)) log.warning('unknown-section', `The section ${quoted(key)} is none of ORT and was not read.`);
  const list = approvalList(log);
  const [curations, resolutions] = [asObject(document['curations']) ?? {}, asObject(document['resolutions']) ?? {}];
  const choices = asObject(document['license_choices']) ?? {};
  for (const [at, each] of asArray(curations['packages']).entries()) addCuration(asObject(each) ?? {}, `Curation ${String(at + 1)}`, list, log);
  for (const [at, each] of asArray(resolutions['rule_violations']).entries())
    addResolution(asObject(each) ?? {}, `Resolution ${String(at + 1)}`, list, log);
  for (const [at, each] of asArray(choices['package_license_choices']).entries()) {
    const [choice, where] = [asObject(each) ?? {}, `Choice ${String(at + 1)}`];
    const named = packageOfId(asString(choice['package_id']) ?? '');
    if (named === null)
      log.warning('no-package', `${where}: ${quoted(asString(choice['package_id']) ?? '')} is no package known here, so it was left out.`);
    else for (const one of asArray(choice['license_choices'])) addChoice(asObject(one) ?? {}, named, where, list, log);
  }
  for (const [at, each] of asArray(choices['repository_license_choices']).entries())
    addChoice(asObject(each) ?? {}, null, `Choice ${String(at + 1)} of the repository`, list, log);
  const ofFiles: readonly (readonly [entries: unknown, what: string])[] = [
    [curations['license_findings'], 'corrections of single files'],
    [resolutions['issues'], 'resolved issues of the tool'],
    [resolutions['vulnerabilities'], 'resolved vulnerabilities, which are no matter of licences'],
    [document['package_configurations'], 'package configurations, which correct single files'],
    [document['snippet_choices'], 'choices of snippets'],
  ];
  for (const [entries, what] of ofFiles) asArray(entries).forEach(() => list.leaveOut(what));
  return list.result();
}

type Named = { readonly package: string; readonly range: string | null };

function addCuration(entry: Fields, where: string, list: ApprovalList, log: ProblemLog): void {
  const said = asObject(entry['curations']) ?? {};
  const licence = asString(said['concluded_license']);
  const named = packageOfId(asString(entry['id']) ?? '');
  if (licence === null) list.leaveOut('curations that conclude no licence');
  else if (named === null)
    log.warning('no-package', `${where}: ${quoted(asString(entry['id']) ?? '')} is no package known here, so it was left out.`);
  else list.add({ says: 'concluded', ...named, licence, reason: asString(said['comment']), everywhere: true }, where);
}

function addResolution(entry: Fields, where: string, list: ApprovalList, log: ProblemLog): void {
  const pattern = asString(entry['message']) ?? '';
  const named = packageInPattern(pattern);
  if (named === null) {
    log.warning('not-one-package', `${where}: the pattern ${quoted(pattern)} does not name one package version, so it was left out.`);
    return;
  }
  const reasons = [asString(entry['comment']), asString(entry['reason'])].filter((each) => each !== null);
  list.add({ says: 'approved', ...named, reason: [...reasons, `Resolves: ${pattern}`].join('\n') }, where);
}

function addChoice(choice: Fields, named: Named | null, where: string, list: ApprovalList, log: ProblemLog): void {
  const [given, chosen] = [asString(choice['given']), asString(choice['choice'])];
  if (chosen === null || (named === null && given === null)) {
    log.warning('no-choice', `${where} does not say what was chosen, or among what, so it was left out.`);
    return;
  }
  list.add({ says: 'conditions', ...(named ?? {}), licence: given, conditions: `Used under ${chosen}, chosen among what is offered.` }, where);
}

/** The package that an identifier of ORT means, `Maven:org.acme:api:1.0`; the version may be missing, or be a range in Ivy's notation. */
function packageOfId(id: string): Named | null {
  const [type = '', namespace = '', name = '', ...rest] = id.split(':').map((part) => decoded(part));
  const version = rest.join(':');
  const joined = namespace === '' ? name : `${namespace}${/^maven$/i.test(type) ? ':' : '/'}${name}`;
  const isRange = /^[[(\]]/.test(version) || /[*+]$/.test(version);
  const purl = purlNamed(type, joined, isRange || version === '' ? null : version);
  if (purl === null) return null;
  return { package: purl, range: isRange ? version : null };
}

/** The one package version that a pattern for messages names, with nothing in it that means more than itself. */
function packageInPattern(pattern: string): Named | null {
  const plain = pattern.replaceAll(/\\([^A-Za-z0-9])/g, '$1');
  const ids = [...new Set(plain.match(/\b[A-Za-z]+:[^\s:'"]*:[^\s:'"]+:\d[^\s:'",;]*/g) ?? [])];
  const [id] = ids;
  if (id === undefined || ids.length > 1 || /[*?()[\]{}|^$\\]/.test(id)) return null;
  const named = packageOfId(id.replace(/\.$/, ''));
  return named === null || named.range !== null ? null : named;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
