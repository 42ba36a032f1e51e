import { exchange } from './connect.ts';
import { wayTo, type HttpSettings } from './http.ts';

const usual = { deadlineMs: 10_000, mostBytes: 1024 * 1024 };

/** A request of a library that brings its own protocol. */
export type Sent = { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array | null };

/**
 * Sends requests as `fetch` would, over the same checked ways as everything else: no redirects, ten seconds and one megabyte at most unless told otherwise.
 * Throws when no answer comes.
 */
export function fetchThrough(
  settings: HttpSettings,
  { deadlineMs, mostBytes }: { readonly deadlineMs: number; readonly mostBytes: number } = usual,
): (url: string, sent: Sent) => Promise<Response> {
  return async (url, { method, headers, body }) => {
    const target = new URL(url);
    if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new Error(`${target.host} is neither https nor http.`);
    const way = await wayTo(settings, target, 'configured');
    if ('code' in way) throw new Error(way.message);
    const signal = AbortSignal.timeout(deadlineMs);
    const sized = body === null ? headers : { ...headers, 'content-length': String(body.length) };
    const answer = await exchange({
      url: target,
      headers: { ...sized, 'accept-encoding': 'identity' },
      ...way,
      ca: settings.ca ?? null,
      signal,
      method,
      ...(body === null ? {} : { body }),
    });
    const parts: Buffer[] = [];
    let bytes = 0;
    for await (const part of answer as AsyncIterable<Buffer>) {
      bytes += part.length;
      if (bytes > mostBytes) throw new Error(`${target.host} answered with more than ${String(mostBytes)} bytes.`);
      parts.push(part);
    }
    const given = Object.entries(answer.headers).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
    return new Response(bytes === 0 ? null : Buffer.concat(parts), { status: answer.statusCode ?? 502, headers: given });
  };
}
