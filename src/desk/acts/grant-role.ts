import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { addGrant } from '../access/access.ts';
import { actorOfPerson, isLive } from '../access/actors.ts';
import { decides, grantsOf, roleIds, type RoleId } from '../access/roles.ts';
import type { Desk } from '../desk.ts';
import { isActive } from '../people/people.ts';
import { GivenId, PersonId, TeamName } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  id: GivenId,
  person: PersonId,
  role: z.enum(roleIds),
  /** Teams for which the role's team permissions hold; null: the person's own, as they change. */
  teams: z.array(TeamName).min(1).max(50).nullable().default(null),
  /** ISO 8601; null: until it is revoked. */
  until: z.iso.datetime().nullable().default(null),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().max(10_000).nullable().default(null) });
type Words = z.infer<typeof Words>;

/** Gives somebody a role. Nobody gives themselves one, or more than they hold; administrators hold the handing out and nothing of what they hand out. */
export const grantRole = actKind<Body, Words>({
  id: 'grant-role',
  summary: 'Give somebody a role',
  permission: 'access:grant',
  body: Body,
  words: Words,
  subjectOf: (body) => body.person,
  judge(desk, { body, actor, at }) {
    const person = desk.people.get(body.person);
    if (desk.access.grants.has(body.id)) return invalid('This role was given already.');
    if (person === undefined || !isActive(person, at)) return unknown('There is no such person.');
    if (person.id === actor.id) return notAllowed('Nobody gives themselves a role.');
    if (body.until !== null && Date.parse(body.until) <= at) return invalid('It would end before it begins.');
    if (!isAllowed(actor, 'access:write')) {
      if (actor.kind !== 'person' && actor.kind !== 'office') return notAllowed('Only a person gives roles.');
      // What somebody holds for another, or took in an emergency, is not theirs to hand on.
      const holder = actor.kind === 'person' ? (actorOfPerson(desk, actor.id, at, true) ?? actor) : actor;
      const teams = body.teams ?? person.teams;
      const lacks = grantsOf(body.role).find(
        ([permission, scope]) => !isAllowed(holder, permission, scope === 'office' ? [null] : teams.length === 0 ? [null] : teams),
      );
      if (lacks !== undefined || !isAllowed(holder, 'access:grant', teams.length === 0 ? [null] : teams))
        return notAllowed('You would give more than you hold. Ask an administrator.');
    }
    const excluded = excludes(desk, body.person, body.role, at);
    return excluded === null ? null : invalid(excluded);
  },
  fold(desk, act) {
    const { id, person, role, teams, until } = act.body as Body;
    const reason = (act.words as Words | null)?.reason ?? null;
    const ends = until === null ? null : Date.parse(until);
    addGrant(desk.access, {
      id,
      person,
      role,
      teams,
      how: 'granted',
      of: null,
      by: act.actor,
      at: act.at,
      from: act.at,
      until: ends,
      reason,
      revoked: null,
    });
    if (role === 'administrator') desk.access.firstAdministrator ??= act.seq;
  },
});

/** Who hands out access decides nothing, and the other way round. */
function excludes(desk: Desk, person: string, role: RoleId, now: number): string | null {
  const held = (desk.access.grantsOf.get(person) ?? []).filter((grant) => isLive(desk, grant, now));
  if (role === 'administrator' && held.some((grant) => decides(grant.role)))
    return 'Who decides is no administrator. Take the other role away first.';
  return decides(role) && held.some((grant) => grant.role === 'administrator')
    ? 'An administrator decides nothing. Take that role away first.'
    : null;
}
