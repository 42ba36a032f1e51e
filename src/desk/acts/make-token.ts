import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { permissions, type Permission } from '#model/permission.ts';
import { actKind } from '../act-kind.ts';
import { boundToTeams } from '../access/roles.ts';
import { GivenId, TeamName } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const longestMs = 366 * 86_400_000;
/** What a program never does for somebody: hand out access, or take it. */
const forPersons: ReadonlySet<Permission> = new Set<Permission>([
  'access:grant',
  'access:write',
  'access:break-glass',
  'tokens:write',
  'findings:approve',
  'policy:approve',
  'council:vote',
  'council:write',
  'council:privileged',
]);

const Body = z.strictObject({
  id: GivenId,
  scopes: z.array(z.enum(permissions)).min(1).max(permissions.length),
  /** Teams that it is bound to; null: wherever its maker may. */
  teams: z.array(TeamName).min(1).max(50).nullable().default(null),
  /** ISO 8601; a year from now at most. */
  expires: z.iso.datetime(),
});
type Body = z.infer<typeof Body>;

const Words = z.strictObject({ name: z.string().min(1).max(200) });
type Words = z.infer<typeof Words>;

/** Makes an API token that may do a part of what its maker may, as long as the maker may. `POST /v1/tokens` gives its secret, once. */
export const makeToken = actKind<Body, Words>({
  id: 'make-token',
  summary: 'Note that an API token is made; POST /v1/tokens also gives its secret',
  permission: 'tokens:write',
  body: Body,
  words: Words,
  subjectOf: (body) => `token:${body.id}`,
  judge(desk, { body, actor, at }) {
    if (actor.kind !== 'person' && actor.kind !== 'link') return notAllowed('Only a person makes tokens.');
    if (desk.access.tokens.has(body.id)) return invalid('This token was made already.');
    const bad = body.scopes.find((scope) => forPersons.has(scope));
    if (bad !== undefined) return invalid(`${bad} is for persons and not for tokens.`);
    const unbound = body.teams === null ? undefined : body.scopes.find((scope) => !boundToTeams.has(scope));
    if (unbound !== undefined) return invalid(`${unbound} is about the whole office: a token for some teams cannot have it.`);
    const lacks = body.scopes.find((scope) => !isAllowed(actor, scope, body.teams ?? []));
    if (lacks !== undefined) return notAllowed(`You do not hold ${lacks} there yourself.`);
    if (Date.parse(body.expires) <= at) return invalid('It would end before it begins.');
    return Date.parse(body.expires) > at + longestMs ? invalid('A token holds for a year at most.') : null;
  },
  fold(desk, act) {
    const { id, scopes, teams, expires } = act.body as Body;
    const name = (act.words as Words | null)?.name ?? null;
    desk.access.tokens.set(id, { id, maker: act.actor, scopes, teams, at: act.at, expires: Date.parse(expires), name, revoked: null });
  },
});
