import type { ApprovalWord } from '#model/approval.ts';
import type { Format, InputFile } from '#model/format.ts';
import { quoted } from '#model/problem.ts';
import { unread, type ReadingResult } from '#model/reading.ts';
import { timeOf } from '#language/vex/statement-text.ts';
import { approvalList, type ApprovalList } from './shared/approval.ts';
import { readMappedCsv, type MappedRow } from './shared/mapped-csv.ts';
import { purlNamed } from './shared/named-package.ts';
import { problemLog, type ProblemLog } from './shared/problem-log.ts';

/** Approvals as a table, as offices keep them in spreadsheets. */
export const approvalsCsv: Format = {
  id: 'approvals-csv',
  version: 1,
  title: 'Approvals in CSV',
  kind: 'approvals',
  ecosystems: [],
  family: null,
  spec: 'https://www.rfc-editor.org/rfc/rfc4180',
  reads:
    'One approval a row: `package` (purl) or `ecosystem`, `name` and `version`; `range`, `licence`, `component`, `status`, `conditions`, `reason`, `by`, `at`, `until`. A first line `#columns status=Decision,package=Purl` says which columns stand for them. Without a component it holds everywhere.',
  cannotSee: 'States in other words than approved, conditional, denied and concluded and their like.',
  matchesPath: (path) => /(?:^|[/.-])approvals\.csv$/i.test(path),
  parse: readApprovals,
};

const names = {
  package: ['purl', 'package url'],
  ecosystem: ['type', 'package type', 'package manager'],
  name: ['package name'],
  version: ['package version'],
  range: ['versions'],
  licence: ['license', 'licence id', 'license id', 'spdx'],
  component: ['project', 'application', 'product'],
  status: ['state', 'decision', 'verdict', 'approval'],
  conditions: ['condition'],
  reason: ['comment', 'note', 'notes', 'justification'],
  by: ['approver', 'approved by'],
  at: ['date', 'approved on', 'approved at'],
  until: ['expires', 'expiry', 'valid until'],
} as const;
type Row = MappedRow<keyof typeof names>;

const words: Readonly<Record<string, ApprovalWord>> = {
  approved: 'approved',
  allowed: 'approved',
  accepted: 'approved',
  permitted: 'approved',
  cleared: 'approved',
  waived: 'approved',
  conditions: 'conditions',
  conditional: 'conditions',
  approved_with_conditions: 'conditions',
  limited: 'conditions',
  restricted: 'conditions',
  denied: 'denied',
  rejected: 'denied',
  forbidden: 'denied',
  prohibited: 'denied',
  not_approved: 'denied',
  concluded: 'concluded',
};

function readApprovals(file: InputFile): ReadingResult {
  const log = problemLog(file.path);
  const table = readMappedCsv(file.bytes, names, log);
  if (table === null) return unread(...log.problems());
  if (!table.has('status') || !(table.has('package') || table.has('name') || table.has('licence'))) {
    log.error(
      'no-column',
      'The first row has no column for `status`, or none for `package`, `name` or `licence`. Name them with a line `#columns status=…,package=…`.',
    );
    return unread(...log.problems());
  }
  table.nameUnknown();
  const list = approvalList(log);
  for (const row of table.rows) addRow(row, list, log);
  return list.result();
}

function addRow(row: Row, list: ApprovalList, log: ProblemLog): void {
  const { cell, line } = row;
  const says = words[(cell('status') ?? '').toLowerCase().replaceAll(/[\s-]+/g, '_')];
  if (says === undefined) {
    log.warning('unknown-status', `${quoted(cell('status') ?? '')} approves and denies nothing, so the row was left out.`, { line });
    return;
  }
  const named = packageOf(row);
  if (named === undefined) {
    log.warning('no-package', `${quoted(cell('name') ?? '')} makes no package URL with this ecosystem, so the row was left out.`, { line });
    return;
  }
  const badEnd = cell('until') !== null && timeOf(cell('until')) === null;
  if (badEnd) {
    log.warning('not-a-date', `${quoted(cell('until') ?? '')} is no date such as 2027-01-31, so the row was left out: it would end on another day.`, {
      line,
    });
    return;
  }
  list.add(
    {
      says,
      package: named,
      range: cell('range'),
      licence: cell('licence'),
      product: cell('component'),
      everywhere: true,
      conditions: cell('conditions'),
      reason: cell('reason'),
      by: cell('by'),
      at: timeOf(cell('at')),
      until: timeOf(cell('until')),
      line,
    },
    `Row ${String(line)}`,
  );
}

/** The purl that a row means; null where it names a licence alone, undefined where it names a package that makes none. */
function packageOf({ cell }: Row): string | null | undefined {
  const [written, name, version] = [cell('package'), cell('name'), cell('version')];
  if (written === null) return name === null ? null : (purlNamed(cell('ecosystem') ?? '', name, version) ?? undefined);
  return version === null || written.includes('@', 5) ? written : `${written}@${encodeURIComponent(version)}`;
}
