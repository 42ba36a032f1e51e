import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ActKind } from '#desk/act-kind.ts';
import { actKinds } from '#operations/live-desk.ts';
import type { Done } from '#operations/perform-act.ts';
import { readJsonText } from '#language/readers/json.ts';
import type { ServedOffice } from './office.ts';
import { performed, type AskedAct } from './perform.ts';
import { ActDone } from './schemas/act.ts';
import { Failure } from './schemas/problem.ts';

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
        .send(await answered(office, kind, request)),
  });
}

async function answered(office: ServedOffice, kind: ActKind, request: FastifyRequest): Promise<ActDone> {
  const { principal } = request;
  if (principal === null) throw new Error(`The act ${kind.id} was reached by nobody. Its permission is not asked for.`);
  // A repeated request is answered with what the first one did.
  const text = await office.once(principal, request, async () => JSON.stringify(await performed(office, principal, kind, request.body as AskedAct)));
  const { seq, subject, at } = storedDone(text);
  return { seq, subject, at: new Date(at).toISOString() };
}

function storedDone(text: string): Done {
  const read = readJsonText(text);
  if (!read.ok) throw new Error('What was done cannot be read again.');
  return read.value as Done;
}
