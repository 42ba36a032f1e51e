import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { PassThrough, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGunzip } from 'node:zlib';
import { redactText } from '#language/redact.ts';
import { quoted, type Problem } from '#model/problem.ts';
import { checkedAddresses, type Address, type Resolve } from './addresses.ts';
import { exchange } from './connect.ts';

/** How the firm's network is left; all from the configuration. */
export type HttpSettings = {
  /** Hosts, `name` or `name:port`, that may have any address, such as an internal mirror. All others must be public. */
  readonly configuredHosts?: readonly string[];
  /** `http://user:password@proxy:3128`; null for a direct way. */
  readonly proxy?: string | null;
  /** Hosts reached without the proxy; `.example.org` stands for all below it. */
  readonly noProxy?: readonly string[];
  /** Private certificate authorities in PEM, beside the well-known ones. */
  readonly ca?: readonly string[] | null;
  /** Authorization header by origin (`https://host:port`). It is sent to that origin and to no other. */
  readonly credentials?: ReadonlyMap<string, string>;
  readonly resolve?: Resolve;
  /** First pause between tries in milliseconds, doubled each time; 500 by default. */
  readonly retryBaseMs?: number;
};

export type GetOptions = {
  /** ETag of the copy at hand: an unchanged resource is `not-modified`. */
  readonly etag?: string | null;
  /** `Last-Modified` of the copy at hand, as the server wrote it. */
  readonly lastModified?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Most bytes of body, counted both as sent and as unpacked. */
  readonly maxBytes: number;
  /** Time for everything, redirects and retries included. */
  readonly deadlineMs: number;
  /** Write the body to this new file instead of holding it. */
  readonly toFile?: string;
  /** `public`: the host's addresses must be public whatever the configuration allows, for URLs that came from outside. */
  readonly allow?: 'public' | 'configured';
};

export type Fetched =
  | {
      readonly kind: 'fetched';
      /** Where it came from after redirects, without credentials. */
      readonly url: string;
      readonly etag: string | null;
      readonly lastModified: string | null;
      readonly size: number;
      /** sha256 of the body, in hex. */
      readonly hash: string;
      /** Null when it was written to a file. */
      readonly body: Uint8Array | null;
    }
  | { readonly kind: 'not-modified' }
  | { readonly kind: 'failed'; readonly status: number | null; readonly problem: Problem };

/** The one way out over HTTP. */
export type HttpClient = {
  /** Gets a resource. Whatever goes wrong is an answer of kind `failed`; it never throws and always ends within the deadline. */
  get(url: string, options: GetOptions): Promise<Fetched>;
};

type Attempt =
  | Fetched
  | { readonly kind: 'again'; readonly status: number | null; readonly problem: Problem; readonly afterMs: number | null }
  | { readonly kind: 'redirect'; readonly to: string };

const maxTries = 5;
const maxRedirects = 3;
const worthAnotherTry: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** A client with these settings. */
export function httpClient(settings: HttpSettings = {}): HttpClient {
  return {
    async get(url, options) {
      const ends = AbortSignal.timeout(options.deadlineMs);
      const endsAt = performance.now() + options.deadlineMs;
      for (let tried = 1; ; tried += 1) {
        const attempt = await followed(settings, url, options, ends);
        if (attempt.kind !== 'again') return attempt;
        const last = { kind: 'failed', status: attempt.status, problem: attempt.problem } as const;
        if (tried === maxTries || ends.aborted) return last;
        // Jitter, so that many clients do not come back together.
        const waitMs = attempt.afterMs ?? (settings.retryBaseMs ?? 500) * 2 ** (tried - 1) * (0.5 + Math.random());
        if (performance.now() + waitMs >= endsAt) return last;
        await pause(waitMs);
      }
    },
  };
}

async function followed(
  settings: HttpSettings,
  url: string,
  options: GetOptions,
  ends: AbortSignal,
): Promise<Exclude<Attempt, { kind: 'redirect' }>> {
  const first = URL.parse(url);
  if (first === null) return failed(null, 'bad-url', `${quoted(redactText(url))} is not a URL.`);
  let target = first;
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const attempt = await attemptOf(settings, target, first, options, ends);
    if (attempt.kind !== 'redirect') return attempt;
    const next = URL.parse(attempt.to, target.href);
    if (next === null) return failed(null, 'bad-redirect', `${shown(target)} redirects to ${quoted(redactText(attempt.to))}, which is not a URL.`);
    if (target.protocol === 'https:' && next.protocol !== 'https:')
      return failed(null, 'bad-redirect', `${shown(target)} redirects to an address without encryption.`);
    target = next;
  }
  return failed(null, 'too-many-redirects', `${shown(first)} redirects more than ${String(maxRedirects)} times.`);
}

async function attemptOf(settings: HttpSettings, url: URL, first: URL, options: GetOptions, ends: AbortSignal): Promise<Attempt> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return failed(null, 'bad-url', `${shown(url)} is neither https nor http.`);
  const way = await Promise.race([wayTo(settings, url, options.allow ?? 'configured'), outOfTime(ends, url)]);
  if ('code' in way)
    return way.code === 'no-address' ? { kind: 'again', status: null, problem: way, afterMs: null } : { kind: 'failed', status: null, problem: way };
  let response: IncomingMessage;
  try {
    response = await exchange({ url: bare(url), headers: headersOf(settings, url, first, options), ...way, ca: settings.ca ?? null, signal: ends });
  } catch (error) {
    if (ends.aborted) return failed(null, 'deadline', `${shown(url)} did not answer within ${String(options.deadlineMs)} ms.`);
    return {
      kind: 'again',
      status: null,
      problem: problemOf('no-connection', `${shown(url)} cannot be reached: ${quoted(redactText(String(error)))}.`),
      afterMs: null,
    };
  }
  const status = response.statusCode ?? 0;
  if (status === 200) return await bodyOf(response, url, options, ends);
  response.destroy();
  if (status === 304 && (options.etag ?? options.lastModified ?? null) !== null) return { kind: 'not-modified' };
  const { location } = response.headers;
  if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) return { kind: 'redirect', to: location };
  const problem = problemOf(status === 404 || status === 410 ? 'not-found' : 'bad-status', `${shown(url)} answered ${String(status)}.`);
  if (!worthAnotherTry.has(status)) return { kind: 'failed', status, problem };
  return { kind: 'again', status, problem, afterMs: retryAfterMs(response.headers['retry-after'], response.headers.date) };
}

/** The checked way to a URL under these settings, or why there is none. */
export async function wayTo(
  settings: HttpSettings,
  url: URL,
  allow: 'public' | 'configured',
): Promise<{ addresses: readonly Address[]; proxy: { url: URL; addresses: readonly Address[] } | null } | Problem> {
  const configured = allow === 'configured' && (settings.configuredHosts ?? []).some((host) => host === url.hostname || host === url.host);
  const proxyUrl =
    settings.proxy === undefined || settings.proxy === null || goesDirect(settings.noProxy ?? [], url.hostname) ? null : URL.parse(settings.proxy);
  if (proxyUrl === null) {
    const addresses = await checkedAddresses(url.hostname, configured, settings.resolve);
    return 'code' in addresses ? addresses : { addresses, proxy: null };
  }
  // Names are resolved by the proxy, which has its own rules; what plainly names an inner address is refused here.
  const plainlyInner =
    isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0 || !url.hostname.includes('.') || /(?:^|\.)(?:localhost|local|internal)\.?$/i.test(url.hostname);
  const refused = plainlyInner && !configured ? await checkedAddresses(url.hostname, false, settings.resolve) : [];
  if ('code' in refused) return refused;
  const addresses = await checkedAddresses(proxyUrl.hostname, true, settings.resolve);
  return 'code' in addresses ? addresses : { addresses: [], proxy: { url: proxyUrl, addresses } };
}

/** A name server may hang longer than we care to wait. */
async function outOfTime(ends: AbortSignal, url: URL): Promise<Problem> {
  if (!ends.aborted) await once(ends, 'abort');
  return problemOf('deadline', `The address of ${shown(url)} was not found in time.`);
}

function goesDirect(noProxy: readonly string[], hostname: string): boolean {
  return noProxy.some((host) => host === '*' || host === hostname || (host.startsWith('.') && hostname.endsWith(host)));
}

function headersOf(settings: HttpSettings, url: URL, first: URL, options: GetOptions): Record<string, string> {
  const sameOrigin = url.origin === first.origin;
  // A redirect may not choose credentials: those in a URL count only in the one we were given, and only for its origin.
  const authorization = settings.credentials?.get(url.origin) ?? (sameOrigin ? credentialsIn(first) : undefined);
  return {
    ...(sameOrigin ? options.headers : {}),
    'user-agent': 'guildhall',
    'accept-encoding': 'identity',
    ...(options.etag === undefined || options.etag === null ? {} : { 'if-none-match': options.etag }),
    ...(options.lastModified === undefined || options.lastModified === null ? {} : { 'if-modified-since': options.lastModified }),
    ...(authorization === undefined ? {} : { authorization }),
  };
}

function credentialsIn(url: URL): string | undefined {
  return url.username === ''
    ? undefined
    : `Basic ${Buffer.from(`${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`).toString('base64')}`;
}

async function bodyOf(response: IncomingMessage, url: URL, options: GetOptions, ends: AbortSignal): Promise<Attempt> {
  const tooLarge = () => failed(200, 'too-large', `${shown(url)} sends more than ${String(options.maxBytes)} bytes.`);
  const promised = Number(response.headers['content-length'] ?? 0);
  if (promised > options.maxBytes) {
    response.destroy();
    return tooLarge();
  }
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip') {
    response.destroy();
    return failed(200, 'bad-encoding', `${shown(url)} answers in the encoding ${quoted(encoding)}, which was not asked for.`);
  }
  const hash = createHash('sha256');
  const parts: Buffer[] = [];
  let size = 0;
  const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const part of source) {
      size += part.length;
      if (size > options.maxBytes) throw new TooLarge();
      hash.update(part);
      yield part;
    }
  };
  const sink = options.toFile === undefined ? collector(parts) : createWriteStream(options.toFile, { flags: 'wx', mode: 0o600 });
  try {
    const unpacked = encoding === 'gzip' ? createGunzip() : new PassThrough();
    await pipeline(response, unpacked, counted, sink, { signal: ends });
  } catch (error) {
    if (options.toFile !== undefined) await rm(options.toFile, { force: true });
    if (error instanceof TooLarge) return tooLarge();
    if (ends.aborted) return failed(200, 'deadline', `${shown(url)} did not send everything within ${String(options.deadlineMs)} ms.`);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EEXIST', 'ENOSPC', 'EACCES', 'EROFS', 'ENOENT', 'EDQUOT'].includes(code))
      return failed(200, 'cannot-write', `What ${shown(url)} sends cannot be written (${code}). Make room or check the data folder.`);
    return { kind: 'again', status: 200, problem: problemOf('cut-short', `${shown(url)} stopped sending: ${quoted(String(error))}.`), afterMs: null };
  }
  const body = options.toFile === undefined ? new Uint8Array(Buffer.concat(parts)) : null;
  const { etag = null, 'last-modified': lastModified = null } = response.headers;
  return { kind: 'fetched', url: bare(url).href, etag, lastModified, size, hash: hash.digest('hex'), body };
}

class TooLarge extends Error {}

function collector(parts: Buffer[]): Writable {
  return new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
}

/** Milliseconds to wait, from seconds or a date (measured against the server's own clock); null when it does not say. */
function retryAfterMs(value: string | undefined, date: string | undefined): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  const wait = Date.parse(value) - Date.parse(date ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}

function bare(url: URL): URL {
  const copy = new URL(url);
  copy.username = '';
  copy.password = '';
  copy.hash = '';
  return copy;
}

/** The URL as it may be shown: neither credentials nor query, where tokens hide. */
function shown(url: URL): string {
  return quoted(`${url.protocol}//${url.host}${url.pathname}`, 300);
}

function failed(status: number | null, code: string, message: string): Extract<Fetched, { kind: 'failed' }> {
  return { kind: 'failed', status, problem: problemOf(code, message) };
}

function problemOf(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
