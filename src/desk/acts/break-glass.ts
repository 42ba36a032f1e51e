import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { addGrant } from '../access/access.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const longestMs = 4 * 3_600_000;

const Body = z.strictObject({
  id: GivenId,
  role: z.enum(['security', 'office']),
  /** ISO 8601; four hours from now at most. */
  until: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ reason: z.string().min(10).max(10_000) });
type Words = z.infer<typeof Words>;

/** Takes a role in an emergency, for some hours. It stands in the ledger and on the access page, and everybody who looks after access is to ask why. */
export const breakGlass = actKind<Body, Words>({
  id: 'break-glass',
  summary: 'Take a role in an emergency, for four hours at most',
  permission: 'access:break-glass',
  body: Body,
  words: Words,
  subjectOf: (body) => `grant:${body.id}`,
  judge(desk, { body, actor, at }) {
    if (actor.kind !== 'person') return notAllowed('Only a person takes a role in an emergency.');
    if (desk.access.grants.has(body.id)) return invalid('This role was taken already.');
    if (Date.parse(body.until) <= at) return invalid('It would end before it begins.');
    return Date.parse(body.until) > at + longestMs ? invalid('It holds for four hours at most.') : null;
  },
  fold(desk, act) {
    const { id, role, until } = act.body as Body;
    const reason = (act.words as Words | null)?.reason ?? null;
    const rest = { of: null, by: act.actor, at: act.at, from: act.at, until: Date.parse(until), reason, revoked: null };
    addGrant(desk.access, { id, person: act.actor, role, teams: null, how: 'break-glass', ...rest });
  },
});
