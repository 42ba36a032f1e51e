import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { justifications, statementResponses, type StatementState } from '#model/statement.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { readMappedCsv, type MappedRow } from './shared/mapped-csv.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** Decisions as a table. */
export const decisionsCsv: Format = {
  id: 'decisions-csv',
  version: 2,
  title: 'Decisions in CSV',
  kind: 'statements',
  ecosystems: [],
  family: null,
  spec: 'https://www.rfc-editor.org/rfc/rfc4180',
  reads:
    'One decision a row: `advisory` (several ids apart by spaces), `component`, `package` (purl), `state`, `justification`, `response`, `detail`, `at`, `until`. A first line `#columns advisory=CVE,state=Status` says which columns stand for them.',
  cannotSee: 'States in other words than those of CycloneDX, OpenVEX, Dependency-Track and this program.',
  matchesPath: (path) => /(?:^|[/.-])decisions\.csv$/i.test(path),
  parse: readDecisions,
};

const fields = { advisory: [], component: [], package: [], state: [], justification: [], response: [], detail: [], at: [], until: [] } as const;

const states: Readonly<Record<string, StatementState>> = {
  in_triage: 'in-triage',
  under_investigation: 'in-triage',
  exploitable: 'exploitable',
  affected: 'exploitable',
  not_affected: 'not-affected',
  false_positive: 'false-positive',
  accepted: 'accepted',
  risk_accepted: 'accepted',
  will_not_fix: 'accepted',
  ignored: 'accepted',
  suppressed: 'accepted',
  workaround: 'workaround',
  fixed: 'fixed',
  resolved: 'fixed',
};

function readDecisions(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const table = readMappedCsv(file.bytes, fields, log);
  if (table === null) return unread(...log.problems());
  if (!table.has('advisory') || !table.has('state')) {
    log.error('no-column', 'The first row has no column for `advisory` or none for `state`. Name them with a line `#columns advisory=…,state=…`.');
    return unread(...log.problems());
  }
  table.nameUnknown();
  const list = statementList(log);
  for (const row of table.rows) addRow(row, list, log);
  return list.result();
}

function addRow({ cell, line }: MappedRow<keyof typeof fields>, list: ReturnType<typeof statementList>, log: ProblemLog): void {
  const word = (field: keyof typeof fields): string => (cell(field) ?? '').toLowerCase().replaceAll(/[\s-]+/g, '_');
  const state = states[word('state')];
  if (state === undefined) {
    log.warning('unknown-state', `${quoted(cell('state') ?? '')} is no state, so the row was left out.`, { line });
    return;
  }
  const given = (cell('response') ?? '').toLowerCase().split(/[\s,;]+/);
  list.add({
    ids: (cell('advisory') ?? '').split(/[\s,;]+/),
    state,
    product: cell('component'),
    packages: (cell('package') ?? '').split(/\s+/).filter((each) => each !== ''),
    justification: justifications.find((each) => each === word('justification')) ?? null,
    responses: statementResponses.filter((each) => given.includes(each)),
    detail: cell('detail'),
    at: timeOf(cell('at')),
    until: timeOf(cell('until')),
    line,
  });
}
