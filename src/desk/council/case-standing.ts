import type { Desk } from '../desk.ts';
import { votesNow, type Case } from './cases.ts';
import { givesVote } from './gives-vote.ts';
import { conflictOf } from './roll.ts';
import { tallyOf, type Says, type Tally, type Voter } from './tally.ts';

/** Members as they stand now: on the roll, kept out by a conflict or without a vote, and what they said. `more` are votes that are about to be given. */
export function votersOf(desk: Desk, of: Case, now: number, more: ReadonlyMap<string, Says> = new Map()): readonly Voter[] {
  const said = votesNow(of);
  return of.roll.map((entry) => ({
    ...entry,
    isOut: conflictOf(desk, of, entry.person) !== null || !givesVote(desk, entry.seat, now),
    says: more.get(entry.person) ?? said.get(entry.person)?.says ?? null,
  }));
}

/** How an open case stands. Votes of who lost their seat, their role or their place in the firm do not count any more. */
export function standingOfCase(desk: Desk, of: Case, now: number, more?: ReadonlyMap<string, Says>): Tally {
  return tallyOf(of.route, votersOf(desk, of, now, more));
}
