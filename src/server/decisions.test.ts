import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keptDecisions } from '#operations/kept-decisions.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { secretHash } from '#operations/login-link.ts';
import type { Decision } from './schemas/decision.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const why = { reason: 'The shop was closed.', authority: 'owner of the component' };
const lockfile = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/lodash': { version: '4.17.19' } } });

describe.each(testOffices())('decisions over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2024-05-01T08:00Z');
    for (const name of ['shop', 'other']) await opened.office.scan({ 'package-lock.json': lockfile }, { name });
    server = await openTestServer(opened.office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const post = (path: string, body: unknown = why, headers: Record<string, string> = {}): Promise<Response> =>
    server.ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const refs = async (query = ''): Promise<readonly string[]> => {
    await server.catchUp();
    const answer = (await (await server.ask(`/v1/components${query}`)).json()) as { readonly items: readonly { readonly ref: string }[] };
    return answer.items.map((each) => each.ref).sort();
  };
  const done = async (id: string): Promise<void> => {
    await expect
      .poll(async () => (await keptDecisions(opened.office.context.store, { ids: [id] }))[0]?.doneAt ?? null, { timeout: 10_000 })
      .not.toBe(null);
  };
  const shop = '/v1/components/component%3Atest%2Fshop';

  it('a component is retired with a reason, listed as such, and brought back', async () => {
    expect((await post(`${shop}/retirement`, { ...why, reason: ' ' })).status).toBe(400);
    const extent = await server.ask(`${shop}/extent?kind=erase`);
    expect(await extent.json()).toMatchObject({ extent: { components: 1, receipts: 1 }, held: null });
    const first = await post(`${shop}/retirement`, why, { 'idempotency-key': 'once' });
    const retired = (await first.json()) as Decision;
    expect([first.status, retired]).toMatchObject([202, { kind: 'retire', subject: 'component:test/shop', ...why, supersedes: null }]);
    expect(await (await post(`${shop}/retirement`, why, { 'idempotency-key': 'once' })).json()).toMatchObject({ id: retired.id });
    expect((await post(`${shop}/retirement`)).status).toBe(409);
    await done(retired.id);
    expect([await refs(), await refs('?retired=true')]).toEqual([['component:test/other'], ['component:test/shop']]);
    const page = (await (await server.ask(shop)).json()) as object;
    expect(page).toMatchObject({
      retiredAt: '2024-05-01T08:00:00.000Z',
      retirement: { id: retired.id },
      may: { retire: true, delete: true, erase: true },
    });
    const back = (await (await post(`${shop}/return`)).json()) as Decision;
    expect(back).toMatchObject({ kind: 'return', supersedes: retired.id });
    await done(back.id);
    expect(await refs()).toEqual(['component:test/other', 'component:test/shop']);
    expect((await post(`${shop}/return`)).status).toBe(409);
  });

  it('kept bytes are given as a download of bytes to those alone who may have them, and it is noted who', async () => {
    const [receipt] = await opened.office.context.store.receiptsOf('git:test/other');
    const path = `/v1/receipts/${receipt?.publicId ?? ''}/raw?path=package-lock.json`;
    const answer = await server.ask(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[0-9a-f]{16}-package-lock\.json"$/);
    expect(await answer.text()).toBe(lockfile);
    expect((await server.ask(path.replace('package-lock', 'nothing'))).status).toBe(404);
    await opened.office.context.store.auth.putApiToken({
      ...{ hash: secretHash('reader'), name: 'reader', created: 0, expires: null, revoked: null },
      scopes: JSON.stringify(['estate:read', 'sources:read', 'findings:read']),
    });
    const reader = { authorization: 'Bearer reader', 'content-type': 'application/json' };
    expect((await fetch(server.url + path, { headers: reader })).status).toBe(403);
    for (const action of ['retirement', 'return', 'deletion', 'erasure'])
      expect((await fetch(`${server.url}${shop}/${action}`, { method: 'POST', headers: reader, body: JSON.stringify(why) })).status).toBe(403);
    expect((await fetch(`${server.url}/v1/decisions`, { headers: reader })).status).toBe(403);
    const seen = (await (await fetch(`${server.url}${path.replace(/\/raw.*/, '')}`, { headers: reader })).json()) as object;
    expect(seen).toMatchObject({ mayReadRaw: false });
    expect(await opened.office.context.store.rawAccesses(10)).toEqual([
      {
        at: Date.parse('2024-05-01T08:00Z'),
        who: expect.stringContaining('GUILDHALL_TOKEN') as string,
        door: 'http',
        receipt: receipt?.publicId,
        path: 'package-lock.json',
      },
    ]);
  });

  it('an erased component is gone from every answer; the record of it is listed', async () => {
    const erased = (await (await post(`${shop}/erasure`)).json()) as Decision;
    await done(erased.id);
    expect(await refs()).toEqual(['component:test/other']);
    expect((await server.ask(shop)).status).toBe(404);
    const list = (await (await server.ask('/v1/decisions?standing=true')).json()) as { readonly items: readonly Decision[] };
    expect(list.items).toMatchObject([{ id: erased.id, kind: 'erase', extent: { components: 1, receipts: 1 }, doneAt: '2024-05-01T08:00:00.000Z' }]);
    const again = await post(`/v1/decisions/${erased.id}/readmission`);
    expect(again.status).toBe(202);
    await done(((await again.json()) as Decision).id);
  });
});
