import { checkLedger as check, type LedgerChecked } from '#operations/check-ledger.ts';
import type { Asked, Handler, ReplyOf } from '../asked.ts';
import { visibilityOf } from '../principal.ts';
import { Refusal } from '../refusal.ts';
import type { Run } from '../runs.ts';

/** Begins to check the ledger. */
export const checkLedger: Handler<'checkLedger'> = (asked) => {
  refuseUnlessSeesAll(asked);
  const { office, principal } = asked;
  const id = office.context.randomId();
  return viewOf(
    id,
    office.ledgerChecks.begin(id, principal.subject, (running) => check(office.store, office.ledgerKey, running)),
  );
};

/** How it stands. */
export const ledgerCheck: Handler<'ledgerCheck'> = (asked) => {
  refuseUnlessSeesAll(asked);
  const run = asked.office.ledgerChecks.get(asked.params.id, asked.principal.subject);
  if (run === null) throw new Refusal(404, 'There is no such check, or another process of the office made it. Begin one again.');
  return viewOf(asked.params.id, run);
};

/** Its faults name entries about everything. */
function refuseUnlessSeesAll({ principal, findings }: Asked<'checkLedger' | 'ledgerCheck'>): void {
  if (findings.kind !== 'all' || visibilityOf(principal, 'estate').kind !== 'all')
    throw new Refusal(
      403,
      'The ledger is for who may see everything: it also needs estate:read, findings:read and restricted:read in the whole office.',
    );
}

function viewOf(id: string, { state, done, of, problem, result }: Run<LedgerChecked>): ReplyOf<'ledgerCheck'> {
  return { id, state, progress: { done, of }, problem, proof: result === null ? null : { ...result, faults: [...result.faults] } };
}
