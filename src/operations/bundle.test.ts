import { createHash, type KeyObject } from 'node:crypto';
import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '#gateway/fixtures/zip-of.ts';
import { openGateway } from '#gateway/gateway.ts';
import { newBundleKeys, signingKey, trustedKey } from '#sources/bundle/bundle-key.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { canonicalEstate } from './canonical-estate.ts';
import { exportBundle, type BundleExported } from './export-bundle.ts';
import { importBundle, type BundleImported } from './import-bundle.ts';
import { noRegistries } from './registry/registries-configuration.ts';
import { syncFeed } from './sync-feeds.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const stores = testStores();
const ways = stores.flatMap((from) =>
  stores.filter((to) => to.name !== from.name).map((to) => ({ from, to, name: `an office on ${from.name} to one on ${to.name}` })),
);

const lodash = advisory('GHSA-35jh-r3h4-6jhm', 'CVE-2021-23337', 'npm', 'lodash', '4.17.21');
const minimist = advisory('GHSA-xvch-5gv4-984h', 'CVE-2021-44906', 'npm', 'minimist', '1.2.6');
const flask = advisory('GHSA-m2qf-hxjv-5gpq', 'CVE-2023-30861', 'PyPI', 'flask', '2.2.5');
const kev = {
  catalogVersion: '2026.05.04',
  count: 1,
  vulnerabilities: [{ cveID: 'CVE-2021-44906', dateAdded: '2024-01-02', dueDate: '2024-01-23', vulnerabilityName: 'minimist' }],
};
const epss =
  '#model_version:v2025.03.14,score_date:2026-05-04T00:00:00+0000\ncve,epss,percentile\nCVE-2021-23337,0.02,0.8\nCVE-2021-44906,0.3,0.95\n';

// One for all: starting its processes takes as long as a test.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(ways)('a bundle carried from $name', ({ from, to }) => {
  let stored: readonly [OpenTestStore, OpenTestStore];
  let near: TestOffice;
  let far: TestOffice;
  let folder: string;
  let feeds: Feeds;
  let keys: { readonly signing: KeyObject; readonly trusted: KeyObject };
  beforeEach(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-bundle-'));
    stored = [await from.open(), await to.open()];
    [near, far] = [openTestOffice(stored[0], gateway), openTestOffice(stored[1], gateway)];
    feeds = await openFeeds();
    feeds.publish([lodash, minimist], [flask]);
    keys = newKeys();
  });
  afterEach(async () => {
    await feeds.close();
    for (const each of stored) await each.drop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('gives the same advisories, matches and findings as a sync', async () => {
    for (const office of [near, far]) {
      office.at('2026-05-04T05:00Z');
      await office.scan({ 'package-lock.json': lockfile }, { name: 'app', committed: '2026-05-01T00:00Z' });
      office.at('2026-05-04T06:00Z');
    }
    for (const kind of ['osv', 'kev', 'epss'] as const) await syncFeed(near.context, { ...feeds.named(kind), ecosystems: ['npm', 'PyPI'] }, access());
    await exported();
    expect(await imported()).toMatchObject({ ok: true, feeds: [{ taken: 3 }, { taken: 1 }, { taken: 2 }] });
    expect(await far.episodes()).toEqual([
      'app lodash GHSA-35jh-r3h4-6jhm #1 2026-05-04T06:00..open exposed 2026-05-01..',
      'app minimist GHSA-xvch-5gv4-984h #1 2026-05-04T06:00..open exposed 2026-05-01..',
    ]);
    expect(await canonicalEstate(stored[1].store)).toEqual(await canonicalEstate(stored[0].store));
    expect(await enrichment(stored[1])).toEqual(await enrichment(stored[0]));
  });

  it('names in its receipts where each feed was taken and when, and is as fresh as that day', async () => {
    await exported('2026-05-04T06:00Z');
    await imported('2026-05-20T06:00Z');
    const { store } = stored[1];
    const receipts = await store.lastReceipts();
    expect(receipts.map(({ origin, validAt, receivedAt }) => [origin, isoOf(validAt), isoOf(receivedAt)])).toEqual([
      [`epss:${feeds.host}/epss.csv.gz`, '2026-05-04T06:00', '2026-05-20T06:00'],
      [`kev:${feeds.host}/kev.json`, '2026-05-04T06:00', '2026-05-20T06:00'],
      [`osv:${feeds.host}`, '2026-05-04T06:00', '2026-05-20T06:00'],
    ]);
    expect((await store.sources()).map((each) => [isoOf(each.last_attempt), isoOf(each.last_success ?? 0)])).toEqual(
      receipts.map(() => ['2026-05-20T06:00', '2026-05-04T06:00']),
    );
  });

  it('changes nothing when it is taken twice, and only what is new when it is followed by another', async () => {
    await exported('2026-05-04T06:00Z');
    await imported('2026-05-05T06:00Z');
    const once = await canonicalEstate(stored[1].store);
    expect(await imported('2026-05-06T06:00Z')).toMatchObject({
      feeds: [{ outcome: 'unchanged' }, { outcome: 'unchanged' }, { outcome: 'unchanged' }],
    });
    expect(await canonicalEstate(stored[1].store)).toEqual(once);
    feeds.publish([lodash, { ...minimist, summary: 'Said better', modified: '2026-05-07T00:00:00Z' }], [flask]);
    await exported('2026-05-08T06:00Z');
    expect(await imported('2026-05-09T06:00Z')).toMatchObject({
      feeds: [{ feed: 'osv', taken: 1 }, { outcome: 'unchanged' }, { outcome: 'unchanged' }],
    });
  });

  it('leaves what a sync over the network needs to ask for changes only', async () => {
    await exported('2026-05-04T06:00Z');
    await imported('2026-05-05T06:00Z');
    feeds.asked.length = 0;
    for (const kind of ['osv', 'kev', 'epss'] as const)
      expect(await syncFeed(far.context, { ...feeds.named(kind), ecosystems: ['npm', 'PyPI'] }, access())).toMatchObject({ outcome: 'unchanged' });
    expect(feeds.asked).toEqual(['PyPI/modified_id.csv 304', 'npm/modified_id.csv 304', 'kev.json 304', 'epss.csv.gz 304']);
  });

  it('is refused when it is older than what is known, until that is allowed', async () => {
    await exported('2026-05-04T06:00Z');
    far.at('2026-05-06T06:00Z');
    await syncFeed(far.context, feeds.named('kev'), access());
    expect(await imported('2026-05-07T06:00Z')).toEqual({
      ok: false,
      refusal:
        "The bundle's kev was taken at 2026-05-04T06:00:00.000Z, what is known here at 2026-05-06T06:00:00.000Z. Bring a newer bundle, or give --allow-older to go back.",
    });
    expect((await stored[1].store.sources()).map((each) => each.source)).toEqual(['kev']);
    expect(await imported('2026-05-07T06:00Z', { allowOlder: true })).toMatchObject({ ok: true });
  });

  it('is refused when it comes from the future, or from nobody who is trusted', async () => {
    await exported('2026-05-04T06:00Z');
    expect(await imported('2026-05-03T06:00Z')).toMatchObject({ ok: false, refusal: expect.stringContaining('is still to come here') as unknown });
    expect(await imported('2026-05-05T06:00Z', { trusted: [newKeys().trusted] })).toMatchObject({ ok: false });
    expect(await stored[1].store.sources()).toEqual([]);
  });

  it('is not written at all when a feed cannot be had whole, and leaves nothing behind', async () => {
    feeds.remove('kev.json');
    expect(await exported('2026-05-04T06:00Z')).toMatchObject({ ok: false, problem: { code: 'not-found' } });
    feeds.publish([lodash], []);
    await exported('2026-05-04T06:00Z');
    await imported('2026-05-05T06:00Z');
    expect(fs.readdirSync(path.join(folder, 'feeds'))).toEqual([]);
    expect(fs.readdirSync(folder).sort()).toEqual(['feeds', 'feeds.bundle']);
  });

  function access() {
    return { dataDir: folder, trusted: true, proxy: null, caFile: null, credentials: [] } as const;
  }
  async function exported(at?: string): Promise<BundleExported> {
    if (at !== undefined) near.at(at);
    const targets = [{ ...feeds.named('osv'), ecosystems: ['npm', 'PyPI'] }, feeds.named('kev'), feeds.named('epss')];
    return await exportBundle(near.context, path.join(folder, 'feeds.bundle'), { targets, access: access(), key: keys.signing });
  }
  async function imported(
    at?: string,
    options: { readonly allowOlder?: boolean; readonly trusted?: readonly KeyObject[] } = {},
  ): Promise<BundleImported> {
    if (at !== undefined) far.at(at);
    const request = {
      file: path.join(folder, 'feeds.bundle'),
      dataDir: folder,
      trusted: [keys.trusted],
      allowOlder: false,
      registries: noRegistries,
      ...options,
    };
    return await importBundle(far.context, request);
  }
});

type Feeds = {
  readonly host: string;
  /** Paths that were asked for and what was answered, in order. */
  readonly asked: string[];
  named<K extends 'osv' | 'kev' | 'epss'>(kind: K): { readonly kind: K; readonly from: string };
  publish(npm: readonly object[], pypi: readonly object[]): void;
  remove(file: string): void;
  close(): Promise<void>;
};

/** Feeds as they are published, with ETags, behind a server of this test. */
async function openFeeds(): Promise<Feeds> {
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1);
    const bytes = files.get(name);
    const etag = bytes === undefined ? '' : `"${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}"`;
    const status = bytes === undefined ? 404 : request.headers['if-none-match'] === etag ? 304 : 200;
    asked.push(`${name} ${String(status)}`);
    response.writeHead(status, bytes === undefined ? {} : { etag });
    response.end(status === 200 ? bytes : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const places = { osv: '', kev: '/kev.json', epss: '/epss.csv.gz' };
  return {
    host,
    asked,
    named: (kind) => ({ kind, from: `http://${host}${places[kind]}` }),
    publish(npm, pypi) {
      for (const [ecosystem, records] of [
        ['npm', npm],
        ['PyPI', pypi],
      ] as const) {
        const named = records as readonly ReturnType<typeof advisory>[];
        files.set(`${ecosystem}/all.zip`, zipOf(named.map((each) => ({ name: `${each.id}.json`, content: JSON.stringify(each) }))));
        files.set(`${ecosystem}/modified_id.csv`, Buffer.from(named.map((each) => `${each.modified},${each.id}\n`).join('')));
      }
      files.set('kev.json', Buffer.from(JSON.stringify(kev))).set('epss.csv.gz', gzipSync(epss));
    },
    remove: (file) => files.delete(file),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function enrichment({ store }: OpenTestStore): Promise<readonly string[]> {
  const rows: string[] = [];
  for await (const page of store.loadEnrichment()) for (const row of page) rows.push(JSON.stringify(row));
  return rows.sort();
}

const lockfile = JSON.stringify({
  name: 'app',
  lockfileVersion: 3,
  packages: { '': { name: 'app' }, 'node_modules/lodash': { version: '4.17.20' }, 'node_modules/minimist': { version: '1.2.5' } },
});

function advisory(id: string, cve: string, ecosystem: string, name: string, fixed: string) {
  return {
    id,
    aliases: [cve],
    published: '2023-01-01T00:00:00Z',
    modified: '2024-01-01T00:00:00Z',
    summary: `A fault of ${name}`,
    affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }] }],
  };
}

function newKeys(): { readonly signing: KeyObject; readonly trusted: KeyObject } {
  const { privatePem, publicPem } = newBundleKeys();
  const [signing, trusted] = [signingKey(privatePem), trustedKey(publicPem)];
  if (signing === null || trusted === null) throw new Error('A new pair of keys cannot be read.');
  return { signing, trusted };
}

function isoOf(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
