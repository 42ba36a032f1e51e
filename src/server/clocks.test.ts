import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const lockfile = (version: string): string =>
  `{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"${version}"}},"node_modules/lodash":{"version":"${version}"}}}`;
const record = (id: string, fixed: string): object => ({
  id,
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: [],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }] }],
});
type Counted = { readonly count: number; readonly rowsQuery: string };

describe.each(testOffices())('clocks over HTTP on $name', (kind) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeEach(async () => {
    opened = await kind.open();
    office = opened.office;
    office.at('2021-06-01T09:00Z');
    await office.sync(record('GHSA-aaaa-aaaa-aaaa', '4.17.20'));
    for (const [name, owner] of [
      ['shop', 'payments'],
      ['till', 'payments'],
      ['site', 'web'],
    ] as const)
      await office.scan({ 'package-lock.json': lockfile('4.17.19'), CODEOWNERS: `* @acme/${owner}\n` }, { name });
    office.at('2021-06-10T09:00Z');
    await office.sync(record('GHSA-bbbb-bbbb-bbbb', '4.17.21'));
    office.at('2021-06-14T09:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.21'), CODEOWNERS: '* @acme/payments\n' }, { name: 'till' });
    office.at('2021-06-20T09:00Z');
    server = await openTestServer(office);
  });
  afterEach(async () => {
    await server.close();
    await opened.drop();
  });

  it('are added up from intervals, and every number opens as many rows', async () => {
    const clocks = (await (await server.ask('/v1/clocks?weeks=3')).json()) as Record<string, Counted> & {
      readonly teams: readonly object[];
      readonly ageing: readonly (Counted & { readonly act: number })[];
      readonly burnDown: readonly { readonly clocked: number; readonly baseline: number }[];
    };
    expect(clocks.teams).toEqual([
      expect.objectContaining({
        team: 'payments',
        running: 1,
        overdue: 1,
        closed: 1,
        daysToClose: 4,
        inTime: 1,
        late: 1,
        attainment: 0.5,
        baseline: 1,
      }),
      expect.objectContaining({ team: 'web', running: 1, overdue: 1, closed: 0, daysToClose: null, attainment: 0, breaching: null, baseline: 1 }),
    ]);
    expect(clocks.burnDown.map(({ clocked, baseline }) => [clocked, baseline])).toEqual([
      [0, 0],
      [0, 3],
      [3, 3],
      [2, 2],
    ]);
    const numbers: readonly Counted[] = ['running', 'overdue', 'dueSoon', 'paused', 'question', 'baseline', 'settled', 'metric'].map(
      (name) => clocks[name] ?? { count: -1, rowsQuery: '' },
    );
    expect(numbers.map(({ count }) => count)).toEqual([2, 2, 0, 0, 0, 2, 0, 0]);
    const aged = clocks.ageing.map((bucket) => ({ count: bucket.act, rowsQuery: bucket.rowsQuery }));
    expect(aged.map(({ count }) => count)).toEqual([0, 2, 0, 0, 0]);
    const { items } = (await (await server.ask('/v1/clocks/closed?team=payments')).json()) as { readonly items: readonly object[] };
    expect(items).toMatchObject([{ component: { name: 'till' }, team: 'payments', days: 4, inTime: true, due: '2021-06-17T09:00:00.000Z' }]);
    expect((await (await server.ask('/v1/clocks/closed?team=web')).json()) as object).toMatchObject({ total: 0 });
    for (const { count, rowsQuery } of [...numbers, ...aged]) {
      const { total } = (await (await server.ask(`/v1${rowsQuery}`)).json()) as { readonly total: number };
      expect([rowsQuery, total]).toEqual([rowsQuery, count]);
    }
  });

  it('show the policy that they run by', async () => {
    const policy = (await (await server.ask('/v1/policy')).json()) as Record<string, unknown>;
    expect(policy).toMatchObject({ version: 1, since: null, waiting: [], file: null, versions: [{ version: 1, since: null }] });
  });
});
