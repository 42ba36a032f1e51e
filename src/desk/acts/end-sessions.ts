import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { PersonId } from '../people/schemas.ts';
import { unknown } from '../refused.ts';

const Body = z.strictObject({ person: PersonId });
type Body = z.infer<typeof Body>;

/** Ends every session of a person; they sign in again. */
export const endSessions = actKind<Body>({
  id: 'end-sessions',
  summary: 'End every session of a person',
  permission: 'session',
  body: Body,
  words: null,
  subjectOf: (body) => body.person,
  judge(desk, { body, actor }) {
    const isOwn = actor.kind === 'person' && body.person === actor.id;
    return desk.people.has(body.person) && (isOwn || isAllowed(actor, 'access:write')) ? null : unknown('There is no such person.');
  },
  fold(desk, act) {
    desk.access.sessionsEnded.set((act.body as Body).person, act.at);
  },
});
