import { readJson } from '#language/readers/json.ts';
import type { fetchThrough } from '#outbound/fetch-through.ts';
import { jsonBody } from '../channels/outcome.ts';
import { Unanswered } from './ticket-system.ts';

/** Asks with a method and a path below the address of the system; gives what it answered, null where that is nothing. */
export type Ask = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', path: string, body?: object) => Promise<unknown>;

// A token, right or repository that people mend, and a limit that passes, are worth another try; a text that is refused is not.
const lasting: ReadonlySet<number> = new Set([400, 405, 413, 422]);

/** Requests of JSON to one system. What it writes in its answers is not kept in problems. */
export function jsonRequests(request: ReturnType<typeof fetchThrough>, base: string, headers: Readonly<Record<string, string>>): Ask {
  const { host } = new URL(base);
  return async (method, path, body) => {
    const sent = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await request(`${base.replace(/\/+$/, '')}${path}`, {
      method,
      headers: { accept: 'application/json', 'user-agent': 'guildhall', ...headers, ...sent },
      body: body === undefined ? null : jsonBody(body),
    });
    if (answer.status >= 200 && answer.status < 300) return answered(new Uint8Array(await answer.arrayBuffer()), host);
    const afterMs = retryAfterMs(answer.headers, Date.now());
    const isLimited = answer.status === 429 || (answer.status === 403 && (afterMs !== null || answer.headers.get('x-ratelimit-remaining') === '0'));
    throw new Unanswered(`${host} answered ${String(answer.status)}${isLimited ? ', it is asked too often' : ''}.`, {
      again: !lasting.has(answer.status),
      status: answer.status,
      afterMs,
    });
  };
}

function answered(bytes: Uint8Array, host: string): unknown {
  if (bytes.length === 0) return null;
  const read = readJson(bytes);
  if (!read.ok) throw new Unanswered(`${host} answered something that is no JSON.`, { again: true });
  return read.value;
}

/** From `Retry-After` in seconds or as a date, or the end of a limit in Unix seconds (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
function retryAfterMs(headers: Headers, now: number): number | null {
  const after = headers.get('retry-after');
  if (after !== null && /^\d{1,6}$/.test(after)) return Number(after) * 1000;
  const at = after === null ? Number.NaN : Date.parse(after);
  if (!Number.isNaN(at)) return Math.max(0, at - now);
  const reset = headers.get('x-ratelimit-reset');
  return headers.get('x-ratelimit-remaining') === '0' && reset !== null && /^\d{1,12}$/.test(reset) ? Math.max(0, Number(reset) * 1000 - now) : null;
}
