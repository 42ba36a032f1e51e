import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EvidenceQuestion } from '#desk/evidence/drawings.ts';
import { openGateway } from '#gateway/gateway.ts';
import { permissions } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { estateFor } from '../estate-for.ts';
import { evidencePack, sampleOf, type EvidencePack } from './evidence-pack.ts';
import { seesAllEvidence, type EvidenceSight } from './evidence-sight.ts';
import { eraseWords } from '../erase-words.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { turns } from './running.ts';

const lodash =
  '{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"4.17.20"}},"node_modules/lodash":{"version":"4.17.20"}}}';
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const decision = 'd'.repeat(26);
const asked: EvidenceQuestion = {
  population: 'findings',
  team: null,
  severity: null,
  about: null,
  asOf: '2021-06-30',
  known: '2021-06-30',
  seed: 'spring',
  size: 5,
};

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(testStores())('an evidence pack on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeAll(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lodash }, { name: 'shop' });
    await office.sync(record);
    office.at('2021-06-10T09:00Z');
    const act = actKindOf('decide');
    if (act === undefined) throw new Error('There is no act decide.');
    const done = await performAct(office.context, openLiveDesk(), await estateFor(opened.store, null), {
      kind: act,
      body: act.body.parse({
        id: decision,
        predicate: { advisory: 'CVE-2021-23337' },
        verdict: 'accepted',
        until: '2021-09-01T00:00:00Z',
        owner: 'person:cy',
      }),
      words: { reason: 'Only trusted templates reach it.', control: null },
      actor: { id: 'person:ada', kind: 'person', grants: new Map(permissions.map((each) => [each, 'office'])) },
      visibility: seesAll,
      expects: null,
    });
    if ('refusal' in done) throw new Error(done.reason);
    office.at('2021-07-01T09:00Z');
  });
  afterAll(async () => {
    await opened.drop();
  });

  const packed = async (question: Partial<EvidenceQuestion>, sight = seesAllEvidence): Promise<EvidencePack> => {
    const pack = await evidencePack(opened.store, await estateFor(opened.store, asked.asOf), sight, 'Acme', { ...asked, ...question });
    if ('refusal' in pack) throw new Error(pack.reason);
    return pack;
  };
  const jsonIn = (pack: EvidencePack, file: string): unknown => JSON.parse(pack.files.get(file) ?? 'null');

  it('of findings leads from each down to the raw bytes, and says what was not observed', async () => {
    const pack = await packed({});
    const [id = ''] = pack.sample;
    expect(pack).toMatchObject({ count: 1, hash: hash('sha256', `${id}\n`, 'hex') });
    expect(jsonIn(pack, 'sample/0001.json')).toMatchObject({
      id,
      chain: {
        matches: [{ advisoryId: 'GHSA-35jh-r3h4-6jhm', rawHash: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown }],
        facts: [{ rawHash: hash('sha256', lodash, 'hex') }],
        decisions: [{ id: decision, verdict: 'accepted', standing: 'waiting', acts: [{ seq: 1, kind: 'decide' }] }],
      },
    });
    expect(jsonIn(pack, 'coverage.json')).toMatchObject({ components: 1, read: 1, notRead: 0, withoutOwner: 1 });
    expect(pack.files.get('index.md')).toContain('its absence says nothing');
    expect([...pack.files.keys()].filter((name) => name.startsWith('controls/'))).toEqual(
      ['dora', 'cra', 'iso-18974'].map((each) => `controls/${each}.json`),
    );
  });

  it('has the same bytes for the same question, and a manifest with the hash of each', async () => {
    const [first, second] = [await packed({}), await packed({})];
    expect([...second.files]).toEqual([...first.files]);
    const { files } = jsonIn(first, 'manifest.json') as { readonly files: Readonly<Record<string, string>> };
    for (const [name, digest] of Object.entries(files)) expect(hash('sha256', first.files.get(name) ?? '', 'hex')).toBe(digest);
    expect(Object.keys(files)).toHaveLength(first.files.size - 1);
  });

  it.each<[name: string, question: Partial<EvidenceQuestion>, count: number]>([
    ['decisions', { population: 'decisions' }, 1],
    ['decisions not yet made', { population: 'decisions', known: '2021-06-09' }, 0],
    ['exceptions that wait for a second person', { population: 'exceptions' }, 0],
    ['components', { population: 'components' }, 1],
    ['components of a team that has none', { population: 'components', team: 'payments' }, 0],
    ['findings of another severity', { severity: 'low' }, 0],
    ['findings that name an advisory', { about: 'CVE-2021-23337' }, 1],
    ['decisions that name another', { population: 'decisions', about: 'CVE-2021-0001' }, 0],
    ['findings not yet known', { known: '2021-05-31' }, 0],
  ])('counts %s', async (_, question, count) => {
    expect((await packed(question)).count).toBe(count);
  });

  it('shows nobody what they may not see, and the ledger to who may read it', async () => {
    const payments: EvidenceSight = { findings: { kind: 'teams', teams: new Set(['payments']) }, estate: seesAll, ledger: false };
    const theirs = await packed({}, payments);
    expect(theirs).toMatchObject({ count: 0, sample: [], ledger: { isExported: false } });
    expect((await packed({ population: 'decisions' }, payments)).count).toBe(0);
    expect((await packed({ population: 'components' }, payments)).count).toBe(1);
    expect([...theirs.files.keys()].filter((name) => name.endsWith('.jsonl'))).toEqual([]);
    const [head = ''] = ((await packed({})).files.get('ledger.jsonl') ?? '').split('\n');
    expect(JSON.parse(head)).toEqual({ format: 'guildhall-ledger', version: 1, words: true, withheld: ['advise-case'] });
  });

  it('stops when nobody wants it any more', async () => {
    const stopping = new AbortController();
    const running = { stopped: stopping.signal, tell: () => undefined };
    stopping.abort(new Error('Not wanted.'));
    await expect(turns(running)(0, 1)).resolves.toBeUndefined();
    const turn = turns(running);
    await setTimeout(15);
    await expect(turn(0, 1)).rejects.toThrow('Not wanted.');
  });

  it('of decisions holds every act about each with its hash, with the words or without them', async () => {
    const before = await packed({ population: 'decisions' });
    expect(jsonIn(before, 'sample/0001.json')).toMatchObject({
      chain: {
        acts: [{ seq: 1, kind: 'decide', hash: (await opened.store.ledgerHead())?.hash, words: { reason: 'Only trusted templates reach it.' } }],
      },
    });
    await eraseWords(office.context, { person: null, mention: null, entries: [1], basis: 'order', reference: 'C-1', reason: 'Ordered.' });
    const after = await packed({ population: 'decisions' });
    expect(jsonIn(after, 'sample/0001.json')).toMatchObject({ chain: { acts: [{ seq: 1, words: null, areWordsErased: true }] } });
  });
});

describe('a sample', () => {
  it('is drawn by seed and ids alone, whatever their order', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `id-${String(index)}`);
    const sample = sampleOf(ids, 'a', 5);
    expect(sampleOf(ids.toReversed(), 'a', 5)).toEqual(sample);
    expect(sampleOf(ids, 'b', 5)).not.toEqual(sample);
    expect(new Set(sample).size).toBe(5);
    expect(sampleOf(['x'], 'a', 5)).toEqual(['x']);
  });
});
