/** What a finding asks for, most urgent first: do it now, plan it, keep an eye on it. */
export const actions = ['act', 'attend', 'track'] as const;
export type Action = (typeof actions)[number];
