import { grantException } from '../licences/exceptions.ts';
import type { Desk } from '../desk.ts';
import type { Case } from './cases.ts';
import { isUnmet } from './conditions.ts';
import { rangeOfMajor } from './major.ts';
import { licenceKey } from './question-key.ts';

type Rulings = Pick<Desk, 'licenceExceptions' | 'licenceRefusals'>;

/**
 * Makes what the council decided of a use count beside the IP policy: what it approved is an exception, what it refused is denied. Either is as narrow as what was
 * asked: the package, its major version, the licence, the component or team, the way of delivery. It ends with the decision, and is out of force while a condition on
 * which it hangs is late: so this is called again when one is met.
 */
export function ruleOnUse(desk: Rulings & Pick<Desk, 'council'>, of: Case, by: string): void {
  const decision = of.decisions.at(-1);
  if (of.state !== 'decided' || decision === undefined) return;
  decision.lapses = lapseOf(desk, decision.conditions);
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
  if (decision.outcome === 'refused') desk.licenceRefusals.set(of.id, { ...ruling, until: decision.until });
  else if (decision.until !== null) {
    const before = desk.licenceExceptions.get(of.id)?.by ?? by;
    const until = Math.min(decision.until, decision.lapses ?? Infinity);
    grantException(desk, { ...ruling, by: before, until, verdict: decision.outcome === 'approved' ? 'allowed' : 'conditions' });
  }
}

function lapseOf({ council }: Pick<Desk, 'council'>, conditions: readonly string[]): number | null {
  const dues = conditions.flatMap((id) => {
    const condition = council.conditions.get(id);
    return condition !== undefined && condition.late === 'ends' && isUnmet(condition) ? [condition.due] : [];
  });
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Takes back what a case said of a use, since it is asked again. */
export function endRuling(desk: Rulings, of: Case): void {
  desk.licenceExceptions.delete(of.id);
  desk.licenceRefusals.delete(of.id);
}
