import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Context } from '#operations/context.ts';
import type { Principal } from './principal.ts';
import { Refusal } from './refusal.ts';

/**
 * Does work once for each `Idempotency-Key` of a principal: a repeated request gets what the first one gave, from whichever process it comes to.
 * `work` gets the id to use for what it makes; a try that was cut off is made again under the same one.
 */
export type Once = (principal: Principal, request: FastifyRequest, work: (id: string) => Promise<string>) => Promise<string>;

const longestKey = 255;
const tryMs = 60_000;
const waitAtMostMs = 10_000;
const askEveryMs = 50;

/** Keeps keys and what they gave in the store, for a day. */
export function onceInStore({ store, randomId }: Pick<Context, 'store' | 'randomId'>): Once {
  const { onceKeys } = store;
  return async (principal, request, work) => {
    const header = request.headers['idempotency-key'];
    if (header === undefined) return work(randomId());
    if (typeof header !== 'string' || header.length > longestKey)
      throw new Refusal(400, `An Idempotency-Key has at most ${String(longestKey)} characters.`);
    const key = hash('sha256', JSON.stringify([principal.kind, principal.subject, request.url, header]), 'hex');
    for (let waitedMs = 0; ; waitedMs += askEveryMs) {
      const id = await onceKeys.claim(key, randomId(), tryMs);
      if (id !== null) return doAs(id, key, work);
      const result = await onceKeys.resultOf(key);
      if (result !== null) return result;
      if (waitedMs >= waitAtMostMs)
        throw new Refusal(409, 'A request with this Idempotency-Key is being answered. Ask again in a moment.', { 'retry-after': '5' });
      await pause(askEveryMs);
    }
  };

  async function doAs(id: string, key: string, work: (id: string) => Promise<string>): Promise<string> {
    try {
      const result = await work(id);
      await onceKeys.keep(key, result);
      return result;
    } catch (error) {
      // A try that failed may be made again under the same key; one that is not given back may be in a minute.
      await onceKeys.release(key).catch(() => undefined);
      throw error;
    }
  }
}
