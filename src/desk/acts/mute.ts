import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { addWish, refusedToWish, wishBody } from '../notices/wish-body.ts';
import { neverMuted, notForTeams } from '../notices/wishes.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject(wishBody);
type Body = z.infer<typeof Body>;

// Silence that nobody remembers is worse than noise.
const longestForTeamMs = 92 * 86_400_000;

/** Lets somebody hear no more of some kinds of notices, for a while or until they say otherwise. */
export const mute = actKind<Body>({
  id: 'mute',
  summary: 'Hear no more of some kinds of notices, for yourself or a team',
  permission: 'session',
  body: Body,
  words: null,
  subjectOf: ({ who }) => `wishes:${who}`,
  judge(_desk, { body: { who, kinds, until }, actor, at }) {
    const refused = refusedToWish(who, actor);
    if (refused !== null) return refused;
    for (const kind of kinds) {
      const because = neverMuted.get(kind);
      if (because !== undefined) return invalid(`Notices of the kind ${kind} cannot be muted: ${because}.`);
      if (who.startsWith('team:') && notForTeams.has(kind)) return invalid(`Notices of the kind ${kind} go to others than the team.`);
    }
    if (until !== null && Date.parse(until) <= at) return invalid('It would end before it begins.');
    if (who.startsWith('team:') && (until === null || Date.parse(until) > at + longestForTeamMs))
      return invalid('A team is muted for a quarter at most: name the day until which.');
    return null;
  },
  fold(desk, { actor, at, body }) {
    const { who, kinds, channel, until } = body as Body;
    addWish(desk, who, { kinds, channel, isWanted: false, teams: [], until: until === null ? null : Date.parse(until), by: actor, at });
  },
});
