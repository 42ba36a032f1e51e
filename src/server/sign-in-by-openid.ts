import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personOfIdentity } from '#operations/openid-people.ts';
import type { OpenIdWay } from '#operations/openid-way.ts';
import { newSecret, secretHash } from '#operations/login-link.ts';
import type { ServedOffice } from './office.ts';
import { beginSession, isSecure, loginsPerMinute, ownPath } from './sign-in.ts';

const flowCookie = 'guildhall_flow';
const flowMs = 10 * 60_000;
const callbackPath = '/login/oidc/callback';
const longestAnswer = 8 * 1024;

const Begin = z.strictObject({ to: z.string().max(2000).optional() });

/**
 * Adds `/login/oidc`, which sends the browser to the provider, and the address it comes back to. What was begun is kept here, is used once, ends after
 * ten minutes and belongs to the browser that began it, so that nobody can have somebody else finish a sign-in of theirs.
 */
export function addOpenIdLogin(app: FastifyInstance, office: ServedOffice): void {
  const way = office.signIn.openId;
  if (way === null) return;
  // There is nothing to guess, and all of a firm may come from one address.
  const config = { access: 'public', rateLimit: { max: 30 * loginsPerMinute, timeWindow: 60_000 } } as const;
  app.get('/login/oidc', { schema: { hide: true }, config }, (request, reply) => begin(office, way, request, reply));
  app.get(callbackPath, { schema: { hide: true }, config }, async (request, reply) => {
    void reply.clearCookie(flowCookie, { path: '/login' }).header('cache-control', 'no-store');
    const person = await finish(office, way, request).catch((error: unknown) => {
      office.metrics.signInRefused('oidc');
      office.report(`A sign-in at ${way.issuer} was refused: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    });
    if (person === null) return reply.code(401).type('text/html; charset=utf-8').send(notSignedIn);
    await beginSession(office, request, reply, { person: person.id, how: 'oidc' });
    return reply.redirect(person.to, 303);
  });
}

async function begin(office: ServedOffice, way: OpenIdWay, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const query = Begin.safeParse(request.query);
  const { url, state, nonce, verifier } = await (await way.client()).begin(addressOf(request, callbackPath));
  const browser = newSecret();
  await office.store.auth.putOidcFlow({
    state_hash: secretHash(state),
    browser_hash: secretHash(browser),
    verifier,
    nonce,
    to: ownPath(query.success ? query.data.to : undefined),
    expires: office.clock() + flowMs,
  });
  return reply
    .setCookie(flowCookie, browser, { path: '/login', httpOnly: true, sameSite: 'lax', secure: isSecure(request), maxAge: flowMs / 1000 })
    .header('cache-control', 'no-store')
    .redirect(url, 303);
}

async function finish(office: ServedOffice, way: OpenIdWay, request: FastifyRequest): Promise<{ readonly id: string; readonly to: string }> {
  if (request.url.length > longestAnswer) throw new Error('The answer is longer than 8 KB.');
  const address = new URL(addressOf(request, request.url));
  const [state, ...others] = address.searchParams.getAll('state');
  if (state === undefined || others.length > 0) throw new Error('The answer names no sign-in, or more than one.');
  // Taken before anything else: an answer is good once, whatever comes of it.
  const flow = await office.store.auth.takeOidcFlow(secretHash(state), office.clock());
  if (flow === null) throw new Error('No such sign-in is under way.');
  const browser = request.cookies[flowCookie];
  if (browser === undefined || secretHash(browser) !== flow.browser_hash) throw new Error('Another browser began this sign-in.');
  const identity = await (await way.client()).finish(address, { state, nonce: flow.nonce, verifier: flow.verifier });
  const person = await personOfIdentity(office.context, office.desk, identity, way.people);
  if (person === null) throw new Error('The person is not known here, or has left.');
  return { id: person, to: flow.to };
}

/** The office's own address as the browser knows it. The Host was checked against the known ones before. */
function addressOf(request: FastifyRequest, path: string): string {
  return `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}${path}`;
}

const notSignedIn = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Guildhall</title>
<p>You could not be signed in. The office's log says why.</p><p><a href="/">Try again</a></p></html>
`;
