import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '#language/canonical-json.ts';
import { openGateway } from '#gateway/gateway.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { backup, restore } from './backup.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { foldReceipt } from './fold-receipt.ts';
import { readingKey } from './observed-evidence.ts';
import { rebuild } from './rebuild.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const stores = testStores();
const ways = stores.flatMap((from) =>
  stores.filter((to) => to.name !== from.name).map((to) => ({ from, to, name: `${from.name} restored into ${to.name}` })),
);

const advisory = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  published: '2021-05-06T16:05:51Z',
  modified: '2021-05-31T00:00:00Z',
  summary: 'Command injection in lodash template',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};

// One for all: starting its processes takes as long as a test.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(ways)('a backup of $name', ({ from, to }) => {
  let source: OpenTestStore;
  let target: OpenTestStore;
  let office: TestOffice;
  let folder: string;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-backup-'));
    source = await from.open();
    target = await to.open();
    office = openTestOffice(source, gateway);
  });
  afterEach(async () => {
    await source.drop();
    await target.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  async function restored(): Promise<TestOffice> {
    const file = path.join(folder, 'office.backup');
    await backup(office.context, file);
    const other = openTestOffice(target, gateway);
    await restore(other.context, file, { replace: false }, folder, () => undefined);
    return other;
  }

  it('keeps the episodes of a finding that was fixed and came back', async () => {
    office.at('2021-06-01T08:00Z');
    await office.sync(advisory);
    for (const [at, version] of [
      ['2021-06-01T09:00Z', '4.17.19'],
      ['2021-06-10T10:00Z', '4.17.20'],
      ['2021-06-20T10:00Z', '4.17.21'],
      ['2021-06-25T12:00Z', '4.17.20'],
    ] as const) {
      office.at(at);
      await office.scan({ 'package-lock.json': lockfile(version) }, { name: 'app', committed: at });
    }
    const before = await canonicalEstate(source.store);
    const other = await restored();
    expect(await canonicalEstate(target.store)).toEqual(before);
    expect(await other.episodes()).toEqual([
      'app lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..2021-06-20T10:00 fixed exposed 2021-06-01..2021-06-20',
      'app lodash GHSA-35jh-r3h4-6jhm #2 2021-06-25T12:00..open exposed 2021-06-25..',
    ]);
  });

  it('keeps what each reader said and when: what a better one added is known from its own reading', async () => {
    const origin = 'git:test/app';
    office.at('2023-06-02T09:00Z');
    await office.scan({ 'package-lock.json': lockfile(null) }, { name: 'app', committed: '2023-06-01T09:00Z' });
    await readAgain(origin, '4.17.20', Date.parse('2023-09-01T00:00Z'));
    const before = await canonicalEstate(source.store);
    await restored();
    expect(await canonicalEstate(target.store)).toEqual(before);
    const line = before.find((each) => each.startsWith('["open"') && each.includes('npm/lodash@4.17.20'));
    expect(line).toContain(`"knownFrom":${String(Date.parse('2023-09-01T00:00Z'))}`);
    expect(line).toContain(`"validFrom":${String(Date.parse('2023-06-01') / 86_400_000)}`);
  });

  it('keeps the views that people saved', async () => {
    const view = {
      id: 'v',
      name: 'Exploited',
      scope: 'office',
      page: '/findings',
      search: 'kev=true',
      author: 'link',
      created: 1,
      changed: 2,
      version: 3,
    } as const;
    await source.store.savedViews.add(view, 1);
    await restored();
    expect(await target.store.savedViews.all()).toEqual([view]);
  });

  it('is folded to the same when it is rebuilt once more', async () => {
    office.at('2024-01-10T09:00Z');
    await office.sync(advisory);
    await office.upload('kiosk', sbom('4.17.20'));
    const other = await restored();
    const once = await canonicalEstate(target.store);
    await target.store.emptyDerived();
    await rebuild(other.context);
    expect(await canonicalEstate(target.store)).toEqual(once);
    expect(once).toEqual(await canonicalEstate(source.store));
  });

  /** A later reader of the same bytes: its reading is added and the receipt folded again, as `rebuild --reread` does. */
  async function readAgain(origin: string, version: string, readAt: number): Promise<void> {
    const { store } = source;
    const receipt = await store.lastReceiptOf(origin);
    const entry = receipt === null ? undefined : (await store.treeOf(receipt)).find((each) => each.path === 'package-lock.json');
    if (receipt === null || entry?.state !== 'read') throw new Error('The scan left no receipt.');
    const inputs = canonicalJson({ 'package-lock.json': entry.hash });
    const lodash = { ecosystem: 'npm', name: 'lodash', version, purl: `pkg:npm/lodash@${version}`, scope: 'runtime', direct: false, licences: [] };
    const reading = {
      key: readingKey('npm-package-lock', 99, 'package-lock.json', inputs),
      format: 'npm-package-lock',
      format_version: 99,
      path: 'package-lock.json',
      main: entry.hash,
      inputs,
      read_at: readAt,
      resultBytes: Buffer.from(canonicalJson({ packages: [lodash], edges: [], problems: [] })),
    };
    await store.write((tx) => tx.saveReadings([reading]));
    office.at(new Date(readAt).toISOString());
    await foldReceipt(office.context, receipt);
  }
});

/** Null: the file names no package but itself. */
function lockfile(version: string | null): string {
  const packages = version === null ? {} : { 'node_modules/lodash': { version } };
  return JSON.stringify({ name: 'app', lockfileVersion: 3, packages: { '': { name: 'app' }, ...packages } });
}

function sbom(version: string): string {
  const component = { type: 'library', name: 'lodash', version, purl: `pkg:npm/lodash@${version}` };
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { timestamp: '2024-01-09T00:00:00Z' },
    components: [component],
  });
}
