import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { councilFunctions } from '../council/functions.ts';
import { isSeated, type Seat } from '../council/seats.ts';
import { isActive } from '../people/people.ts';
import { GivenId, PersonId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  id: GivenId,
  person: PersonId,
  function: z.enum(councilFunctions),
  /** The seat whose holder they stand in for. */
  deputyOf: GivenId.nullable().default(null),
  /** ISO 8601; null: from now on. */
  from: z.iso.datetime().nullable().default(null),
  /** End of the term; null: until the seat is ended. */
  until: z.iso.datetime().nullable().default(null),
});
type Body = z.infer<typeof Body>;

/** Gives somebody a seat in the council. It counts for cases that are opened from then on. */
export const seatMember = actKind<Body>({
  id: 'seat-member',
  summary: 'Give somebody a seat in the council',
  permission: 'council:write',
  body: Body,
  words: null,
  subjectOf: (body) => `seat:${body.id}`,
  judge(desk, { body, actor, at }) {
    const { seats } = desk.council;
    const person = desk.people.get(body.person);
    if (seats.has(body.id)) return invalid('This seat was given already.');
    if (person === undefined || !isActive(person, at)) return unknown('There is no such person.');
    if (actor.kind === 'machine') return notAllowed('Only a person gives seats.');
    if (person.id === actor.id) return notAllowed('Nobody gives themselves a seat.');
    const begins = body.from === null ? at : Date.parse(body.from);
    if (body.until !== null && Date.parse(body.until) <= Math.max(at, begins)) return invalid('The term would end before it begins.');
    const of = body.deputyOf === null ? null : seats.get(body.deputyOf);
    if (of === undefined) return unknown('There is no seat with the id of deputyOf.');
    if (of !== null && (of.function !== body.function || of.deputyOf !== null || of.person === person.id))
      return invalid('A deputy is another person, for a seat of its own of the same function.');
    const has = [...seats.values()].some((each) => each.person === person.id && each.function === body.function && isSeated(seats, each, at));
    return has ? invalid('They have a seat for this function.') : null;
  },
  fold(desk, act) {
    const { id, person, function: of, deputyOf, from, until } = act.body as Body;
    const seat: Seat = {
      ...{ id, person, function: of, deputyOf },
      by: act.actor,
      from: from === null ? act.at : Date.parse(from),
      until: until === null ? null : Date.parse(until),
      ended: null,
    };
    desk.council.seats.set(id, seat);
  },
});
