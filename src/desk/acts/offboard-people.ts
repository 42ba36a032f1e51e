import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { administratorsBut } from '../access/actors.ts';
import { PersonId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  people: z.array(PersonId).min(1).max(20_000),
  /** ISO 8601; from then on they may do nothing here, and their tokens end. */
  leaves: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;

/** Says that people leave. What they did stays; what they may do ends on that day. */
export const offboardPeople = actKind<Body>({
  id: 'offboard-people',
  summary: 'Say that people leave',
  permission: 'people:write',
  body: Body,
  words: null,
  subjectOf: (body) => (body.people.length === 1 ? (body.people[0] ?? 'people') : 'people'),
  judge(desk, { body, actor, at }) {
    if (body.people.some((id) => !desk.people.has(id))) return unknown('Somebody of these is not known here.');
    if (body.people.includes(actor.id)) return notAllowed('Somebody else says that you leave.');
    return administratorsBut(desk, {}, at) > 0 && administratorsBut(desk, { people: new Set(body.people) }, at) === 0
      ? invalid('No administrator would be left. Make somebody else one first.')
      : null;
  },
  fold(desk, act) {
    const { people, leaves } = act.body as Body;
    for (const id of people) {
      const person = desk.people.get(id);
      if (person !== undefined) desk.people.set(id, { ...person, leaves: Date.parse(leaves), seq: act.seq, at: act.at });
    }
  },
});
