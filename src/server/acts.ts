import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ActKind } from '#desk/act-kind.ts';
import { actKinds } from '#operations/live-desk.ts';
import { performAct, type Done } from '#operations/perform-act.ts';
import { readJsonText } from '#language/readers/json.ts';
import type { ServedOffice } from './office.ts';
import { visibilityOf } from './principal.ts';
import { Refusal } from './refusal.ts';
import { ActDone } from './schemas/act.ts';
import { Failure } from './schemas/problem.ts';

const statusOf = { 'not-allowed': 403, unknown: 404, changed: 412, invalid: 409 } as const;
// Twenty thousand findings by natural keys.
const longestAct = 8 * 1024 * 1024;

/** Adds `POST /v1/acts/<kind>` for everything that people do: the kind's own file says what it takes, who may, and what follows. */
export function addActs(app: FastifyInstance, office: ServedOffice): void {
  void app.register((whole, _, done) => {
    whole.removeAllContentTypeParsers();
    whole.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: longestAct }, whole.getDefaultJsonParser('error', 'error'));
    for (const kind of actKinds) addAct(whole, office, kind);
    done();
  });
}

function addAct(app: FastifyInstance, office: ServedOffice, kind: ActKind): void {
  const body = z.strictObject({
    body: kind.body,
    ...(kind.words === null ? {} : { words: kind.words }),
    /** The last act about the subject that you have seen; another answers 412. */
    expects: z.number().int().nonnegative().optional(),
  });
  app.route({
    method: 'POST',
    url: `/v1/acts/${kind.id}`,
    schema: {
      summary: kind.summary,
      tags: ['acts'],
      security: [{ token: [] }, { session: [] }],
      body,
      response: { 201: ActDone, default: Failure },
    },
    config: { access: kind.permission },
    handler: async (request, reply) =>
      reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(await performed(office, kind, request)),
  });
}

async function performed(office: ServedOffice, kind: ActKind, request: FastifyRequest): Promise<ActDone> {
  const { principal } = request;
  if (principal === null) throw new Error(`The act ${kind.id} was reached by nobody. Its permission is not asked for.`);
  const estate = office.estate.current();
  if (estate === null) throw new Refusal(503, 'The estate is being loaded. Ask again in a moment.', { 'retry-after': '1' });
  const { body, words, expects } = request.body as { readonly body: unknown; readonly words?: unknown; readonly expects?: number };
  const wanted = {
    kind,
    body,
    words: words ?? null,
    actor: principal.actor,
    visibility: visibilityOf(principal, 'findings'),
    estateVisibility: visibilityOf(principal, 'estate'),
    expects: expects ?? null,
  };
  // A repeated request is answered with what the first one did.
  const text = await office.once(principal, request, async () => {
    const done = await performAct(office.context, office.desk, estate, wanted);
    if ('refusal' in done) throw new Refusal(statusOf[done.refusal], done.reason);
    return JSON.stringify(done);
  });
  const { seq, subject, at } = storedDone(text);
  return { seq, subject, at: new Date(at).toISOString() };
}

function storedDone(text: string): Done {
  const read = readJsonText(text);
  if (!read.ok) throw new Error('What was done cannot be read again.');
  return read.value as Done;
}
