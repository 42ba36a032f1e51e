import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { secretHash } from '#operations/login-link.ts';
import type { SavedView, SavedViewContent } from './schemas/saved-view.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const exploited: SavedViewContent = { name: 'Exploited', scope: 'office', page: '/findings', search: 'kev=true&sort=-opened' };

describe.each(testOffices())('saved views on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2024-05-01T08:00Z');
    server = await openTestServer(opened.office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    server.ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const add = async (content: SavedViewContent): Promise<SavedView> => {
    const answer = await send('POST', '/v1/views', content);
    expect(answer.status).toBe(201);
    return (await answer.json()) as SavedView;
  };
  const namesOf = async (query = '', headers: Record<string, string> = {}): Promise<readonly string[]> => {
    const answer =
      headers['authorization'] === undefined ? await server.ask(`/v1/views${query}`) : await fetch(`${server.url}/v1/views${query}`, { headers });
    return ((await answer.json()) as { readonly items: readonly SavedView[] }).items.map((each) => each.name);
  };
  const withScopes = async (token: string, scopes: readonly string[]): Promise<Record<string, string>> => {
    await opened.office.context.store.auth.putApiToken({
      hash: secretHash(token),
      name: token,
      scopes: JSON.stringify(scopes),
      created: 0,
      expires: null,
      revoked: null,
    });
    return { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  };

  it('a view is made, read, renamed and deleted, each change by who saw the version before', async () => {
    const made = await add(exploited);
    expect(made).toMatchObject({ ...exploited, isMine: true, notUnderstood: [], etag: '"1"', created: '2024-05-01T08:00:00.000Z' });
    const path = `/v1/views/${made.id}`;
    const read = await server.ask(path);
    expect([read.headers.get('etag'), await read.json()]).toEqual(['"1"', made]);
    const renamed = { ...exploited, name: 'Known exploited' };
    expect((await send('PUT', path, renamed)).status).toBe(428);
    expect((await send('PUT', path, renamed, { 'if-match': '"7"' })).status).toBe(412);
    const replaced = await send('PUT', path, renamed, { 'if-match': '"1"' });
    expect([replaced.status, replaced.headers.get('etag'), await replaced.json()]).toMatchObject([200, '"2"', renamed]);
    expect((await server.ask(path, { method: 'DELETE', headers: { 'if-match': '"1"' } })).status).toBe(412);
    expect((await server.ask(path, { method: 'DELETE' })).status).toBe(428);
    expect((await server.ask(path, { method: 'DELETE', headers: { 'if-match': '"2"' } })).status).toBe(204);
    expect((await server.ask(path)).status).toBe(404);
  });

  it('the same key makes one view', async () => {
    const [first, second] = await Promise.all([1, 2].map(() => send('POST', '/v1/views', exploited, { 'idempotency-key': 'once' })));
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect(await first?.json()).toEqual(await second?.json());
    expect(await namesOf('?q=exploited')).toEqual(['Exploited']);
  });

  it("one's own view is seen by nobody else, that of the office by all, and each is changed by those who may", async () => {
    const own = await add({ ...exploited, name: 'My criticals', scope: 'own', search: 'severity=critical' });
    const other = await withScopes('another', ['estate:read', 'views:write']);
    expect(await namesOf('?scope=own')).toEqual(['My criticals']);
    expect(await namesOf('?page=/findings', other)).toEqual(['Exploited']);
    for (const [method, path, status] of [
      ['GET', `/v1/views/${own.id}`, 404],
      ['PUT', `/v1/views/${own.id}`, 404],
      ['DELETE', `/v1/views/${own.id}`, 404],
    ] as const) {
      const body = method === 'PUT' ? JSON.stringify(exploited) : null;
      expect([method, (await fetch(server.url + path, { method, headers: { ...other, 'if-match': '"1"' }, body })).status]).toEqual([method, status]);
    }
    const shared = await fetch(`${server.url}/v1/views`, { method: 'POST', headers: other, body: JSON.stringify(exploited) });
    expect([shared.status, await shared.json()]).toMatchObject([403, { detail: 'A view for the whole office needs the permission views:share.' }]);
    const mine = await fetch(`${server.url}/v1/views`, { method: 'POST', headers: other, body: JSON.stringify({ ...exploited, scope: 'own' }) });
    expect(mine.status).toBe(201);
    const reader = await withScopes('reader', ['estate:read']);
    expect((await fetch(`${server.url}/v1/views`, { method: 'POST', headers: reader, body: JSON.stringify(exploited) })).status).toBe(403);
  });

  it('a view whose filter is no longer understood is kept and says which word it is', async () => {
    const row = { id: 'old', name: 'Old', scope: 'office', page: '/findings', search: 'urgency=high&severity=grave&kev=true' } as const;
    await opened.office.context.store.savedViews.add({ ...row, author: 'link', created: 0, changed: 0, version: 1 }, 100);
    expect(await (await server.ask('/v1/views/old')).json()).toMatchObject({ isMine: false, notUnderstood: ['severity', 'urgency'] });
  });

  it.each([
    ['a filter that its page does not know', { ...exploited, search: 'urgency=high' }, 'does not understand, or a view may not keep: urgency'],
    ['a day, which is not the view’s to keep', { ...exploited, search: 'asOf=2024-01-01' }, 'may not keep: asOf'],
    ['a page that is no list', { ...exploited, page: '/login' }, 'page'],
    ['no name', { ...exploited, name: '  ' }, 'name'],
    ['a name that turns the line around', { ...exploited, name: 'a\u202eb' }, 'name: must have no invisible characters'],
    ['a field of its own', { ...exploited, author: 'me' }, 'author'],
    ['no object', [], 'The question is not understood'],
  ])('a view with %s is refused', async (_, content, detail) => {
    const answer = await send('POST', '/v1/views', content);
    expect([answer.status, ((await answer.json()) as { readonly detail: string }).detail]).toEqual([400, expect.stringContaining(detail)]);
  });

  it('what is no JSON, too long or of another type is refused', async () => {
    const post = (body: string, type: string): Promise<Response> =>
      server.ask('/v1/views', { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{', 'application/json')).status).toBe(400);
    expect((await post(JSON.stringify({ ...exploited, search: 'x'.repeat(70_000) }), 'application/json')).status).toBe(413);
    expect((await post('{"__proto__": {}}', 'application/json')).status).toBe(400);
    expect((await post('name=x', 'application/x-www-form-urlencoded')).status).toBe(415);
  });
});
