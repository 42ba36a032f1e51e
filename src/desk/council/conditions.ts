import type { Bearer, Case } from './cases.ts';
import type { Council } from './council.ts';

/** What follows when a condition is late: it is said, the council is asked again, or the approval is out of force until it is met. */
export const lateWays = ['told', 'asked-again', 'ends'] as const;
export type LateWay = (typeof lateWays)[number];

/** A condition of an approval, tracked until it is shown to be met. Times are Unix milliseconds. */
export type Condition = {
  readonly id: string;
  readonly case: string;
  readonly round: number;
  readonly owner: Bearer;
  readonly due: number;
  /** It needs somebody else to confirm that it is met. */
  readonly second: boolean;
  readonly late: LateWay;
  /** Null once erased. */
  readonly text: string | null;
  /** That it is met, as somebody says; null before. */
  claim: { readonly at: number; readonly by: string; readonly text: string | null; readonly link: string | null } | null;
  /** By whom it was confirmed; null before, and where nobody has to. */
  confirmed: { readonly at: number; readonly by: string } | null;
  /** When its decision was asked again, so that it fell away; null while it counts. */
  dropped: number | null;
};

/** Whether a condition is met: `claimed` waits for the second person. */
export type ConditionState = 'open' | 'claimed' | 'met' | 'overdue' | 'dropped';

/** True once it is shown to be met, and confirmed where that is asked for. */
export function isMet({ claim, confirmed, second }: Pick<Condition, 'claim' | 'confirmed' | 'second'>): boolean {
  return confirmed !== null || (claim !== null && !second);
}

/** True while somebody has to see to it, late or not. */
export function isUnmet(condition: Condition): boolean {
  return condition.dropped === null && !isMet(condition);
}

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

/** How a condition stands. One that is late is overdue until it is met, whoever says what. */
export function conditionState(condition: Condition, now: number): ConditionState {
  if (condition.dropped !== null) return 'dropped';
  if (isMet(condition)) return 'met';
  if (condition.due <= now) return 'overdue';
  return condition.claim === null ? 'open' : 'claimed';
}
