import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sessionCookie } from './sign-in.ts';
import { Refusal } from './refusal.ts';

/** The names under which the office may be reached: `port` for those of this machine, further ones from the configuration with any port. */
export type KnownHosts = { readonly port: () => number; readonly names: readonly string[] };

const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Refuses requests that a foreign page could have made: a Host that is not ours (DNS rebinding), a foreign Origin on what changes something. Sets the headers that browsers keep to. */
export function guardAgainstForeignPages(app: FastifyInstance, hosts: KnownHosts): void {
  app.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    done(refusalOf(request, hosts));
  });
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function refusalOf(request: FastifyRequest, hosts: KnownHosts): Refusal | undefined {
  const { host, origin } = request.headers;
  if (host === undefined || !isOurs(host, hosts))
    return new Refusal(421, 'This office is not reached under that host name. Add the name to `hosts` in the configuration.');
  if (safeMethods.has(request.method)) return undefined;
  if (origin !== undefined) {
    const isSame = URL.canParse(origin) && new URL(origin).host === host;
    return isSame ? undefined : new Refusal(403, 'The request comes from another site.');
  }
  // Browsers send an Origin with whatever changes something; scripts use a token and no cookie.
  if (request.cookies[sessionCookie] !== undefined)
    return new Refusal(403, 'A request with a session that changes something needs an Origin. Use an API token for scripts.');
  return undefined;
}

function isOurs(host: string, hosts: KnownHosts): boolean {
  const [, name = '', port] = /^(\[[0-9a-f:]+\]|[^:]+)(?::(\d+))?$/i.exec(host) ?? [];
  const lower = name.toLowerCase();
  if (['127.0.0.1', 'localhost', '[::1]'].includes(lower)) return Number(port ?? 80) === hosts.port();
  return hosts.names.some((known) => known.toLowerCase() === lower || known.toLowerCase() === host.toLowerCase());
}
