import { actorOfPerson } from '../access/actors.ts';
import type { Desk } from '../desk.ts';
import { isActive } from '../people/people.ts';
import type { CouncilFunction } from './functions.ts';

/** A seat in the council. Times are Unix milliseconds. */
export type Seat = {
  readonly id: string;
  readonly person: string;
  readonly function: CouncilFunction;
  /** The seat whose holder this one stands in for; null for a seat of its own. */
  readonly deputyOf: string | null;
  readonly by: string;
  readonly from: number;
  /** End of the term; null means until somebody ends it. */
  readonly until: number | null;
  ended: { readonly at: number; readonly by: string } | null;
};

/** True while its holder has it. A deputy's seat goes with the seat that it stands in for. */
export function isSeated(seats: ReadonlyMap<string, Seat>, seat: Seat, now: number): boolean {
  if (seat.ended !== null || seat.from > now || (seat.until !== null && seat.until <= now)) return false;
  const of = seat.deputyOf === null ? null : seats.get(seat.deputyOf);
  return of === null || (of !== undefined && isSeated(seats, of, now));
}

/**
 * True while a seat gives a vote: its holder has it, is of the firm, and holds by themselves what voting needs. What somebody holds for another, or took in an
 * emergency, gives no vote.
 */
export function givesVote(desk: Desk, seatId: string, now: number): boolean {
  const seat = desk.council.seats.get(seatId);
  const person = seat === undefined ? undefined : desk.people.get(seat.person);
  if (seat === undefined || person === undefined || !isActive(person, now) || !isSeated(desk.council.seats, seat, now)) return false;
  return actorOfPerson(desk, seat.person, now, true)?.grants.get('council:vote') === 'office';
}
