import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { approvalReach, meantVersions } from '#operations/licences/approval-reach.ts';
import { importApprovals as importOf } from '#operations/import-approvals.ts';
import { importedApprovals as listOf, type ImportedApprovalRow } from '#operations/imported-approvals.ts';
import { problemView } from '#operations/receipt-view.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { may } from '../principal.ts';
import { importWanted, unlessRefused } from './import-wanted.ts';

/** Takes over the approvals of a file, unconfirmed. */
export const importApprovals: Handler<'importApprovals'> = async (asked) => {
  const { office, estate } = asked;
  const wanted = await importWanted(asked, 'A file with approvals');
  const done = unlessRefused(await importOf(office.context, office.desk, estate, wanted));
  return { ...done, batches: [...done.batches], problems: done.problems.map(problemView) };
};

/** Approvals that came from files, with what they mean in what the asker may see. */
export const importedApprovals: Handler<'importedApprovals'> = ({ office, estate, visibility, principal, query }) => {
  const { desk } = office.desk;
  const now = office.clock();
  const judge = licenceJudge(estate, desk, now);
  const looksAfter = visibility.kind === 'all' || may(principal, 'ip-policy:write');
  const maySeeNames = may(principal, 'people:read');
  const nameOf = (id: string): string | null => (maySeeNames ? (desk.people.get(id)?.words?.name ?? null) : null);
  const hasWords = wordsFilter(query.q);
  const all = listOf(estate, desk, { visibility, looksAfter }, now);
  const isUsed = ({ approval }: ImportedApprovalRow): boolean => meantVersions(estate, visibility, judge, approval).length > 0;
  const rows = all.filter(
    (row) =>
      (query.state === undefined || row.state === query.state) &&
      (query.says === undefined || row.approval.says === query.says) &&
      (query.source === undefined || row.approval.origin.source === query.source) &&
      (query.component === undefined || row.approval.predicate.component === query.component) &&
      (query.package === undefined || row.approval.predicate.package === query.package) &&
      (query.conflicting === undefined || row.conflicts.length > 0 === (query.conflicting === 'true')) &&
      hasWords([...Object.values(row.approval.predicate), row.approval.licence, row.approval.origin.file].join(' ')) &&
      (query.inUse === undefined || isUsed(row) === (query.inUse === 'true')),
  );
  const rankOf = ({ approval }: ImportedApprovalRow): string | number =>
    query.sort.endsWith('package')
      ? (approval.predicate.package ?? approval.licence ?? '')
      : query.sort.endsWith('until')
        ? endOf(approval)
        : approval.at;
  return listing({
    rows,
    keyOf: (row: ImportedApprovalRow) => [rankOf(row), row.approval.id],
    view: ({ approval, state, licence, suggestion, conflicts }): ItemOf<'importedApprovals'> => {
      const { predicate, origin, words, answer } = approval;
      const reach = approvalReach(estate, visibility, judge, approval);
      return {
        id: approval.id,
        says: approval.says,
        state,
        component: predicate.component ?? null,
        package: predicate.package ?? null,
        range: predicate.range ?? null,
        licence: approval.licence,
        normal: licence,
        suggestion,
        conditions: words?.conditions ?? null,
        reason: words?.reason ?? null,
        saidBy: maySeeNames ? (words?.by ?? null) : null,
        source: origin.source,
        file: origin.file,
        sha256: origin.sha256,
        line: origin.line,
        importedBy: { id: approval.importedBy, name: nameOf(approval.importedBy) },
        at: new Date(approval.at).toISOString(),
        until: new Date(endOf(approval)).toISOString(),
        answered: answer === null ? null : { by: answer.by, name: nameOf(answer.by), at: new Date(answer.at).toISOString() },
        versions: reach.versions,
        uses: reach.uses,
        listed: reach.listed.map(({ then, ...each }) => ({ ...each, with: then })),
        now: reach.now,
        with: reach.then,
        conflicts: [...conflicts],
      };
    },
    columns,
    extra: () => ({ policy: judge.policyName, sources: [...new Set(all.map(({ approval }) => approval.origin.source))].sort() }),
  });
};

function endOf({ answer, until }: ImportedApprovalRow['approval']): number {
  return answer?.kind === 'confirmed' ? answer.until : until;
}

const columns: readonly CsvColumn<ItemOf<'importedApprovals'>>[] = [
  ['id', (each) => each.id],
  ['says', (each) => each.says],
  ['state', (each) => each.state],
  ['component', (each) => each.component],
  ['package', (each) => each.package],
  ['range', (each) => each.range],
  ['licence', (each) => each.licence],
  ['conditions', (each) => each.conditions],
  ['reason', (each) => each.reason],
  ['source', (each) => each.source],
  ['file', (each) => each.file],
  ['line', (each) => each.line],
  ['sha256', (each) => each.sha256],
  ['at', (each) => each.at],
  ['until', (each) => each.until],
  ['versions', (each) => each.versions],
  ['uses', (each) => each.uses],
  ['now', (each) => each.now],
  ['with', (each) => each.with],
  ['conflicts', (each) => each.conflicts.length],
];
