import { grantException } from '../licences/exceptions.ts';
import type { Desk } from '../desk.ts';
import type { Case, CaseDecision } from './cases.ts';
import { rangeOfMajor } from './major.ts';
import { licenceKey } from './question-key.ts';

/**
 * Makes what the council approved an exception from the IP policy, as narrow as what it was asked: the package, its major version, the licence, the component or
 * team, the way of delivery. It ends with the decision.
 */
export function permitUse(desk: Pick<Desk, 'licenceExceptions'>, of: Case, decision: CaseDecision, by: string): void {
  const { package: named, version, licence, component, delivery } = decision.facts;
  if (of.kind !== 'use' || named === null || decision.outcome === 'refused' || decision.until === null) return;
  grantException(desk, {
    id: of.id,
    predicate: {
      component: component ?? undefined,
      team: component === null ? (of.team ?? undefined) : undefined,
      package: named,
      range: rangeOfMajor(named, version),
      licence: licenceKey(licence) ?? undefined,
      delivery: delivery ?? undefined,
    },
    verdict: decision.outcome === 'approved' ? 'allowed' : 'conditions',
    until: decision.until,
    by,
    at: decision.at,
    council: of.name,
    seq: decision.seq,
  });
}

/** Takes the exception of a case back, since it is asked again. */
export function endPermit(desk: Pick<Desk, 'licenceExceptions'>, of: Case): void {
  desk.licenceExceptions.delete(of.id);
}
