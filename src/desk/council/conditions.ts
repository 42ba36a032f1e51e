import type { Bearer } from './cases.ts';
import type { LateWay } from './late-ways.ts';

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

/** How a condition stands. One that is late is overdue until it is met, whoever says what. */
export function conditionState(condition: Condition, now: number): ConditionState {
  if (condition.dropped !== null) return 'dropped';
  if (isMet(condition)) return 'met';
  if (condition.due <= now) return 'overdue';
  return condition.claim === null ? 'open' : 'claimed';
}
