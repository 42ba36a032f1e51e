import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ token: GivenId });
type Body = z.infer<typeof Body>;

/** Ends an API token at once. */
export const revokeToken = actKind<Body>({
  id: 'revoke-token',
  summary: 'End an API token',
  permission: 'session',
  body: Body,
  words: null,
  subjectOf: (body) => `token:${body.token}`,
  judge(desk, { body, actor }) {
    const token = desk.access.tokens.get(body.token);
    // A token may end itself: whoever finds one can do no less.
    const isOwn = token !== undefined && (token.maker === actor.id || actor.id === `token:${token.id}`);
    if (token === undefined || (!isOwn && !isAllowed(actor, 'access:write'))) return unknown('There is no such token.');
    return token.revoked === null ? null : invalid('This token was ended already.');
  },
  fold(desk, act) {
    const token = desk.access.tokens.get((act.body as Body).token);
    if (token !== undefined) token.revoked = { at: act.at, by: act.actor };
  },
});
