import type { Bearer } from './cases.ts';

/** A condition of an approval, tracked until it is shown to be met. Times are Unix milliseconds. */
export type Condition = {
  readonly id: string;
  readonly case: string;
  readonly round: number;
  readonly owner: Bearer;
  readonly due: number;
  /** It needs somebody else to confirm that it is met. */
  readonly second: boolean;
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

/** How a condition stands. One that is late is overdue until it is met, whoever says what. */
export function conditionState({ claim, confirmed, second, dropped, due }: Condition, now: number): ConditionState {
  if (dropped !== null) return 'dropped';
  if (confirmed !== null || (claim !== null && !second)) return 'met';
  if (due <= now) return 'overdue';
  return claim === null ? 'open' : 'claimed';
}
