/** Why a clock may be held. */
export const holdReasons = ['waiting-for-upstream', 'waiting-for-supplier', 'waiting-for-release', 'change-freeze', 'question-open'] as const;

/** One time in which somebody held a clock; `until` is the end given, `endedAt` when it was let go before that. Unix milliseconds. */
export type Hold = {
  readonly component: string;
  /** Any id of the advisory group. */
  readonly advisory: string;
  readonly because: (typeof holdReasons)[number];
  readonly by: string;
  readonly from: number;
  readonly until: number;
  endedAt: number | null;
};

/** Every hold there ever was, by component, oldest first. */
export type HeldClocks = Map<string, readonly Hold[]>;

/** When a hold ends or ended. */
export function endOfHold({ until, endedAt }: Hold): number {
  return endedAt === null ? until : Math.min(until, endedAt);
}
