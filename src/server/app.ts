import { randomBytes } from 'node:crypto';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createJsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { isStoreAway } from '#operations/store-away.ts';
import { addApiDocs } from './api-docs.ts';
import { addActs } from './acts.ts';
import { addApi } from './api.ts';
import { addDependencyTrack } from './dependency-track/add-dependency-track.ts';
import type { FailureForm } from './failure-form.ts';
import { addHealth } from './health.ts';
import type { ServedOffice } from './office.ts';
import { may, type Access, type Principal } from './principal.ts';
import { failureOf, problemType, Refusal } from './refusal.ts';
import { guardAgainstForeignPages, type KnownHosts } from './same-site.ts';
import { addOpenIdLogin } from './sign-in-by-openid.ts';
import { addPasswordLogin } from './sign-in-by-password.ts';
import { addLogin, principalOf } from './sign-in.ts';
import { addScim } from './scim/add-scim.ts';
import { serveWeb } from './static-web.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may ask; a route without it does not start. */
    access?: Access;
    /** How it writes a failure down; a problem document when absent. */
    failure?: FailureForm;
  }
  interface FastifyRequest {
    principal: Principal | null;
  }
}

/** How the server is reached and what it tells its owner. */
export type AppOptions = {
  readonly hosts: KnownHosts;
  /** Folder of the built web. */
  readonly web: string;
  /** Hears of what went wrong inside; the asker only gets an id. */
  readonly report: (error: unknown, request: string) => void;
};

// Far above what pages and scripts ask, far below what would keep others from being answered.
const requestsPerMinute = 12_000;
const longestParameter = 4096;

/** The HTTP server, not yet listening. Throws when a route does not say who may ask. */
export async function createApp(office: ServedOffice, options: AppOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    genReqId: () => randomBytes(6).toString('hex'),
    routerOptions: { maxParamLength: longestParameter },
    forceCloseConnections: true,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => sendFailure(error, request, reply, options.report));
  app.decorateRequest('principal', null);
  requirePermissions(app);
  await app.register(cookie);
  guardAgainstForeignPages(app, options.hosts);
  await app.register(rateLimit, {
    max: requestsPerMinute,
    timeWindow: 60_000,
    errorResponseBuilder: (_, { after }) => new Refusal(429, `That was too often. Try again in ${after}.`),
  });
  app.addHook('onRequest', (request) => admit(request, office));
  app.addHook('onResponse', (request, reply, done) => {
    office.metrics.request(request.routeOptions.url ?? 'pages', request.method, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  await app.register(compress, { encodings: ['gzip', 'identity'], threshold: 1024 });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Guildhall', description: 'The open source program office as one program.', version: '1' },
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'guildhall_session' } },
      },
    },
    transform: createJsonSchemaTransform({}),
  });
  await app.register((routes, _, done) => {
    addApi(routes, office);
    addActs(routes, office);
    addDependencyTrack(routes, office);
    addScim(routes, office);
    addApiDocs(routes);
    addHealth(routes, office);
    addLogin(routes, office);
    addPasswordLogin(routes, office);
    addOpenIdLogin(routes, office);
    done();
  });
  await serveWeb(app, options.web);
  return app;
}

/** Makes adding a route that does not say who may ask an error. */
export function requirePermissions(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined)
      throw new Error(`The route ${String(route.method)} ${route.url} does not say who may ask. Give it a permission.`);
  });
}

/** Lets in who may ask, before the body is taken. */
async function admit(request: FastifyRequest, office: ServedOffice): Promise<void> {
  const { access } = request.routeOptions.config;
  if (access === undefined || access === 'public') return;
  request.principal = await principalOf(request, office);
  if (request.principal === null)
    throw new Refusal(401, 'Sign in with the link that `guildhall login-link` prints, or send an API token.', { 'www-authenticate': 'Bearer' });
  if (!may(request.principal, access)) throw new Refusal(403, `This needs the permission ${access}.`);
}

function sendFailure(error: FastifyError | Refusal, request: FastifyRequest, reply: FastifyReply, report: AppOptions['report']): FastifyReply {
  const { status, detail } = outcomeOf(error);
  // That the store is away is said once, by who follows it.
  if (status >= 500 && !(error instanceof Refusal) && !isStoreAway(error))
    report(error, `${request.method} ${request.routeOptions.url ?? ''} (${request.id})`);
  if (error instanceof Refusal) void reply.headers(error.headers);
  if (isStoreAway(error)) void reply.header('retry-after', '2');
  const form: FailureForm = request.routeOptions.config.failure ?? (() => ({ type: problemType, body: failureOf(status, detail, request.id) }));
  const { type, body } = form(status, detail, error);
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type(type)
    .serializer((written: unknown) => JSON.stringify(written))
    .send(body);
}

function outcomeOf(error: FastifyError | Refusal): { readonly status: number; readonly detail: string } {
  if (error instanceof Refusal) return { status: error.status, detail: error.message };
  if (error.validation !== undefined) {
    const issues = error.validation.map((issue) => `${issue.instancePath.replace(/^\//, '') || 'query'}: ${issue.message ?? 'wrong'}`);
    return { status: 400, detail: `The question is not understood: ${issues.join('; ')}.` };
  }
  if (isStoreAway(error)) return { status: 503, detail: 'The store does not answer at this moment. Try again with the same Idempotency-Key.' };
  const status = error.statusCode ?? 500;
  if (status >= 400 && status < 500) return { status, detail: error.message };
  return { status: 500, detail: 'The office could not answer. Its log says why, under the id of this answer.' };
}
