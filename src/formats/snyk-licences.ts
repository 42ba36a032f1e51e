import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/**
 * Licences in Snyk: ignored licence issues (`snyk:lic:npm:name:GPL-2.0`) of a `.snyk` file or of the answer of `GET /org/{org}/project/{project}/ignores` (v1), and
 * the licence policy as `POST /org/{org}/licenses` (v1) lists it, where a licence of severity `none` raises no issue.
 */
export const snykLicences: Format = {
  id: 'snyk-licences',
  version: 1,
  title: 'Snyk licence ignores and policy',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://docs.snyk.io/snyk-api/reference/ignores-v1',
  reads:
    'Ignored licence issues with reason, who ignored them and the earliest end of their paths; licences that the policy lets pass, with its instructions as conditions.',
  cannotSee:
    'Which paths are meant, so that an entry means the component as a whole; ignored vulnerabilities, which `decisions import` reads from `.snyk`.',
  matchesPath: (path) => /(?:^|\/)\.snyk$/.test(path) || /(?:^|[/._-])snyk[^/]*\.json$/i.test(path),
  parse: readSnyk,
};

type Fields = Readonly<Record<string, unknown>>;

function readSnyk(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const text = decodeText(file.bytes);
  const isJson = text.ok && /^\s*[[{]/.test(text.value);
  const read = isJson ? readJson(file.bytes) : readYaml(file.bytes);
  if (!read.ok || !text.ok) {
    if (!text.ok) log.unreadable(text.error);
    else if (!read.ok) log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const results = document?.['results'];
  const ignores = asObject(document?.['ignore']) ?? (document !== null && isIgnores(document) ? document : null);
  const list = approvalList(log);
  if (Array.isArray(results)) for (const [index, each] of results.entries()) addLicence(asObject(each) ?? {}, `Entry ${String(index + 1)}`, list);
  else if (ignores !== null) addIgnores(ignores, isJson ? [] : text.value.split('\n'), list, log);
  else {
    log.error('not-this-format', 'The file holds neither ignores nor licences of Snyk.');
    return unread(...log.problems());
  }
  return list.result();
}

/** The API answers with the ignores themselves, by id of the issue. */
function isIgnores(document: Fields): boolean {
  const entries = Object.entries(document);
  return entries.length > 0 && entries.every(([id, paths]) => /[:-]/.test(id) && Array.isArray(paths));
}

function addIgnores(ignores: Fields, lines: readonly string[], list: ApprovalList, log: ProblemLog): void {
  for (const [id, entries] of Object.entries(ignores)) {
    if (!id.startsWith('snyk:lic:')) {
      list.leaveOut('ignored vulnerabilities, which decisions import reads');
      continue;
    }
    const at = lines.findIndex((each) => each.trim().replaceAll(/["']/g, '').startsWith(`${id}:`));
    const [line, place] = at === -1 ? [null, {}] : [at + 1, { line: at + 1 }];
    const [, , type = '', ...rest] = id.split(':');
    const licence = rest.pop() ?? '';
    const purl = purlNamed(type, rest.join(':'), null);
    const paths = asArray(entries).flatMap((each) =>
      Object.entries(asObject(each) ?? {}).map(([path, said]) => ({ path, said: asObject(said) ?? {} })),
    );
    if (purl === null) log.warning('no-package', `${quoted(id)} names no package known here, so it was left out.`, place);
    else if (paths.length === 0) log.warning('no-path', `${quoted(id)} is ignored nowhere, so it was left out.`, place);
    else {
      const times = (field: string): readonly string[] => paths.flatMap(({ said }) => timeOf(dateText(said[field])) ?? []).sort();
      const reasons = [...new Set(paths.flatMap(({ said }) => asString(said['reason']) ?? []))];
      const by = paths.flatMap(({ said }) => asString(asObject(said['ignoredBy'])?.['name']) ?? [])[0] ?? null;
      list.add(
        {
          says: 'approved',
          package: purl,
          licence,
          reason: [...reasons, ...paths.filter(({ path }) => path !== '*').map(({ path }) => `Path: ${path}`)].join('\n'),
          by,
          at: times('created')[0] ?? null,
          until: times('expires')[0] ?? null,
          line,
        },
        quoted(id),
      );
    }
  }
}

function addLicence(entry: Fields, where: string, list: ApprovalList): void {
  if (entry['severity'] !== 'none') {
    list.leaveOut('licences for which the policy raises an issue');
    return;
  }
  const conditions = asString(entry['instructions']) ?? '';
  list.add({ says: conditions.trim() === '' ? 'approved' : 'conditions', licence: asString(entry['id']), conditions, everywhere: true }, where);
}

function dateText(value: unknown): unknown {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
}
