import type { Format, InputFile } from '#model/format.ts';
import { unread, type ReadingResult, type Reported } from '#model/reading.ts';
import { justifications, statementResponses, type StatementState } from '#model/statement.ts';
import { asArray, asObject, asString, readJson } from '#language/readers/json.ts';
import { problemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** Findings that Dependency-Track exports for a project, with what was decided about them. */
export const dependencyTrack: Format = {
  id: 'dependency-track',
  version: 1,
  title: 'Dependency-Track findings (FPF)',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://docs.dependencytrack.org/integrations/file-formats/',
  reads: 'The analysis of each finding, and suppressed findings, of versions 1.0 to 1.3 as `/api/v1/finding/project/{uuid}/export` gives them.',
  cannotSee: 'Comments of the audit trail, policy violations, and findings that nobody analysed or suppressed.',
  matchesPath: (path) => /(?:^|[./-])fpf\.json$/i.test(path),
  parse: readFindings,
};

type Fields = Readonly<Record<string, unknown>>;

const states: Readonly<Record<string, StatementState>> = {
  EXPLOITABLE: 'exploitable',
  IN_TRIAGE: 'in-triage',
  FALSE_POSITIVE: 'false-positive',
  NOT_AFFECTED: 'not-affected',
  RESOLVED: 'fixed',
};

function readFindings(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const read = readJson(file.bytes);
  if (!read.ok) {
    log.unreadable(read.error);
    return unread(...log.problems());
  }
  const document = asObject(read.value);
  const project = asObject(document?.['project']);
  // `GET /api/v1/finding/project/{uuid}` gives the same findings as a plain list.
  const findings = Array.isArray(read.value) ? read.value : document?.['findings'];
  if (!Array.isArray(findings) || (document !== null && project === null)) {
    log.error('not-this-format', 'The file is JSON but no export of findings: it has no `project` with `findings`.');
    return unread(...log.problems());
  }
  const list = statementList(log);
  const reported: Reported[] = [];
  for (const each of asArray(findings)) {
    const finding = asObject(each) ?? {};
    const analysis = asObject(finding['analysis']) ?? {};
    const state = stateOf(analysis);
    const purl = asString(asObject(finding['component'])?.['purl']);
    const ids = idsOf(asObject(finding['vulnerability']) ?? {});
    if (purl !== null && ids.length > 0) reported.push({ ids, purl });
    if (state === null) continue;
    if (purl === null) log.warning('no-purl', 'A finding names a component without a purl, so what is said of it means the whole project.');
    list.add({
      ids,
      state,
      product: asString(project?.['name']),
      packages: purl === null ? [] : [purl],
      justification: justifications.find((word) => word === wordOf(analysis['justification'] ?? analysis['analysisJustification'])) ?? null,
      responses: statementResponses.filter((word) => word === wordOf(analysis['response'] ?? analysis['analysisResponse'])),
      detail: asString(analysis['details'] ?? analysis['analysisDetails']),
    });
  }
  return { ...list.result(), reported };
}

/** Null when nobody said anything. What is suppressed without being judged is a risk that somebody took. */
function stateOf(analysis: Fields): StatementState | null {
  const state = states[asString(analysis['state'] ?? analysis['analysisState']) ?? ''] ?? null;
  if (analysis['isSuppressed'] !== true) return state;
  return state === null || state === 'exploitable' || state === 'in-triage' ? 'accepted' : state;
}

function idsOf(vulnerability: Fields): readonly string[] {
  const aliases = asArray(vulnerability['aliases']).flatMap((each) => Object.values(asObject(each) ?? {}));
  return [vulnerability['vulnId'], ...aliases].flatMap((each) => asString(each) ?? []);
}

function wordOf(value: unknown): string {
  return (asString(value) ?? '').toLowerCase();
}
