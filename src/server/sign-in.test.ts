import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loginLinkAs } from '#operations/login-link-as.ts';
import { keepPassword, passwordFault } from '#operations/passwords.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const password = 'four words in a row';

describe.each(testOffices())('people sign in, on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2024-05-01T08:00Z');
    server = await openTestServer(office);
    for (const [name, role] of [
      ['ada', 'developer'],
      ['bo', 'developer'],
      ['cy', 'developer'],
      ['root', 'administrator'],
    ] as const)
      await addPerson(office.context, server.desk, name, { teams: ['pay'], role });
    for (const name of ['ada', 'bo', 'cy']) await keepPassword(office.context, personId(name), password);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const json = (method: string, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(server.url + path, { method, headers: { 'content-type': 'application/json', origin: server.url, ...headers }, body: JSON.stringify(body) });
  const signIn = (user: string, given: string): Promise<Response> => json('POST', '/login', { user, password: given });
  const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  const linkOf = async (name: string): Promise<string> => cookieOf(await fetch(await server.loginLink(personId(name)), { redirect: 'manual' }));
  const who = async (cookie: string): Promise<number> => (await fetch(`${server.url}/v1/session`, { headers: { cookie } })).status;

  it('with user name and password, without regard to case of the name, as who they are', async () => {
    const answer = await signIn('ADA', password);
    expect(answer.status).toBe(204);
    const session = await (await fetch(`${server.url}/v1/session`, { headers: { cookie: cookieOf(answer) } })).json();
    expect(session).toMatchObject({
      principal: { id: personId('ada'), name: 'ada', how: 'password', teams: ['pay'], roles: [{ title: 'Developer' }] },
      findings: 'some',
    });
  });

  it('not with a wrong password, an unknown name or none, all answered alike', async () => {
    const answers = [await signIn('ada', 'wrong password'), await signIn('nobody', password), await signIn('root', password)];
    const bodies = await Promise.all(
      answers.map(async (each) => [each.status, ((await each.json()) as { readonly detail: string }).detail, cookieOf(each)]),
    );
    expect(new Set(bodies.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify([401, 'User name and password do not fit, or the account is locked for a while.', ''])]),
    );
  });

  it('an account is locked after ten wrong passwords in a row, for a quarter of an hour, also for the right one', async () => {
    for (let wrong = 0; wrong < 10; wrong += 1)
      await office.context.store.auth.noteWrongPassword(personId('bo'), 10, Date.parse('2024-05-01T08:15Z'));
    expect((await signIn('bo', password)).status).toBe(401);
    office.at('2024-05-01T08:16Z');
    expect((await signIn('bo', password)).status).toBe(204);
    office.at('2024-05-01T08:00Z');
  });

  it('more than ten tries a minute for a name are put off', async () => {
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries += 1) statuses.push((await signIn('somebody', 'x')).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn('ada', password)).status).toBe(204);
  });

  it.each([
    ['too short', 'seven words', null],
    ['too long', 'a b c d e '.repeat(30), null],
    ['of one letter', 'aaaaaaaaaaaaaaaa', null],
    ['with the user name', 'ada has four words', 'ada'],
  ])('a password %s is not taken', (_, given, user) => {
    expect(passwordFault(given, user)).toMatch(/\.$/);
  });

  it('a password is changed by who knows it, and every other session ends', async () => {
    const [first, second] = [cookieOf(await signIn('cy', password)), cookieOf(await signIn('cy', password))];
    expect((await json('PUT', '/v1/session/password', { current: 'wrong', password: 'another row of words' }, { cookie: first })).status).toBe(403);
    expect((await json('PUT', '/v1/session/password', { current: password, password: 'another row of words' }, { cookie: first })).status).toBe(204);
    expect([await who(first), await who(second)]).toEqual([200, 401]);
    expect([(await signIn('cy', password)).status, (await signIn('cy', 'another row of words')).status]).toEqual([401, 204]);
  });

  it('with a link that the command line made for them, which stands in the ledger, and set a password then', async () => {
    const made = await loginLinkAs(office.context, server.url, 'root');
    if ('refusal' in made) throw new Error(made.reason);
    const cookie = cookieOf(await fetch(made.link, { redirect: 'manual' }));
    expect((await json('PUT', '/v1/session/password', { password: 'a password of root its own' }, { cookie })).status).toBe(400);
    expect((await json('PUT', '/v1/session/password', { password: 'words for the administrator' }, { cookie })).status).toBe(204);
    const acts = (await (await server.ask('/v1/acts?kind=issue-login-link')).json()) as { readonly items: readonly object[] };
    expect(acts.items).toMatchObject([{ actor: 'office', subject: personId('root') }]);
    expect(await loginLinkAs(office.context, server.url, 'nobody')).toMatchObject({ refusal: 'unknown' });
  });

  it('sessions end at once: by an administrator, and when somebody leaves', async () => {
    const cookie = await linkOf('ada');
    office.at('2024-05-01T08:01Z');
    await asOffice(office.context, server.desk, 'end-sessions', { person: personId('ada') });
    expect(await who(cookie)).toBe(401);
    office.at('2024-05-01T08:02Z');
    const later = await linkOf('bo');
    expect(await who(later)).toBe(200);
    await asOffice(office.context, server.desk, 'offboard-people', { people: [personId('bo')], leaves: '2024-05-01T08:02:00Z' });
    expect(await who(later)).toBe(401);
    expect((await fetch(await server.loginLink(personId('bo')), { redirect: 'manual' })).status).toBe(401);
  });

  it('a token does what it was made for, for its teams, until it is ended', async () => {
    const cookie = await linkOf('cy');
    const asked = { name: 'ci', scopes: ['findings:read', 'sboms:write'], teams: ['pay'], expires: '2024-06-01T00:00:00Z' };
    expect((await json('POST', '/v1/tokens', { ...asked, scopes: ['findings:decide'] }, { cookie })).status).toBe(403);
    expect((await json('POST', '/v1/tokens', { ...asked, teams: ['web'] }, { cookie })).status).toBe(403);
    const made = (await (await json('POST', '/v1/tokens', asked, { cookie })).json()) as { readonly id: string; readonly secret: string };
    const headers = { authorization: `Bearer ${made.secret}` };
    const ask = async (path: string): Promise<number> => (await fetch(server.url + path, { headers })).status;
    expect([await ask('/v1/findings'), await ask('/v1/components'), await ask('/v1/acts')]).toEqual([200, 403, 403]);
    const list = (await (await fetch(`${server.url}/v1/tokens`, { headers: { cookie } })).json()) as { readonly items: readonly object[] };
    expect(list.items).toMatchObject([{ id: made.id, name: 'ci', teams: ['pay'], state: 'holds', lastUsed: '2024-05-01T08:02:00.000Z' }]);
    expect(JSON.stringify(list)).not.toContain(made.secret);
    expect((await json('POST', '/v1/acts/revoke-token', { body: { token: made.id } }, { cookie })).status).toBe(201);
    expect(await ask('/v1/findings')).toBe(401);
  });

  it('the access review says who may do what, since when and by whom', async () => {
    const answer = (await (await server.ask('/v1/access?state=holds&sort=person')).json()) as { readonly items: readonly object[] };
    expect(answer.items).toMatchObject([
      { person: { name: 'ada' }, title: 'Developer', teams: ['pay'], by: { name: 'office' }, how: 'granted', lastSignIn: '2024-05-01T08:00:00.000Z' },
      { person: { name: 'cy' }, title: 'Developer' },
      { person: { name: 'root' }, title: 'Administrator', teams: ['pay'] },
    ]);
    const csv = await (await server.ask('/v1/access?format=csv')).text();
    expect(csv.split('\r\n')[0]).toBe('person,name,role,teams,how,by,since,from,until,state,revoked at,revoked by,reason,last sign-in,last act');
  });
});
