import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPerson } from '#operations/test-people.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { EvidencePack, EvidenceRow, LedgerCheck } from './schemas/evidence.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const lock =
  '{"name":"x","lockfileVersion":3,"packages":{"":{"name":"x","dependencies":{"left-pad":"1.0.0"}},"node_modules/left-pad":{"version":"1.0.0"}}}';
const record = {
  id: 'GHSA-aaaa-bbbb-cccc',
  modified: '2026-02-01T00:00:00Z',
  published: '2026-02-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] }],
};

describe.each(testOffices())('evidence over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let server: TestServer;
  const reports: string[] = [];
  const sessions = new Map<string, string>();
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2026-03-01T08:00Z');
    for (const name of ['red', 'blue'])
      await opened.office.scan({ 'package-lock.json': lock, CODEOWNERS: `* @acme/${name}\n` }, { name: `${name}-app` });
    await opened.office.sync(record);
    server = await openTestServer(opened.office, reports);
    await addPerson(opened.office.context, server.desk, 'root', { role: 'administrator' });
    for (const [name, role, teams] of [
      ['aud', 'auditor', []],
      ['dev', 'developer', ['red']],
      ['cat', 'finance', []],
    ] as const) {
      const person = await addPerson(opened.office.context, server.desk, name, { role, teams });
      const link = new URL(await server.loginLink(person));
      const answer = await fetch(link, { redirect: 'manual' });
      sessions.set(name, (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '');
    }
    await server.catchUp();
  });
  afterAll(async () => {
    expect(reports).toEqual([]);
    await server.close();
    await opened.drop();
  });

  const as = (who: string, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(server.url + path, {
      ...init,
      headers: { cookie: sessions.get(who) ?? '', origin: server.url, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
    });
  const draw = (who: string, wanted: object): Promise<Response> =>
    as(who, '/v1/evidence-packs', { method: 'POST', body: JSON.stringify({ population: 'findings', ...wanted }) });
  async function made(who: string, wanted: object): Promise<EvidencePack> {
    const answer = await draw(who, wanted);
    expect(answer.status).toBe(202);
    let pack = EvidencePack.parse(await answer.json());
    while (pack.state === 'working') {
      await pause(20);
      pack = EvidencePack.parse(await (await as(who, `/v1/evidence-packs/${pack.id}`)).json());
    }
    return pack;
  }

  it('is drawn, recorded, read row by row and taken along as one file by who drew it', async () => {
    const pack = await made('aud', { purpose: 'Spring audit', seed: 'spring' });
    expect(pack).toMatchObject({ state: 'done', population: { count: 2 }, coverage: { components: 2, notRead: 0 }, ledger: { isExported: true } });
    expect(pack.sample).toHaveLength(2);
    const [act] = ((await (await as('aud', '/v1/acts?kind=draw-evidence')).json()) as { readonly items: readonly object[] }).items;
    expect(act).toMatchObject({ actorName: 'aud', body: { question: { seed: 'spring' } }, words: { purpose: 'Spring audit' } });
    const row = EvidenceRow.parse(await (await as('aud', `/v1/evidence-packs/${pack.id}/row?number=1`)).json());
    expect(row).toMatchObject({ id: pack.sample?.[0], chain: { facts: [{ rawHash: expect.any(String) as unknown }], decisions: [] } });
    const file = await as('aud', `/v1/evidence-packs/${pack.id}/file`);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="evidence-${pack.id}.zip"`);
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 4)
        .toString('latin1'),
    ).toBe('PK\u0003\u0004');
    for (const path of ['', '/row?number=1', '/file']) expect((await as('dev', `/v1/evidence-packs/${pack.id}${path}`)).status, path).toBe(404);
    expect((await as('aud', `/v1/evidence-packs/${pack.id}/row?number=3`)).status).toBe(404);
  });

  it('holds for others what they may see, and the ledger for who may read it', async () => {
    const theirs = await made('dev', {});
    expect(theirs).toMatchObject({ population: { count: 1 }, ledger: { isExported: false } });
    expect(theirs.files).not.toContain('ledger.jsonl');
    expect((await draw('dev', { population: 'decisions' })).status).toBe(403);
    expect((await draw('cat', {})).status).toBe(403);
    expect((await as('dev', '/v1/ledger-checks', { method: 'POST' })).status).toBe(403);
  });

  it.each<[name: string, wanted: object, status: number]>([
    ['a day to come', { asOf: '2027-01-01' }, 409],
    ['a day that is none', { known: '2026-02-31' }, 400],
    ['a seed that a spreadsheet would run', { seed: '=1+1' }, 400],
    ['a population that is none', { population: 'people' }, 400],
    ['more than a sample', { size: 100_000 }, 400],
  ])('is refused for %s', async (_, wanted, status) => {
    expect((await draw('aud', wanted)).status).toBe(status);
  });

  it('is no longer made once it is cancelled, and stays on record', async () => {
    const { id } = EvidencePack.parse(await (await draw('aud', { population: 'components' })).json());
    expect((await as('aud', `/v1/evidence-packs/${id}`, { method: 'DELETE' })).status).toBe(204);
    await expect.poll(async () => EvidencePack.parse(await (await as('aud', `/v1/evidence-packs/${id}`)).json()).state).toMatch(/cancelled|done/);
  });

  it('says whether the ledger holds', async () => {
    let check = LedgerCheck.parse(await (await as('aud', '/v1/ledger-checks', { method: 'POST' })).json());
    while (check.state === 'working') {
      await pause(20);
      check = LedgerCheck.parse(await (await as('aud', `/v1/ledger-checks/${check.id}`)).json());
    }
    expect(check).toMatchObject({ state: 'done', proof: { holds: true, faults: [], checkpoints: 0, isSigned: false } });
  });
});
