import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDesk } from '#desk/desk.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { upgradesOf } from '#operations/upgrades.ts';
import { seesAll } from '#model/visibility.ts';
import { openTestServer, type TestServer } from './test-server.ts';

function record(id: string, name: string, fixed: string | null, introduced = '0') {
  const events = [{ introduced }, ...(fixed === null ? [] : [{ fixed }])];
  return {
    id,
    published: '2024-01-01T00:00:00Z',
    modified: '2024-01-01T00:00:00Z',
    summary: id,
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }],
  };
}

function lockfile(lodash: string): string {
  return JSON.stringify({
    name: 'app',
    lockfileVersion: 3,
    packages: {
      '': { name: 'app', dependencies: { shown: '*' }, devDependencies: { tested: '*' } },
      'node_modules/shown': { version: '1.0.0', dependencies: { lodash: '*', stuck: '*' } },
      'node_modules/tested': { version: '2.0.0', dev: true, dependencies: { lodash: '*' } },
      'node_modules/lodash': { version: lodash },
      'node_modules/stuck': { version: '1.0.0' },
    },
  });
}

const lodash = 'pkg:npm/lodash';
const step = (name: string, version: string) => ({ purl: `pkg:npm/${name}`, name, version });

describe.each(testOffices())('why and what to do on $name', ({ open }) => {
  let office: TestOffice;
  let server: TestServer;
  let opened: OpenTestOffice;

  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2024-02-01T00:00:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.20'), CODEOWNERS: '* @acme/web\n' }, { name: 'web' });
    await office.scan({ 'package-lock.json': lockfile('3.10.1') }, { name: 'old' });
    await office.scan({ 'requirements.txt': 'lodash==1.0\n' }, { name: 'flat' });
    // The fix of the first is hit by the second; the third has none.
    await office.sync(
      record('GHSA-aaaa', 'lodash', '4.17.21'),
      record('GHSA-bbbb', 'lodash', '4.17.22', '4.17.21'),
      record('GHSA-cccc', 'stuck', null),
    );
    server = await openTestServer(office);
  });
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const json = async (path: string): Promise<unknown> => (await server.ask(path)).json();

  it('tells every path to a package with the scope of each', async () => {
    const answer = await json(`/v1/components/${encodeURIComponent('component:test/web')}/paths?package=${lodash}`);
    expect(answer).toEqual({
      component: { ref: 'component:test/web', name: 'web' },
      uses: [
        {
          ...step('lodash', '4.17.20'),
          evidence: { kind: 'lockfile', path: 'package-lock.json' },
          scope: 'runtime',
          direct: false,
          known: 'all',
          reason: null,
          count: 2,
          isExact: true,
          shared: [],
          paths: [
            { scope: 'runtime', steps: [step('shown', '1.0.0'), step('lodash', '4.17.20')] },
            { scope: 'development', steps: [step('tested', '2.0.0'), step('lodash', '4.17.20')] },
          ],
        },
      ],
    });
  });

  it('says that a file without edges leaves the paths unknown, never that there is none', async () => {
    const answer = await json(`/v1/components/${encodeURIComponent('component:test/flat')}/paths?package=pkg:pypi/lodash`);
    expect(answer).toMatchObject({
      uses: [{ known: expect.not.stringMatching('all') as unknown, isExact: false, reason: expect.any(String) as unknown }],
    });
  });

  it('refuses a day in the past, a purl that is none and a component that is not there', async () => {
    const at = (ref: string, query: string) => server.ask(`/v1/components/${encodeURIComponent(`component:test/${ref}`)}/paths?${query}`);
    expect((await at('web', `package=${lodash}&asOf=2024-01-01`)).status).toBe(400);
    expect((await at('web', 'package=lodash')).status).toBe(400);
    expect((await at('nowhere', `package=${lodash}`)).status).toBe(404);
  });

  it('proposes the least version that closes everything and opens nothing, and says where there is none', async () => {
    const answer = (await json('/v1/leverage')) as { readonly items: readonly object[] };
    expect(answer).toMatchObject({ total: 2, next: null, closes: 2, findings: { unknown: 4 } });
    expect(answer.items).toMatchObject([
      { name: 'lodash', from: ['3.10.1', '4.17.20'], to: '4.17.22', jump: { size: 'major', majors: 1 }, components: 2, closes: 2, broughtBy: null },
      { name: 'stuck', from: ['1.0.0'], to: null, jump: null, components: 2, closes: 0, leverage: 0 },
    ]);
    expect(answer.items[1]).toMatchObject({ reason: 'No fix known: no advisory names a fixed version above those in use, and none is in use here.' });
  });

  it('asks one component for its own versions and names the direct dependencies that bring the package', async () => {
    const ref = encodeURIComponent('component:test/web');
    expect(await json(`/v1/leverage?component=${ref}&q=lodash`)).toMatchObject({
      items: [
        {
          from: ['4.17.20'],
          to: '4.17.22',
          jump: { size: 'patch', majors: 0 },
          broughtBy: { isDirect: false, isUnknown: false, by: [step('shown', '1.0.0'), step('tested', '2.0.0')] },
          rowsQuery: `/findings?package=${encodeURIComponent(lodash)}&component=${ref}`,
        },
      ],
    });
  });

  it('counts only the findings of a team', async () => {
    expect(await json(`/v1/leverage?team=web`)).toMatchObject({ total: 2, closes: 1 });
    expect(await json('/v1/leverage?team=nobody')).toMatchObject({ items: [], total: 0, closes: 0 });
  });

  it('shows nothing of components that may not be seen', async () => {
    const estate = await loadEstate(office.context.store);
    const licences = licenceJudge(estate, emptyDesk(), 0);
    const seen = { kind: 'teams', teams: new Set(['web']) } as const;
    expect((await upgradesOf(office.context.store, estate, seen, {}, licences)).map((each) => [each.name, each.from, each.components])).toEqual([
      ['lodash', ['4.17.20'], 1],
      ['stuck', ['1.0.0'], 1],
    ]);
    expect(await upgradesOf(office.context.store, estate, seesAll, {}, licences)).toHaveLength(2);
  });

  it('looks at the records anew when one more comes', async () => {
    await office.sync(record('GHSA-dddd', 'lodash', '4.18.0', '4.17.22'));
    await server.catchUp();
    expect(await json('/v1/leverage?q=lodash')).toMatchObject({ items: [{ to: '4.18.0' }] });
  });
});
