import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { Reason } from '../council/schemas.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ seat: GivenId });
type Body = z.infer<typeof Body>;

/** Ends a seat: votes of its holder stop counting in what is open, and stand in what was decided. */
export const unseatMember = actKind<Body, z.infer<typeof Reason>>({
  id: 'unseat-member',
  summary: 'End a seat in the council',
  permission: 'council:write',
  body: Body,
  words: Reason,
  subjectOf: (body) => `seat:${body.seat}`,
  judge(desk, { body, actor }) {
    const seat = desk.council.seats.get(body.seat);
    if (seat === undefined) return unknown('There is no such seat.');
    if (actor.kind === 'machine') return notAllowed('Only a person ends seats.');
    return seat.ended === null ? null : invalid('This seat has ended.');
  },
  fold(desk, act) {
    const seat = desk.council.seats.get((act.body as Body).seat);
    if (seat !== undefined) seat.ended = { at: act.at, by: act.actor };
  },
});
