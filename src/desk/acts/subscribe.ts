import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { addWish, refusedToWish, wishBody } from '../notices/wish-body.ts';
import { TeamName } from '../people/schemas.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({
  ...wishBody,
  /** A person also hears of these teams, by mail and as far as they may see them; empty: of what concerns them anyway, muted or not before. */
  teams: z.array(TeamName).max(50).default([]),
});
type Body = z.infer<typeof Body>;

/** Lets somebody hear of some kinds of notices again, or of those of further teams. */
export const subscribe = actKind<Body>({
  id: 'subscribe',
  summary: 'Hear of some kinds of notices again, or of those of further teams',
  permission: 'session',
  body: Body,
  words: null,
  subjectOf: ({ who }) => `wishes:${who}`,
  judge(_desk, { body: { who, teams, until }, actor, at }) {
    const refused = refusedToWish(who, actor);
    if (refused !== null) return refused;
    if (until !== null && Date.parse(until) <= at) return invalid('It would end before it begins.');
    return teams.length > 0 && who.startsWith('team:') ? invalid('Only people hear of other teams.') : null;
  },
  fold(desk, { actor, at, body }) {
    const { who, kinds, channel, until, teams } = body as Body;
    addWish(desk, who, { kinds, channel, isWanted: true, teams, until: until === null ? null : Date.parse(until), by: actor, at });
  },
});
