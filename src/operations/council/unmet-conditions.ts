import type { ConditionFacts } from '#analysis/rule.ts';
import { conditionPlace } from '#desk/council/case-conditions.ts';
import { isUnmet } from '#desk/council/conditions.ts';
import type { Desk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';

const dayMs = 86_400_000;

/** Conditions of the council that are not shown to be met, by slot of the component that their case names, in order of when they are due. */
export function unmetConditions(estate: Estate, { council }: Pick<Desk, 'council'>): ReadonlyMap<number, readonly ConditionFacts[]> {
  const found = new Map<number, ConditionFacts[]>();
  for (const condition of [...council.conditions.values()].filter(isUnmet).sort((a, b) => a.due - b.due)) {
    const of = council.cases.get(condition.case);
    const decision = of?.decisions.find((each) => each.round === condition.round);
    const component = estate.componentByRef.get(decision?.facts.component ?? '');
    if (of === undefined || decision === undefined || component === undefined) continue;
    const facts: ConditionFacts = {
      place: conditionPlace(council, condition),
      case: of.name,
      permits: decision.facts.package ?? 'what was asked',
      since: Math.floor(decision.at / dayMs),
      due: Math.floor(condition.due / dayMs),
      isShown: condition.claim !== null,
      late: condition.late,
    };
    found.set(component, [...(found.get(component) ?? []), facts]);
  }
  return found;
}
