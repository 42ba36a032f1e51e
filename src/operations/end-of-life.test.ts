import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endOfLife } from '#analysis/rules/end-of-life.ts';
import { emptyDesk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { openGateway, type Gateway } from '#gateway/gateway.ts';
import { seesAll } from '#model/visibility.ts';
import { newBundleKeys, signingKey, trustedKey } from '#sources/bundle/bundle-key.ts';
import { testStores } from '#store/test-stores.ts';
import { exportBundle } from './export-bundle.ts';
import { followEstate, loadEstate } from './follow-estate.ts';
import { importBundle } from './import-bundle.ts';
import { licenceJudge } from './licences/licence-judge.ts';
import { rebuild } from './rebuild.ts';
import { noRegistries } from './registry/registries-configuration.ts';
import { judgeRule } from './rules/judge-rule.ts';
import { syncFeed } from './sync-feeds.ts';
import { openTestOffice } from './test-office.ts';

let gateway: Gateway;
let folder = '';
beforeAll(() => {
  gateway = openGateway({ workers: 1 });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-eol-'));
});
afterAll(() => {
  gateway.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const day = (text: string): number => Date.parse(text) / 86_400_000;
const access = () => ({ dataDir: folder, trusted: true, proxy: null, caFile: null, credentials: [] });
const lockfile = JSON.stringify({
  name: 'app',
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/next': { version: '13.4.0' },
    'node_modules/vue': { version: '2.7.0' },
    'node_modules/left': { version: '1.0.0' },
  },
});
const subjects = (estate: Estate): readonly string[] =>
  judgeRule({
    estate,
    visibility: seesAll,
    rule: endOfLife,
    settings: endOfLife.settings.parse({}),
    today: day('2026-05-01'),
    licences: licenceJudge(estate, emptyDesk(), 0),
  })
    .rows.map(({ subject, since }) => `${subject} ${String(since)}`)
    .sort();

describe.each(testStores())('the end of support on $name', ({ open }) => {
  it('is known by the feed, else by this build; a bundle and a rebuild give the same', async () => {
    const stored = [await open(), await open()] as const;
    const [near, far] = [openTestOffice(stored[0], gateway), openTestOffice(stored[1], gateway)];
    const file = path.join(folder, 'full.json');
    const from = { kind: 'end-of-life', from: file } as const;
    const release = (name: string, eolFrom: string) => ({ name, eolFrom, isEol: false });
    fs.writeFileSync(
      file,
      JSON.stringify({
        generated_at: '2026-04-30T00:00:00Z',
        result: [{ name: 'nextjs', label: 'Next.js', releases: [release('13', '2025-01-01')] }],
      }),
    );
    for (const office of [near, far]) {
      office.at('2026-05-01T08:00Z');
      await office.scan({ 'package-lock.json': lockfile }, { name: 'app', committed: '2026-04-01T00:00Z' });
    }
    const before = await loadEstate(stored[0].store);
    expect(subjects(before)).toEqual([`vue 2 ${String(day('2026-04-01'))}`]);
    expect(await syncFeed(near.context, from, access())).toMatchObject({ outcome: 'synced', taken: 1 });
    const known = [`nextjs 13 ${String(day('2026-04-01'))}`, `vue 2 ${String(day('2026-04-01'))}`];
    expect(subjects(await followEstate(stored[0].store, before))).toEqual(known);
    expect(await syncFeed(near.context, from, access())).toMatchObject({ outcome: 'unchanged' });

    const pair = newBundleKeys();
    const [key, trust] = [signingKey(pair.privatePem), trustedKey(pair.publicPem)];
    if (key === null || trust === null) throw new Error('A new pair of keys cannot be read.');
    const bundle = path.join(folder, `${stored[0].store.kind}.bundle`);
    const exported = await exportBundle(near.context, bundle, { targets: [from], access: access(), key });
    expect(exported).toMatchObject({ ok: true, manifest: { feeds: [{ kind: 'end-of-life', parts: [{ records: 1 }] }] } });
    const request = { file: bundle, dataDir: folder, trusted: [trust], allowOlder: false, registries: noRegistries };
    expect(await importBundle(far.context, request)).toMatchObject({ ok: true, feeds: [{ taken: 1 }] });
    expect(subjects(await loadEstate(stored[1].store))).toEqual(known);

    await stored[0].store.emptyDerived();
    await rebuild(near.context);
    expect(subjects(await loadEstate(stored[0].store))).toEqual(known);

    fs.writeFileSync(file, '<html>no</html>');
    expect(await syncFeed(near.context, from, access())).toMatchObject({ outcome: 'failed' });
    expect(subjects(await loadEstate(stored[0].store))).toEqual(known);
    for (const each of stored) await each.drop();
  });
});
