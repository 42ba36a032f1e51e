import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList } from './shared/approval.ts';
import { purlNamed } from './shared/named-package.ts';
import { problemLog } from './shared/problem-log.ts';

/** Licence issues that somebody ignored in FOSSA, as `GET /api/v2/issues?category=licensing` answers: an issue is active, ignored or remediated, in each project. */
export const fossa: Format = {
  id: 'fossa',
  version: 1,
  title: 'FOSSA licensing issues',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://docs.fossa.com/docs/issues',
  reads: 'Licensing issues that were ignored, one approval for each project in which they were.',
  cannotSee: 'Policies, issues about security and quality, and for how long an issue is ignored.',
  matchesPath: (path) => /(?:^|[/._-])fossa[^/]*\.json$/i.test(path),
  parse: readIssues,
};

const licensing = new Set(['policy_conflict', 'policy_flag', 'unlicensed_dependency', 'unlicensed', 'denied', 'flagged', 'unconcluded']);

function readIssues(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const issues = Array.isArray(read.value) ? read.value : asObject(read.value)?.['issues'];
  if (!Array.isArray(issues)) {
    log.error('not-this-format', 'The file is JSON but no list of issues: it has no `issues`.');
    return unread(...log.problems());
  }
  const list = approvalList(log);
  for (const [index, each] of asArray(issues).entries()) {
    const [issue, where] = [asObject(each) ?? {}, `Entry ${String(index + 1)}`];
    const type = asString(issue['type']) ?? '';
    if (!licensing.has(type.toLowerCase())) {
      list.leaveOut('issues about something else than licences');
      continue;
    }
    const source = asObject(issue['source']) ?? {};
    const purl = purlOfSource(source);
    if (purl === null) {
      log.warning('no-package', `${where}: ${(asString(source['id']) ?? 'the issue').slice(0, 200)} is no package known here, so it was left out.`);
      continue;
    }
    const said = { says: 'approved', package: purl, licence: asString(issue['license']), at: timeOf(issue['createdAt']) } as const;
    const projects = asArray(issue['projects']).map((project) => asObject(project) ?? {});
    const ignored = projects.filter((project) => project['status'] === 'ignored');
    for (const project of ignored) list.add({ ...said, product: asString(project['title']) ?? asString(project['id']) }, where);
    const isIgnored = projects.length === 0 && Number(asObject(issue['statuses'])?.['ignored'] ?? 0) > 0;
    if (isIgnored) list.add(said, where);
    else if (ignored.length === 0) list.leaveOut('issues that nobody ignored');
  }
  return list.result();
}

/** FOSSA names packages by locators: `npm+lodash$4.17.21`, `mvn+org.acme:api$1.0`. */
function purlOfSource(source: Readonly<Record<string, unknown>>): string | null {
  const [, fetcher = '', name = '', revision = ''] = /^([a-z]+)\+([^$]+)(?:\$(.*))?$/i.exec(asString(source['id']) ?? '') ?? [];
  const located = purlNamed(fetcher, name, revision);
  return located ?? purlNamed(asString(source['packageManager']) ?? '', asString(source['name']) ?? '', asString(source['version']));
}
