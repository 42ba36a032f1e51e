import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { packageKey } from '#language/package-key.ts';
import { registryProtocols } from '#language/registries/all.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { openTestOffice } from '../test-office.ts';
import { packageAsker, type PackageAsker, type PackageHeard } from '../verdicts/package-asker.ts';
import { Registries } from './registries-configuration.ts';
import { openFakeRegistry, type FakeAnswer, type FakeRegistry } from './test-registries.ts';

type Recorded = {
  readonly ecosystem: string;
  readonly name: string;
  /** Bodies by path, in the documented shape of the protocol and in our own words. */
  readonly bodies: Readonly<Record<string, unknown>>;
  readonly asked: readonly string[];
  readonly latest: string;
  /** What is said of the licence of version 1.0.0, as it stands. */
  readonly licence: string | null;
};

const left = { created_at: '2024-01-01T00:00:00Z', license: 'MIT' };
const recorded: readonly Recorded[] = [
  {
    ecosystem: 'npm',
    name: 'left',
    bodies: { left: { name: 'left', 'dist-tags': { latest: '1.0.0' }, time: {}, versions: { '1.0.0': { version: '1.0.0', license: 'MIT' } } } },
    asked: ['left'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'PyPI',
    name: 'Left_Stack',
    bodies: {
      'simple/left-stack/': { name: 'left-stack', versions: ['1.0.0'], files: [{ filename: 'left_stack-1.0.0.tar.gz', yanked: false }] },
      'pypi/left-stack/1.0.0/json': { info: { name: 'Left_Stack', version: '1.0.0', license_expression: 'MIT' }, urls: [] },
    },
    asked: ['simple/left-stack/', 'pypi/left-stack/1.0.0/json'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'Maven',
    name: 'org.acme:left',
    bodies: {
      'org/acme/left/maven-metadata.xml':
        '<metadata><versioning><release>1.0.0</release><versions><version>1.0.0</version></versions></versioning></metadata>',
      'org/acme/left/1.0.0/left-1.0.0.pom': '<project><licenses><license><name>Apache-2.0</name></license></licenses></project>',
    },
    asked: ['org/acme/left/maven-metadata.xml', 'org/acme/left/1.0.0/left-1.0.0.pom'],
    latest: '1.0.0',
    licence: 'Apache-2.0',
  },
  {
    ecosystem: 'crates.io',
    name: 'left',
    bodies: { 'api/v1/crates/left': { crate: { id: 'left', max_stable_version: '1.0.0' }, versions: [{ num: '1.0.0', yanked: false, ...left }] } },
    asked: ['api/v1/crates/left'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'RubyGems',
    name: 'left',
    bodies: {
      'api/v1/versions/left.json': [{ number: '1.0.0', platform: 'ruby', created_at: '2024-01-01T00:00:00Z', licenses: ['MIT'] }],
      'api/v1/gems/left.json': { name: 'left', version: '1.0.0', source_code_uri: 'https://github.com/acme/left' },
    },
    asked: ['api/v1/versions/left.json', 'api/v1/gems/left.json'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'NuGet',
    name: 'Acme.Left',
    bodies: {
      'acme.left/index.json': { items: [{ items: [{ catalogEntry: { id: 'Acme.Left', version: '1.0.0', licenseExpression: 'MIT' } }] }] },
    },
    asked: ['acme.left/index.json'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'Packagist',
    name: 'acme/left',
    bodies: { 'p2/acme/left.json': { packages: { 'acme/left': [{ version: '1.0.0', license: ['MIT'], time: '2024-01-01T00:00:00+00:00' }] } } },
    asked: ['p2/acme/left.json'],
    latest: '1.0.0',
    licence: 'MIT',
  },
  {
    ecosystem: 'Go',
    name: 'github.com/Acme/left',
    bodies: {
      'github.com/!acme/left/@v/list': 'v1.0.0\n',
      'github.com/!acme/left/@latest': { Version: 'v1.0.0', Time: '2024-01-01T00:00:00Z' },
      'github.com/!acme/left/@v/v1.0.0.mod': 'module github.com/Acme/left\n',
      'github.com/!acme/left/@v/v1.0.0.info': { Version: 'v1.0.0', Time: '2024-01-01T00:00:00Z' },
    },
    asked: ['list', 'v1.0.0.mod', 'v1.0.0.info'].map((file) => `github.com/!acme/left/@v/${file}`).toSpliced(1, 0, 'github.com/!acme/left/@latest'),
    latest: '1.0.0',
    licence: null,
  },
];

let gateway: Gateway;
let stored: OpenTestStore;
let fake: FakeRegistry;
let elsewhere: FakeRegistry;
let asker: PackageAsker;
beforeAll(async () => {
  const [store] = testStores();
  gateway = openGateway({ workers: 1 });
  [stored, fake, elsewhere] = await Promise.all([store.open(), openFakeRegistry(), openFakeRegistry()]);
  const office = openTestOffice(stored, gateway);
  const { context } = office;
  office.at('2026-05-01T08:00Z');
  asker = packageAsker(context, {
    registries: Registries.parse({ ask: recorded.map(({ ecosystem }) => ({ ecosystem, from: fake.url })), unknownOrigin: 'ask' }),
    access: { dataDir: '', trusted: true, proxy: null, caFile: null, credentials: [] },
    pace: { perSecond: 1000, atOnce: 4 },
    http: { configuredHosts: [fake.host], retryBaseMs: 1 },
    askMs: 2000,
  });
}, 120_000);
afterAll(async () => {
  await asker.close();
  gateway.close();
  await Promise.all([fake.close(), elsewhere.close(), stored.drop()]);
});

const ask = async (ecosystem: string, name: string): Promise<PackageHeard | undefined> =>
  (await asker.ask([{ ecosystem, name, nameKey: packageKey(ecosystem, name), version: '1.0.0' }], 60_000))[0];
/** Where the protocol of an ecosystem asks first about a package. */
const pathOf = (ecosystem: string, name: string): string =>
  registryProtocols.find((each) => each.ecosystem === ecosystem)?.first(name)?.path ?? `no path for ${name}`;

it('every protocol of this build is here', () => {
  expect(recorded.map((each) => each.ecosystem).sort()).toEqual(registryProtocols.map((each) => each.ecosystem).sort());
});

describe.each(recorded)('$ecosystem over HTTP', ({ ecosystem, name, bodies, asked, latest, licence }) => {
  it('is asked as its protocol says, and what it says is kept', async () => {
    for (const [path, body] of Object.entries(bodies)) fake.answers.set(path, typeof body === 'string' ? body : JSON.stringify(body));
    fake.asked.length = 0;
    const heard = await ask(ecosystem, name);
    expect(heard).toMatchObject({ kind: 'facts', facts: { problem: null, record: { latest } } });
    expect(fake.asked).toEqual(asked);
    expect(JSON.stringify(heard).includes(`"${licence ?? 'MIT'}"`)).toBe(licence !== null);
  });

  it.each<[name: string, answer: () => FakeAnswer]>([
    ['a page to sign in', () => '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['a redirection to another host', () => ({ status: 302, headers: { location: `${elsewhere.url}/secret` } })],
    ['a redirection to a file', () => ({ status: 302, headers: { location: 'file:///etc/passwd' } })],
    ['a body without end', () => ({ status: 200, headers: { 'content-length': String(2 ** 40) } })],
    ['bytes of something else', () => ({ status: 200, headers: { 'content-type': 'application/octet-stream' }, body: '\u0000\u0001PK' })],
  ])('that answers with %s leaves the package unknown, with a problem', async (what, answer) => {
    const bad = `${name}${what.replace(/[^a-z]/g, '')}`;
    fake.answers.set(pathOf(ecosystem, bad), answer());
    expect(await ask(ecosystem, bad)).toMatchObject({ kind: 'facts', facts: { record: null, problem: expect.any(String) as string } });
    expect(fake.asked).toContain(pathOf(ecosystem, bad));
    expect(elsewhere.asked).toEqual([]);
  });
});

it('whichever of them says nothing in time, the package is unknown, with a problem', async () => {
  const heard = await Promise.all(
    recorded.map(({ ecosystem, name }) => {
      fake.answers.set(pathOf(ecosystem, `${name}slow`), { status: 0 });
      return ask(ecosystem, `${name}slow`);
    }),
  );
  for (const each of heard) expect(each).toMatchObject({ kind: 'facts', facts: { record: null, problem: expect.any(String) as string } });
});
