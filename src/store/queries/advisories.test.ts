import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AdvisoryTable, MatchTable } from '../schema.ts';
import type { Store } from '../store.ts';
import { testStores, type OpenTestStore } from '../test-stores.ts';

function advisory(record: string, change: Partial<AdvisoryTable> = {}): Omit<AdvisoryTable, 'id'> {
  return {
    record,
    raw: 'a'.repeat(64),
    published: '2021-05-06T16:05:51Z',
    modified: '2021-06-01T00:00:00Z',
    withdrawn: null,
    body: '{"aliases":[]}',
    group_key: record,
    known_at: 100,
    ...change,
  };
}

function match(version: number, record: number, knownFrom: number, knownUntil: number | null = null): MatchTable {
  return {
    package_version_id: version,
    advisory_id: record,
    kind: 'affected',
    by: 'range',
    range: '<4.17.21',
    fixed_in: '4.17.21',
    known_from: knownFrom,
    known_until: knownUntil,
    ended_by: knownUntil === null ? null : 'not-affected',
  };
}

async function all<Row>(pages: AsyncIterable<readonly Row[]>): Promise<readonly Row[]> {
  return (await Array.fromAsync(pages)).flat();
}

describe.each(testStores())('advisories and matches on $name', ({ open }) => {
  let opened: OpenTestStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.drop());

  it('a record that changes keeps its id and the time we first had it', async () => {
    const [id] = await store.write((tx) => tx.putAdvisories([advisory('GHSA-35jh-r3h4-6jhm')]));
    const changed = advisory('GHSA-35jh-r3h4-6jhm', {
      modified: '2022-01-01T00:00:00Z',
      withdrawn: '2022-01-01T00:00:00Z',
      published: null,
      known_at: 900,
    });
    expect(await store.write((tx) => tx.putAdvisories([changed]))).toEqual([id]);
    expect(await all(store.loadAdvisories({ records: ['GHSA-35jh-r3h4-6jhm'] }))).toEqual([{ ...changed, id, known_at: 100 }]);
  });

  it('ids come in the order of the records, also when one comes twice', async () => {
    const [a, b, again] = await store.write((tx) => tx.putAdvisories([advisory('B-1'), advisory('A-1'), advisory('B-1', { raw: 'b' })]));
    expect(again).toBe(a);
    expect(b).not.toBe(a);
    expect(await all(store.loadAdvisories({ ids: [a ?? 0] }))).toMatchObject([{ record: 'B-1', raw: 'b' }]);
  });

  it('records are moved to groups and found by them', async () => {
    const ids = await store.write((tx) => tx.putAdvisories([advisory('G-1'), advisory('G-2'), advisory('G-3')]));
    await store.write((tx) => tx.setAdvisoryGroups(ids.slice(0, 2).map((id) => ({ id, group_key: 'CVE-2021-23337' }))));
    const group = await all(store.loadAdvisories({ groupKeys: ['CVE-2021-23337'] }));
    expect(group.map((row) => row.record)).toEqual(['G-1', 'G-2']);
    await store.write((tx) => tx.setAdvisoryGroups([]));
  });

  it('a sync compares hashes without loading bodies', async () => {
    const rows = await all(store.advisoryHashes());
    expect(rows.find((row) => row.record === 'G-1')).toEqual({
      id: expect.any(Number) as number,
      record: 'G-1',
      raw: 'a'.repeat(64),
      modified: '2021-06-01T00:00:00Z',
    });
  });

  it('a match ends once and may begin again', async () => {
    await store.write((tx) => tx.putMatches([match(1, 10, 100), match(2, 10, 100)]));
    await store.write((tx) => tx.putMatches([match(1, 10, 100, 200)]));
    await store.write((tx) => tx.putMatches([match(1, 10, 300)]));
    expect(await all(store.loadMatches({ packageVersionIds: [1] }))).toEqual([match(1, 10, 100, 200), match(1, 10, 300)]);
    expect(await all(store.loadMatches({ open: true, advisoryIds: [10] }))).toEqual([match(1, 10, 300), match(2, 10, 100)]);
    expect(await all(store.loadMatches({ open: true, packageVersionIds: [1], advisoryIds: [11] }))).toEqual([]);
  });

  it('more matches than a page are all loaded, in order', async () => {
    const many = Array.from({ length: 45_000 }, (_, index) => match(1000 + Math.floor(index / 3), 20 + (index % 3), 1));
    await store.write((tx) => tx.putMatches(many));
    const loaded = (await all(store.loadMatches())).filter((row) => row.package_version_id >= 1000);
    expect(loaded).toEqual(many);
    await store.write((tx) => tx.deleteMatches({ advisoryIds: [20, 21, 22] }));
    expect((await all(store.loadMatches())).every((row) => row.advisory_id === 10)).toBe(true);
  });

  it('what KEV and EPSS say is replaced by CVE, fractions exact', async () => {
    const row = { cve: 'CVE-2021-44228', kev_added: '2021-12-10', epss: 0.97565, epss_percentile: 0.99999, epss_date: '2024-01-01' };
    await store.write((tx) =>
      tx.putEnrichment([row, { cve: 'CVE-2021-23337', kev_added: null, epss: null, epss_percentile: null, epss_date: null }]),
    );
    await store.write((tx) => tx.putEnrichment([{ ...row, epss: 0.1 }]));
    expect(await all(store.loadEnrichment({ cves: ['CVE-2021-44228'] }))).toEqual([{ ...row, epss: 0.1 }]);
    expect((await all(store.loadEnrichment())).map((one) => one.cve)).toEqual(['CVE-2021-23337', 'CVE-2021-44228']);
  });
});
