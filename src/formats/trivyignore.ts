import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { readYaml } from '#language/readers/yaml.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { isVulnerabilityId, statementList, type StatementList } from './shared/statement.ts';

/** What Trivy is told to leave out. */
export const trivyignore: Format = {
  id: 'trivyignore',
  version: 1,
  title: '.trivyignore, .trivyignore.yaml',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://trivy.dev/latest/docs/configuration/filtering/',
  reads: 'Vulnerabilities that are ignored, with expiry, purls and statement; in the plain form the comment above an entry is its reason.',
  cannotSee: 'Misconfigurations, secrets and licences; `paths`, so that an entry means the component as a whole.',
  matchesPath: (path) => /(?:^|\/)\.trivyignore(?:\.ya?ml)?$/.test(path),
  parse: readTrivyIgnore,
};

function readTrivyIgnore(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const list = statementList(log);
  if (/\.ya?ml$/.test(file.path)) {
    addYaml(file, list, log);
    return list.result();
  }
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  if (/^vulnerabilities:\s*$/m.test(text.value)) addYaml(file, list, log);
  else addLines(text.value, list, log);
  return list.result();
}

function addLines(text: string, list: StatementList, log: ProblemLog): void {
  let comments: string[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const line = index + 1;
    const [entry = '', ...rest] = written.split('#');
    const words = entry.trim().split(/\s+/);
    const [id = '', ...options] = words;
    if (id === '') {
      comments = written.trim() === '' ? [] : [...comments, rest.join('#').trim()];
      continue;
    }
    const expiry = options.find((each) => each.startsWith('exp:'))?.slice(4) ?? null;
    const until = expiry === null ? null : timeOf(expiry);
    if (expiry !== null && until === null) log.warning('bad-date', `${quoted(expiry)} is no day, so it was left out.`, { line });
    const detail = [...comments, rest.join('#').trim()].filter((each) => each !== '').join('\n');
    comments = [];
    // Other entries are ids of misconfigurations (AVD-DS-0002) and rules of secrets (aws-account-id).
    if (isVulnerabilityId(id) && !/^(?:AVD|KSV|DS)-/.test(id)) list.add({ ids: [id], state: 'accepted', detail, until, line });
    else log.warning('not-a-vulnerability', `${quoted(id)} is no vulnerability, so it was left out.`, { line });
  }
}

function addYaml(file: InputFile, list: StatementList, log: ProblemLog): void {
  const read = readYaml(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return;
  }
  const document = asObject(read.value);
  if (document === null) log.error('not-this-format', 'The file is YAML but no list of what Trivy ignores.');
  for (const each of asArray(document?.['vulnerabilities'])) {
    const entry = asObject(each) ?? {};
    const expiry = entry['expired_at'];
    list.add({
      ids: [asString(entry['id']) ?? ''],
      state: 'accepted',
      packages: asArray(entry['purls']).flatMap((purl) => asString(purl) ?? []),
      detail: asString(entry['statement']),
      until: timeOf(expiry instanceof Date ? expiry.toISOString() : expiry),
    });
  }
}
