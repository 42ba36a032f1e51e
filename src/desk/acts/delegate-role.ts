import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { addGrant } from '../access/access.ts';
import { isLive } from '../access/actors.ts';
import { decides } from '../access/roles.ts';
import { isActive } from '../people/people.ts';
import { GivenId, PersonId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const longestMs = 92 * 86_400_000;

const Body = z.strictObject({
  id: GivenId,
  /** The own role that another stands in for. */
  grant: GivenId,
  to: PersonId,
  /** ISO 8601; null: from now on. */
  from: z.iso.datetime().nullable().default(null),
  until: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().max(10_000).nullable().default(null) });
type Words = z.infer<typeof Words>;

/** Has somebody stand in: they hold the role until a day, and are no second person for who gave it. */
export const delegateRole = actKind<Body, Words>({
  id: 'delegate-role',
  summary: 'Have somebody stand in for you until a day',
  permission: 'session',
  body: Body,
  words: Words,
  subjectOf: (body) => body.to,
  judge(desk, { body, actor, at }) {
    const grant = desk.access.grants.get(body.grant);
    if (grant === undefined || actor.kind !== 'person' || grant.person !== actor.id) return unknown('This is no role of yours.');
    if (!isLive(desk, grant, at)) return invalid('You do not hold this role any more.');
    if (grant.how !== 'granted') return notAllowed('Only a role that is your own can be delegated.');
    if (desk.access.grants.has(body.id)) return invalid('This was delegated already.');
    const to = desk.people.get(body.to);
    if (to === undefined || !isActive(to, at)) return unknown('There is no such person.');
    if (to.id === actor.id) return invalid('Nobody stands in for themselves.');
    const [from, until] = [body.from === null ? at : Date.parse(body.from), Date.parse(body.until)];
    if (until <= Math.max(at, from)) return invalid('It would end before it begins.');
    if (until > at + longestMs) return invalid('Somebody stands in for three months at most; give them the role instead.');
    const held = (desk.access.grantsOf.get(to.id) ?? []).filter((each) => isLive(desk, each, at));
    const isTorn =
      grant.role === 'administrator'
        ? held.some((each) => decides(each.role))
        : decides(grant.role) && held.some((each) => each.role === 'administrator');
    return isTorn ? invalid('An administrator decides nothing, and who decides is no administrator: name somebody else.') : null;
  },
  fold(desk, act) {
    const { id, grant: of, to, from, until } = act.body as Body;
    const own = desk.access.grants.get(of);
    if (own === undefined) return;
    const [begins, reason] = [from === null ? act.at : Date.parse(from), (act.words as Words | null)?.reason ?? null];
    const rest = { of, by: act.actor, at: act.at, from: begins, until: Date.parse(until), reason, revoked: null };
    addGrant(desk.access, { id, person: to, role: own.role, teams: null, how: 'delegated', ...rest });
  },
});
