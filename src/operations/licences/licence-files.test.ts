import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimsOf } from '#estate/licences.ts';
import { canonicalEstate } from '../canonical-estate.ts';
import { followEstate, loadEstate } from '../follow-estate.ts';
import { rebuild } from '../rebuild.ts';
import { licenceTexts } from '../reports/licence-text.ts';
import { testOffices, type OpenTestOffice } from '../test-offices.ts';
import { compareLicenceFiles } from './compare-licence-files.ts';
import { foundOf } from './said-of-files.ts';

const texts = licenceTexts();
// Texts come from the package that carries them, and are filled in and changed as real ones are.
function textOf(id: string, holder = 'Jane Doe'): string {
  return (texts(id)?.text ?? '').replace(/<copyright holders>|<owner>/g, holder).replace(/<year>/g, '2019');
}
const lock = (packages: Readonly<Record<string, string>>) =>
  JSON.stringify({
    name: 'app',
    lockfileVersion: 3,
    packages: {
      '': { name: 'app' },
      ...Object.fromEntries(Object.entries(packages).map(([name, license]) => [`node_modules/${name}`, { version: '1.0.0', license }])),
    },
  });
const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0' });
const tree = {
  'package-lock.json': lock({ same: 'MIT', other: 'MIT', choice: 'Apache-2.0 OR MIT', odd: 'MIT', pointer: 'SEE LICENSE IN LICENSE' }),
  LICENSE: `Copyright 2020 The Firm\n\n${textOf('Apache-2.0')}`,
  NOTICE: 'The Firm\nThis product includes parts of others.',
  'LICENSES/CC0-1.0.txt': textOf('CC0-1.0'),
  'node_modules/same/package.json': manifest('same'),
  'node_modules/same/LICENSE': textOf('MIT'),
  'node_modules/other/package.json': manifest('other'),
  'node_modules/other/COPYING': textOf('GPL-3.0-only'),
  'node_modules/choice/package.json': manifest('choice'),
  'node_modules/choice/LICENSE-MIT': textOf('MIT'),
  'node_modules/choice/LICENSE-APACHE': textOf('Apache-2.0'),
  'node_modules/odd/package.json': manifest('odd'),
  'node_modules/odd/license.md': `${textOf('MIT')}\n\nWithout limiting other conditions in the licence, the grant of rights under it does not include, and the licence does not grant to you, the right to sell the software, where to sell means to offer to third parties for a fee a product or service whose value derives from it.`,
  'node_modules/pointer/package.json': manifest('pointer'),
  'node_modules/pointer/LICENSE': textOf('ISC'),
  'node_modules/pointer/lib/inner/LICENSE': textOf('Zlib'),
  'vendor/modules.txt': '# example.com/go/mod v1.2.0\n## explicit\nexample.com/go/mod\n',
  'vendor/example.com/go/mod/LICENSE': textOf('BSD-3-Clause'),
  'third_party/thing/COPYING': { code: 'missing-blob', message: 'The blob is missing.', severity: 'error' } as const,
  'testdata/LICENSE': textOf('GPL-2.0-only'),
};
const look = { name: 'app' };

it('an exception has its own text where the list has it', () => {
  expect(texts('Classpath-exception-2.0')?.text).toMatch(/^Class Path Exception\n\nLinking this library/);
  expect([texts('LLVM-exception'), texts('Bison-exception-2.2')?.name]).toEqual([null, 'Bison-exception-2.2']);
});

describe.each(testOffices())('files with licences on $name', ({ open }) => {
  let opened: OpenTestOffice;
  beforeAll(async () => {
    opened = await open();
    opened.office.at('2026-01-10T09:00Z');
    await opened.office.scan(tree, { ...look, committed: '2026-01-05T09:00Z' });
  }, 120_000);
  afterAll(async () => {
    await opened.drop();
  });
  const rows = async (): Promise<readonly string[]> => {
    const { store } = opened.office.context;
    const component = await store.componentByRef('component:test/app');
    return (await store.licenceFilesOf([component?.id ?? 0])).map((row) => {
      const found = foundOf(row);
      const best = found?.texts[0]?.likeness;
      return [row.path, row.role, found === null ? 'unread' : found.said.join(','), ...(best === undefined ? [] : [best > 0.95])].join(' ');
    });
  };
  const said = async (estate = loadEstate(opened.office.context.store)): Promise<Readonly<Record<string, readonly string[]>>> => {
    const all = await estate;
    return Object.fromEntries(
      all.versions.flatMap((version, slot) => {
        const name = all.packages[all.packageOf[slot] ?? 0]?.name ?? '';
        const claims = claimsOf(all.licences, slot).filter(({ source }) => source === 'licence-file');
        return claims.map((claim) => [`${name}@${version.version}`, claim.said]);
      }),
    );
  };

  it('are of the component, of packages copied into its tree, or of parts of it', async () => {
    expect(await rows()).toEqual([
      'LICENSE own Apache-2.0 true',
      'LICENSES/CC0-1.0.txt text CC0-1.0 true',
      'NOTICE own ',
      'node_modules/choice/LICENSE-APACHE package Apache-2.0 true',
      'node_modules/choice/LICENSE-MIT package MIT true',
      'node_modules/odd/license.md package MIT false',
      'node_modules/other/COPYING package GPL-3.0-only true',
      'node_modules/pointer/LICENSE package ISC true',
      'node_modules/pointer/lib/inner/LICENSE part Zlib true',
      'node_modules/same/LICENSE package MIT true',
      'third_party/thing/COPYING part unread',
      'vendor/example.com/go/mod/LICENSE package BSD-3-Clause true',
    ]);
  });

  it('are claims about package versions, the same after a rebuild', async () => {
    const expected = {
      'choice@1.0.0': ['Apache-2.0', 'MIT'],
      'odd@1.0.0': ['MIT', 'terms that are not recognised'],
      'other@1.0.0': ['GPL-3.0-only'],
      'pointer@1.0.0': ['ISC'],
      'same@1.0.0': ['MIT'],
      'example.com/go/mod@1.2.0': ['BSD-3-Clause'],
    };
    expect(await said()).toEqual(expected);
    const before = await canonicalEstate(opened.office.context.store);
    expect(before.filter((line) => line.startsWith('["licence-file"'))).toHaveLength(12);
    await rebuild(opened.office.context);
    expect([await said(), await canonicalEstate(opened.office.context.store)]).toEqual([expected, before]);
  });

  it('are compared again with a newer list, without being read again', async () => {
    const { store, clock } = opened.office.context;
    const before = await canonicalEstate(store);
    const found = await said();
    const component = (await store.componentByRef('component:test/app'))?.id ?? 0;
    const rows = await store.licenceFilesOf([component]);
    const nothing = JSON.stringify({ isChoice: false, isMore: false, nearest: null, said: [], texts: [] });
    await store.write(async (tx) => {
      await tx.putLicenceFiles(
        component,
        rows.map(({ component_id: _, ...row }) => ({ ...row, list: 'an older list', found: row.reading === '' ? row.found : nothing })),
      );
      await tx.appendChange('licences', { licences: tx.licencesNoted() }, clock());
    });
    const estate = await loadEstate(store);
    expect(await said(Promise.resolve(estate))).toEqual({});
    expect([await compareLicenceFiles(opened.office.context), await compareLicenceFiles(opened.office.context)]).toEqual([12, 0]);
    expect([await said(followEstate(store, estate)), await canonicalEstate(store)]).toEqual([found, before]);
  });

  it('say nothing any more once they are gone, also to a follower', async () => {
    const { store } = opened.office.context;
    const estate = await loadEstate(store);
    opened.office.at('2026-01-12T09:00Z');
    await opened.office.scan(
      { ...tree, 'node_modules/other/COPYING': textOf('MIT', 'Other'), 'node_modules/same/LICENSE': ' ' },
      { ...look, committed: '2026-01-11T09:00Z' },
    );
    const expected = { 'other@1.0.0': ['MIT'], 'same@1.0.0': undefined };
    expect(await said(followEstate(store, estate))).toMatchObject({ 'other@1.0.0': ['MIT'] });
    const now = await said();
    expect({ 'other@1.0.0': now['other@1.0.0'], 'same@1.0.0': now['same@1.0.0'] }).toEqual(expected);
    expect(await said(Promise.resolve(estate))).toEqual(now);
  });
});
