import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withdrawn } from '#analysis/rules/withdrawn.ts';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { storedJson } from '#language/readers/json.ts';
import type { RegistrySummary } from '#model/registry-summary.ts';
import { emptyDesk } from '#desk/desk.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { followEstate, loadEstate } from '../follow-estate.ts';
import { rebuild } from '../rebuild.ts';
import { licenceJudge } from '../licences/licence-judge.ts';
import { judgeRule } from '../rules/judge-rule.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { libyearsBy } from './libyears.ts';
import { knownBefore, refreshPackages, type RegistryRefreshed } from './refresh-packages.ts';
import { Registries } from './registries-configuration.ts';
import { openFakeRegistry, type FakeRegistry } from './test-registries.ts';

let gateway: Gateway;
let fake: FakeRegistry;
let inner: FakeRegistry;
beforeAll(async () => {
  gateway = openGateway({ workers: 1 });
  fake = await openFakeRegistry();
  inner = await openFakeRegistry();
});
afterAll(async () => {
  gateway.close();
  await fake.close();
  await inner.close();
});

/** A lockfile that takes each package from a host, or does not say from where. */
function lockfile(packages: Readonly<Record<string, readonly [version: string, host: string | null]>>, name = 'app'): string {
  const entries = Object.entries(packages).map(([each, [version, host]]): [string, object] => [
    `node_modules/${each}`,
    { version, ...(host === null ? {} : { resolved: `https://${host}/${each}/-/x-${version}.tgz` }) },
  ]);
  return JSON.stringify({
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    packages: Object.fromEntries<object>([['', { name, version: '1.0.0' }], ...entries]),
  });
}

function packument(name: string, versions: Readonly<Record<string, object>>, more: object = {}): string {
  const time = Object.fromEntries(Object.keys(versions).map((version, at) => [version, `202${String(at)}-01-01T00:00:00.000Z`]));
  const full = Object.fromEntries(Object.entries(versions).map(([version, fields]) => [version, { version, license: 'MIT', ...fields }]));
  return JSON.stringify({ name, 'dist-tags': { latest: Object.keys(versions).at(-1) }, time, versions: full, ...more });
}

const npmHost = 'registry.npmjs.org';

describe.each(testStores())('packages are asked about on $name', ({ open }) => {
  let stored: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    stored = await open();
    office = openTestOffice(stored, gateway);
    for (const each of [fake, inner]) {
      each.answers.clear();
      each.asked.length = 0;
      each.headers.length = 0;
    }
    office.at('2026-05-01T08:00Z');
  });
  afterEach(async () => {
    await stored.drop();
  });

  const refresh = async (registries: unknown = npmMirror(), more: object = {}): Promise<readonly RegistryRefreshed[]> =>
    refreshPackages(office.context, {
      registries: Registries.parse(registries),
      access: { dataDir: '', trusted: true, proxy: null, caFile: null, credentials: [{ origin: fake.url, user: 'office', secret: 's3cret' }] },
      pace: { perSecond: 1000, atOnce: 4 },
      http: { configuredHosts: [fake.host], retryBaseMs: 1 },
      ...more,
    });
  const npmMirror = (more: object = {}) => ({ ask: [{ ecosystem: 'npm', from: fake.url }], ...more });
  const known = async (nameKey: string) => (await knownBefore(office.context, [{ ecosystem: 'npm', nameKey }])).get(nameKey) ?? null;

  it('once, then only whether something changed; what changed and what vanished is kept; a rebuild gives the same', async () => {
    await office.scan(
      { 'package-lock.json': lockfile({ left: ['1.0.0', npmHost], right: ['2.0.0', npmHost], none: ['1.0.0', npmHost] }) },
      { name: 'app' },
    );
    fake.answers.set('left', packument('left', { '1.0.0': {}, '1.1.0': { deprecated: 'use 2' } })).set('right', packument('right', { '2.0.0': {} }));
    expect(await refresh()).toMatchObject([{ packages: 3, asked: 3, changed: 2, absent: 1, failed: 0, left: 0, requests: 3, withheld: {} }]);
    expect(fake.asked.toSorted()).toEqual(['left', 'none', 'right']);
    expect(fake.headers[0]?.authorization).toBe(`Basic ${Buffer.from('office:s3cret').toString('base64')}`);

    // Fresh: nobody is asked.
    fake.asked.length = 0;
    expect(await refresh()).toMatchObject([{ asked: 0, left: 0 }]);
    expect(fake.asked).toEqual([]);

    office.at('2026-05-02T09:00Z');
    const estate = await loadEstate(stored.store);
    fake.answers.set('right', packument('right', { '3.0.0': {} }, { repository: 'github:acme/right' })).set('none', { status: 503 });
    expect(await refresh()).toMatchObject([{ asked: 3, changed: 1, unchanged: 1, failed: 1, problems: [{ code: 'bad-status' }] }]);
    expect(fake.asked.filter((each) => each.endsWith('304'))).toEqual(['left 304']);
    expect((await known('right'))?.record).toMatchObject({
      latest: '3.0.0',
      repository: 'https://github.com/acme/right',
      versions: [
        ['2.0.0', expect.any(Number), 0, 0],
        ['3.0.0', expect.any(Number), 0, null],
      ],
      warnings: [{ kind: 'removed', reason: null }],
    });
    const followed = await followEstate(stored.store, estate);
    const summary = storedJson(followed.registry.get('npm\0left') ?? 'null') as RegistrySummary;
    expect(summary).toMatchObject({ isAbsent: false, latest: '1.1.0', warnings: [{ kind: 'deprecated', reason: 'use 2' }] });
    // left 1.0.0 of 2020 against 1.1.0 of 2021; right 2.0.0 of 2020 against 3.0.0 of the same day; none is not there.
    expect(libyearsBy(followed, seesAll, { by: 'component', direct: false })).toMatchObject([
      { component: 0, libyears: 366 / 365.25, majors: 1, known: 2, total: 3, worst: { version: '1.0.0', latest: '1.1.0' } },
    ]);
    const warned = judgeRule({
      estate: followed,
      visibility: seesAll,
      rule: withdrawn,
      settings: withdrawn.settings.parse({}),
      today: 20_000,
      licences: licenceJudge(followed, emptyDesk(), 0),
    });
    expect(warned.rows.map(({ subject, reason }) => `${subject}: ${reason}`)).toEqual([
      'removed: none 1.0.0: Its registry does not have the package, or has it no more.',
      'removed: right 2.0.0: Its registry listed this version once and does so no more.',
    ]);
    const whole = await loadEstate(stored.store);
    const before = [...whole.registry].sort();
    expect(before).toEqual([...followed.registry].sort());
    await stored.store.emptyDerived();
    expect((await loadEstate(stored.store)).registry.size).toBe(0);
    await rebuild(office.context);
    const again = await loadEstate(stored.store);
    expect([...again.registry].sort()).toEqual(before);
  });

  it('never, where anything shows that the name is private, neither in a request nor in a header', async () => {
    const secret = {
      '@acme/vault': ['1.0.0', npmHost],
      'acme-mixed': ['1.0.0', npmHost],
      'from-inside': ['1.0.0', 'npm.acme.example'],
      'says-nothing': ['1.0.0', null],
      'web-shop': ['1.0.0', npmHost],
    } as const;
    await office.scan({ 'package-lock.json': lockfile({ ...secret, left: ['1.0.0', npmHost] }) }, { name: 'app' });
    await office.scan({ 'package-lock.json': lockfile({ 'acme-mixed': ['1.0.0', 'art.acme.example'] }, 'web-shop') }, { name: 'shop' });
    fake.answers.set('left', packument('left', { '1.0.0': {} }));
    const [done] = await refresh(npmMirror({ privateNames: ['@acme/*'] }));
    expect(done).toMatchObject({ asked: 1, withheld: { 'private-name': 1, 'other-host': 2, 'unknown-origin': 1, 'own-name': 1 } });
    expect(fake.asked).toEqual(['left']);
    // Names stay out of what everybody may read of the source, too.
    const source = (await stored.store.sources()).find((each) => each.source === 'registry');
    for (const name of Object.keys(secret)) {
      expect(JSON.stringify(fake.headers)).not.toContain(name);
      expect(source?.problems).not.toContain(name);
    }
    // Asked for by name, by somebody who does not know the rules: the same.
    await refresh(npmMirror({ privateNames: ['@acme/*'] }), { only: new Set(Object.keys(secret).map((name) => `npm ${name}`)) });
    await refresh(npmMirror({ privateNames: ['@acme/*'], unknownOrigin: 'ask' }), { all: true });
    expect([...new Set(fake.asked)].toSorted()).toEqual(['left', 'left 304', 'says-nothing']);
    await refresh({ ask: [{ ecosystem: 'npm', from: fake.url, hearsPrivateNames: true }], privateNames: ['@acme/*'] });
    expect(fake.asked).toContain('@acme%2fvault');
  });

  it('and whatever a registry does, what is known stands and the next package is asked about', async () => {
    const names = ['login', 'inside', 'elsewhere', 'huge', 'broken', 'other', 'forbidden', 'left'];
    await office.scan(
      { 'package-lock.json': lockfile(Object.fromEntries(names.map((name) => [name, ['1.0.0', npmHost] as const]))) },
      { name: 'app' },
    );
    for (const name of names) fake.answers.set(name, packument(name, { '1.0.0': {} }));
    await refresh();
    inner.answers.set('secret', packument('inside', { '6.6.6': {} }));
    fake.answers
      .set('login', '<!DOCTYPE html><html><body>Sign in</body></html>')
      .set('inside', { status: 302, headers: { location: `${inner.url}/secret` } })
      .set('elsewhere', { status: 302, headers: { location: 'file:///etc/passwd' } })
      .set('huge', { status: 200, headers: { 'content-length': String(2 ** 40) } })
      .set('broken', '{"name":"broken","versions":{')
      .set('other', packument('left', { '9.9.9': {} }))
      .set('forbidden', { status: 403 })
      .set('left', packument('left', { '1.0.0': {}, '1.1.0': {} }));
    office.at('2026-05-03T08:00Z');
    const [done] = await refresh();
    expect(done).toMatchObject({ asked: 8, changed: 1, failed: 7 });
    expect(inner.asked).toEqual([]);
    expect(new Set(done?.problems.map((each) => each.code))).toEqual(
      new Set(['not-json', 'address-refused', 'bad-url', 'too-large', 'other-package', 'bad-status']),
    );
    for (const name of names) expect((await known(name))?.record?.versions.length, name).toBe(name === 'left' ? 2 : 1);
    const source = (await stored.store.sources()).find((each) => each.source === 'registry');
    expect(source).toMatchObject({ outcome: 'partial', origin: `registry:${fake.host}` });
    // Tried again in an hour, not at once.
    fake.asked.length = 0;
    await refresh();
    expect(fake.asked).toEqual([]);
    office.at('2026-05-03T09:01Z');
    await refresh();
    expect(fake.asked.length).toBeGreaterThanOrEqual(6);
  });

  it('no further once the registry says that it is asked too much; the rest stays due', async () => {
    await office.scan(
      { 'package-lock.json': lockfile(Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`p${String(at)}`, ['1.0.0', npmHost] as const]))) },
      { name: 'app' },
    );
    for (let at = 0; at < 50; at += 1) fake.answers.set(`p${String(at)}`, { status: 429, headers: { 'retry-after': '3600' } });
    const [done] = await refresh();
    expect(done).toMatchObject({ asked: 0, left: 50 });
    expect(fake.asked.length).toBeLessThan(10);
  });
});
