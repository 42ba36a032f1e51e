import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fetchThrough } from '#outbound/fetch-through.ts';
import type { RemoteAccess } from '../collect-remote.ts';
import { ConfigurationError } from '../configuration-error.ts';

/** A running office and a token for it. */
export type OfficeThere = { readonly url: string; readonly token: string | null };

/** How this machine reaches it. */
export type WayThere = Pick<RemoteAccess, 'proxy' | 'caFile'>;

const deadlineMs = 30_000;
// 50,000 verdicts, about a kilobyte each.
const mostBytes = 64 * 1024 * 1024;

/** Sends JSON to a path of a running office, or asks with GET where there is nothing to send, and gives what it answers; null when it does not answer, or not as an office. Throws a `ConfigurationError` when it refuses. */
export function officeRequests(
  { url, token }: OfficeThere,
  { proxy, caFile }: WayThere,
): (path: `/v1/${string}`, body: object | null) => Promise<unknown> {
  const send = fetchThrough({ proxy, ...certificatesOf({ caFile }), configuredHosts: [new URL(url).host] }, { deadlineMs, mostBytes });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  };
  return async (path, body) => {
    const answer = await send(
      new URL(path, url).href,
      body === null ? { method: 'GET', headers, body } : { method: 'POST', headers, body: Buffer.from(JSON.stringify(body)) },
    ).catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 429) return null;
    const told: unknown = await answer.json().catch(() => null);
    if (answer.status >= 400) throw new ConfigurationError(`The office at ${url} refused the question: ${reasonIn(told, answer.status)}`);
    return told;
  };
}

/** Private certificate authorities, as settings of the client. */
export function certificatesOf({ caFile }: Pick<WayThere, 'caFile'>): { readonly ca?: readonly string[] } {
  return caFile === null ? {} : { ca: [readFileSync(caFile, 'utf8')] };
}

function reasonIn(told: unknown, status: number): string {
  const { detail } = z.object({ detail: z.string().max(2000) }).safeParse(told).data ?? {};
  return detail ?? (status === 401 ? 'give a token in GUILDHALL_TOKEN.' : `status ${String(status)}.`);
}
