import type { Remit } from '../policy/policy.ts';
import type { TriageState } from '../triage/triage-state.ts';
import { isSettled } from '../triage/triage-state.ts';

/** How sure it is who answers for a component. `inferred`: guessed from what is near; `none`: nobody is named. */
export const certainties = ['confirmed', 'declared', 'inferred', 'none'] as const;
export type OwnerCertainty = (typeof certainties)[number];

/**
 * Whether time runs for an open finding, and if not, why: `paused` for a while, `settled` by a decision, `baseline` has a planned week instead, `question`
 * waits for its owner to be confirmed, `elsewhere` is another system's, `none` has no clock in the policy.
 */
export const clockKinds = ['running', 'paused', 'settled', 'baseline', 'question', 'elsewhere', 'none'] as const;
export type ClockKind = (typeof clockKinds)[number];

/** What decides on a clock. */
export type ClockFacts = {
  readonly state: TriageState;
  readonly isBaseline: boolean;
  readonly certainty: OwnerCertainty;
  readonly remit: Remit['mode'];
  readonly hasDays: boolean;
  readonly isPaused: boolean;
};

/** Which kind of clock an open finding has. */
export function clockKindOf({ state, isBaseline, certainty, remit, hasDays, isPaused }: ClockFacts): ClockKind {
  if (remit !== 'own') return 'elsewhere';
  if (isSettled(state)) return 'settled';
  if (isBaseline) return 'baseline';
  if (!hasDays) return 'none';
  if (certainty === 'inferred') return 'question';
  return isPaused ? 'paused' : 'running';
}
