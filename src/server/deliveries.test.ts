import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson, personId } from '#operations/test-people.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { DeliveryList } from './schemas/delivery.ts';
import { NoticeWishes } from './schemas/notice-wish.ts';
import { openTestServer, type TestServer } from './test-server.ts';

describe.each(testOffices())('deliveries over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  let admin: string;
  beforeAll(async () => {
    opened = await open();
    const { context } = opened.office;
    opened.office.at('2026-03-01T08:00Z');
    server = await openTestServer(opened.office);
    const id = await addPerson(context, server.desk, 'root', { role: 'administrator' });
    const { deliveries } = context.store;
    const post = (name: string, recipient: string, kind: string) => ({
      id: name,
      key: name,
      recipient,
      kind,
      title: `About ${name}`,
      body: '{}',
      due: 0,
    });
    await deliveries.put('mail', { say: [], forget: [], post: [post('one', id, 'act'), post('two', 'list:payments', 'digest')], now: 1000 });
    await deliveries.put('tracker', { say: [], forget: [], post: [post('three', '', 'issue')], now: 2000 });
    const [first] = await deliveries.take(5000, 60_000, 1);
    await deliveries.failed({ id: first?.id ?? '', token: first?.token ?? '' }, 'The mail server smtp.example: it answered 550.', null);
    const ticket = { id: '7', url: 'https://git.example/7', isOpen: true, told: [], closedByHand: 3000 };
    await deliveries.noteRemote('three', JSON.stringify(ticket));
    const signedIn = await fetch(await server.loginLink(id), { redirect: 'manual' });
    admin = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const list = async (query = '', cookie = '') => {
    const asked = cookie === '' ? server.ask(`/v1/deliveries${query}`) : fetch(`${server.url}/v1/deliveries${query}`, { headers: { cookie } });
    const answer = await asked;
    expect([query, answer.status]).toEqual([query, 200]);
    return DeliveryList.parse(await answer.json());
  };

  it.each([
    ['', ['three', 'one', 'two']],
    ['?state=dead', ['one']],
    ['?state=waiting&channel=mail', ['two']],
    ['?kind=digest', ['two']],
    ['?closedByHand=true', ['three']],
    ['?q=550', ['one']],
    ['?sort=-tries', ['one', 'three', 'two']],
  ])('are listed and filtered by %s', async (query, ids) => {
    const { items, states } = await list(query);
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(states).toEqual({ waiting: 2, sent: 0, dead: 1 });
  });

  it('tell whom, why not and what became of a ticket; who may not see every finding is not told what about', async () => {
    const about = ({ items }: DeliveryList) => items.map(({ to, title, problem, ticket }) => [to, title, problem, ticket]);
    const failed = 'The mail server smtp.example: it answered 550.';
    const three = { url: 'https://git.example/7', isOpen: true, closedByHand: '1970-01-01T00:00:03.000Z' };
    expect(about(await list())).toEqual([
      [{ kind: 'channel', name: '' }, 'About three', null, three],
      [{ kind: 'person', name: 'root' }, 'About one', failed, null],
      [{ kind: 'list', name: 'payments' }, 'About two', null, null],
    ]);
    expect(about(await list('', admin))).toEqual([
      [{ kind: 'channel', name: '' }, null, null, null],
      [{ kind: 'person', name: 'root' }, null, failed, null],
      [{ kind: 'list', name: 'payments' }, null, null, null],
    ]);
    expect(await (await server.ask('/v1/deliveries?format=csv')).text()).toContain('person root');
  });

  it('a person sees what they muted and what cannot be', async () => {
    const asked = async () => (await fetch(`${server.url}/v1/session/notices`, { headers: { cookie: admin } })).json();
    const mute = { who: personId('root'), kinds: ['digest'], until: null };
    const done = await fetch(`${server.url}/v1/acts/mute`, {
      method: 'POST',
      headers: { cookie: admin, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ body: mute }),
    });
    expect(done.status).toBe(201);
    const { items, kinds } = NoticeWishes.parse(await asked());
    expect(items).toMatchObject([{ who: personId('root'), kinds: ['digest'], channel: null, isWanted: false, by: { name: 'root' } }]);
    expect(kinds.filter(({ never }) => never !== null).map(({ kind }) => kind)).toEqual(['incident', 'malicious', 'second-person']);
  });

  it('are tried again by an act, once, and what was not given up is not', async () => {
    const retry = (...deliveries: readonly string[]) =>
      server.ask('/v1/acts/retry-delivery', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ body: { deliveries } }),
      });
    expect((await retry('one', 'two')).status).toBe(404);
    expect((await list()).states.dead).toBe(1);
    expect((await retry('one')).status).toBe(201);
    expect((await list('?state=waiting&channel=mail')).items.map(({ id, tries }) => [id, tries])).toEqual([
      ['one', 0],
      ['two', 0],
    ]);
    expect((await retry('one')).status).toBe(404);
    const acts = (await (await server.ask('/v1/acts?kind=retry-delivery')).json()) as { total: number };
    expect(acts.total).toBe(1);
  });
});
