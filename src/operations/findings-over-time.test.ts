import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seesAll } from '#model/visibility.ts';
import { findingsOverTime } from './findings-over-time.ts';
import { loadEstate } from './follow-estate.ts';
import type { TestOffice } from './test-office.ts';
import { testOffices, type OpenTestOffice } from './test-offices.ts';

const advisory = {
  id: 'GHSA-35jh-r3h4-6jhm',
  published: '2021-05-06T16:05:51Z',
  modified: '2021-05-31T00:00:00Z',
  summary: 'Command injection in lodash template',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const lockfile = (version: string): string =>
  JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { dependencies: { lodash: '*' } }, 'node_modules/lodash': { version } } });

describe.each(testOffices())('open findings over time on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await open();
    ({ office } = opened);
    office.at('2024-01-02T08:00Z');
    await office.sync(advisory);
    office.at('2024-01-03T08:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.20') }, { name: 'one' });
    await office.scan({ 'package-lock.json': lockfile('4.17.20') }, { name: 'two' });
    office.at('2024-01-17T08:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.21') }, { name: 'one' });
  });
  afterEach(() => opened.drop());

  it('counts a finding on every Monday from when it was known until it was closed, and ends with what is open now', async () => {
    expect(await linesOf('2024-01-24T08:00Z', 26)).toEqual([
      '2024-01-08T00:00 high 2',
      '2024-01-15T00:00 high 2',
      '2024-01-22T00:00 high 1',
      '2024-01-24T08:00 high 1',
    ]);
  });

  it('looks no further back than asked, and still knows what was open before', async () => {
    expect(await linesOf('2024-01-24T08:00Z', 1)).toEqual(['2024-01-22T00:00 high 1', '2024-01-24T08:00 high 1']);
  });

  it('shows nothing of components that may not be seen', async () => {
    const { store } = office.context;
    const span = { since: Date.parse('2024-01-03'), weeks: 1, now: Date.parse('2024-01-24') };
    const points = await findingsOverTime(store, await loadEstate(store), { kind: 'teams', teams: new Set(['payments']) }, span);
    expect(points.map(({ counts }) => counts.high)).toEqual([0, 0]);
  });

  async function linesOf(now: string, weeks: number): Promise<readonly string[]> {
    const { store } = office.context;
    const points = await findingsOverTime(store, await loadEstate(store), seesAll, {
      since: Date.parse('2024-01-03T08:00Z'),
      weeks,
      now: Date.parse(now),
    });
    return points.map(({ at, counts }) => `${new Date(at).toISOString().slice(0, 16)} high ${String(counts.high)}`);
  }
});
