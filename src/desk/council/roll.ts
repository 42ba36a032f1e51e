import type { Desk } from '../desk.ts';
import type { Case } from './cases.ts';
import type { RollEntry } from './roll-entry.ts';
import { isSeated } from './seats.ts';

/** Why somebody has no part in a case. */
export type Conflict = 'requester' | 'author' | 'same-team' | 'declared';

/** The seats of the council at one moment, in the order in which they were given. */
export function rollAt(desk: Desk, now: number): readonly RollEntry[] {
  const { seats } = desk.council;
  return [...seats.values()]
    .filter((seat) => isSeated(seats, seat, now))
    .map(({ id, person, function: of, deputyOf }) => ({
      seat: id,
      person,
      function: of,
      deputyOf: deputyOf === null ? null : (seats.get(deputyOf)?.person ?? null),
    }));
}

/** What keeps a person from having a part in a case; null for nothing. What is declared is believed, what can be known is not asked. */
export function conflictOf(desk: Desk, of: Case, person: string): Conflict | null {
  if (of.requesters.some((each) => behind(desk, each) === person)) return 'requester';
  if (of.author !== null && behind(desk, of.author) === person) return 'author';
  if (of.team !== null && desk.people.get(person)?.teams.includes(of.team) === true) return 'same-team';
  return of.interests.has(person) ? 'declared' : null;
}

/** The person behind an actor: who made a token speaks through it. */
function behind(desk: Desk, actor: string): string {
  return actor.startsWith('token:') ? (desk.access.tokens.get(actor.slice('token:'.length))?.maker ?? actor) : actor;
}
