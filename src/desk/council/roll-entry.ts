import type { CouncilFunction } from './functions.ts';

/** A seat as it stood when the roll of a case was taken: who came to be seated later has no part in the case. */
export type RollEntry = {
  readonly seat: string;
  readonly person: string;
  readonly function: CouncilFunction;
  /** Whom the holder stands in for; null for who has a seat of their own. */
  readonly deputyOf: string | null;
};
