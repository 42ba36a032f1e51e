import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seesAll, type Visibility } from '#model/visibility.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { packagePast } from '#operations/package-past.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const record = {
  id: 'GHSA-aaaa',
  aliases: ['CVE-2024-1'],
  published: '2024-03-10T00:00:00Z',
  modified: '2024-03-10T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const lodash = 'pkg:npm/lodash';
const purl = encodeURIComponent(lodash);
const shop = 'component:test/shop';

function lockfile(versions: Readonly<Record<string, string>>): string {
  const installed = Object.entries(versions).map(([name, version]): readonly [string, object] => [`node_modules/${name}`, { version }]);
  return JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, ...Object.fromEntries(installed) } });
}

describe.each(testOffices())('the past on $name', ({ open }) => {
  let office: TestOffice;
  let server: TestServer;
  let opened: OpenTestOffice;

  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2024-06-03T08:00:00Z');
    await office.sync(record);
    const look = (name: string, committed: string, versions: Readonly<Record<string, string>>, owners = '') =>
      office.scan({ 'package-lock.json': lockfile(versions), ...(owners === '' ? {} : { CODEOWNERS: owners }) }, { name, committed });
    await look('shop', '2024-03-01T09:00Z', { lodash: '4.17.19', ms: '2.1.2' }, '* @acme/web\n');
    await look('shop', '2024-03-20T09:00Z', { lodash: '4.17.20', ms: '2.1.2' }, '* @acme/web\n');
    await look('shop', '2024-04-03T09:00Z', { lodash: '4.17.21', semver: '7.6.0' }, '* @acme/web\n');
    await look('till', '2024-05-01T09:00Z', { lodash: '4.17.20' });
    server = await openTestServer(office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const json = async <Body>(path: string): Promise<Body> => (await (await server.ask(path)).json()) as Body;

  it('tells week by week who was affected, who was clear and how much was observed', async () => {
    const { points, events, known } = await json<{ points: { day: string }[]; events: unknown[]; known: number }>(`/v1/packages/${purl}/past`);
    const at = (day: string) => points.find((each) => each.day === day);
    expect(known).toBe(2);
    expect(points.map((each) => each.day).slice(0, 2)).toEqual(['2024-03-03', '2024-03-10']);
    expect(at('2024-03-03')).toEqual({ day: '2024-03-03', affected: 0, clear: 1, unknown: 0, observed: 1 });
    expect(at('2024-03-10')).toEqual({ day: '2024-03-10', affected: 1, clear: 0, unknown: 0, observed: 1 });
    expect(at('2024-04-07')).toEqual({ day: '2024-04-07', affected: 0, clear: 1, unknown: 0, observed: 1 });
    expect(points.at(-1)).toEqual({ day: '2024-06-03', affected: 1, clear: 1, unknown: 0, observed: 2 });
    expect(events).toEqual([
      { day: '2024-03-01', kind: 'first-observation', ids: [], severity: null },
      { day: '2024-03-10', kind: 'advisory', ids: ['CVE-2024-1', 'GHSA-aaaa'], severity: 'unknown' },
    ]);
  });

  it('a day of the past agrees with the estate of that day', async () => {
    const { verdicts } = await json<{ verdicts: unknown }>(`/v1/packages/${purl}?asOf=2024-03-17`);
    expect(verdicts).toEqual({ affected: 1, clear: 0, unknown: 0 });
  });

  it('a component tells the days on which it changed, newest first', async () => {
    const { days, total } = await json<{
      days: { day: string; isFirst: boolean; inUse: number; counts: object; packages: object[] }[];
      total: number;
    }>(`/v1/components/${encodeURIComponent(shop)}/past`);
    const none = { appeared: 0, gone: 0, changed: 0, opened: 0, closed: 0 };
    expect(total).toBe(4);
    expect(days.map(({ day, isFirst, inUse, counts }) => ({ day, isFirst, inUse, counts }))).toEqual([
      { day: '2024-04-03', isFirst: false, inUse: 2, counts: { ...none, appeared: 1, gone: 1, changed: 1, closed: 1 } },
      { day: '2024-03-20', isFirst: false, inUse: 2, counts: { ...none, changed: 1 } },
      { day: '2024-03-10', isFirst: false, inUse: 2, counts: { ...none, opened: 1 } },
      { day: '2024-03-01', isFirst: true, inUse: 2, counts: none },
    ]);
    expect(days[1]?.packages).toEqual([{ what: 'changed', purl: lodash, name: 'lodash', before: ['4.17.19'], after: ['4.17.20'] }]);
    const until = await json<{ total: number }>(`/v1/components/${encodeURIComponent(shop)}/past?asOf=2024-03-15`);
    expect(until.total).toBe(2);
  });

  it('the overview, a finding and the frame are of the day that is asked about', async () => {
    const overview = await json<{ findings: { unknown: number }; figures: { id: string; value: number }[]; newest: { id: string }[] }>(
      '/v1/overview?asOf=2024-03-15',
    );
    expect(overview.findings.unknown).toBe(1);
    expect(overview.figures.map(({ id, value }) => `${id} ${String(value)}`)).toEqual(['components 2', 'observed 1', 'owned 1', 'resolved 2']);
    expect((await json<{ total: number }>('/v1/components?observed=false&asOf=2024-03-15')).total).toBe(1);
    expect(await json('/v1/estate?asOf=2024-03-15')).toMatchObject({ coverage: { read: 1, known: 2 }, packages: 2, findings: 1 });
    const id = overview.newest[0]?.id ?? '';
    const then = await json<{ versions: string[]; state: string; facts: { version: string; via: string[] }[] }>(`/v1/findings/${id}?asOf=2024-03-15`);
    expect(then).toMatchObject({ versions: ['4.17.19'], state: 'open', facts: [{ version: '4.17.19', via: [] }] });
    expect((await server.ask(`/v1/findings/${id}?asOf=2024-04-10`)).status).toBe(404);
  });

  it('what one may not see has no past either', async () => {
    const estate = await loadEstate(opened.office.context.store);
    const web: Visibility = { kind: 'teams', teams: new Set(['web']) };
    const nobody: Visibility = { kind: 'teams', teams: new Set() };
    const slot = estate.packages.findIndex((each) => each.name === 'lodash');
    const { store } = opened.office.context;
    const time = { weeks: 100, now: Date.parse('2024-06-03T08:00:00Z'), covered: new Set(['npm']) };
    expect((await packagePast(store, estate, seesAll, slot, time))?.points.at(-1)).toMatchObject({ affected: 1, clear: 1 });
    expect((await packagePast(store, estate, web, slot, time))?.points.at(-1)).toMatchObject({ affected: 0, clear: 1, observed: 1 });
    expect(await packagePast(store, estate, nobody, slot, time)).toBeNull();
  });
});
