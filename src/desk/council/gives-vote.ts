import { actorOfPerson } from '../access/actors.ts';
import type { Desk } from '../desk.ts';
import { isActive } from '../people/people.ts';
import { isSeated } from './seats.ts';

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
