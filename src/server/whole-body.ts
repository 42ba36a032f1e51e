import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './refusal.ts';

/** The whole body of a request that is taken as it comes, for what is parsed at once and not kept. Refuses one that is empty or too large. */
export async function wholeBody(request: FastifyRequest, limit: number, what: string): Promise<Uint8Array> {
  const body: unknown = request.body;
  const tooLarge = () => new Refusal(413, `${what} may have at most ${String(limit)} bytes.`, { connection: 'close' });
  if (!(body instanceof Readable)) throw new Refusal(400, `${what} is to be sent as the body.`);
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge();
    chunks.push(chunk);
  }
  if (bytes === 0) throw new Refusal(400, `${what} is empty.`);
  return Buffer.concat(chunks);
}
