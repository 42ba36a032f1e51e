import { z } from 'zod';
import { approvalWords } from '#model/approval.ts';
import { policyVerdicts } from '#model/licence.ts';
import { ImportOutcome } from './imported-decision.ts';
import { ListQuery, listOf, sortBy, YesNo } from './list.ts';

const count = z.number().int().nonnegative();
const part = z.string().nullable();
const Verdict = z.enum(policyVerdicts);
const State = z.enum(['unconfirmed', 'confirmed', 'rejected', 'withdrawn', 'expired']);

/** What came of an import of approvals: nobody here stands behind them yet, and no verdict counts them. `matched` mean a package version in use. */
export const ApprovalImportOutcome = ImportOutcome.omit({ fixed: true });
export type ApprovalImportOutcome = z.infer<typeof ApprovalImportOutcome>;

/** An approval that came from a file, with what it would change. */
export const ImportedApproval = z.object({
  id: z.string(),
  /** `concluded`: the licence of the package, rather than that it may be used. `denied` permits nothing. */
  says: z.enum(approvalWords),
  /** `unconfirmed` does not count; `confirmed` counts until its end; `withdrawn` was confirmed and taken back. */
  state: State,
  /** Ref; null where it holds for every component. */
  component: part,
  /** Purl without version; null where it means whatever is under the licence. */
  package: part,
  range: part,
  /** As the file writes it; null: whatever it is. */
  licence: part,
  /** The same in normal form; null where the file's is no SPDX expression, so that who confirms says which is meant. */
  normal: part,
  /** What that name may mean. */
  suggestion: part,
  conditions: part,
  reason: part,
  /** Who approved it there, as the file says. */
  saidBy: part,
  source: z.string(),
  file: part,
  /** SHA-256 (hex) of the file. */
  sha256: z.string(),
  line: z.number().int().positive().nullable(),
  importedBy: z.object({ id: z.string(), name: part }),
  at: z.iso.datetime(),
  /** When it ends: as an exception once it is confirmed, as a proposal until then. */
  until: z.iso.datetime(),
  /** Who confirmed or rejected it. */
  answered: z.object({ by: z.string(), name: part, at: z.iso.datetime() }).nullable(),
  /** Package versions in use that it means, as far as the asker may see them. */
  versions: count,
  uses: count,
  /** The first of them, with their worst verdict now and with it. */
  listed: z.array(z.object({ purl: z.string(), licence: part, uses: count, now: Verdict, with: Verdict.nullable() })),
  /** Worst verdict of all of them now and with it; null where none is in use, `with` also where the licence is not known. */
  now: Verdict.nullable(),
  with: Verdict.nullable(),
  /** Other approvals about the same that say something else, at most twenty. */
  conflicts: z.array(z.object({ id: z.string(), source: z.string(), says: z.enum(approvalWords), licence: part, state: State })),
});
export type ImportedApproval = z.infer<typeof ImportedApproval>;

/** Filters of imported approvals. */
export const ImportedApprovalQuery = ListQuery.extend({
  state: State.optional(),
  says: z.enum(approvalWords).optional(),
  source: z.string().max(60).optional(),
  component: z.string().max(1000).optional(),
  package: z.string().max(1000).optional(),
  /** Whether a package version that it means is in use. */
  inUse: YesNo.optional(),
  /** Whether another says something else. */
  conflicting: YesNo.optional(),
  sort: sortBy(['at', 'until', 'package'], '-at'),
});
export type ImportedApprovalQuery = z.infer<typeof ImportedApprovalQuery>;

/** One page of imported approvals, with the policy that the verdicts are of. */
export const ImportedApprovalList = listOf(ImportedApproval).extend({
  policy: z.string(),
  /** Formats of the files that were imported. */
  sources: z.array(z.string()),
});
export type ImportedApprovalList = z.infer<typeof ImportedApprovalList>;
