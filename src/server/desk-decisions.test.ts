import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { addPerson } from '#operations/test-people.ts';
import type { DeskDecisionList, FindingDesk } from './schemas/desk-decision.ts';
import type { FindingList } from './schemas/finding.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const lockfile = JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/lodash': { version: '4.17.19' } } });
const record = {
  ...{ id: 'GHSA-35jh-r3h4-6jhm', modified: '2021-05-06T00:00:00Z', published: '2021-05-06T00:00:00Z' },
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const id = (letter: string): string => letter.repeat(26);

describe.each(testOffices())('the desk over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  const cookies = new Map<string, string>();
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2024-05-01T08:00Z');
    for (const team of ['payments', 'markets'])
      await opened.office.scan({ 'package-lock.json': lockfile, CODEOWNERS: `* @acme/${team}\n` }, { name: `${team}-shop` });
    await opened.office.sync(record);
    server = await openTestServer(opened.office);
    for (const [name, role, teams] of [
      ['root', 'administrator', []],
      ['ada', 'security', []],
      ['lee', 'team-lead', ['payments']],
      ['dev', 'developer', ['payments']],
      ['ria', 'risk', []],
    ] as const) {
      const person = await addPerson(opened.office.context, server.desk, name, { teams, role });
      const answer = await fetch(await server.loginLink(person), { redirect: 'manual' });
      cookies.set(name, answer.headers.get('set-cookie')?.split(';')[0] ?? '');
    }
    await server.catchUp();
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const as = (name: string, path: string, body?: unknown): Promise<Response> =>
    fetch(server.url + path, {
      headers: { cookie: cookies.get(name) ?? '', origin: server.url, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const get = async <Body>(name: string, path: string): Promise<Body> => (await (await as(name, path)).json()) as Body;
  const accept = {
    body: {
      ...{ id: id('a'), predicate: { advisory: record.id }, verdict: 'accepted' },
      ...{ until: '2024-09-01T00:00:00Z', owner: 'person:leexxxxxxxxxxxxxxxxxxxxxxx' },
    },
    words: { reason: 'It is replaced in summer.' },
  };

  it('tells each what is theirs, what they may do, and who may do the rest', async () => {
    const mine = async (name: string) => (await get<FindingList>(name, '/v1/findings?mine=true')).items.map((each) => each.component.name);
    expect([await mine('ada'), await mine('lee')]).toEqual([[], ['payments-shop']]);
    const { items } = await get<FindingList>('dev', '/v1/findings');
    expect(items).toHaveLength(1);
    const desk = await get<FindingDesk>('dev', `/v1/findings/${items[0]?.id ?? ''}/desk`);
    expect(desk).toMatchObject({ may: { propose: true, decide: false }, deciders: [{ name: 'lee' }, { name: 'ada' }], version: 0, decisions: [] });
    const comment = { body: { finding: desk.key }, words: { text: 'Proposes: accept.' } };
    expect((await as('dev', '/v1/acts/comment', comment)).status).toBe(201);
    expect(await get('lee', `/v1/findings/${desk.key.id}/desk`)).toMatchObject({ comments: [{ by: { name: 'dev' }, text: 'Proposes: accept.' }] });
  });

  it('lists what waits for a second person, for each as far as they may see what it reaches', async () => {
    expect((await as('ada', '/v1/acts/decide', accept)).status).toBe(201);
    const waiting = (name: string, query = '') => get<DeskDecisionList>(name, `/v1/finding-decisions?standing=waiting${query}`);
    expect((await waiting('ada')).items).toMatchObject([
      {
        by: { name: 'ada' },
        owner: { name: 'lee' },
        findings: 2,
        may: { approve: false, approveNot: expect.stringContaining('somebody else') as string },
      },
    ]);
    expect(await waiting('ada', '&forMe=true')).toMatchObject({ total: 0 });
    expect(await waiting('lee')).toMatchObject({ items: [{ findings: null, teams: ['payments'], severities: [], may: { withdraw: false } }] });
    expect(await waiting('ria', '&forMe=true')).toMatchObject({ items: [{ may: { approve: true, approveNot: null } }] });
    const yes = { body: { decision: id('a'), approve: true }, words: { reason: 'Agreed.' } };
    expect((await as('ada', '/v1/acts/approve-decision', yes)).status).toBe(403);
    expect((await as('ria', '/v1/acts/approve-decision', yes)).status).toBe(201);
    expect(await get('lee', '/v1/finding-decisions?component=component%3Atest%2Fpayments-shop')).toMatchObject({
      items: [{ standing: 'holds', approval: { by: { name: 'ria' } } }],
    });
  });
});
