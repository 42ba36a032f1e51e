import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { TeamName } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const Body = z.strictObject({ team: TeamName, restricted: z.boolean() });
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Hides what a team owns from all but its members and who may see restricted teams, or shows it again. */
export const restrictTeam = actKind<Body, z.infer<typeof Words>>({
  id: 'restrict-team',
  summary: "Hide a team's components from others, or show them again",
  permission: 'restricted:read',
  body: Body,
  words: Words,
  subjectOf: (body) => `team:${body.team}`,
  judge(desk, { body, actor }) {
    // Who could not look behind it does not draw the curtain.
    if (!isAllowed(actor, 'restricted:read', [null]) || !isAllowed(actor, 'access:grant', [null]))
      return notAllowed('This is for the open source office.');
    return desk.access.restricted.has(body.team) === body.restricted ? invalid('It is so already.') : null;
  },
  fold(desk, act) {
    const { team, restricted } = act.body as Body;
    if (restricted) desk.access.restricted.add(team);
    else desk.access.restricted.delete(team);
  },
});
