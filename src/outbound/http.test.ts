import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { Address } from './addresses.ts';
import { httpClient, type GetOptions, type HttpSettings } from './http.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const serve = async (listener: RequestListener) => {
  const seen: { url: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return { seen, server, host, url: `http://${host}` };
};
const get = (url: string, settings: HttpSettings, options: Partial<GetOptions> = {}) =>
  httpClient({ retryBaseMs: 1, ...settings }).get(url, { maxBytes: 1_000_000, deadlineMs: 5_000, ...options });
const codeOf = (fetched: Awaited<ReturnType<typeof get>>) => (fetched.kind === 'failed' ? fetched.problem.code : fetched.kind);

describe('a get', () => {
  it('gives the body with its hash, ETag and date', async () => {
    const { url, host } = await serve((_, response) => response.setHeader('etag', '"1"').setHeader('last-modified', 'x').end('hello'));
    const hash = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    expect(await get(url, { configuredHosts: [host] })).toEqual({
      kind: 'fetched',
      url: `${url}/`,
      etag: '"1"',
      lastModified: 'x',
      size: 5,
      hash,
      body: new TextEncoder().encode('hello'),
    });
  });

  it('asks with the ETag at hand and takes "not modified" for an answer', async () => {
    const { url, host, seen } = await serve((request, response) => response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200).end());
    expect(codeOf(await get(url, { configuredHosts: [host] }, { etag: '"1"' }))).toBe('not-modified');
    expect(codeOf(await get(url, { configuredHosts: [host] }, { etag: '"wrong"' }))).toBe('fetched');
    expect(seen[0]?.headers['if-none-match']).toBe('"1"');
  });

  it('does not take "not modified" when it has no copy', async () => {
    const { url, host } = await serve((_, response) => response.writeHead(304).end());
    expect(codeOf(await get(url, { configuredHosts: [host] }))).toBe('bad-status');
  });

  it('writes to a file when asked, and leaves none behind when it fails', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guildhall-http-'));
    const { url, host } = await serve((request, response) => response.end(request.url === '/big' ? 'x'.repeat(100) : 'hello'));
    await get(url, { configuredHosts: [host] }, { toFile: join(folder, 'a') });
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('hello');
    expect(codeOf(await get(`${url}/big`, { configuredHosts: [host] }, { toFile: join(folder, 'b'), maxBytes: 50 }))).toBe('too-large');
    expect(existsSync(join(folder, 'b'))).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it.each([
    [
      'a body over the cap that says so',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.setHeader('content-length', '2000000').end('x'),
      'too-large',
    ],
    [
      'an endless body',
      (_: unknown, response: Parameters<RequestListener>[1]) => {
        const more = () => {
          while (response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
      'too-large',
    ],
    [
      'a packed bomb',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(5_000_000))),
      'too-large',
    ],
    [
      'an encoding nobody asked for',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.setHeader('content-encoding', 'br').end('x'),
      'bad-encoding',
    ],
    ['a file that is not there', (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(404).end(), 'not-found'],
  ])('of %s fails as such', async (_, listener, code) => {
    const { url, host } = await serve((request, response) => listener(request, response));
    expect(codeOf(await get(url, { configuredHosts: [host] }))).toBe(code);
  });

  it.each([
    ['never answers', () => undefined],
    ['sends one byte and then nothing', (_: unknown, response: Parameters<RequestListener>[1]) => response.write('x')],
    [
      'sends a byte now and then',
      (_: unknown, response: Parameters<RequestListener>[1]) => {
        setInterval(() => response.write('x'), 50).unref();
      },
    ],
  ])('from a server that %s ends at the deadline', async (_, listener) => {
    const { url, host } = await serve((request, response) => listener(request, response));
    const start = performance.now();
    expect(codeOf(await get(url, { configuredHosts: [host] }, { deadlineMs: 400 }))).toBe('deadline');
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  it('ends at the deadline when the name server hangs', async () => {
    expect(codeOf(await get('http://example.org/', { resolve: () => new Promise(() => undefined) }, { deadlineMs: 200 }))).toBe('deadline');
  });
});

describe('trying again', () => {
  it.each([500, 502, 503, 504, 429])('after %i succeeds when the server recovers', async (status) => {
    let left = 2;
    const { url, host, seen } = await serve((_, response) => response.writeHead((left -= 1) >= 0 ? status : 200).end('ok'));
    expect([codeOf(await get(url, { configuredHosts: [host] })), seen.length]).toEqual(['fetched', 3]);
  });

  it('stops after five tries', async () => {
    const { url, host, seen } = await serve((_, response) => response.writeHead(503).end());
    expect([codeOf(await get(url, { configuredHosts: [host] })), seen.length]).toEqual(['bad-status', 5]);
  });

  it('does not happen after a refusal', async () => {
    const { url, host, seen } = await serve((_, response) => response.writeHead(403).end());
    expect([codeOf(await get(url, { configuredHosts: [host] })), seen.length]).toEqual(['bad-status', 1]);
  });

  it('waits as long as the server asks, and gives up at once when that is past the deadline', async () => {
    let first = true;
    const { url, host } = await serve((request, response) => {
      const wait = request.url === '/long' || first;
      first = false;
      response.writeHead(wait ? 429 : 200, { 'retry-after': request.url === '/long' ? '3600' : '1' }).end();
    });
    const start = performance.now();
    expect(codeOf(await get(url, { configuredHosts: [host] }))).toBe('fetched');
    expect(performance.now() - start).toBeGreaterThan(950);
    const again = performance.now();
    expect(codeOf(await get(`${url}/long`, { configuredHosts: [host] }))).toBe('bad-status');
    expect(performance.now() - again).toBeLessThan(900);
  });

  it('happens when the answer is cut short', async () => {
    let cut = true;
    const { url, host } = await serve((_, response) => {
      response.setHeader('content-length', '10').write('hello');
      if (cut) response.destroy();
      else response.end('world');
      cut = false;
    });
    expect(await get(url, { configuredHosts: [host] })).toMatchObject({ kind: 'fetched', size: 10 });
  });
});

describe('an address inside', () => {
  it('is refused and never connected to, unless its host is configured', async () => {
    const { url, host, seen } = await serve((_, response) => response.end('secret'));
    expect(codeOf(await get(url, {}))).toBe('address-refused');
    expect(codeOf(await get(url, { configuredHosts: [host] }, { allow: 'public' }))).toBe('address-refused');
    expect(seen).toEqual([]);
    expect(codeOf(await get(url, { configuredHosts: [host] }))).toBe('fetched');
  });

  it('is refused as the target of a redirect', async () => {
    const inner = await serve((_, response) => response.end('secret'));
    const outer = await serve((_, response) => response.writeHead(302, { location: `${inner.url}/latest/meta-data` }).end());
    expect(codeOf(await get(outer.url, { configuredHosts: [outer.host] }))).toBe('address-refused');
    expect(inner.seen).toEqual([]);
  });

  it('is not reached by a name that leads elsewhere when the system is asked a second time', async () => {
    const { seen, host } = await serve((_, response) => response.end('secret'));
    // The check is told an address of space nobody was given; the system itself would say 127.0.0.1.
    const resolve = (): Promise<readonly Address[]> => Promise.resolve([{ address: '2fff::1', family: 6 }]);
    const fetched = await get(`http://localhost:${host.split(':')[1] ?? ''}/`, { resolve }, { deadlineMs: 300 });
    expect([fetched.kind, seen]).toEqual(['failed', []]);
  });

  it('is the very one that was checked, though the system knows no such name', async () => {
    const { host } = await serve((_, response) => response.end('hello'));
    const pinned = `pinned.invalid:${host.split(':')[1] ?? ''}`;
    const resolve = (): Promise<readonly Address[]> => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    expect(codeOf(await get(`http://${pinned}/`, { configuredHosts: [pinned], resolve }))).toBe('fetched');
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/', 'gopher://example.org/', 'data:,x', 'nonsense', ''])(
    'spelt %j is no URL for us',
    async (url) => {
      expect(codeOf(await get(url, {}))).toBe('bad-url');
    },
  );
});

describe('a redirect', () => {
  it('is followed at most three times', async () => {
    const { url, host, seen } = await serve((request, response) => {
      const left = Number((request.url ?? '').slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(302, { location: `/${String(left - 1)}` }).end();
    });
    expect(codeOf(await get(`${url}/3`, { configuredHosts: [host] }))).toBe('fetched');
    seen.length = 0;
    expect(codeOf(await get(`${url}/99`, { configuredHosts: [host] }))).toBe('too-many-redirects');
    expect(seen).toHaveLength(4);
  });

  it('to another origin carries no credentials, neither bound, nor from the URL, nor in a header', async () => {
    const other = await serve((_, response) => response.end());
    const { url, host, seen } = await serve((request, response) =>
      response.writeHead(302, { location: request.url === '/' ? '/again' : `http://user:pass@${other.host}/` }).end(),
    );
    const configuredHosts = [host, other.host];
    await get(url, { configuredHosts, credentials: new Map([[url, 'Bearer bound']]) }, { headers: { 'private-token': 'header' } });
    await get(url.replace('//', '//me:mine@'), { configuredHosts });
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer bound', 'Bearer bound', 'Basic bWU6bWluZQ==', 'Basic bWU6bWluZQ==']);
    expect(other.seen.map(({ headers }) => [headers.authorization, headers['private-token']])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('to something that is no web address fails', async () => {
    const { url, host } = await serve((_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end());
    expect(codeOf(await get(url, { configuredHosts: [host] }))).toBe('bad-url');
  });
});

describe('a message', () => {
  it('never shows credentials or query of a URL', async () => {
    const { url, host } = await serve((_, response) => response.writeHead(403).end());
    const fetched = await get(`${url.replace('//', '//me:s3cret@')}/x?token=s3cret`, { configuredHosts: [host] });
    expect(JSON.stringify(fetched)).not.toContain('s3cret');
  });
});

describe('a proxy', () => {
  it('is used by a tunnel, with its own credentials, and not for hosts that go direct', async () => {
    const target = await serve((_, response) => response.end('through'));
    const proxy = await serve((_, response) => response.writeHead(500).end());
    const tunnels: (string | undefined)[][] = [];
    proxy.server.on('connect', (request, socket) => {
      tunnels.push([request.url, request.headers['proxy-authorization']]);
      const [host, port] = target.host.split(':');
      const upstream = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    const settings = { proxy: `http://me:mine@${proxy.host}`, noProxy: ['.direct.example'], configuredHosts: [target.host] };
    expect(await get('http://far.example.org/x', settings)).toMatchObject({ kind: 'fetched', size: 7 });
    expect(tunnels).toEqual([['far.example.org:80', 'Basic bWU6bWluZQ==']]);
    const direct = await get('http://a.direct.example/', { ...settings, resolve: () => Promise.resolve([]) }, { deadlineMs: 300 });
    expect([codeOf(direct), tunnels.length]).toEqual(['no-address', 1]);
  });

  it('is not asked for what plainly lies inside', async () => {
    const proxy = await serve((_, response) => response.end());
    const codes = await Promise.all(
      ['http://127.0.0.1/', 'http://[::1]/', 'http://localhost/', 'http://169.254.169.254/latest'].map(async (url) =>
        codeOf(await get(url, { proxy: proxy.url })),
      ),
    );
    expect([codes, proxy.seen]).toEqual([['address-refused', 'address-refused', 'address-refused', 'address-refused'], []]);
  });
});
