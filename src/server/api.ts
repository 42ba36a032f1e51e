import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Estate } from '#estate/estate.ts';
import type { Asked, RawAnswer, StreamedAnswer } from './asked.ts';
import { handlers } from './handlers.ts';
import { csvOf, jsonLinesOf, pageOf, type AnyListing, type PageQuery } from './listing.ts';
import type { ServedOffice } from './office.ts';
import { seenFor, sightKey, visibilityOf, type Principal } from './principal.ts';
import { Refusal } from './refusal.ts';
import { Failure } from './schemas/problem.ts';
import { routes, type RouteName } from './schemas/routes.ts';
import type { Route } from './schemas/routes/route.ts';
import { pastDayOf } from './views/past-day.ts';
import { takesUploads, uploadTypes } from './upload-types.ts';

/** Any handler, once its route's schemas have checked what it is given and what it answers. */
type AnyHandler = (asked: Asked<never>) => AnyListing | object | null | Promise<AnyListing | object | null>;

const longestBody = 64 * 1024;
// A lockfile of fifty thousand packages; the schema bounds the rest.
const longestOf: Partial<Record<RouteName, number>> = { verdicts: 8 * 1024 * 1024 };
// Their rows also lie in the store and change without the estate.
const withoutTag: ReadonlySet<string> = new Set<RouteName>([
  'sources',
  'problems',
  'savedViews',
  'decisions',
  'people',
  'access',
  'tokens',
  'councilCases',
  'councilConditions',
]);

/** Adds every route of the table, answered by its handler. */
export function addApi(app: FastifyInstance, office: ServedOffice): void {
  const table = Object.entries(routes) as [RouteName, Route][];
  takesUploads(app);
  addRoutes(
    app,
    office,
    table.filter(([, route]) => typeof route.body === 'string'),
  );
  // Bodies of a schema are taken whole and as JSON only, so these routes have a reader of their own.
  void app.register((whole, _, done) => {
    whole.removeAllContentTypeParsers();
    whole.addContentTypeParser('application/json', { parseAs: 'string' }, whole.getDefaultJsonParser('error', 'error'));
    addRoutes(
      whole,
      office,
      table.filter(([, route]) => typeof route.body !== 'string'),
    );
    done();
  });
}

function addRoutes(app: FastifyInstance, office: ServedOffice, table: readonly (readonly [RouteName, Route])[]): void {
  for (const [name, route] of table) {
    app.route({
      method: route.method,
      url: route.path,
      schema: {
        summary: route.summary,
        tags: [route.path.split('/')[2] ?? ''],
        security: [{ token: [] }, { session: [] }],
        ...(route.params === null ? {} : { params: route.params }),
        querystring: route.query ?? z.strictObject({}),
        ...(route.body === 'stream' ? { consumes: [...uploadTypes] } : {}),
        ...(typeof route.body === 'string' ? {} : { body: route.body }),
        response: route.reply === null ? { default: Failure } : { [route.status]: route.reply, default: Failure },
      },
      ...(typeof route.body === 'string' ? {} : { bodyLimit: longestOf[name] ?? longestBody }),
      config: { access: route.permission },
      handler: (request, reply) => answer(name, route, office, request, reply),
    });
  }
}

async function answer(name: RouteName, route: Route, office: ServedOffice, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { principal } = request;
  if (principal === null) throw new Error(`The route ${route.path} was reached by nobody. Its permission is not asked for.`);
  const query = request.query as Partial<PageQuery> & { readonly asOf?: string; readonly format?: 'json' | 'csv' | 'jsonl' };
  const estate = await estateFor(office, route, query.asOf);
  void reply.header('cache-control', 'private, no-cache').code(route.status);
  if (route.csv && !withoutTag.has(name) && isKnown(estate, request, principal, office, reply)) return reply.code(304).send();
  const sight = { visibility: visibilityOf(principal, seenFor(route.permission)), findings: visibilityOf(principal, 'findings') };
  const asked = { office, estate, ...sight, principal, params: request.params, query, body: request.body, request };
  const answered = await (handlers[name] as unknown as AnyHandler)(asked as unknown as Asked<never>);
  if (answered === null) return reply.send();
  if (route.raw === true) {
    const raw = answered as RawAnswer;
    return 'pieces' in raw ? sendPieces(request, reply, raw) : sendRaw(reply, raw);
  }
  if ('etag' in answered) {
    void reply.header('etag', answered.etag);
    if (route.method === 'GET' && hasAlready(request, String(answered.etag))) return reply.code(304).send();
  }
  if (!route.csv) return reply.send(answered);
  const list = answered as AnyListing;
  const sort = query.sort ?? '';
  if (query.format === 'csv' || query.format === 'jsonl') {
    void reply.header('content-disposition', `attachment; filename="${name}.${query.format}"`);
    if (query.format === 'csv') return reply.type('text/csv; charset=utf-8').send(csvOf(list, sort));
    return reply.type('application/jsonl; charset=utf-8').send(jsonLinesOf(list, sort));
  }
  return reply.send(
    await pageOf(list, { limit: query.limit ?? 50, cursor: query.cursor, sort }, { list: name, sort, epoch: estate.epoch }, office.secret),
  );
}

/** Bytes from outside: never shown by a browser, never taken for anything but what they are said to be, never run. */
function sendRaw(reply: FastifyReply, { bytes, fileName, mediaType = 'application/octet-stream' }: Exclude<RawAnswer, StreamedAnswer>): FastifyReply {
  return reply
    .type(mediaType)
    .headers({ ...downloadHeaders(fileName), 'cache-control': 'no-store' })
    .send(Buffer.from(bytes));
}

/** What we wrote, with the names of others in it: downloaded like bytes from outside, and sent again only when it changed. */
export function sendPieces(request: FastifyRequest, reply: FastifyReply, { pieces, fileName, mediaType, etag }: StreamedAnswer): FastifyReply {
  void reply.header('etag', etag);
  if (hasAlready(request, etag)) return reply.code(304).send();
  return reply
    .type(mediaType)
    .headers(downloadHeaders(fileName))
    .send(Readable.from(pieces, { objectMode: false }));
}

function downloadHeaders(fileName: string): Readonly<Record<string, string>> {
  return {
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
  };
}

/** The estate a question is about: now, or at the end of a day. */
async function estateFor(office: ServedOffice, route: Route, asOf: string | undefined): Promise<Estate> {
  const now = office.estate.current();
  if (now === null) {
    // Signing in and out and asking who one is need no estate.
    if (route.permission === 'session') return office.estate.empty;
    throw new Refusal(503, 'The estate is being loaded. Ask again in a moment.', { 'retry-after': '1' });
  }
  const day = pastDayOf(asOf, office.clock());
  return day === null ? now : office.estate.asOf(day);
}

/** Sets the tag of a list and says whether the asker has it already. The hour is in it, since "within seven days" moves without a change. */
function isKnown(estate: Estate, request: FastifyRequest, principal: Principal, office: ServedOffice, reply: FastifyReply): boolean {
  // What is "mine" differs between two who see the same.
  const seen = [sightKey(principal), principal.subject];
  const hour = Math.floor(office.clock() / 3_600_000);
  const tag = `W/"${hash('sha256', JSON.stringify([office.estate.started, estate.epoch, estate.seq, office.desk.desk.seq, office.estate.isJudged(), seen, hour, request.url]), 'base64url').slice(0, 22)}"`;
  void reply.header('etag', tag);
  return hasAlready(request, tag);
}

function hasAlready(request: FastifyRequest, tag: string): boolean {
  return request.headers['if-none-match']?.split(',').some((each) => each.trim() === tag) ?? false;
}
