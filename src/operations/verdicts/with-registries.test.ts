import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { seesAll, seesNothing, type Visibility } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { loadEstate } from '../follow-estate.ts';
import { Registries } from '../registry/registries-configuration.ts';
import { openFakeRegistry, type FakeRegistry } from '../registry/test-registries.ts';
import { openTestOffice } from '../test-office.ts';
import { packageAsker, type PackageAsker } from './package-asker.ts';
import { waitMs, withRegistries } from './with-registries.ts';

const gateway = openGateway({ workers: 1 });
let fake: FakeRegistry;
let silent: Server;
beforeAll(async () => {
  fake = await openFakeRegistry();
  silent = createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const versions = {
    '1.0.0': { version: '1.0.0', license: 'MIT' },
    '2.0.0': { version: '2.0.0', license: 'SSPL-1.0' },
    '0.9.0': { version: '0.9.0' },
  };
  const time = { '0.9.0': '2023-01-01T00:00:00.000Z', '1.0.0': '2024-01-01T00:00:00.000Z', '2.0.0': '2025-01-01T00:00:00.000Z' };
  fake.answers.set('fresh', JSON.stringify({ name: 'fresh', 'dist-tags': { latest: '2.0.0' }, time, versions })).set('broken', { status: 503 });
});
afterAll(async () => {
  gateway.close();
  await fake.close();
  silent.closeAllConnections();
  silent.close();
});

const lockfile = JSON.stringify({
  name: 'app',
  lockfileVersion: 3,
  packages: { '': { name: 'app' }, 'node_modules/inner': { version: '1.4.0', license: 'MIT', resolved: 'https://npm.acme.example/inner.tgz' } },
});

describe.each(testStores())('a package that nobody uses, asked about on $name', ({ open }) => {
  let stored: OpenTestStore;
  let asker: PackageAsker;
  let context: ReturnType<typeof openTestOffice>['context'];
  beforeAll(async () => {
    stored = await open();
    const office = openTestOffice(stored, gateway);
    context = office.context;
    office.at('2026-05-01T08:00Z');
    await office.scan({ 'package-lock.json': lockfile }, { name: 'app' });
    const silentUrl = `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
    asker = packageAsker(context, {
      registries: Registries.parse({
        ask: [
          { ecosystem: 'npm', from: fake.url },
          { ecosystem: 'PyPI', from: silentUrl },
        ],
        unknownOrigin: 'ask',
        privateNames: ['@acme/*'],
      }),
      access: { dataDir: '', trusted: true, proxy: null, caFile: null, credentials: [] },
      pace: { perSecond: 1000, atOnce: 4 },
      http: { configuredHosts: [fake.host, new URL(silentUrl).host], retryBaseMs: 1 },
      askMs: 3_000,
    });
  });
  afterAll(async () => {
    await asker.close();
    await stored.drop();
  });

  const ask = async (purl: string, visibility: Visibility = seesAll, claims: readonly string[] = []) => {
    const estate = await loadEstate(context.store);
    fake.asked.length = 0;
    const said = claims.length === 0 ? {} : { claims: [{ source: 'lockfile', said: claims } as const] };
    const [told] = await withRegistries({ estate, visibility }, [{ purl, isDevelopment: false, ...said }], asker);
    return [told?.purl.slice(4), told?.claims?.flatMap((each) => each.said) ?? [], told?.notes ?? [], [...fake.asked]];
  };

  const latest = 'No version was named: 2.0.0 is the latest of its registry.';
  it.each([
    ['is asked about once', 'pkg:npm/fresh@1.0.0', ['npm/fresh@1.0.0', ['MIT'], [], ['fresh']]],
    ['is known from then on', 'pkg:npm/fresh@1.0.0', ['npm/fresh@1.0.0', ['MIT'], [], []]],
    ['without version is the latest, of what is known', 'pkg:npm/fresh', ['npm/fresh@2.0.0', ['SSPL-1.0'], [latest], []]],
    ['may say no licence', 'pkg:npm/fresh@0.9.0', ['npm/fresh@0.9.0', [], ['Its registry does not say under which licence it is.'], []]],
    [
      'may have no such version',
      'pkg:npm/fresh@7.0.0',
      ['npm/fresh@7.0.0', [], ['Its registry knows the package and not this version.'], ['fresh 304']],
    ],
    [
      'is not asked about twice in a minute',
      'pkg:npm/fresh@7.0.0',
      ['npm/fresh@7.0.0', [], ['Its registry knows the package and not this version.'], []],
    ],
    ['may not be there', 'pkg:npm/nothing@1.0.0', ['npm/nothing@1.0.0', [], ['Its registry has no such package.'], ['nothing']]],
    [
      'with a private name is told to nobody',
      'pkg:npm/%40acme/ui@1.0.0',
      ['npm/%40acme/ui@1.0.0', [], ['Its name is among registries.privateNames.'], []],
    ],
    ['of which nobody is known to ask stays as it is', 'pkg:generic/x@1', ['generic/x@1', [], [], []]],
  ])('%s', async (_, purl, expected) => {
    expect(await ask(purl)).toEqual(expected);
  });

  it('without version is the newest used here where no registry hears its name; who may not see the use learns neither', async () => {
    const other = 'Lockfiles take it from another host than the registry that is asked. Configure that one as the registry to ask.';
    expect(await ask('pkg:npm/inner')).toEqual(['npm/inner@1.4.0', [], ['No version was named: 1.4.0 is the newest used here.', other], []]);
    expect(await ask('pkg:npm/inner', seesNothing)).toEqual([
      'npm/inner',
      [],
      ['Its name is not told to a registry by the rules of this office.'],
      [],
    ]);
  });

  it('is not asked about where a file says its licence', async () => {
    expect(await ask('pkg:npm/unheard@1.0.0', seesAll, ['ISC'])).toEqual(['npm/unheard@1.0.0', ['ISC'], [], []]);
  });

  it('stays unknown, with why, when its registry fails or says nothing in time', async () => {
    expect((await ask('pkg:npm/broken@1.0.0'))[2]).toEqual([expect.stringMatching(/^Its registry did not answer: /)]);
    const begun = performance.now();
    expect((await ask('pkg:pypi/slow@1.0.0'))[2]).toEqual(['Its registry did not answer in time. Ask again in a moment.']);
    expect(performance.now() - begun).toBeGreaterThan(waitMs - 100);
  });
});
