import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { backup, restore } from './backup.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { carryOut } from './carry-out.ts';
import { componentReports } from './component-report.ts';
import { decide, endDecision, type Decided, type FirstKind } from './decide.ts';
import { estateAsOf } from './estate-as-of.ts';
import { rebuild } from './rebuild.ts';
import { keptDecisions } from './kept-decisions.ts';
import { keptExtents } from './kept-extents.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import type { Subject } from './plan-removal.ts';

const advisory = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  published: '2021-05-06T16:05:51Z',
  modified: '2021-05-31T00:00:00Z',
  summary: 'Command injection in lodash template',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const decider = { author: 'marta', authority: 'owner of the component', reason: 'The shop was closed.' };
const dayMs = 86_400_000;
const noOwner = (component: string) => ({
  component,
  rule: 'no-owner',
  ecosystem: '',
  name_key: '',
  subject: component,
  episode: 1,
  opened_at: 0,
  since: 0,
  closed_at: null,
  closed_because: null,
  reason: 'Nobody owns it.',
  severity: 'low' as const,
});
const [sqlite, postgres] = testStores();

// One for all: starting its processes takes as long as a test.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each([
  { name: 'sqlite', from: sqlite, to: postgres },
  { name: 'postgres', from: postgres, to: sqlite },
])('decisions on $name', ({ from, to }) => {
  let opened: OpenTestStore;
  let other: OpenTestStore;
  let office: TestOffice;
  let folder: string;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-decisions-'));
    opened = await from.open();
    other = await to.open();
    office = openTestOffice(opened, gateway);
    office.at('2021-06-01T08:00Z');
    await office.sync(advisory);
  });
  afterEach(async () => {
    await opened.drop();
    await other.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const scan = (at: string, files: Readonly<Record<string, string>>, name = 'shop'): ReturnType<TestOffice['scan']> => {
    office.at(at);
    return office.scan(files, { name, committed: at });
  };
  async function decided(kind: FirstKind, asked: Subject, at: string): Promise<string> {
    office.at(at);
    const made = await decide(office.context, kind, asked, decider);
    expect(made).toMatchObject({ ok: true });
    await carryOut(office.context, folder);
    return made.ok ? made.decision.id : '';
  }
  async function ended(id: string, at: string): Promise<Decided> {
    office.at(at);
    const made = await endDecision(office.context, id, decider);
    await carryOut(office.context, folder);
    return made;
  }
  /** The estate folded anew, and folded from a backup in the other store: each must be the same as now. */
  async function expectLasting(): Promise<TestOffice> {
    const before = await canonicalEstate(opened.store);
    await rebuild(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
    await opened.store.emptyDerived();
    await rebuild(office.context);
    expect(await canonicalEstate(opened.store)).toEqual(before);
    const restored = await restoredFrom(await backedUp('now'));
    expect(await canonicalEstate(other.store)).toEqual(before);
    return restored;
  }
  async function backedUp(name: string): Promise<string> {
    const file = path.join(folder, `${name}.backup`);
    await backup(office.context, file);
    return file;
  }
  async function restoredFrom(file: string, replace = false): Promise<TestOffice> {
    const target = openTestOffice(other, gateway);
    await restore(target.context, file, { replace }, folder, () => undefined);
    return target;
  }
  const live = async (): Promise<readonly string[]> => (await componentReports(opened.store, await opened.store.origins())).map((each) => each.ref);
  /** Every file of the SQLite store and its log as text; empty on PostgreSQL, whose files are its own. */
  const inFiles = (text: string): boolean =>
    'dataDir' in opened.location &&
    fs.readdirSync(opened.location.dataDir).some((name) => {
      const file = path.join('dataDir' in opened.location ? opened.location.dataDir : '', name);
      return fs.statSync(file).isFile() && fs.readFileSync(file).includes(text);
    });

  it('a retired component closes its findings as retired, stays in the past, and comes back with the same clock', async () => {
    await scan('2021-06-01T09:00Z', { 'package-lock.json': lockfile('lodash', '4.17.19') });
    const id = await decided('retire', { about: 'component', subject: 'component:test/shop' }, '2021-07-01T12:00Z');
    expect(await office.episodes()).toEqual([
      'shop lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..2021-07-01T12:00 retired exposed 2021-06-01..2021-07-01',
    ]);
    expect(await live()).toEqual([]);
    const [june, july] = [Date.parse('2021-06-30') / dayMs, Date.parse('2021-07-01') / dayMs];
    expect((await estateAsOf(opened.store, june)).findings.map((each) => each.package.length)).toEqual([1]);
    expect((await estateAsOf(opened.store, july)).findings.map((each) => each.package.length)).toEqual([0]);
    // What its source still shows afterwards changes nothing.
    await scan('2021-08-01T09:00Z', { 'package-lock.json': lockfile('lodash', '4.17.20') });
    expect(await live()).toEqual([]);
    await expectLasting();
    expect(await ended(id, '2021-09-01T09:00Z')).toMatchObject({ ok: true, decision: { kind: 'return', supersedes: id } });
    expect(await office.episodes()).toEqual(['shop lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..open exposed 2021-06-01..']);
    expect(await live()).toEqual(['component:test/shop']);
    await rebuild(office.context);
    expect(await office.episodes()).toEqual(['shop lodash GHSA-35jh-r3h4-6jhm #1 2021-06-01T09:00..open exposed 2021-06-01..']);
    expect((await ended(id, '2021-09-02T09:00Z')).ok).toBe(false);
  });

  it('a component deleted from a source that shows others stays gone however often that is read, until it is let in again', async () => {
    const files = { 'app/package-lock.json': lockfile('lodash', '4.17.19'), 'web/package-lock.json': lockfile('lonely-package', '1.0.0') };
    await scan('2021-06-01T09:00Z', files);
    const id = await decided('delete', { about: 'component', subject: 'component:test/shop-web' }, '2021-06-02T09:00Z');
    expect(await live()).toEqual(['component:test/shop-app']);
    expect((await canonicalEstate(opened.store)).filter((line) => line.includes('shop-web') || line.includes('lonely'))).toEqual([]);
    expect(await packageNames(opened)).toEqual(['lodash']);
    await scan('2021-06-03T09:00Z', { ...files, 'app/package-lock.json': lockfile('lodash', '4.17.20') });
    expect(await live()).toEqual(['component:test/shop-app']);
    await expectLasting();
    await ended(id, '2021-06-04T09:00Z');
    await scan('2021-06-05T09:00Z', files);
    expect(await live()).toEqual(['component:test/shop-app', 'component:test/shop-web']);
  });

  it('a source deleted takes its receipts and uploads with it', async () => {
    await scan('2021-06-01T09:00Z', { 'package-lock.json': lockfile('lodash', '4.17.19') });
    await office.upload('component:test/shop', sbom('lonely-package'));
    await scan('2021-06-01T10:00Z', { 'package-lock.json': lockfile('lodash', '4.17.19') }, 'other');
    await opened.store.write((tx) => tx.putRuleEpisodes(['component:test/shop', 'component:test/other'].map(noOwner)));
    await decided('delete', { about: 'origin', subject: 'git:test/shop' }, '2021-06-02T09:00Z');
    expect((await Array.fromAsync(opened.store.loadRuleEpisodes())).flat().map((each) => each.component)).toEqual(['component:test/other']);
    expect(await opened.store.origins()).toEqual(['git:test/other', 'osv:test']);
    expect(await live()).toEqual(['component:test/other']);
    await expectLasting();
    await decided('delete', { about: 'component', subject: 'component:test/other' }, '2021-06-03T09:00Z');
    expect(await live()).toEqual([]);
    await expect(office.upload('component:test/other', sbom('again'))).rejects.toThrow('was deleted or erased');
  });

  it('an erasure leaves nothing in the store and its files, spares what others share, and names no content', async () => {
    const shared = lockfile('shared-package', '1.0.0');
    await scan('2021-06-01T09:00Z', { 'a/package-lock.json': lockfile('secret-package', '6.6.6'), 'b/package-lock.json': shared });
    await scan('2021-06-01T10:00Z', { 'package-lock.json': shared }, 'other');
    const older = await backedUp('older');
    expect(await packageNames(opened)).toEqual(['secret-package', 'shared-package']);
    await decided('erase', { about: 'origin', subject: 'git:test/shop' }, '2021-06-02T09:00Z');
    expect(await packageNames(opened)).toEqual(['shared-package']);
    expect(inFiles('secret-package')).toBe(false);
    expect(await rawTexts(opened)).not.toContain('secret-package');
    expect(await rawTexts(opened)).toContain('shared-package');
    expect(JSON.stringify(await keptDecisions(opened.store, {}))).not.toContain('secret');
    const record = (await keptDecisions(opened.store, { kinds: ['erase'] }))[0];
    const extent = (await keptExtents(opened.store)).get(record?.id ?? '');
    expect(record).toMatchObject({ subject: 'git:test/shop', author: 'marta', doneAt: Date.parse('2021-06-02T09:00Z') });
    expect(extent).toMatchObject({ components: 2, receipts: 1, readings: 2 });
    await expectLasting();
    // An older backup into an office that knows of the erasure, whose own data it replaces.
    const target = await restoredFrom(older, true);
    expect(await packageNames(other)).toEqual(['shared-package']);
    expect(await rawTexts(other)).not.toContain('secret-package');
    expect((await keptDecisions(other.store, { kinds: ['erase'] }))[0]).toMatchObject({ id: record?.id, at: record?.at, author: 'marta' });
    await rebuild(target.context);
    expect(await packageNames(other)).toEqual(['shared-package']);
  });

  it('erasing one component of a source takes its files out of the receipts that others need, here and in an older backup', async () => {
    await scan('2021-06-01T09:00Z', {
      'a/package-lock.json': lockfile('secret-package', '6.6.6'),
      'b/package-lock.json': lockfile('lodash', '4.17.19'),
    });
    const older = await backedUp('older');
    await decided('erase', { about: 'component', subject: 'component:test/shop-a' }, '2021-06-02T09:00Z');
    expect(await rawTexts(opened)).not.toContain('secret-package');
    expect(inFiles('secret-package')).toBe(false);
    expect(await live()).toEqual(['component:test/shop-b']);
    await scan('2021-06-03T09:00Z', {
      'a/package-lock.json': lockfile('secret-package', '6.6.7'),
      'b/package-lock.json': lockfile('lodash', '4.17.20'),
    });
    expect(await rawTexts(opened)).not.toContain('secret-package');
    await expectLasting();
    await restoredFrom(older, true);
    expect(await rawTexts(other)).not.toContain('secret-package');
    expect(await packageNames(other)).toEqual(['lodash']);
  });

  it('erased bytes are not kept again, whoever sends them', async () => {
    const text = lockfile('secret-package', '6.6.6');
    const { receipt } = await scan('2021-06-01T09:00Z', { 'package-lock.json': text });
    const entry = (await opened.store.treeOf(receipt)).find((each) => each.path === 'package-lock.json');
    const hash = entry?.state === 'read' ? entry.hash : '';
    await decided('erase', { about: 'raw', subject: hash }, '2021-06-02T09:00Z');
    expect(await rawTexts(opened)).not.toContain('secret-package');
    const again = await scan('2021-06-03T09:00Z', { 'package-lock.json': text, 'README.md': '' }, 'fork');
    expect(again.receipt.outcome).toBe('partial');
    expect(await rawTexts(opened)).not.toContain('secret-package');
    await expectLasting();
  });

  it('one upload is erased and the one before it counts again', async () => {
    await office.upload('component:test/api', sbom('first-package'));
    office.at('2021-06-02T08:00Z');
    await office.upload('component:test/api', sbom('secret-package'));
    const last = (await opened.store.receiptsOf('upload:component:test/api/default')).at(-1);
    await decided('erase', { about: 'upload', subject: last?.publicId ?? '' }, '2021-06-03T09:00Z');
    expect(await packageNames(opened)).toEqual(['first-package']);
    expect(await rawTexts(opened)).not.toContain('secret-package');
    await expectLasting();
  });

  it('legal hold wins over deleting, erasing and replacing, on the part as on the whole, until it is released', async () => {
    await scan('2021-06-01T09:00Z', { 'a/package-lock.json': lockfile('lodash', '4.17.19'), 'b/package-lock.json': lockfile('lodash', '4.17.19') });
    const hold = await decided('hold', { about: 'component', subject: 'component:test/shop-a' }, '2021-06-01T10:00Z');
    for (const kind of ['delete', 'erase'] as const) {
      for (const asked of [
        { about: 'component', subject: 'component:test/shop-a' },
        { about: 'origin', subject: 'git:test/shop' },
      ] as const)
        expect(await decide(office.context, kind, asked, decider)).toMatchObject({
          ok: false,
          refusal: expect.stringContaining('legal hold') as string,
        });
    }
    const file = await backedUp('held');
    await expect(restore(office.context, file, { replace: true }, folder, () => undefined)).rejects.toThrow('legal hold');
    await ended(hold, '2021-06-02T09:00Z');
    await decided('erase', { about: 'origin', subject: 'git:test/shop' }, '2021-06-03T09:00Z');
    expect(await live()).toEqual([]);
  });

  it('decides nothing about what is not there, or twice', async () => {
    await scan('2021-06-01T09:00Z', { 'package-lock.json': lockfile('lodash', '4.17.19') });
    const refused = async (kind: FirstKind, asked: Subject): Promise<string> => {
      const made = await decide(office.context, kind, asked, decider);
      return made.ok ? '' : made.refusal;
    };
    expect(await refused('retire', { about: 'component', subject: 'component:test/nothing' })).toContain('There is no component');
    expect(await refused('erase', { about: 'origin', subject: 'osv:test' })).toContain('There is no origin');
    expect(await refused('retire', { about: 'raw', subject: 'x' })).toContain('There is no raw');
    await decided('retire', { about: 'component', subject: 'component:test/shop' }, '2021-06-02T09:00Z');
    expect(await refused('retire', { about: 'component', subject: 'component:test/shop' })).toContain('decided already');
  });
});

async function packageNames({ store }: OpenTestStore): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const page of store.loadPackages()) names.push(...page.map((row) => row.name));
  return names.sort();
}

/** Everything kept, unpacked, as one text. */
async function rawTexts({ store }: OpenTestStore): Promise<string> {
  const texts: string[] = [];
  for (const origin of await store.origins()) {
    for (const receipt of await store.receiptsOf(origin)) {
      texts.push(JSON.stringify(receipt));
      for (const entry of await store.treeOf(receipt)) {
        if (entry.state !== 'read') continue;
        texts.push(Buffer.from((await store.readRaw(entry.hash)) ?? []).toString());
        for (const reading of await store.readingsOfMain(entry.path, entry.hash)) texts.push(JSON.stringify(await store.resultOf(reading)));
      }
    }
  }
  return texts.join('\n');
}

function lockfile(name: string, version: string): string {
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { dependencies: { [name]: version } }, [`node_modules/${name}`]: { version } },
  });
}

function sbom(name: string): string {
  return JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    components: [{ type: 'library', name, version: '1.0.0', purl: `pkg:npm/${name}@1.0.0` }],
  });
}
