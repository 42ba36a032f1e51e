import type { CouncilCase, CouncilCondition } from '#server/schemas/council.ts';

/** States of cases for people, with the tone of their badge. */
export const caseStateWords: Readonly<Record<CouncilCase['state'], readonly [word: string, tone?: 'medium' | 'ok' | 'critical']>> = {
  open: ['open'],
  waiting: ['waits for facts', 'medium'],
  decided: ['decided', 'ok'],
  lapsed: ['out of force: a condition is late', 'critical'],
  expired: ['ended, ask again', 'medium'],
  withdrawn: ['withdrawn'],
};

/** Outcomes for people. */
export const outcomeWords: Readonly<Record<NonNullable<CouncilCase['outcome']>, readonly [word: string, tone: 'medium' | 'ok' | 'critical']>> = {
  approved: ['Approved', 'ok'],
  'approved-with-conditions': ['Approved with conditions', 'medium'],
  refused: ['Refused', 'critical'],
};

/** States of conditions for people. */
export const conditionWords: Readonly<Record<CouncilCondition['state'], readonly [word: string, tone?: 'medium' | 'ok' | 'critical']>> = {
  open: ['open'],
  claimed: ['waits for a second person', 'medium'],
  met: ['met', 'ok'],
  overdue: ['overdue', 'critical'],
  dropped: ['fell away'],
};

/** What follows when a condition is late, for people. */
export const lateWords: Readonly<Record<CouncilCondition['late'], string>> = {
  told: 'it is said',
  'asked-again': 'the council is asked again',
  ends: 'the approval is out of force until it is met',
};
