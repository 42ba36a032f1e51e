import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { justifications, statementResponses, type StatementState } from '#model/statement.ts';
import { readCsvRows, type CsvRow } from '#language/readers/csv.ts';
import { decodeText } from '#language/readers/decoded.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';
import { statementList } from './shared/statement.ts';

/** Decisions as a table. */
export const decisionsCsv: Format = {
  id: 'decisions-csv',
  version: 1,
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

const fields = ['advisory', 'component', 'package', 'state', 'justification', 'response', 'detail', 'at', 'until'] as const;
type Field = (typeof fields)[number];

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
  const text = decodeText(file.bytes);
  if (!text.ok) {
    log.unreadable(text.error);
    return unread(...log.problems());
  }
  const [first, ...others] = readCsvRows(text.value);
  const mapping = mappingOf(first);
  const header = mapping === null ? first : others[0];
  const rows = mapping === null ? others : others.slice(1);
  const columns = columnsOf(header, mapping ?? new Map());
  if (!columns.has('advisory') || !columns.has('state')) {
    log.error('no-column', 'The first row has no column for `advisory` or none for `state`. Name them with a line `#columns advisory=…,state=…`.');
    return unread(...log.problems());
  }
  const list = statementList(log);
  for (const row of rows) addRow(row, columns, list, log);
  return list.result();
}

function addRow({ cells, line }: CsvRow, columns: ReadonlyMap<Field, number>, list: ReturnType<typeof statementList>, log: ProblemLog): void {
  const cell = (field: Field): string | null => {
    // A leading apostrophe keeps spreadsheets from running a formula; it is none of the text.
    const text = (cells[columns.get(field) ?? -1] ?? '').trim().replace(/^'(?=[=+\-@\t])/, '');
    return text === '' ? null : text;
  };
  const word = (field: Field): string => (cell(field) ?? '').toLowerCase().replaceAll(/[\s-]+/g, '_');
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

/** Which column stands for which field; null when the first row does not say. */
function mappingOf(row: CsvRow | undefined): ReadonlyMap<string, string> | null {
  const [first = ''] = row?.cells ?? [];
  if (row === undefined || !first.startsWith('#columns')) return null;
  const pairs = row.cells.map((cell, index) => (index === 0 ? cell.slice('#columns'.length) : cell).trim());
  return new Map(
    pairs.flatMap((pair): [string, string][] => (pair.includes('=') ? [[pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]] : [])),
  );
}

function columnsOf(header: CsvRow | undefined, mapping: ReadonlyMap<string, string>): ReadonlyMap<Field, number> {
  const names = (header?.cells ?? []).map((cell) => cell.trim().toLowerCase());
  return new Map(
    fields.flatMap((field): [Field, number][] => {
      const at = names.indexOf((mapping.get(field) ?? field).trim().toLowerCase());
      return at === -1 ? [] : [[field, at]];
    }),
  );
}
