import http from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fastify from 'fastify';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { secretHash } from '#operations/login-link.ts';
import { permissions } from '#model/permission.ts';
import { routes } from './schemas/routes.ts';
import type { Route } from './schemas/routes/route.ts';
import { openTestServer, type TestServer } from './test-server.ts';

describe.each(testOffices())('who may ask, on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2024-05-01T08:00Z');
    server = await openTestServer(office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const plain = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(server.url + path, { redirect: 'manual', headers, method });
  const signIn = async (): Promise<string> => {
    const answer = await fetch(await server.loginLink(), { redirect: 'manual' });
    return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  };

  it('every route of the table is closed to those who say nothing of themselves', async () => {
    for (const route of Object.values(routes) as readonly Route[]) {
      const answer = await plain(route.path.replace(/:\w+/g, 'x'), {}, route.method);
      expect([route.path, answer.status, answer.headers.get('content-type')]).toEqual([route.path, 401, 'application/problem+json']);
    }
  });

  it.each([
    ['a token nobody gave', { authorization: 'Bearer guessed' }],
    ['a scheme we do not know', { authorization: 'Basic YTpi' }],
    ['a session nobody has', { cookie: 'guildhall_session=guessed' }],
  ])('%s is refused', async (_, headers) => {
    expect((await plain('/v1/session', headers)).status).toBe(401);
  });

  it('a token may do what it was made for and nothing else', async () => {
    await office.context.store.auth.putApiToken({
      hash: secretHash('only-findings'),
      name: 'ci',
      scopes: '["findings:read"]',
      created: 0,
      expires: null,
      revoked: null,
    });
    const headers = { authorization: 'Bearer only-findings' };
    expect((await plain('/v1/findings', headers)).status).toBe(200);
    expect((await plain('/v1/components', headers)).status).toBe(403);
    expect((await plain('/v1/sboms', headers, 'POST')).status).toBe(403);
  });

  it('a token that ended or was revoked is refused', async () => {
    const made = { name: 'old', scopes: JSON.stringify(permissions), created: 0 };
    await office.context.store.auth.putApiToken({ ...made, hash: secretHash('ended'), expires: Date.parse('2024-04-30T00:00Z'), revoked: null });
    await office.context.store.auth.putApiToken({ ...made, hash: secretHash('revoked'), expires: null, revoked: Date.parse('2024-04-30T00:00Z') });
    expect((await plain('/v1/session', { authorization: 'Bearer ended' })).status).toBe(401);
    expect((await plain('/v1/session', { authorization: 'Bearer revoked' })).status).toBe(401);
  });

  it('a login link works once and leaves a cookie that scripts cannot read', async () => {
    const link = await server.loginLink();
    const first = await fetch(`${link}&to=/findings`, { redirect: 'manual' });
    expect([first.status, first.headers.get('location')]).toEqual([303, '/findings']);
    expect(first.headers.get('set-cookie')).toMatch(/^guildhall_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await fetch(link, { redirect: 'manual' })).status).toBe(401);
  });

  it('behind a proxy that ends TLS the cookie is for TLS only', async () => {
    const answer = await fetch(await server.loginLink(), { redirect: 'manual', headers: { 'x-forwarded-proto': 'https' } });
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', 'evil'])('a login link never leads away from the office: %s', async (to) => {
    const answer = await fetch(`${await server.loginLink()}&to=${encodeURIComponent(to)}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });

  it('a session lasts twelve hours and is gone after signing out', async () => {
    const cookie = await signIn();
    expect((await plain('/v1/session', { cookie })).status).toBe(200);
    expect((await plain('/v1/session', { cookie, origin: server.url }, 'DELETE')).status).toBe(204);
    expect((await plain('/v1/session', { cookie })).status).toBe(401);
    const other = await signIn();
    office.at('2024-05-01T20:00Z');
    expect((await plain('/v1/session', { cookie: other })).status).toBe(401);
    office.at('2024-05-01T08:00Z');
  });

  it('a foreign origin, or a session without one, changes nothing', async () => {
    const cookie = await signIn();
    for (const origin of ['https://evil.example', 'null', server.url.replace('127.0.0.1', 'localhost')]) {
      expect([origin, (await plain('/v1/session', { cookie, origin }, 'DELETE')).status]).toEqual([origin, 403]);
    }
    expect((await plain('/v1/session', { cookie }, 'DELETE')).status).toBe(403);
    expect((await plain('/v1/session', { cookie })).status).toBe(200);
  });

  it.each([
    ['evil.example', 421],
    ['127.0.0.1:1', 421],
    ['127.0.0.1.evil.example', 421],
    ['office.example', 200],
    ['OFFICE.example:8443', 200],
    ['localhost', 'same port'],
  ])('the host name %s is answered with %s', async (host, expected) => {
    const port = new URL(server.url).port;
    const named = expected === 'same port' ? `${host}:${port}` : host;
    expect(await statusFor(server.url, named)).toBe(expected === 'same port' ? 200 : expected);
  });

  it('every answer forbids scripts from elsewhere, framing and guessing of types', async () => {
    for (const path of ['/healthz', '/v1/session', '/nowhere']) {
      const { headers } = await plain(path);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('guessing login links is slowed down', async () => {
    const statuses = new Set<number>();
    for (let attempt = 0; attempt < 25; attempt += 1) statuses.add((await plain('/login?token=guess')).status);
    expect([...statuses]).toContain(429);
    expect((await plain('/v1/session')).status).toBe(401);
  });
});

describe('a route without a permission', () => {
  it('keeps the server from starting', async () => {
    const { requirePermissions } = await import('./app.ts');
    const app = fastify();
    requirePermissions(app);
    expect(() => app.get('/open', () => 'oops')).toThrow('The route GET /open does not say who may ask. Give it a permission.');
  });
});

/** `fetch` sets the Host itself, so this asks without it. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    http
      .get(`${url}/healthz`, { headers: { host } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
      .on('error', reject);
  });
}
