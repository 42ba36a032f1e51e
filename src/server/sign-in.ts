import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { storedJson } from '#language/readers/json.ts';
import type { Context } from '#operations/context.ts';
import { newSecret, secretHash } from './login-link.ts';
import { allPermissions, type Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

/** Name of the cookie that holds a session's id. */
export const sessionCookie = 'guildhall_session';

const sessionMs = 12 * 60 * 60_000;
const loginsPerMinute = 10;
const shownOfHash = 16;

const LoginQuery = z.strictObject({
  token: z.string().min(1).max(200),
  /** Where to go then: a path of ours. */
  to: z.string().max(2000).optional(),
});

/** Adds `/login`: a one-time link becomes a session, and its token leaves the address bar at once. */
export function addLogin(app: FastifyInstance, { store, clock }: Pick<Context, 'store' | 'clock'>): void {
  app.get(
    '/login',
    { schema: { hide: true }, config: { access: 'public', rateLimit: { max: loginsPerMinute, timeWindow: 60_000 } } },
    async (request, reply) => {
      const query = LoginQuery.safeParse(request.query);
      const now = clock();
      const isGood = query.success && (await store.auth.useLoginLink(secretHash(query.data.token), now));
      if (!isGood) {
        return reply.code(401).type('text/html; charset=utf-8').send(linkIsOver);
      }
      await store.auth.deleteExpired(now);
      const id = newSecret();
      await store.auth.putSession({ id_hash: secretHash(id), csrf: newSecret(), created: now, expires: now + sessionMs });
      return reply
        .setCookie(sessionCookie, id, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(request), maxAge: sessionMs / 1000 })
        .header('cache-control', 'no-store')
        .redirect(ownPath(query.data.to), 303);
    },
  );
}

/** Who is asking, by token or session; null when neither was given. Refuses a token or session that does not hold. */
export async function principalOf(request: FastifyRequest, { store, clock }: Pick<Context, 'store' | 'clock'>): Promise<Principal | null> {
  const { authorization } = request.headers;
  if (authorization !== undefined) return tokenPrincipal(authorization, store, clock());
  const id = request.cookies[sessionCookie];
  if (id === undefined) return null;
  const session = await store.auth.sessionOf(secretHash(id), clock());
  if (session === null) throw new Refusal(401, 'The session is over. Sign in again with the link that `guildhall login-link` prints.');
  return {
    kind: 'person',
    name: 'Signed in by link',
    subject: 'link',
    permissions: allPermissions,
    expires: session.expires,
    session: session.id_hash,
  };
}

/** Keeps a token given by the environment, with every permission, unless it is known already or was revoked. */
export async function keepFirstToken(token: string, { store, clock }: Pick<Context, 'store' | 'clock'>): Promise<void> {
  const hash = secretHash(token);
  const known = await store.auth.apiTokens();
  if (known.some((each) => each.hash === hash)) return;
  await store.auth.putApiToken({
    hash,
    name: 'GUILDHALL_TOKEN',
    scopes: JSON.stringify(allPermissions),
    created: clock(),
    expires: null,
    revoked: null,
  });
}

async function tokenPrincipal(authorization: string, store: Context['store'], now: number): Promise<Principal> {
  const token = /^Bearer +([\x21-\x7e]{1,500})$/i.exec(authorization)?.[1];
  const row = token === undefined ? null : await store.auth.apiTokenOf(secretHash(token), now);
  if (row === null) throw new Refusal(401, 'The API token is not known here, or no longer holds.', { 'www-authenticate': 'Bearer' });
  const scopes = storedJson(row.scopes) as readonly string[];
  return {
    kind: 'token',
    name: row.name,
    subject: `token-${row.hash.slice(0, shownOfHash)}`,
    permissions: allPermissions.filter((each) => scopes.includes(each)),
    expires: row.expires,
    session: null,
  };
}

/** Behind a proxy that ends TLS the connection itself is plain. Believing its header can only make the cookie stricter. */
function isSecure(request: FastifyRequest): boolean {
  return request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https';
}

function ownPath(to: string | undefined): string {
  return to !== undefined && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';
}

const linkIsOver = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Guildhall</title>
<p>This link has been used or has expired.</p><p>Make another with <code>guildhall login-link</code>.</p></html>
`;
