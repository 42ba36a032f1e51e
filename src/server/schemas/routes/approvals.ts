import { ApprovalImportOutcome, ImportedApprovalList, ImportedApprovalQuery } from '../imported-approval.ts';
import { ImportQuery } from '../imported-decision.ts';
import { list, read, type Routes } from './route.ts';

/** What other tools and firms approved of licences and packages. */
export const approvalsRoutes = {
  importApprovals: {
    ...read,
    method: 'POST',
    path: '/v1/approval-imports',
    summary: 'Take over approvals from CSV, Black Duck, FOSSA, Snyk, Mend, Sonatype, SW360 or .ort.yml, unconfirmed',
    permission: 'ip-policy:write',
    query: ImportQuery,
    body: 'stream',
    status: 201,
    reply: ApprovalImportOutcome,
  },
  importedApprovals: {
    ...list,
    path: '/v1/imported-approvals',
    summary: 'Approvals that came from files: what they mean here, what they would change, and whether somebody stands behind them',
    permission: 'estate:read',
    query: ImportedApprovalQuery,
    reply: ImportedApprovalList,
  },
} as const satisfies Routes;
