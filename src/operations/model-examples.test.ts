import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { rebuild } from './rebuild.ts';
import { readingKey } from './observed-evidence.ts';
import { foldReceipt } from './fold-receipt.ts';
import { knownAt } from './known-at.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

/** GitHub's record of CVE-2021-23337, the range from the public record. */
const lodashGhsa = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  published: '2021-05-06T16:05:51Z',
  modified: '2021-05-31T00:00:00Z',
  summary: 'Command injection in lodash template',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const log4shell = {
  id: 'GHSA-jfh8-c2jp-5v3q',
  aliases: ['CVE-2021-44228'],
  published: '2021-12-10T00:40:56Z',
  modified: '2021-12-10T12:00:00Z',
  summary: 'Log4j evaluates lookups in logged text',
  affected: [
    {
      package: { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.13.0' }, { fixed: '2.15.0' }] }],
    },
  ],
};
const requestsRecord = (id: string, aliases: readonly string[], published: string, withdrawn?: string): object => ({
  id,
  aliases,
  published,
  modified: withdrawn ?? published,
  ...(withdrawn === undefined ? {} : { withdrawn }),
  summary: 'Proxy-Authorization header sent to the destination after a redirect',
  affected: [
    { package: { ecosystem: 'PyPI', name: 'requests' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.3.0' }, { fixed: '2.31.0' }] }] },
  ],
});

const lockfile = (version: string): string =>
  JSON.stringify({
    name: 'app',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'app', dependencies: { lodash: '*' } }, 'node_modules/lodash': { version } },
  });
const pom = (version: string): string =>
  `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${version}</version></dependency></dependencies></project>`;
const sbom = (purl: string, name: string, version: string, timestamp: string): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { timestamp },
    components: [{ type: 'library', name, version, purl: `${purl}@${version}` }],
  });

describe.each(testStores())('the examples of the model on $name', ({ open }) => {
  let gateway: Gateway;
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeAll(() => {
    gateway = openGateway({ workers: 1 });
  });
  afterAll(() => {
    gateway.close();
  });
  beforeEach(async () => {
    opened = await open();
    office = openTestOffice(opened, gateway);
  });
  afterEach(async () => {
    await sameAfterRebuild();
    await opened.drop();
  });

  /** Every example ends by emptying all that is folded and folding it again. */
  async function sameAfterRebuild(): Promise<void> {
    const before = await canonicalEstate(opened.store);
    await rebuild(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
    await opened.store.emptyDerived();
    await rebuild(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
  }

  it('A: a patch bump keeps the finding and its clock, the fix closes it, the revert opens episode 2', async () => {
    office.at('2021-06-01T08:00Z');
    await office.sync(lodashGhsa);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.19') }, { name: 'app', committed: '2020-07-20T12:00Z' });
    office.at('2021-06-10T10:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.20') }, { name: 'app', committed: '2021-06-10T09:00Z' });
    expect(await office.episodes()).toEqual(['app lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..open exposed 2021-05-06..']);
    office.at('2021-06-20T10:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.21') }, { name: 'app', committed: '2021-06-20T09:00Z' });
    office.at('2021-06-25T12:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.20') }, { name: 'app', committed: '2021-06-25T11:00Z' });
    expect(await office.episodes()).toEqual([
      'app lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..2021-06-20T10:00 fixed exposed 2021-05-06..2021-06-20',
      'app lodash GHSA-35jh-r3h4-6jhm #2 2021-06-25T12:00..open exposed 2021-06-25..',
    ]);
  });

  it('B: a failed clone and a missing blob leave everything, stale; the next good look ends it at its commit', async () => {
    const problem = { code: 'clone-failed', message: 'The clone failed.', severity: 'error' } as const;
    office.at('2021-12-11T08:00Z');
    await office.sync(log4shell);
    await office.scan({ 'pom.xml': pom('2.14.1') }, { name: 'pay', committed: '2021-12-01T09:00Z' });
    office.at('2021-12-12T08:00Z');
    await office.scan({}, { name: 'pay', failed: problem });
    office.at('2021-12-13T08:00Z');
    const scanned = await office.scan(
      { 'pom.xml': { ...problem, code: 'missing-blob', path: 'pom.xml' } },
      { name: 'pay', committed: '2021-12-13T07:00Z' },
    );
    expect(scanned.receipt.outcome).toBe('partial');
    const component = await opened.store.componentByRef('component:test/pay');
    expect(component?.stale_since).toBe(Date.parse('2021-12-11T08:00Z'));
    expect(await office.episodes()).toEqual([
      'pay org.apache.logging.log4j:log4j-core GHSA-jfh8-c2jp-5v3q #1 2021-12-11T08:00..open exposed 2021-12-10..',
    ]);
    office.at('2021-12-15T08:00Z');
    await office.scan({ 'pom.xml': pom('2.16.0') }, { name: 'pay', committed: '2021-12-14T16:00Z' });
    expect((await opened.store.componentByRef('component:test/pay'))?.stale_since).toBeNull();
    expect(await office.episodes()).toEqual([
      'pay org.apache.logging.log4j:log4j-core GHSA-jfh8-c2jp-5v3q #1 2021-12-11T08:00..2021-12-15T08:00 fixed exposed 2021-12-10..2021-12-14',
    ]);
  });

  it('C: a late older SBOM fills only its own past and opens nothing', async () => {
    office.at('2023-06-01T08:00Z');
    await office.sync(requestsRecord('GHSA-j8r2-6x86-q33q', ['CVE-2023-32681'], '2023-05-22T20:36:32Z'));
    office.at('2023-06-10T08:00Z');
    await office.upload('component:test/report', sbom('pkg:pypi/requests', 'requests', '2.31.0', '2023-06-10T07:00:00Z'));
    office.at('2023-06-12T08:00Z');
    await office.upload('component:test/report', sbom('pkg:pypi/requests', 'requests', '2.30.0', '2023-06-01T07:00:00Z'));
    const intervals = (await canonicalEstate(opened.store))
      .filter((line) => /^\["(open|closed)"/.test(line))
      .map((line) => (JSON.parse(line) as readonly unknown[]).slice(2));
    const day = (text: string): number => Date.parse(text) / 86_400_000;
    expect(intervals).toMatchObject([
      [
        'PyPI/requests@2.30.0',
        {
          validFrom: day('2023-06-01'),
          validUntil: day('2023-06-10'),
          knownFrom: Date.parse('2023-06-12T08:00Z'),
          knownUntil: Date.parse('2023-06-12T08:00Z'),
        },
      ],
      ['PyPI/requests@2.31.0', { validFrom: day('2023-06-10'), knownFrom: Date.parse('2023-06-10T08:00Z') }],
    ]);
    expect(await office.episodes()).toEqual([]);
  });

  it('D: records merge into one finding with the first clock; it closes when the last one is withdrawn', async () => {
    office.at('2023-05-20T08:00Z');
    await office.scan({ 'requirements.txt': 'requests==2.30.0\n' }, { name: 'report', committed: '2023-05-19T08:00Z' });
    office.at('2023-05-23T08:00Z');
    await office.sync(requestsRecord('GHSA-j8r2-6x86-q33q', [], '2023-05-22T20:36:32Z'));
    office.at('2023-05-27T08:00Z');
    await office.sync(requestsRecord('PYSEC-2023-74', ['GHSA-j8r2-6x86-q33q', 'CVE-2023-32681'], '2023-05-26T18:15:00Z'));
    const finding = 'report requests GHSA-j8r2-6x86-q33q #1 2023-05-23T08:00..';
    expect(await office.episodes()).toEqual([`${finding}open exposed 2023-05-22..`]);
    office.at('2023-06-01T08:00Z');
    await office.sync(requestsRecord('GHSA-j8r2-6x86-q33q', [], '2023-05-22T20:36:32Z', '2023-06-01T00:00:00Z'));
    expect(await office.episodes()).toEqual([`${finding}open exposed 2023-05-22..`]);
    office.at('2023-06-02T08:00Z');
    await office.sync(requestsRecord('PYSEC-2023-74', ['GHSA-j8r2-6x86-q33q', 'CVE-2023-32681'], '2023-05-26T18:15:00Z', '2023-06-02T00:00:00Z'));
    expect(await office.episodes()).toEqual([`${finding}2023-06-02T08:00 withdrawn exposed 2023-05-22..`]);
  });

  it('E: what a better reader adds is known from its reading; what it takes back is retracted', async () => {
    office.at('2021-06-01T08:00Z');
    await office.sync(lodashGhsa);
    office.at('2023-06-02T08:00Z');
    const scanned = await office.scan(
      { 'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: {} }) },
      { name: 'app', committed: '2023-06-01T08:00Z' },
    );
    await readAgain(scanned.receipt.seq, 1001, '2023-09-01T08:00Z', ['4.17.20']);
    expect(await office.episodes()).toEqual(['app lodash GHSA-35jh-r3h4-6jhm #1 2023-09-01T08:00..open exposed 2023-06-01..']);
    expect(await knownAt(opened.store, 'component:test/app', Date.parse('2023-07-01'))).toEqual([]);
    expect(await knownAt(opened.store, 'component:test/app', Date.parse('2023-09-02'))).toMatchObject([{ name: 'lodash', version: '4.17.20' }]);
    await readAgain(scanned.receipt.seq, 1002, '2023-10-01T08:00Z', []);
    expect(await office.episodes()).toEqual([
      'app lodash GHSA-35jh-r3h4-6jhm #1 2023-09-01T08:00..2023-10-01T08:00 retracted exposed 1970-01-01..1970-01-01',
    ]);
  });

  it('F: two evidences of one component are both judged; only its own next SBOM ends what an SBOM showed', async () => {
    office.at('2023-01-01T08:00Z');
    await office.sync(lodashGhsa);
    await office.scan({ 'package-lock.json': lockfile('4.17.21') }, { name: 'app', committed: '2023-01-01T07:00Z' });
    office.at('2023-01-02T08:00Z');
    await office.upload('component:test/app', sbom('pkg:npm/lodash', 'lodash', '4.17.20', '2023-01-02T07:00:00Z'));
    const finding = 'app lodash GHSA-35jh-r3h4-6jhm #1 2023-01-02T08:00..';
    expect(await office.episodes()).toEqual([`${finding}open exposed 2023-01-02..`]);
    office.at('2023-01-03T08:00Z');
    await office.scan({ 'package-lock.json': lockfile('4.17.21') }, { name: 'app', committed: '2023-01-03T07:00Z' });
    expect(await office.episodes()).toEqual([`${finding}open exposed 2023-01-02..`]);
    office.at('2023-01-04T08:00Z');
    await office.upload('component:test/app', sbom('pkg:npm/lodash', 'lodash', '4.17.21', '2023-01-04T07:00:00Z'));
    expect(await office.episodes()).toEqual([`${finding}2023-01-04T08:00 fixed exposed 2023-01-02..2023-01-04`]);
  });

  /** As if another version of the reader had read the lockfile of a receipt. */
  async function readAgain(seq: number, version: number, at: string, lodashVersions: readonly string[]): Promise<void> {
    office.at(at);
    const receipt = await opened.store.receiptBySeq(seq);
    if (receipt === null) throw new Error('no receipt');
    const main = (await opened.store.treeOf(receipt)).find((entry) => entry.path === 'package-lock.json');
    const inputs = canonicalJson({ 'package-lock.json': main?.state === 'read' ? main.hash : null });
    const packages = lodashVersions.map((each) => ({
      ecosystem: 'npm',
      name: 'lodash',
      version: each,
      purl: `pkg:npm/lodash@${each}`,
      scope: 'runtime',
      direct: false,
      licences: [],
    }));
    await opened.store.write((tx) =>
      tx.saveReadings([
        {
          key: readingKey('npm-package-lock', version, 'package-lock.json', inputs),
          format: 'npm-package-lock',
          format_version: version,
          path: 'package-lock.json',
          main: main?.state === 'read' ? main.hash : '',
          inputs,
          read_at: Date.parse(at),
          resultBytes: Buffer.from(canonicalJson({ packages, edges: [], problems: [] })),
        },
      ]),
    );
    await foldReceipt(office.context, receipt);
  }
});
