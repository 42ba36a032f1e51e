import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { getCACertificates, connect as tlsConnect } from 'node:tls';
import type { Address } from './addresses.ts';

/** One request on the wire: where to, through what. */
export type Exchange = {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The checked addresses; only these are connected to. Empty when a proxy connects for us. */
  readonly addresses: readonly Address[];
  /** A proxy and the addresses of it; null to connect directly. */
  readonly proxy: { readonly url: URL; readonly addresses: readonly Address[] } | null;
  /** Certificate authorities in PEM beside the well-known ones; null for those only. */
  readonly ca: readonly string[] | null;
  readonly signal: AbortSignal;
  /** GET when absent. */
  readonly method?: string;
  readonly body?: Uint8Array;
};

/** Sends a request and gives the answer's head; the body is still to be read. Rejects when no answer comes. */
export async function exchange(to: Exchange): Promise<IncomingMessage> {
  const tunnel = to.proxy === null ? null : await openTunnel(to, to.proxy);
  const trusted = trustedBy(to);
  const secure = to.url.protocol === 'https:';
  const send = secure ? httpsRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    const request = send(to.url, {
      method: to.method ?? 'GET',
      headers: to.headers,
      signal: to.signal,
      lookup: lookupOf(to.addresses),
      ...trusted,
      ...(tunnel === null
        ? { agent: false }
        : {
            createConnection: () => (secure ? tlsConnect({ socket: tunnel, servername: to.url.hostname, ...trusted }) : tunnel),
          }),
      maxHeaderSize: 32 * 1024,
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(to.body);
  });
}

async function openTunnel(to: Exchange, proxy: NonNullable<Exchange['proxy']>): Promise<Socket> {
  const target = `${to.url.hostname}:${to.url.port || (to.url.protocol === 'https:' ? '443' : '80')}`;
  const trusted = trustedBy(to);
  const { username, password } = proxy.url;
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const send = proxy.url.protocol === 'https:' ? httpsRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    const request = send({
      host: proxy.url.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.url.port || (proxy.url.protocol === 'https:' ? 443 : 80),
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...(username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` }) },
      signal: to.signal,
      agent: false,
      lookup: lookupOf(proxy.addresses),
      ...trusted,
    });
    request.on('connect', (response, socket) => {
      if (response.statusCode === 200) resolve(socket);
      else reject(new Error(`the proxy answered ${String(response.statusCode)} to the request for a tunnel`));
    });
    request.on('response', (response) => {
      response.destroy();
      reject(new Error('the proxy does not open tunnels'));
    });
    request.on('error', reject);
    request.end();
  });
}

/** Naming authorities replaces Node's own list, so that is named with them. */
function trustedBy(to: Exchange): { ca?: string[] } {
  return to.ca === null ? {} : { ca: [...getCACertificates('default'), ...to.ca] };
}

/** Answers every question for an address with the checked ones, so that a second answer of the name server cannot matter. */
function lookupOf(addresses: readonly Address[]): LookupFunction {
  return (_hostname, options, callback) => {
    const [first] = addresses;
    if (first === undefined) callback(new Error('no checked address'), '', 0);
    else if (options.all === true)
      callback(
        null,
        addresses.map((each) => ({ ...each })),
      );
    else callback(null, first.address, first.family);
  };
}
