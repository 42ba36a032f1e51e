import type { FastifyRequest } from 'fastify';
import type { Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

/** Does work once for each `Idempotency-Key` of a principal: a repeated request gets what the first one gave. */
export type Once = (principal: Principal, request: FastifyRequest, work: () => Promise<string>) => Promise<string>;

const keptKeys = 1000;
const longestKey = 255;

/** Remembers the latest thousand keys. Past that, and after a start, equal bytes in the same slot still are one upload. */
export function rememberKeys(): Once {
  const done = new Map<string, Promise<string>>();
  return (principal, request, work) => {
    const header = request.headers['idempotency-key'];
    if (header === undefined) return work();
    if (typeof header !== 'string' || header.length > longestKey)
      throw new Refusal(400, `An Idempotency-Key has at most ${String(longestKey)} characters.`);
    const key = JSON.stringify([principal.kind, principal.subject, request.url, header]);
    const known = done.get(key);
    if (known !== undefined) return known;
    const result = work();
    done.set(key, result);
    const [oldest] = done.keys();
    if (done.size > keptKeys && oldest !== undefined) done.delete(oldest);
    // A try that failed may be made again under the same key.
    result.catch(() => done.delete(key));
    return result;
  };
}
