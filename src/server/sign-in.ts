import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOfLink, actorOfPerson, actorOfToken, linkActor } from '#desk/access/actors.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';
import { storedJson } from '#language/readers/json.ts';
import { permissions, type Permission } from '#model/permission.ts';
import type { Context } from '#operations/context.ts';
import { newSecret, secretHash } from '#operations/login-link.ts';
import type { ServedOffice } from './office.ts';
import type { Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

/** Name of the cookie that holds a session's id. */
export const sessionCookie = 'guildhall_session';

/** Sign-ins that one address may try in a minute. */
export const loginsPerMinute = 10;

/** What signing in needs of an office. */
export type SignInOffice = Pick<ServedOffice, 'store' | 'clock' | 'desk' | 'estate'>;

const sessionMs = 12 * 60 * 60_000;
const shownOfHash = 16;
const noteUseEveryMs = 3_600_000;
/** Stands for every permission there is, also those of later versions. */
const everything = '*';

const LoginQuery = z.strictObject({
  token: z.string().min(1).max(200),
  /** Where to go then: a path of ours. */
  to: z.string().max(2000).optional(),
});

/** Adds `/login`: a one-time link becomes a session, and its token leaves the address bar at once. */
export function addLogin(app: FastifyInstance, office: SignInOffice): void {
  const { store, clock } = office;
  app.get(
    '/login',
    { schema: { hide: true }, config: { access: 'public', rateLimit: { max: loginsPerMinute, timeWindow: 60_000 } } },
    async (request, reply) => {
      const query = LoginQuery.safeParse(request.query);
      const link = query.success ? await store.auth.useLoginLink(secretHash(query.data.token), clock()) : null;
      if (link === null || !query.success || (link.person !== null && actorOfPerson(await deskNow(office), link.person, clock()) === null)) {
        return reply.code(401).type('text/html; charset=utf-8').send(linkIsOver);
      }
      await beginSession(office, request, reply, { person: link.person, how: 'link' });
      return reply.redirect(ownPath(query.data.to), 303);
    },
  );
}

/** Begins a session and sets its cookie; one that the browser had before ends, so that nobody is left signed in as somebody else. */
export async function beginSession(
  { store, clock }: Pick<SignInOffice, 'store' | 'clock'>,
  request: FastifyRequest,
  reply: FastifyReply,
  { person, how }: { readonly person: string | null; readonly how: 'link' | 'password' | 'oidc' },
): Promise<void> {
  const now = clock();
  const before = request.cookies[sessionCookie];
  if (before !== undefined) await store.auth.deleteSession(secretHash(before));
  await store.auth.deleteExpired(now);
  const id = newSecret();
  await store.auth.putSession({ id_hash: secretHash(id), csrf: newSecret(), created: now, expires: now + sessionMs, person, how });
  if (person !== null) await store.auth.noteSignedIn({ person, at: now, how });
  void reply
    .setCookie(sessionCookie, id, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request), maxAge: sessionMs / 1000 })
    .header('cache-control', 'no-store');
}

/** Who is asking, by token or session; null when neither was given. Refuses a token or session that does not hold. */
export async function principalOf(request: FastifyRequest, office: SignInOffice): Promise<Principal | null> {
  const authorization = request.headers.authorization ?? apiKeyOf(request);
  const id = request.cookies[sessionCookie];
  if (authorization === undefined && id === undefined) return null;
  const desk = await deskNow(office);
  if (authorization !== undefined) return tokenPrincipal(authorization, desk, office);
  return sessionPrincipal(id ?? '', desk, office);
}

/** Clients of Dependency-Track send their token in a header of its own. */
function apiKeyOf({ url, headers }: FastifyRequest): string | undefined {
  const key = headers['x-api-key'];
  return typeof key === 'string' && url.startsWith('/api/') ? `Bearer ${key}` : undefined;
}

/** Keeps a token given by the environment, with every permission, unless it was revoked. */
export async function keepFirstToken(token: string, { store, clock }: Pick<Context, 'store' | 'clock'>): Promise<void> {
  await store.auth.putApiToken({
    hash: secretHash(token),
    name: 'GUILDHALL_TOKEN',
    scopes: JSON.stringify([everything]),
    created: clock(),
    expires: null,
    revoked: null,
  });
}

/** A path of ours that somebody may be sent to after signing in; anything else is the first page. */
export function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';
}

/** Behind a proxy that ends TLS the connection itself is plain. Believing its header can only make the cookie stricter. */
export function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';
}

/** The desk as it is followed; just after a start, when nobody follows it yet, as the store has it. */
export async function deskNow({ desk, estate, store }: Pick<SignInOffice, 'desk' | 'estate' | 'store'>): Promise<Desk> {
  return estate.current() === null ? desk.catchUp(store) : desk.desk;
}

async function sessionPrincipal(id: string, desk: Desk, { store, clock }: SignInOffice): Promise<Principal> {
  const session = await store.auth.sessionOf(secretHash(id), clock());
  const over = new Refusal(401, 'The session is over. Sign in again.');
  if (session === null) throw over;
  const rest = { kind: 'person', restricted: desk.access.restricted, expires: session.expires, session: session.id_hash, how: session.how } as const;
  if (session.person === null) return { ...rest, name: 'Signed in by link', subject: linkActor, actor: actorOfLink(desk) };
  const actor = actorOfPerson(desk, session.person, clock());
  const ended = desk.access.sessionsEnded.get(session.person);
  if (actor === null || (ended !== undefined && session.created <= ended)) throw over;
  return { ...rest, name: nameOf(desk.people, session.person), subject: session.person, actor };
}

async function tokenPrincipal(authorization: string, desk: Desk, { store, clock }: SignInOffice): Promise<Principal> {
  const token = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(authorization)?.[1];
  const principal =
    token === undefined
      ? null
      : ((await madeToken(secretHash(token), desk, store, clock())) ?? (await givenToken(secretHash(token), desk, store, clock())));
  if (principal === null) throw new Refusal(401, 'The API token is not known here, or no longer holds.', { 'www-authenticate': 'Bearer' });
  return principal;
}

/** A token that a person made: the ledger says what it may do. */
async function madeToken(hash: string, desk: Desk, store: Context['store'], now: number): Promise<Principal | null> {
  const id = await store.auth.tokenOfSecret(hash);
  const token = id === null ? undefined : desk.access.tokens.get(id);
  const actor = token === undefined ? null : actorOfToken(desk, token, now);
  if (token === undefined || actor === null) return null;
  await noteUse(hash, store, now);
  return {
    kind: 'token',
    name: token.name ?? actor.id,
    subject: actor.id,
    actor,
    restricted: desk.access.restricted,
    expires: token.expires,
    session: null,
    how: 'token',
  };
}

/** A token that the environment gave: it belongs to the installation. */
async function givenToken(hash: string, desk: Desk, store: Context['store'], now: number): Promise<Principal | null> {
  const row = await store.auth.apiTokenOf(hash, now);
  if (row === null) return null;
  const scopes = storedJson(row.scopes) as readonly string[];
  const subject = `token-${row.hash.slice(0, shownOfHash)}`;
  const allowed = scopes.includes(everything) ? permissions : permissions.filter((each) => scopes.includes(each));
  const actor = { id: subject, kind: 'machine', grants: new Map<Permission, 'office'>(allowed.map((each) => [each, 'office'])) } as const;
  return { kind: 'token', name: row.name, subject, actor, restricted: desk.access.restricted, expires: row.expires, session: null, how: 'token' };
}

const usesNoted = new Map<string, number>();

/** Once an hour is enough to tell a token that is used from one that is not. */
async function noteUse(hash: string, store: Context['store'], now: number): Promise<void> {
  if (now - (usesNoted.get(hash) ?? -Infinity) < noteUseEveryMs) return;
  usesNoted.set(hash, now);
  await store.auth.noteTokenUse(hash, now);
}

const linkIsOver = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Guildhall</title>
<p>This link has been used or has expired.</p><p>Make another with <code>guildhall login-link</code>.</p></html>
`;
