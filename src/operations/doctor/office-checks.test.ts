import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { Configuration } from '../configuration.ts';
import { takeUpload } from '../take-upload.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { Readable } from 'node:stream';
import { officeChecks, readerCheck } from './office-checks.ts';

const now = '2026-05-04T06:00Z';
const advisory = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2024-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const sbom = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
});

describe.each(testStores())('an office on $name', ({ open }) => {
  let stored: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    stored = await open();
    office = openTestOffice(stored);
    office.at(now);
  });
  afterEach(async () => {
    office.close();
    await stored.drop();
  });

  it('is sound when it is empty, and when everything was read, synced and backed up', async () => {
    expect(await unsound()).toEqual([]);
    await office.upload('kiosk', sbom);
    await feed('osv', { last_success: Date.parse(now) });
    await stored.store.noteBackup(Date.parse(now));
    expect(await unsound()).toEqual([]);
  });

  it.each<[string, () => Promise<unknown>, readonly string[]]>([
    [
      'nobody reads what was received',
      async () => {
        office.at('2026-05-04T05:30Z');
        await takeUpload(office.context, Readable.from([Buffer.from(sbom)]), { component: 'kiosk', slot: 'default', validAt: null });
        office.at(now);
      },
      ['warning work: 1 receipts wait to be read, the oldest for 30 minutes.'],
    ],
    ['an inventory has another layout', () => spoilt(), ['fault inventories: 1 of 1 inventories are of another layout or damaged.']],
    [
      'something was received after now',
      async () => {
        office.at('2026-05-05T06:00Z');
        await office.upload('kiosk', sbom);
        office.at(now);
      },
      ['warning order of time: Something was received at 2026-05-05T06:00:00.000Z, which is still to come.'],
    ],
    [
      'a backup is old',
      async () => {
        await office.upload('kiosk', sbom);
        await stored.store.noteBackup(Date.parse('2026-04-01T06:00Z'));
      },
      ['warning backup: The last backup is 33 days old.'],
    ],
    [
      'a feed fails',
      () =>
        feed('kev', { outcome: 'failed', problems: JSON.stringify([{ code: 'bad-status', message: 'kev.json answered 403.', severity: 'error' }]) }),
      ['warning kev:feeds.example.com: The last look failed: kev.json answered 403. What was known stands, as stale.'],
    ],
    [
      'a feed is old',
      () => feed('epss', { last_success: Date.parse('2026-04-20T06:00Z') }),
      ['warning epss:feeds.example.com: What it says is 14 days old.'],
    ],
  ])('is judged when %s', async (_case, arrange, expected) => {
    await feed('osv', { last_success: Date.parse(now) });
    await stored.store.noteBackup(Date.parse(now));
    await arrange();
    expect(await unsound()).toEqual(expected);
  });

  it('is warned of feeds that were never received, and of a backup that was never made', async () => {
    await office.upload('kiosk', sbom);
    expect(await unsound({ feeds: [{ kind: 'kev', from: 'https://feeds.example.com/kev.json' }] })).toEqual([
      'warning backup: This store was never backed up by guildhall backup; of other backups nothing is known here.',
      'warning kev: It is configured, and nothing was ever received from it.',
      'warning advisories: No advisories were ever synced: nothing can be said to be clear.',
    ]);
  });

  /** Everything but memory, which is this machine's matter. */
  async function unsound(configuration: object = {}): Promise<readonly string[]> {
    const checks = await officeChecks(stored.store, Configuration.parse(configuration), office.context.clock());
    return checks.filter(({ name, state }) => state !== 'ok' && name !== 'memory').map(({ name, state, message }) => `${state} ${name}: ${message}`);
  }

  async function feed(source: 'osv' | 'kev' | 'epss', row: { last_success?: number; outcome?: 'failed'; problems?: string }): Promise<void> {
    const at = Date.parse(now);
    const sound = { last_attempt: at, last_success: at, outcome: 'complete', items: 1, problems: '[]', cursor: 'null' } as const;
    await stored.store.write((tx) => tx.putSource({ origin: `${source}:feeds.example.com`, source, ...sound, ...row }));
  }

  async function spoilt(): Promise<void> {
    await office.sync(advisory);
    await office.upload('kiosk', sbom);
    const { store } = stored;
    for await (const [row] of store.loadWholeEvidence())
      if (row !== undefined) await store.write((tx) => tx.putEvidence({ ...row, edges: new Uint8Array(), open: new Uint8Array([250, 1, 2]) }));
  }
});

describe('the readers', () => {
  it('are at fault when they cannot start', async () => {
    const gateway = openGateway({ workers: 1, parsers: new URL('file:///nowhere/parsers.ts') });
    expect(await readerCheck(gateway)).toMatchObject({ state: 'fault' });
    gateway.close();
  });
});
