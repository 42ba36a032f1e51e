import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { once } from 'node:events';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { actKindOf } from '#operations/live-desk.ts';
import { officeActor } from '#operations/office-actor.ts';
import { randomId } from '#operations/open-office.ts';
import { openIdWay, type OpenIdWay } from '#operations/openid-way.ts';
import { performAct } from '#operations/perform-act.ts';
import { Configuration } from '#operations/configuration.ts';
import { emptyEstate } from '#estate/estate.ts';
import { seesNothing } from '#model/visibility.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { clientId, clientSecret, jwt, openTestProvider, type Answer, type Redeemed, type TestProvider } from './test-provider.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const place = { dataDir: '/nowhere', databaseUrl: null };
const seconds = (): number => Math.floor(Date.now() / 1000);
const [kind] = testOffices();

function wayTo(issuer: string, rest: object = {}): OpenIdWay {
  const oidc = { issuer, clientId, clientSecret, name: 'Firm', unknownPeople: 'create', ...rest };
  const way = openIdWay(Configuration.parse({ auth: { oidc } }), place);
  if (way === null) throw new Error('There is no way.');
  return way;
}

async function openServer(way: OpenIdWay): Promise<{ readonly opened: OpenTestOffice; readonly server: TestServer; readonly reports: string[] }> {
  if (kind === undefined) throw new Error('There is no store to test on.');
  const opened = await kind.open();
  opened.office.at(new Date().toISOString());
  const reports: string[] = [];
  const context = { ...opened.office.context, randomId, clock: () => Date.now() };
  return { opened, reports, server: await openTestServer({ ...opened.office, context }, reports, way) };
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0] ?? '')
    .filter((each) => !each.endsWith('='))
    .join('; ');
}

describe('signing in at a real provider', () => {
  it('gives a session of a person with the teams and roles of their groups', { timeout: 60_000 }, async () => {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    const issuer = `http://127.0.0.1:${String(address !== null && typeof address === 'object' ? address.port : 0)}`;
    const groups = [
      { group: 'payments', team: 'team-payments', role: 'developer' },
      { group: 'others', team: 'others' },
    ];
    const { opened, server } = await openServer(wayTo(issuer, { groups, scopes: ['openid', 'profile', 'email', 'groups'] }));
    const provider = new Provider(issuer, {
      clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [`${server.url}/login/oidc/callback`] }],
      claims: { profile: ['name'], email: ['email'], groups: ['groups'] },
      scopes: ['openid', 'profile', 'email', 'groups'],
      conformIdTokenClaims: false,
      pkce: { required: () => true },
      findAccount: (_: unknown, id: string) => ({
        accountId: id,
        claims: () => ({ sub: id, name: 'Ada Byron', email: 'ada@northgate.example', groups: ['payments', 'strangers'] }),
      }),
    });
    const answer = provider.callback();
    http.on('request', (request, response) => void answer(request, response));
    try {
      const begun = await fetch(`${server.url}/login/oidc?to=/findings`, { redirect: 'manual' });
      const back = await throughProvider(begun.headers.get('location') ?? '');
      const done = await fetch(back, { redirect: 'manual', headers: { cookie: cookiesOf(begun) } });
      expect([done.status, done.headers.get('location')]).toEqual([303, '/findings']);
      const session = await (await fetch(`${server.url}/v1/session`, { headers: { cookie: cookiesOf(done) } })).json();
      expect(session).toMatchObject({
        principal: { kind: 'person', name: 'Ada Byron', how: 'oidc', teams: ['team-payments'], roles: [{ role: 'developer', how: 'granted' }] },
        findings: 'some',
      });
      const [person] = server.desk.desk.people.values();
      expect(person).toMatchObject({ source: 'oidc', words: { email: 'ada@northgate.example', external: [{ system: issuer, id: 'ada' }] } });
    } finally {
      http.close();
      http.closeAllConnections();
      await server.close();
      await opened.drop();
    }
  });
});

describe('what a provider or somebody between forges', () => {
  let provider: TestProvider;
  let opened: OpenTestOffice;
  let server: TestServer;
  let reports: string[];
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' });

  beforeAll(async () => {
    provider = await openTestProvider();
    ({ opened, server, reports } = await openServer(wayTo(provider.issuer)));
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
    await provider.close();
  });
  beforeEach(() => {
    reports.length = 0;
  });

  const header = { alg: 'RS256', kid: 'first', typ: 'JWT' };
  const good = ({ nonce }: Redeemed): Record<string, unknown> => ({
    iss: provider.issuer,
    sub: 'ada',
    aud: clientId,
    exp: seconds() + 300,
    iat: seconds(),
    nonce,
    name: 'Ada Byron',
  });
  const reply = (token: unknown, rest: object = {}): Answer => ({
    body: JSON.stringify({ access_token: 'a', token_type: 'bearer', expires_in: 60, id_token: token, ...rest }),
  });
  const claims = (change: (claims: Record<string, unknown>) => object) => (redeemed: Redeemed) =>
    reply(jwt(header, change(good(redeemed)), provider.key));
  const without = (name: string) => claims((all) => Object.fromEntries(Object.entries(all).filter(([each]) => each !== name)));
  const headed = (head: object, key: Parameters<typeof jwt>[2]) => (redeemed: Redeemed) => reply(jwt(head, good(redeemed), key));
  const reworked = (change: (parts: readonly string[]) => string) => (redeemed: Redeemed) =>
    reply(change(jwt(header, good(redeemed), provider.key).split('.')));

  /** Begins, is sent back with what `change` made of the answer's address, and finishes. */
  async function signIn(
    make: (redeemed: Redeemed) => Answer,
    change: (back: URL) => string = (back) => back.href,
    cookie: (own: string) => string = (own) => own,
  ): Promise<Response> {
    provider.answer(make);
    const begun = await fetch(`${server.url}/login/oidc`, { redirect: 'manual' });
    const back = provider.authorize(begun.headers.get('location') ?? '');
    return fetch(change(back), { redirect: 'manual', headers: { cookie: cookie(cookiesOf(begun)) } });
  }

  it('without any forgery the person comes in, again as the same', async () => {
    const answer = await signIn(claims((all) => all));
    expect([answer.status, cookiesOf(answer)]).toEqual([303, expect.stringMatching(/^guildhall_session=/)]);
    const known = [...server.desk.desk.people.keys()];
    expect((await signIn(claims((all) => ({ ...all, aud: [clientId] })))).status).toBe(303);
    expect([...server.desk.desk.people.keys()]).toEqual(known);
  });

  const tokens: readonly (readonly [name: string, make: (redeemed: Redeemed) => Answer])[] = [
    ['alg none', (redeemed) => reply(jwt({ alg: 'none' }, good(redeemed), null))],
    ['alg none with a signature', (redeemed) => reply(jwt({ alg: 'none' }, good(redeemed), provider.key))],
    ['alg None', (redeemed) => reply(jwt({ alg: 'None' }, good(redeemed), null))],
    ['alg NONE', (redeemed) => reply(jwt({ alg: 'NONE' }, good(redeemed), null))],
    ['no alg', headed({ kid: 'first' }, stranger.privateKey)],
    ['alg as a list', headed({ ...header, alg: ['RS256'] }, stranger.privateKey)],
    ["signed by HMAC with the client's secret", headed({ alg: 'HS256' }, clientSecret)],
    ['signed by HMAC with the public key', (redeemed) => reply(jwt({ ...header, alg: 'HS256' }, good(redeemed), provider.publicPem))],
    ['HS384', headed({ alg: 'HS384' }, clientSecret)],
    ['HS512', headed({ alg: 'HS512' }, clientSecret)],
    ['signed by a stranger under the known key id', headed(header, stranger.privateKey)],
    ['signed by a stranger under another key id', headed({ ...header, kid: 'second' }, stranger.privateKey)],
    ['signed by a stranger without key id', headed({ alg: 'RS256' }, stranger.privateKey)],
    ['its own key in the header', headed({ ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) }, stranger.privateKey)],
    ['an address of its keys in the header', headed({ ...header, jku: 'http://127.0.0.1:9/jwks' }, stranger.privateKey)],
    ['an address of its certificate in the header', headed({ ...header, x5u: 'http://127.0.0.1:9/x5u' }, stranger.privateKey)],
    ['its certificate in the header', headed({ ...header, x5c: ['MIIB'] }, stranger.privateKey)],
    ['RS384 named, RS256 signed', (redeemed) => reply(jwt({ ...header, alg: 'RS384' }, good(redeemed), provider.key))],
    ['RS512 named, RS256 signed', (redeemed) => reply(jwt({ ...header, alg: 'RS512' }, good(redeemed), provider.key))],
    ['PS256, which the provider knows and we did not agree on', (redeemed) => reply(jwt({ ...header, alg: 'PS256' }, good(redeemed), provider.key))],
    ['ES256 by another curve key', headed({ ...header, alg: 'ES256' }, curve.privateKey)],
    ['EdDSA named', (redeemed) => reply(jwt({ ...header, alg: 'EdDSA' }, good(redeemed), provider.key))],
    ['a critical header that nobody knows', (redeemed) => reply(jwt({ ...header, crit: ['x'], x: 1 }, good(redeemed), provider.key))],
    ['an unencoded payload', (redeemed) => reply(jwt({ ...header, crit: ['b64'], b64: false }, good(redeemed), provider.key))],
    ['two parts', reworked(([head, body]) => `${head ?? ''}.${body ?? ''}`)],
    ['four parts', reworked((parts) => [...parts, 'AAAA'].join('.'))],
    ['five parts, as if encrypted', reworked((parts) => [...parts, 'AAAA', 'AAAA'].join('.'))],
    ['an empty signature', reworked(([head, body]) => `${head ?? ''}.${body ?? ''}.`)],
    ['half a signature', reworked(([head, body, signature = '']) => `${head ?? ''}.${body ?? ''}.${signature.slice(0, 100)}`)],
    ['a signature of zeros', reworked(([head, body]) => `${head ?? ''}.${body ?? ''}.${Buffer.alloc(256).toString('base64url')}`)],
    [
      'another payload under the signature',
      (redeemed) =>
        reply(
          jwt(header, good(redeemed), provider.key).replace(
            /\.[^.]+\./,
            `.${Buffer.from(JSON.stringify({ ...good(redeemed), sub: 'eve' })).toString('base64url')}.`,
          ),
        ),
    ],
    [
      'another header over the signature',
      reworked(([, body, signature]) => `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${body ?? ''}.${signature ?? ''}`),
    ],
    ['a payload that is no JSON', () => reply(jwt(header, '{"iss":', provider.key))],
    ['a payload that is a list', () => reply(jwt(header, '[]', provider.key))],
    ['a payload that is null', () => reply(jwt(header, 'null', provider.key))],
    ['no token but a word', () => reply('token')],
    ['no issuer', without('iss')],
    ['another issuer', claims((all) => ({ ...all, iss: 'https://evil.example' }))],
    ['the issuer with a slash more', claims((all) => ({ ...all, iss: `${provider.issuer}/` }))],
    ['the issuer in capitals', claims((all) => ({ ...all, iss: provider.issuer.toUpperCase() }))],
    ['a list of issuers', claims((all) => ({ ...all, iss: [provider.issuer] }))],
    ['no audience', without('aud')],
    ['another audience', claims((all) => ({ ...all, aud: 'another' }))],
    ['an audience that begins like us', claims((all) => ({ ...all, aud: `${clientId}2` }))],
    ['audiences without us', claims((all) => ({ ...all, aud: ['another', 'third'] }))],
    ['no audiences', claims((all) => ({ ...all, aud: [] }))],
    ['several audiences without who it was made for', claims((all) => ({ ...all, aud: [clientId, 'another'] }))],
    ['made for another', claims((all) => ({ ...all, aud: [clientId, 'another'], azp: 'another' }))],
    ['made for another, meant for us alone', claims((all) => ({ ...all, azp: 'another' }))],
    ['no subject', without('sub')],
    ['an empty subject', claims((all) => ({ ...all, sub: '' }))],
    ['a subject that is a number', claims((all) => ({ ...all, sub: 7 }))],
    ['a subject that is too long', claims((all) => ({ ...all, sub: 's'.repeat(256) }))],
    ['no end', without('exp')],
    ['an end two minutes ago', claims((all) => ({ ...all, exp: seconds() - 120 }))],
    ['an end as text', claims((all) => ({ ...all, exp: String(seconds() + 300) }))],
    ['no beginning', without('iat')],
    ['a beginning as text', claims((all) => ({ ...all, iat: 'now' }))],
    ['valid only in two minutes', claims((all) => ({ ...all, nbf: seconds() + 120 }))],
    ['no nonce', without('nonce')],
    ['another nonce', claims((all) => ({ ...all, nonce: 'another' }))],
    ['an empty nonce', claims((all) => ({ ...all, nonce: '' }))],
    ['a list of nonces', claims((all) => ({ ...all, nonce: [all['nonce']] }))],
    ['no identity', () => ({ body: JSON.stringify({ access_token: 'a', token_type: 'bearer' }) })],
    ['null for an identity', () => reply(null)],
    ['an identity that is an object', () => reply({ sub: 'ada' })],
    ['an answer that is no JSON', () => ({ body: '<html>' })],
    ['an error', () => ({ status: 400, body: '{"error":"invalid_grant"}' })],
    ['a failure', () => ({ status: 500, body: '' })],
    ['a redirect', () => ({ status: 302, body: '' })],
    ['no kind of token', (redeemed) => reply(jwt(header, good(redeemed), provider.key), { token_type: undefined })],
    ['an identity of nine kilobytes', claims((all) => ({ ...all, padding: 'x'.repeat(9000) }))],
    ['an answer of two megabytes', (redeemed) => reply(jwt(header, good(redeemed), provider.key), { padding: 'x'.repeat(2_000_000) })],
  ];

  it.each(tokens)('a token with %s lets nobody in, and the log says why', async (_, make) => {
    const answer = await signIn(make);
    expect([answer.status, cookiesOf(answer)]).toEqual([401, '']);
    expect(reports.join()).toMatch(/^A sign-in at http:\/\/127\.0\.0\.1:\d+ was refused: ./);
    expect(reports.join()).not.toContain(clientSecret);
  });

  const flows: readonly (readonly [name: string, change: (back: URL) => string, cookie?: (own: string) => string])[] = [
    ['no state', (back) => dropped(back, 'state')],
    ['another state', (back) => replaced(back, 'state', 'another')],
    ['an empty state', (back) => replaced(back, 'state', '')],
    ['two states', (back) => `${back.href}&state=another`],
    ['no code', (back) => dropped(back, 'code')],
    ['a code nobody gave', (back) => replaced(back, 'code', 'guessed')],
    ['two codes', (back) => `${back.href}&code=guessed`],
    ['an error beside the code', (back) => `${back.href}&error=access_denied`],
    ['an error alone', (back) => dropped(new URL(`${back.href}&error=access_denied`), 'code')],
    ['another issuer: a mix-up', (back) => replaced(back, 'iss', 'https://evil.example')],
    ['no issuer, though the provider says that it names itself', (back) => dropped(back, 'iss')],
    ['an identity in the address', (back) => `${back.href}&id_token=e30.e30.`],
    ['nine kilobytes', (back) => `${back.href}&padding=${'x'.repeat(9000)}`],
    ['no browser', (back) => back.href, () => ''],
    ['another browser', (back) => back.href, () => 'guildhall_flow=another'],
    ['a session in place of the browser', (back) => back.href, (own) => own.replace('guildhall_flow', 'guildhall_session')],
  ];

  it.each(flows.map(([name, change, cookie]) => ({ name, change, cookie })))('an answer with $name lets nobody in', async ({ change, cookie }) => {
    const answer = await signIn(
      claims((all) => all),
      change,
      cookie,
    );
    expect([answer.status, cookiesOf(answer)]).toEqual([401, '']);
  });

  it('an answer is good once', async () => {
    provider.answer(claims((all) => all));
    const begun = await fetch(`${server.url}/login/oidc`, { redirect: 'manual' });
    const back = provider.authorize(begun.headers.get('location') ?? '').href;
    const headers = { cookie: cookiesOf(begun) };
    const both = await Promise.all([fetch(back, { redirect: 'manual', headers }), fetch(back, { redirect: 'manual', headers })]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 401]);
    expect((await fetch(back, { redirect: 'manual', headers })).status).toBe(401);
  });

  it('a session that the browser had before ends', async () => {
    const first = cookiesOf(await signIn(claims((all) => all)));
    const second = await signIn(
      claims((all) => all),
      undefined,
      (own) => `${own}; ${first}`,
    );
    expect(second.status).toBe(303);
    expect((await fetch(`${server.url}/v1/session`, { headers: { cookie: first } })).status).toBe(401);
  });

  it('a mail address proves nothing: the same address of another subject is another person', async () => {
    const mail = { email: 'ada@northgate.example' };
    await signIn(claims((all) => ({ ...all, ...mail })));
    const before = server.desk.desk.people.size;
    await signIn(claims((all) => ({ ...all, ...mail, sub: 'eve' })));
    expect(server.desk.desk.people.size).toBe(before + 1);
  });

  it('who has left does not come in, and is not made anew', async () => {
    await signIn(claims((all) => ({ ...all, sub: 'leaver' })));
    const people = server.desk.desk.people;
    const person = [...people.values()].find((each) => each.words?.external.some(({ id }) => id === 'leaver'));
    const act = actKindOf('offboard-people');
    if (act === undefined || person === undefined) throw new Error('Nobody came in.');
    const body = { people: [person.id], leaves: new Date().toISOString() };
    const context = { ...opened.office.context, clock: () => Date.now() };
    await performAct(context, server.desk, emptyEstate(), {
      kind: act,
      body,
      words: null,
      actor: officeActor,
      visibility: seesNothing,
      expects: null,
    });
    const before = people.size;
    expect((await signIn(claims((all) => ({ ...all, sub: 'leaver' })))).status).toBe(401);
    expect(people.size).toBe(before);
  });
});

function dropped(back: URL, name: string): string {
  back.searchParams.delete(name);
  return back.href;
}

function replaced(back: URL, name: string, value: string): string {
  back.searchParams.set(name, value);
  return back.href;
}

/** Signs in at the provider's own development pages and consents; gives where it sends back to. */
async function throughProvider(start: string): Promise<string> {
  const jar = new Map<string, string>();
  let at = start;
  for (let step = 0; step < 15; step += 1) {
    if (at.includes('/login/oidc/callback')) return at;
    const isForm = at.includes('/interaction/');
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    const prompt = isForm ? await (await fetch(at, { headers })).text() : '';
    const answer = isForm
      ? await fetch(at, {
          method: 'POST',
          redirect: 'manual',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: prompt.includes('name="password"') ? 'prompt=login&login=ada&password=any' : 'prompt=consent',
        })
      : await fetch(at, { redirect: 'manual', headers });
    for (const each of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      jar.set(name, value);
    }
    at = new URL(answer.headers.get('location') ?? '', at).href;
  }
  throw new Error('The provider did not send back.');
}
