import type { Case } from './cases.ts';
import { isUnmet, type Condition } from './conditions.ts';
import type { Council } from './council.ts';

/** True when the council is to be asked again, since a condition that says so is late. */
export function isAskedByConditions({ conditions }: Council, of: Case, now: number): boolean {
  const last = of.decisions.at(-1)?.conditions ?? [];
  return last.some((id) => {
    const condition = conditions.get(id);
    return condition !== undefined && condition.late === 'asked-again' && isUnmet(condition) && condition.due <= now;
  });
}

/** Where a condition stands in its case, in lasting words: the case, the round and its place there. */
export function conditionPlace({ cases }: Council, condition: Condition): string {
  const of = cases.get(condition.case);
  const place = of?.decisions.find((each) => each.round === condition.round)?.conditions.indexOf(condition.id) ?? -1;
  return `${of?.name ?? condition.case}, round ${String(condition.round)}, condition ${String(place + 1)}`;
}
