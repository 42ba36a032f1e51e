import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { newBundleKeys, signingKey, trustedKey } from '#sources/bundle/bundle-key.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { exportBundle } from '../export-bundle.ts';
import { loadEstate } from '../follow-estate.ts';
import { importBundle } from '../import-bundle.ts';
import { rebuild } from '../rebuild.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { knownBefore, refreshPackages } from './refresh-packages.ts';
import { Registries } from './registries-configuration.ts';
import { openFakeRegistry, type FakeRegistry } from './test-registries.ts';

const stores = testStores();
const ways = stores.flatMap((from) =>
  stores.filter((to) => to.name !== from.name).map((to) => ({ from, to, name: `an office on ${from.name} to one on ${to.name}` })),
);
const npmHost = 'registry.npmjs.org';
const pair = newBundleKeys();
const [key, trust] = [signingKey(pair.privatePem), trustedKey(pair.publicPem)];
if (key === null || trust === null) throw new Error('A new pair of keys cannot be read.');

let gateway: Gateway;
let fake: FakeRegistry;
beforeAll(async () => {
  gateway = openGateway({ workers: 1 });
  fake = await openFakeRegistry();
});
afterAll(async () => {
  gateway.close();
  await fake.close();
});

describe.each(ways)('what registries said, carried from $name', ({ from, to }) => {
  let stored: readonly [OpenTestStore, OpenTestStore];
  let near: TestOffice;
  let far: TestOffice;
  let folder: string;
  let bundle: string;
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-carried-'));
    bundle = path.join(folder, 'feeds.bundle');
    stored = [await from.open(), await to.open()];
    [near, far] = [openTestOffice(stored[0], gateway), openTestOffice(stored[1], gateway)];
    fake.answers.clear();
    fake.answers
      .set('left', packument('left', { '1.0.0': {}, '1.1.0': { deprecated: 'use 2' } }))
      .set('right', packument('right', { '2.0.0': { license: 'Apache-2.0' } }));
    near.at('2026-05-01T08:00Z');
    far.at('2026-05-20T08:00Z');
  });
  afterEach(async () => {
    for (const each of stored) await each.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('is known as after a sync, with its origin and of the day it was said; twice changes nothing; a rebuild gives the same', async () => {
    for (const office of [near, far])
      await office.scan({ 'package-lock.json': lockfile({ left: npmHost, right: npmHost, none: npmHost }) }, { name: 'app' });
    await refresh(near);
    near.at('2026-05-02T08:00Z');
    expect(await exported()).toMatchObject({
      ok: true,
      withheld: {},
      manifest: { feeds: [{ kind: 'registry', origin: `registry:${fake.host}`, takenAt: Date.parse('2026-05-01T08:00Z'), parts: [{ records: 3 }] }] },
    });
    expect(await imported()).toMatchObject({ ok: true, feeds: [{ feed: 'registry', outcome: 'synced', taken: 3, refused: 0 }] });
    const known = await registryOf(stored[1]);
    expect(known.map(([name]) => name)).toEqual(['npm\0left', 'npm\0none', 'npm\0right']);
    expect(known).toEqual(await registryOf(stored[0]));
    const { store } = stored[1];
    const receipts = (await store.lastReceipts()).filter((each) => each.source === 'registry');
    expect(receipts.map(({ origin, validAt, receivedAt }) => [origin, isoOf(validAt), isoOf(receivedAt)])).toEqual([
      [`registry:${fake.host}`, '2026-05-01T08:00', '2026-05-20T08:00'],
    ]);
    expect((await store.sources()).filter((each) => each.source === 'registry').map((each) => isoOf(each.last_success ?? 0))).toEqual([
      '2026-05-01T08:00',
    ]);
    expect(await imported()).toMatchObject({ feeds: [{ outcome: 'unchanged', taken: 0 }] });
    expect((await store.lastReceipts()).filter((each) => each.source === 'registry')).toEqual(receipts);

    // The next sync over a network asks for changes only; what it then knows is not put back by the bundle.
    fake.asked.length = 0;
    fake.answers.set('right', packument('right', { '2.0.0': {}, '3.0.0': {} }));
    await refresh(far);
    expect(fake.asked.toSorted()).toEqual(['left 304', 'none', 'right']);
    const newer = await registryOf(stored[1]);
    expect(await imported()).toMatchObject({ feeds: [{ outcome: 'unchanged', taken: 0 }] });
    expect(await registryOf(stored[1])).toEqual(newer);

    await store.emptyDerived();
    await rebuild(far.context);
    expect(await registryOf(stored[1])).toEqual(newer);
  });

  it('adds to what is known here and takes nothing away from it', async () => {
    for (const office of [near, far]) await office.scan({ 'package-lock.json': lockfile({ left: npmHost }) }, { name: 'app' });
    far.at('2026-04-01T08:00Z');
    fake.answers.set('left', packument('left', { '0.9.0': {} }));
    await refresh(far);
    fake.answers.set('left', packument('left', { '1.0.0': {}, '1.1.0': { deprecated: 'use 2' } }));
    await refresh(near);
    await exported();
    far.at('2026-05-20T08:00Z');
    expect(await imported()).toMatchObject({ feeds: [{ taken: 1 }] });
    const record = (await knownBefore(far.context, [{ ecosystem: 'npm', nameKey: 'left' }])).get('left')?.record;
    expect(record?.versions.map(([version]) => version)).toEqual(['0.9.0', '1.0.0', '1.1.0']);
    expect(record).toMatchObject({ latest: '1.1.0', warnings: [{ kind: 'deprecated', reason: 'use 2' }] });
  });

  it('leaves only of names known to be public, also where a mirror hears every name, and is not taken of names that are private here', async () => {
    const hosts = { left: npmHost, right: npmHost, '@acme/vault': npmHost, 'from-inside': fake.host, 'says-nothing': null };
    await near.scan({ 'package-lock.json': lockfile(hosts) }, { name: 'app' });
    for (const name of ['from-inside', 'says-nothing', '@acme%2fvault']) fake.answers.set(name, packument(decodeURIComponent(name), { '1.0.0': {} }));
    const registries = mirror({ hearsPrivateNames: true }, { privateNames: ['@acme/*'] });
    await refresh(near, registries);
    expect((await registryOf(stored[0])).map(([name]) => name)).toHaveLength(5);
    expect(await exported(registries)).toMatchObject({
      ok: true,
      withheld: { 'private-name': 1, 'other-host': 1, 'unknown-origin': 1 },
      manifest: { feeds: [{ parts: [{ records: 2 }] }] },
    });
    const bytes = fs.readFileSync(bundle, 'utf8');
    for (const name of ['vault', 'from-inside', 'says-nothing']) expect(bytes).not.toContain(name);
    expect(await imported(mirror({}, { privateNames: ['left'] }))).toMatchObject({
      feeds: [{ taken: 1, refused: 1, problems: [{ code: 'private-name' }] }],
    });
    expect((await registryOf(stored[1])).map(([name]) => name)).toEqual(['npm\0right']);
    const source = (await stored[1].store.sources()).find((each) => each.source === 'registry');
    expect(source).toMatchObject({ outcome: 'partial', problems: expect.stringContaining('1 answers of a bundle were not taken.') as unknown });
    expect(source?.problems).not.toContain('left');
    expect(await exported(mirror({}, { privateNames: ['*'] }))).toMatchObject({ ok: false, problem: { code: 'nothing-there' } });
  });

  it.each([
    ['altered', (text: string) => text.replace('"use 2"', '"use 3"'), 'was altered after it was signed'],
    ['unsigned', (text: string) => text.replace(/^(.+\n)[^\n]+\n/, '$1\n'), 'The bundle is not signed.'],
    ['cut', (text: string) => text.slice(0, -10), 'The bundle is cut'],
  ])('is refused when it is %s', async (_, spoil, refusal) => {
    await near.scan({ 'package-lock.json': lockfile({ left: npmHost }) }, { name: 'app' });
    await refresh(near);
    await exported();
    const whole = fs.readFileSync(bundle, 'utf8');
    fs.writeFileSync(bundle, spoil(whole));
    expect(await imported()).toMatchObject({ ok: false, refusal: expect.stringContaining(refusal) as unknown });
    expect(await registryOf(stored[1])).toEqual([]);
  });

  const mirror = (more: object = {}, rules: object = {}) => Registries.parse({ ask: [{ ecosystem: 'npm', from: fake.url, ...more }], ...rules });
  const access = () => ({ dataDir: folder, trusted: true, proxy: null, caFile: null, credentials: [] }) as const;
  const refresh = (office: TestOffice, registries = mirror()) =>
    refreshPackages(office.context, {
      registries,
      access: access(),
      pace: { perSecond: 1000, atOnce: 4 },
      http: { configuredHosts: [fake.host], retryBaseMs: 1 },
    });
  const exported = (registries = mirror()) => exportBundle(near.context, bundle, { targets: [], access: access(), key, registries });
  const imported = (registries = Registries.parse({})) =>
    importBundle(far.context, { file: bundle, dataDir: folder, trusted: [trust], allowOlder: false, registries });
});

async function registryOf({ store }: OpenTestStore): Promise<readonly (readonly [string, string])[]> {
  return [...(await loadEstate(store)).registry].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A lockfile that takes each package from a host, or does not say from where. */
function lockfile(hosts: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(hosts).map(([each, host]): [string, object] => [
    `node_modules/${each}`,
    { version: '1.0.0', ...(host === null ? {} : { resolved: `https://${host}/${each}/-/x-1.0.0.tgz` }) },
  ]);
  const own = { name: 'app', version: '1.0.0' };
  return JSON.stringify({ ...own, lockfileVersion: 3, packages: Object.fromEntries<object>([['', own], ...entries]) });
}

function packument(name: string, versions: Readonly<Record<string, object>>): string {
  const time = Object.fromEntries(Object.keys(versions).map((version, at) => [version, `202${String(at)}-01-01T00:00:00.000Z`]));
  const full = Object.fromEntries(Object.entries(versions).map(([version, fields]) => [version, { version, license: 'MIT', ...fields }]));
  return JSON.stringify({ name, 'dist-tags': { latest: Object.keys(versions).at(-1) }, time, versions: full });
}

function isoOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
