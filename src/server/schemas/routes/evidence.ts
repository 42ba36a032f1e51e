import { EvidencePack, EvidenceRow, EvidenceRowQuery, EvidenceWanted, LedgerCheck } from '../evidence.ts';
import { byId, read, type Routes } from './route.ts';

/** What an auditor takes along, and whether the ledger holds. */
export const evidenceRoutes = {
  checkLedger: {
    ...read,
    method: 'POST',
    path: '/v1/ledger-checks',
    summary: 'Prove the ledger with the office’s own checkpoints',
    permission: 'ledger:read',
    status: 202,
    reply: LedgerCheck,
  },
  ledgerCheck: {
    ...read,
    path: '/v1/ledger-checks/:id',
    summary: 'How checking the ledger stands',
    permission: 'ledger:read',
    params: byId,
    reply: LedgerCheck,
  },
  drawEvidencePack: {
    ...read,
    method: 'POST',
    path: '/v1/evidence-packs',
    summary: 'Draw a sample of a population with everything it rests on; takes an Idempotency-Key',
    permission: 'findings:read',
    body: EvidenceWanted,
    status: 202,
    reply: EvidencePack,
  },
  evidencePackOutcome: {
    ...read,
    path: '/v1/evidence-packs/:id',
    summary: 'How making an evidence pack stands, and what is in it; for who drew it',
    permission: 'findings:read',
    params: byId,
    reply: EvidencePack,
  },
  evidenceRow: {
    ...read,
    path: '/v1/evidence-packs/:id/row',
    summary: 'One row of the sample with the chain it rests on',
    permission: 'findings:read',
    params: byId,
    query: EvidenceRowQuery,
    reply: EvidenceRow,
  },
  evidencePackFile: {
    ...read,
    path: '/v1/evidence-packs/:id/file',
    summary: 'The evidence pack as a ZIP archive',
    permission: 'findings:read',
    params: byId,
    reply: null,
    raw: true,
  },
  cancelEvidencePack: {
    ...read,
    method: 'DELETE',
    path: '/v1/evidence-packs/:id',
    summary: 'Stop making an evidence pack; that it was drawn stays on record',
    permission: 'findings:read',
    params: byId,
    status: 204,
    reply: null,
  },
} as const satisfies Routes;
