import type { ImportedApproval } from '#desk/licences/approvals.ts';
import { mayImportAgain } from '#desk/licences/approvals.ts';
import { packageProblem } from '#desk/licences/package-problem.ts';
import { invalid, type Refused } from '#desk/refused.ts';
import type { Estate } from '#estate/estate.ts';
import { meantPackages } from '#language/vex/package-version.ts';
import type { Approval } from '#model/approval.ts';
import type { Problem } from '#model/problem.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Context } from './context.ts';
import { idOfSaid, importRows, meantComponent, readImport, type ImportWanted } from './import-file.ts';
import { meantVersions } from './licences/approval-reach.ts';
import { licenceJudge } from './licences/licence-judge.ts';
import type { LiveDesk } from './live-desk.ts';

/** What came of an import of approvals. */
export type ApprovalImportDone = {
  readonly format: string;
  /** Approvals that are new here. */
  readonly imported: number;
  /** Of those, how many mean a package version that is in use; the others wait until one is. */
  readonly matched: number;
  /** What was imported before, rejected ones included. */
  readonly known: number;
  readonly expired: number;
  /** Ids of the acts that brought them. */
  readonly batches: readonly string[];
  readonly problems: readonly Problem[];
};

type Row = {
  readonly id: string;
  readonly says: Approval['says'];
  readonly predicate: ImportedApproval['predicate'];
  readonly licence: string | null;
  readonly until: string | null;
  readonly at: string | null;
  readonly line: number | null;
};
type Detail = { readonly reason: string | null; readonly conditions: string | null; readonly by: string | null };

/** Reads a file in the gateway and takes over what it approves, unconfirmed. The same file twice imports nothing twice. */
export async function importApprovals(context: Context, live: LiveDesk, estate: Estate, wanted: ImportWanted): Promise<ApprovalImportDone | Refused> {
  const read = await readImport(context, 'approvals', wanted);
  if ('refusal' in read) return read;
  const approvals = read.reading.approvals ?? [];
  if (wanted.component === null && approvals.some((each) => each.product === null && !each.everywhere))
    return invalid(`This file of the format ${read.format} speaks of what it lies beside. Name the component.`);
  const now = context.clock();
  const problems = [...read.reading.problems];
  const rows = new Map<string, { readonly row: Row; readonly detail: Detail }>();
  let expired = 0;
  for (const approval of approvals) {
    if (approval.until !== null && Date.parse(approval.until) <= now) {
      expired += 1;
      continue;
    }
    const predicate = predicateOf(estate, approval, wanted.component, wanted.estateVisibility);
    const misfit = predicate.package === undefined ? null : packageProblem(predicate.package, predicate.range ?? null);
    if (misfit !== null) {
      problems.push(leftOut(approval, wanted.file, misfit.reason));
      continue;
    }
    const row = rowOf(read.format, approval, predicate);
    rows.set(row.id, { row, detail: { reason: cut(approval.reason), conditions: cut(approval.conditions), by: cut(approval.by) } });
  }
  const desk = await live.catchUp(context.store);
  const fresh = [...rows.values()].filter(({ row }) => mayImportAgain(desk.approvals.get(row.id), now));
  const judge = licenceJudge(estate, desk, now);
  const matched = fresh.filter(({ row }) => meantVersions(estate, wanted.estateVisibility, judge, row).length > 0).length;
  const batches = await importRows(context, live, estate, wanted, read, { act: 'import-approvals', rows: fresh });
  if ('refusal' in batches) return batches;
  return { format: read.format, imported: fresh.length, matched, known: rows.size - fresh.length, expired, batches, problems };
}

/** What is concluded of a package holds wherever it is used; what is approved holds where it was. */
function predicateOf(estate: Estate, approval: Approval, given: string | null, visibility: Visibility): Row['predicate'] {
  const { says, package: purl, product, range } = approval;
  const component = says === 'concluded' ? undefined : meantComponent(estate, product, given, visibility);
  const [named] = purl === null ? [] : meantPackages([purl]);
  const versions = named?.range ?? range;
  return {
    ...(component === undefined ? {} : { component }),
    ...(named === undefined ? {} : { package: named.purl, ...(versions === null ? {} : { range: versions }) }),
  };
}

function rowOf(source: string, { says, licence, until, at, line }: Approval, predicate: Row['predicate']): Row {
  const said = { says, predicate, licence: licence?.slice(0, 1000) ?? null, until };
  return { id: idOfSaid({ source, ...said }), ...said, at, line };
}

function leftOut({ line }: Approval, path: string, why: string): Problem {
  return { code: 'not-a-package', message: `Left out: ${why}`, path, severity: 'warning', ...(line === null ? {} : { line }) };
}

function cut(text: string | null): string | null {
  return text?.slice(0, 10_000) ?? null;
}
