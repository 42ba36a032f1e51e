import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPending } from '#operations/read-pending.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { IncidentComponentList, IncidentDetail, IncidentList } from './schemas/incident.ts';
import { FindingDetail, FindingList } from './schemas/finding.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const id = 'b'.repeat(26);
const lock =
  '{"name":"x","lockfileVersion":3,"packages":{"":{"name":"x","dependencies":{"left-pad":"1.0.0"}},"node_modules/left-pad":{"version":"1.0.0"}}}';

describe.each(testOffices())('incidents over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2026-03-01T08:00Z');
    await opened.office.scan({ 'package-lock.json': lock }, { name: '=cmd|shop' });
    server = await openTestServer(opened.office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const act = (kind: string, body: object, words?: object) =>
    server.ask(`/v1/acts/${kind}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body, ...(words === undefined ? {} : { words }) }),
    });
  const json = async (path: string): Promise<unknown> => {
    const answer = await server.ask(path);
    expect([path, answer.status]).toEqual([path, 200]);
    return answer.json();
  };

  it('are opened by an act, listed, shown by owner and exported', async () => {
    const affected = { package: 'pkg:npm/left-pad', fixed: '1.1.0' };
    const opening = await act('open-incident', { id, affected, severity: 'critical' }, { title: '<b>left-pad</b>' });
    expect([opening.status, await opening.json()]).toMatchObject([201, { subject: `incident:${id}` }]);
    await readPending(opened.office.context);
    await server.catchUp();
    const list = IncidentList.parse(await json('/v1/incidents'));
    expect(list.items).toMatchObject([{ id, record: 'OWN-2026-BBBBBB', title: '<b>left-pad</b>', counts: { exposed: 1, noAnswer: 1 } }]);
    const components = IncidentComponentList.parse(await json(`/v1/incidents/${id}/components`));
    const ref = components.items[0]?.component.ref ?? '';
    expect(components.items).toMatchObject([{ state: 'exposed', versions: ['1.0.0'], answer: null }]);
    expect((await act('answer-incident', { incident: id, component: ref, says: 'acknowledged' }, {})).status).toBe(201);
    expect(IncidentDetail.parse(await json('/v1/incidents/OWN-2026-BBBBBB'))).toMatchObject({ counts: { exposed: 1, answered: 1, noAnswer: 0 } });
    expect(await (await server.ask(`/v1/incidents/${id}/components?format=csv`)).text()).toContain('acknowledged');
    // The chain of its findings leads to the observation in which the office told itself.
    const { items } = FindingList.parse(await json('/v1/findings?advisory=OWN-2026-BBBBBB'));
    const finding = FindingDetail.parse(await json(`/v1/findings/${items[0]?.id ?? ''}`));
    expect(finding.matches).toMatchObject([{ advisoryId: 'OWN-2026-BBBBBB', receipt: { source: 'osv', origin: 'own advisories' } }]);
  });

  it.each<[name: string, path: string, body: object, words: object, status: number]>([
    [
      'a hash that is none',
      'open-hash-incident',
      { id: 'c'.repeat(26), hashes: ['sha256:0123456789abcdef'], severity: 'low' },
      { title: 'A rumour' },
      409,
    ],
    ['a purl that is none', 'open-incident', { id: 'c'.repeat(26), affected: { package: 'left-pad' }, severity: 'low' }, { title: 'A rumour' }, 409],
    [
      'a purl with a version',
      'open-incident',
      { id: 'c'.repeat(26), affected: { package: 'pkg:npm/a@1' }, severity: 'low' },
      { title: 'A rumour' },
      409,
    ],
    [
      'a severity that is none',
      'open-incident',
      { id: 'c'.repeat(26), affected: { package: 'pkg:npm/a' }, severity: 'bad' },
      { title: 'A rumour' },
      400,
    ],
    ['the same twice', 'open-incident', { id, affected: { package: 'pkg:npm/a' }, severity: 'low' }, { title: 'A rumour' }, 409],
    ['an alias with markup', 'name-incident', { incident: id, alias: '<script>' }, {}, 400],
    ['an incident that is not there', 'name-incident', { incident: 'zz', alias: 'CVE-2026-1' }, {}, 404],
    ['a component that is not there', 'answer-incident', { incident: id, component: 'component:no/where', says: 'in-work' }, {}, 404],
  ])('refuse %s', async (_, kind, body, words, status) => {
    expect((await act(kind, body, kind === 'name-incident' ? undefined : words)).status).toBe(status);
  });
});
