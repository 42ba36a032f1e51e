import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import { secretHash } from '#operations/login-link.ts';
import type { AttestationList } from './schemas/ownership.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const lodash = 'pkg:npm/lodash';
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2027-02-01T00:00:00Z',
  published: '2027-02-01T00:00:00Z',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const lockfile = JSON.stringify({
  name: 'x',
  lockfileVersion: 3,
  packages: { '': { name: 'x', dependencies: { lodash: '*' } }, 'node_modules/lodash': { version: '4.17.20' } },
});

describe.each(testOffices())('owners and stewards on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  const scan = (name: string, owner: string) =>
    opened.office.scan({ 'package-lock.json': lockfile, ...(owner === '' ? {} : { CODEOWNERS: `* ${owner}\n` }) }, { name });
  beforeAll(async () => {
    opened = await open();
    const { office } = opened;
    office.at('2027-01-01T08:00Z');
    await scan('api', '@acme/payments');
    await scan('batch', '@marta');
    await scan('ledger', '@acme/risk');
    await scan('free', '');
    // What is known at the first look is planned; what comes later has a clock.
    await office.sync({ ...record, id: 'GHSA-aaaa-bbbb-cccc', affected: [{ package: { ecosystem: 'npm', name: 'not-used' }, versions: ['1.0.0'] }] });
    server = await openTestServer(office);
    await server.desk.catchUp(office.context.store);
    for (const [name, role, teams] of [
      ['ops', 'office', []],
      ['lee', 'team-lead', ['payments']],
      ['dev', 'developer', ['payments']],
      ['marta', 'developer', ['risk']],
      ['aud', 'auditor', []],
    ] as const) {
      await addPerson(office.context, server.desk, name, { role, teams });
      const session = {
        id_hash: secretHash(name),
        csrf: name,
        created: 0,
        expires: Date.parse('2030-01-01'),
        person: personId(name),
        how: 'link' as const,
      };
      await office.context.store.auth.putSession(session);
    }
    office.at('2027-02-01T08:00Z');
    await office.sync(record);
    await server.catchUp();
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const send = async (as: string, kind: string, body: object, words: object | null = null): Promise<number> => {
    const answer = await fetch(`${server.url}/v1/acts/${kind}`, {
      method: 'POST',
      headers: { cookie: `guildhall_session=${as}`, origin: server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ body, ...(words === null ? {} : { words }) }),
    });
    return answer.status;
  };
  const owners = (...pairs: readonly (readonly [string, string])[]) => ({
    owners: pairs.map(([name, owner]) => ({ component: `component:test/${name}`, owner })),
  });
  const get = async <T>(path: string, as: string): Promise<T> => {
    const answer = await fetch(`${server.url}${path}`, { headers: { cookie: `guildhall_session=${as}` } });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as T;
  };
  const due = async (query = '', as = 'ops'): Promise<readonly string[]> =>
    (await get<AttestationList>(`/v1/attestations${query}`, as)).items.map(
      ({ component, reason, certainty, mayAnswer }) => `${component.name} ${reason ?? 'stands'} ${certainty}${mayAnswer ? ' mine' : ''}`,
    );
  const clockOf = async (name: string): Promise<string> => {
    await server.catchUp();
    const { items } = await get<{ items: readonly { clock: string; ownerCertainty: string }[] }>(
      `/v1/findings?component=component:test/${name}`,
      'ops',
    );
    return items.map(({ clock, ownerCertainty }) => `${clock} ${ownerCertainty}`).join();
  };

  it('lists every owner that sources name, guesses first, with who may answer', async () => {
    expect(await due()).toEqual(['batch inferred inferred mine', 'api never declared mine', 'ledger never declared mine']);
    expect(await due('', 'dev')).toEqual(['batch inferred inferred', 'api never declared mine', 'ledger never declared']);
    expect(await due('?mine=true', 'marta')).toEqual(['batch inferred inferred mine', 'ledger never declared mine']);
    expect(await due('?mine=true', 'aud')).toEqual([]);
    expect(await due('?reason=never&team=risk')).toEqual(['ledger never declared mine']);
    expect((await get<AttestationList>('/v1/attestations', 'ops')).reasons).toEqual([
      { value: 'inferred', count: 1 },
      { value: 'never', count: 2 },
    ]);
    const csv = await server.ask('/v1/attestations?format=csv');
    expect((await csv.text()).split('\r\n')[1]).toBe("component:test/batch,batch,'@marta,codeowners,inferred,inferred,,,,,");
  });

  it.each<readonly [name: string, as: string, kind: string, body: object, status: number]>([
    ['who owns another team’s', 'dev', 'confirm-owner', owners(['api', 'payments'], ['ledger', 'risk']), 403],
    ['an auditor', 'aud', 'disclaim-owner', owners(['api', 'payments']), 403],
    ['a guess of somebody else', 'lee', 'confirm-owner', owners(['batch', '@marta']), 403],
    ['an owner that sources do not name', 'ops', 'confirm-owner', owners(['api', 'risk']), 409],
    ['what no source names an owner of', 'ops', 'confirm-owner', owners(['free', 'payments']), 409],
    ['what is not there', 'ops', 'confirm-owner', owners(['nothing', 'payments']), 404],
    ['nothing', 'ops', 'confirm-owner', { owners: [] }, 400],
  ])('confirms not for %s', async (_, as, kind, body, status) => {
    expect(await send(as, kind, body, kind === 'disclaim-owner' ? {} : null)).toBe(status);
  });

  it('runs no clock for a guess until whom it names says so, and leaves what is disclaimed to the office', async () => {
    expect([await clockOf('batch'), await clockOf('api')]).toEqual(['question inferred', 'running declared']);
    expect(await send('marta', 'confirm-owner', owners(['batch', '@marta']))).toBe(201);
    expect(await clockOf('batch')).toBe('running confirmed');
    expect(await send('lee', 'disclaim-owner', owners(['api', 'payments']), {})).toBe(201);
    expect(await clockOf('api')).toBe('running none');
    expect(await due()).toEqual(['api disclaimed none mine', 'ledger never declared mine']);
    expect(await get<object>(`/v1/components/${encodeURIComponent('component:test/api')}`, 'lee')).toMatchObject({
      ownership: { certainty: 'none', said: { what: 'disclaimed', owner: 'payments', by: { name: 'lee' } }, reason: 'disclaimed', mayAnswer: true },
    });
    expect(await send('lee', 'withdraw-ownership', owners(['api', 'payments']))).toBe(201);
    expect(await clockOf('api')).toBe('running declared');
  });

  it('asks again when sources name another, when who confirmed moves or leaves, and after twelve months', async () => {
    const { office } = opened;
    expect(await send('lee', 'confirm-owner', owners(['api', 'payments']))).toBe(201);
    expect(await send('marta', 'confirm-owner', owners(['ledger', 'risk']))).toBe(201);
    expect(await due('?state=confirmed&sort=name')).toEqual([
      'api stands confirmed mine',
      'batch stands confirmed mine',
      'ledger stands confirmed mine',
    ]);
    await asOffice(
      office.context,
      server.desk,
      'record-people',
      { source: 'local', people: [{ id: personId('marta'), teams: ['cards'] }] },
      { people: [] },
    );
    expect(await due()).toEqual(['ledger confirmer-moved confirmed mine']);
    await asOffice(office.context, server.desk, 'offboard-people', { people: [personId('marta')], leaves: '2027-02-01T00:00:00Z' });
    expect(await due('?sort=name')).toEqual(['batch confirmer-left confirmed mine', 'ledger confirmer-left confirmed mine']);
    await scan('ledger', '@acme/cards');
    await server.catchUp();
    expect(await due('?team=cards')).toEqual(['ledger owner-changed declared mine']);
    office.at('2028-01-31T08:00Z');
    expect(await due('?team=payments')).toEqual([]);
    office.at('2028-02-01T08:00Z');
    expect(await due('?team=payments')).toEqual(['api old confirmed mine']);
    office.at('2027-02-01T08:00Z');
  });

  it('names stewards of packages for a time, by the office, and says whom to ask', async () => {
    const steward = async () =>
      (await get<{ steward: { name: string; hasLeft: boolean } | null }>(`/v1/packages/${encodeURIComponent(lodash)}`, 'dev')).steward;
    const name = (as: string, body: object) => send(as, 'name-steward', { package: lodash, ...body });
    expect(await steward()).toBeNull();
    expect(await name('lee', { steward: 'team:payments' })).toBe(403);
    expect(await name('ops', { steward: personId('nobody') })).toBe(404);
    expect(await name('ops', { steward: 'team:payments', until: '2027-01-01T00:00:00Z' })).toBe(409);
    expect(await send('ops', 'name-steward', { package: `${lodash}@1.0.0`, steward: 'team:payments' })).toBe(400);
    expect(await name('ops', { steward: 'team:payments' })).toBe(201);
    expect(await steward()).toMatchObject({ kind: 'team', name: 'payments', hasLeft: false });
    expect(await name('ops', { steward: personId('lee'), from: '2027-03-01T00:00:00Z', until: '2027-04-01T00:00:00Z' })).toBe(201);
    for (const [at, who] of [
      ['2027-02-28T08:00Z', 'payments'],
      ['2027-03-01T08:00Z', 'lee'],
      ['2027-04-01T08:00Z', undefined],
    ] as const) {
      opened.office.at(at);
      expect((await steward())?.name).toBe(who);
    }
    opened.office.at('2027-03-02T08:00Z');
    await asOffice(opened.office.context, server.desk, 'offboard-people', { people: [personId('lee')], leaves: '2027-03-02T00:00:00Z' });
    expect(await steward()).toMatchObject({ name: 'lee', hasLeft: true });
    const users = await get<{ steward: { name: string } }>(`/v1/packages/${encodeURIComponent(lodash)}/users`, 'dev');
    expect(users.steward.name).toBe('lee');
    expect(await name('ops', { steward: null })).toBe(201);
    expect(await steward()).toBeNull();
  });
});
