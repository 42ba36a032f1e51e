import { grantException } from '../licences/exceptions.ts';
import type { Desk } from '../desk.ts';
import type { Case, CaseDecision } from './cases.ts';
import { rangeOfMajor } from './major.ts';
import { licenceKey } from './question-key.ts';

type Rulings = Pick<Desk, 'licenceExceptions' | 'licenceRefusals'>;

/**
 * Makes what the council decided of a use count beside the IP policy: what it approved is an exception, what it refused is denied. Either is as narrow as what was
 * asked: the package, its major version, the licence, the component or team, the way of delivery. It ends with the decision.
 */
export function ruleOnUse(desk: Rulings, of: Case, decision: CaseDecision, by: string): void {
  const { package: named, version, licence, component, delivery } = decision.facts;
  if (of.kind !== 'use' || named === null) return;
  const predicate = {
    component: component ?? undefined,
    team: component === null ? (of.team ?? undefined) : undefined,
    package: named,
    range: rangeOfMajor(named, version),
    licence: licenceKey(licence) ?? undefined,
    delivery: delivery ?? undefined,
  };
  const ruling = { id: of.id, predicate, by, at: decision.at, council: of.name, seq: decision.seq };
  endRuling(desk, of);
  if (decision.outcome === 'refused') desk.licenceRefusals.set(of.id, { ...ruling, until: decision.until });
  else if (decision.until !== null)
    grantException(desk, { ...ruling, until: decision.until, verdict: decision.outcome === 'approved' ? 'allowed' : 'conditions' });
}

/** Takes back what a case said of a use, since it is asked again. */
export function endRuling(desk: Rulings, of: Case): void {
  desk.licenceExceptions.delete(of.id);
  desk.licenceRefusals.delete(of.id);
}
