import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seesAll } from '#model/visibility.ts';
import { openGateway } from '#gateway/gateway.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { changeView } from './change-view.ts';
import { compareDays } from './compare-days.ts';
import { estateAsOf } from './estate-as-of.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const dayMs = 86_400_000;
const advisory = {
  id: 'GHSA-35jh-r3h4-6jhm',
  published: '2024-03-10T00:00:00Z',
  modified: '2024-03-10T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

describe.each(testStores())('two days compared on $name', ({ open }) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeAll(async () => {
    opened = await open();
    office = openTestOffice(opened, openGateway({ workers: 1 }));
    office.at('2024-06-01T08:00Z');
    await office.sync(advisory);
    const shop = (committed: string, files: Readonly<Record<string, string>>) => office.scan(files, { name: 'shop', committed });
    await shop('2024-03-01T09:00Z', { 'package-lock.json': lockfile({ lodash: '4.17.20', ms: '2.1.2' }) });
    await shop('2024-03-20T09:00Z', { 'package-lock.json': lockfile({ lodash: '4.17.21', semver: '7.6.0' }) });
    await shop('2024-04-10T09:00Z', {
      'package-lock.json': lockfile({ lodash: '4.17.21', semver: '7.6.0' }),
      'till/package-lock.json': lockfile({ lodash: '4.17.19' }),
    });
    await shop('2024-05-10T09:00Z', { 'package-lock.json': lockfile({ lodash: '4.17.15' }) });
    await office.scan({ 'package-lock.json': lockfile({ ms: '2.1.3' }) }, { name: 'young', committed: '2024-04-15T09:00Z' });
    await office.upload('component:test/shop', sbom('left-pad'));
  });
  afterAll(async () => {
    office.close();
    await opened.drop();
  });

  /** Changes as `what component name before>after cause`, sorted; then what was not observed. */
  async function between(from: string, to: string): Promise<readonly string[]> {
    const day = (text: string): number => Date.parse(text) / dayMs;
    const [before, after] = [await estateAsOf(opened.store, day(from)), await estateAsOf(opened.store, day(to))];
    const { changes, unobserved } = await compareDays(opened.store, { before, after, from: day(from) }, seesAll);
    const lineOf = (row: Parameters<typeof changeView>[0]): string => {
      const { what, kind, component, name, before: old, after: now, cause, unobserved: on } = changeView(row);
      const about =
        kind === 'package' ? [`${name} ${old?.join() ?? ''}>${now?.join() ?? ''}`] : kind === 'finding' ? [`finding ${name} ${cause ?? ''}`] : [];
      return [what, component.name, ...about, ...(on === null ? [] : [on])].join(' ');
    };
    return [...changes.map(lineOf).sort(), ...unobserved.map(lineOf).sort()];
  }

  it('packages came, went and changed, and a finding closed with its version', async () => {
    expect(await between('2024-03-15', '2024-03-25')).toEqual([
      'appeared shop semver >7.6.0',
      'changed shop lodash 4.17.20>4.17.21',
      'gone shop finding lodash version-changed',
      'gone shop ms 2.1.2>',
      'not-observed shop-till both',
      'not-observed young both',
    ]);
  });

  it('a finding opens because its advisory is published, though nothing of the component changed', async () => {
    expect((await between('2024-03-05', '2024-03-12'))[0]).toBe('appeared shop finding lodash advisory-published');
  });

  it('what a repository that was read did not have before appeared; of a repository not read yet nothing is said', async () => {
    expect(await between('2024-04-01', '2024-04-20')).toEqual([
      'appeared shop-till',
      'appeared shop-till finding lodash component-appeared',
      'appeared shop-till lodash >4.17.19',
      'not-observed young from',
    ]);
  });

  it('a component goes with everything in it, and a downgrade opens a finding', async () => {
    expect(await between('2024-04-20', '2024-05-20')).toEqual([
      'appeared shop finding lodash version-changed',
      'changed shop lodash 4.17.21>4.17.15',
      'gone shop semver 7.6.0>',
      'gone shop-till',
      'gone shop-till finding lodash component-gone',
      'gone shop-till lodash 4.17.19>',
    ]);
  });

  it('what only an upload shows is no change before its first one', async () => {
    expect(await between('2024-05-20', '2024-06-02')).toEqual([]);
    const [from, to] = [Date.parse('2024-05-20') / dayMs, Date.parse('2024-06-06') / dayMs];
    const [before, after] = [await estateAsOf(opened.store, from), await estateAsOf(opened.store, to)];
    const { compared } = await compareDays(opened.store, { before, after, from }, seesAll);
    expect(compared.filter((each) => each.inPart).map((each) => each.ref)).toEqual(['component:test/shop']);
  });

  it('a day compared with itself has no change', async () => {
    expect(await between('2024-04-20', '2024-04-20')).toEqual([]);
  });
});

function lockfile(versions: Readonly<Record<string, string>>): string {
  const packages = Object.fromEntries(Object.entries(versions).map(([name, version]) => [`node_modules/${name}`, { version }]));
  return JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, ...packages } });
}

function sbom(name: string): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { timestamp: '2024-06-01T07:00:00Z' },
    components: [{ type: 'library', name, version: '1.0.0', purl: `pkg:npm/${name}@1.0.0` }],
  });
}
