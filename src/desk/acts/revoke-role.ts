import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { administratorsBut } from '../access/actors.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ grant: GivenId });
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().max(10_000).nullable().default(null) });

/** Takes a role away at once, whether it was given, delegated or taken in an emergency. One may always give up one's own and end one's own delegation. */
export const revokeRole = actKind<Body, z.infer<typeof Words>>({
  id: 'revoke-role',
  summary: 'Take a role away',
  permission: 'session',
  body: Body,
  words: Words,
  subjectOf: (body) => `grant:${body.grant}`,
  judge(desk, { body, actor, at }) {
    const grant = desk.access.grants.get(body.grant);
    if (grant === undefined) return unknown('There is no such role, or it is not yours to take.');
    const teams = grant.teams ?? desk.people.get(grant.person)?.teams ?? [];
    // Who may give a role for a team takes it there, too; what an administrator gave, only an administrator takes.
    const mayTake =
      isAllowed(actor, 'access:write') ||
      (actor.kind === 'person' && (grant.person === actor.id || grant.by === actor.id)) ||
      (grant.role === 'developer' && isAllowed(actor, 'access:grant', teams.length === 0 ? [null] : teams));
    if (!mayTake) return unknown('There is no such role, or it is not yours to take.');
    if (grant.revoked !== null) return invalid('This role was taken away already.');
    return administratorsBut(desk, {}, at) > 0 && administratorsBut(desk, { grants: new Set([grant.id]) }, at) === 0
      ? invalid('No administrator would be left. Make somebody else one first.')
      : null;
  },
  fold(desk, act) {
    const grant = desk.access.grants.get((act.body as Body).grant);
    if (grant !== undefined) grant.revoked = { at: act.at, by: act.actor };
  },
});
