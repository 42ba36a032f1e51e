/** What follows when a condition is late: it is said, the council is asked again, or the approval is out of force until it is met. */
export const lateWays = ['told', 'asked-again', 'ends'] as const;
export type LateWay = (typeof lateWays)[number];
