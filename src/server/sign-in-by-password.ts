import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOfPerson } from '#desk/access/actors.ts';
import { personWithPassword } from '#operations/passwords.ts';
import type { ServedOffice } from './office.ts';
import { Refusal } from './refusal.ts';
import { beginSession, deskNow, loginsPerMinute } from './sign-in.ts';

const Body = z.strictObject({ user: z.string().min(1).max(100), password: z.string().min(1).max(1000) });

/** Adds `POST /login`, which takes a user name and a password, and `GET /login/ways`, which says how one may sign in. Every pair that is not right gets the same answer. */
export function addPasswordLogin(app: FastifyInstance, office: ServedOffice): void {
  app.get('/login/ways', { schema: { hide: true }, config: { access: 'public' } }, (_, reply) =>
    reply.header('cache-control', 'no-store').send({ passwords: office.signIn.passwords, openId: office.signIn.openId?.name ?? null }),
  );
  if (!office.signIn.passwords) return;
  // By address and name: behind a proxy all share one address.
  const rateLimit = { max: loginsPerMinute, timeWindow: 60_000, hook: 'preHandler', keyGenerator: whoTries } as const;
  void app.register((routes, _, done) => {
    routes.removeAllContentTypeParsers();
    routes.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: 4096 }, routes.getDefaultJsonParser('error', 'error'));
    routes.post('/login', { schema: { hide: true }, config: { access: 'public', rateLimit } }, async (request, reply) => {
      const body = Body.safeParse(request.body);
      if (!body.success) throw new Refusal(400, 'Send a user name and a password.');
      const desk = await deskNow(office);
      const person = await personWithPassword(office, desk, body.data.user, body.data.password);
      if (person === null || actorOfPerson(desk, person, office.clock()) === null) {
        office.metrics.signInRefused('password');
        throw new Refusal(401, 'User name and password do not fit, or the account is locked for a while.');
      }
      await beginSession(office, request, reply, { person, how: 'password' });
      return reply.code(204).send();
    });
    done();
  });
}

function whoTries({ ip, body }: FastifyRequest): string {
  const user = Body.shape.user.safeParse((body as { readonly user?: unknown } | null)?.user);
  return `${ip} ${user.success ? user.data.toLowerCase() : ''}`;
}
