import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { programVersion } from '#model/program.ts';
import { seesAll } from '#model/visibility.ts';
import { sbomWriters } from '#reports/sbom/sbom-writers.ts';
import type { SbomToWrite } from '#reports/sbom/sbom-writer.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { estateAsOf } from '../estate-as-of.ts';
import { loadEstate } from '../follow-estate.ts';
import { openLiveDesk } from '../live-desk.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { estateSbom, type SbomScope } from './estate-sbom.ts';

const sha512 = 'q'.repeat(86) + '==';
const lockfile = (lodash: string): string =>
  JSON.stringify({
    name: 'pay',
    lockfileVersion: 3,
    packages: {
      '': { name: 'pay', dependencies: { shown: '*' }, devDependencies: { checker: '*' } },
      'node_modules/shown': { version: '1.0.0', dependencies: { lodash: '*' }, license: 'MIT', integrity: `sha512-${sha512}` },
      'node_modules/lodash': { version: lodash, license: 'MIT' },
      'node_modules/checker': { version: '2.0.0', dev: true, license: 'ISC' },
    },
  });
const sbom = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { timestamp: '2026-11-20T07:00:00Z', component: { type: 'application', 'bom-ref': 'app', name: 'pay', version: '7.1' } },
  components: [
    {
      ...{ type: 'framework', 'bom-ref': 'core', name: 'core', version: '1.2', purl: 'pkg:maven/org.acme/core@1.2?type=jar' },
      ...{ supplier: { name: 'Acme' }, copyright: '(c) Acme', hashes: [{ alg: 'SHA-256', content: 'ab'.repeat(32) }] },
      ...{ licenses: [{ license: { id: 'Apache-2.0' } }], externalReferences: [{ type: 'vcs', url: 'https://acme.example/core' }] },
    },
  ],
  dependencies: [{ ref: 'app', dependsOn: ['core'] }, { ref: 'core' }],
  compositions: [{ aggregate: 'complete', assemblies: ['app'] }],
});
const catalogue = (system: string): string =>
  `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: pay\n  description: Takes payments\nspec:\n  type: service\n  owner: group:default/money\n  system: ${system}\n`;

describe.each(testStores())('SBOMs of the estate on $name', ({ open }) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  const gateway = openGateway({ workers: 1 });
  beforeAll(async () => {
    opened = await open();
    office = openTestOffice(opened, gateway);
    office.at('2026-11-21T08:00Z');
    await office.scan(
      { 'package-lock.json': lockfile('4.17.20'), 'catalog-info.yaml': catalogue('money') },
      { name: 'pay', committed: '2026-11-20T09:00Z' },
    );
    await office.scan(
      { 'Cargo.lock': 'version = 3\n[[package]]\nname =', 'catalog-info.yaml': catalogue('money') },
      { name: 'broken', committed: '2026-11-20T09:00Z' },
    );
    await office.upload('shop', sbom, 'release');
    office.at('2026-11-27T08:00Z');
    await office.scan(
      { 'package-lock.json': lockfile('4.17.21'), 'catalog-info.yaml': catalogue('money') },
      { name: 'pay', committed: '2026-11-26T09:00Z' },
    );
  });
  afterAll(async () => {
    office.close();
    await opened.drop();
  });

  const made = async (scope: SbomScope | ((slot: (ref: string) => number) => SbomScope), day: number | null = null): Promise<SbomToWrite> => {
    const { store } = office.context;
    const estate = day === null ? await loadEstate(store) : await estateAsOf(store, day);
    const desk = await openLiveDesk().catchUp(store);
    const asked = typeof scope === 'function' ? scope((ref) => estate.componentByRef.get(ref) ?? -1) : scope;
    const wanted = { scope: asked, office: 'Acme Bank', visibility: seesAll, findings: seesAll, withVex: true, now: office.context.clock(), day };
    const sbomOf = await estateSbom({ context: office.context, estate, desk }, wanted);
    if ('missing' in sbomOf) throw new Error(sbomOf.missing);
    return sbomOf;
  };
  const pay = (slot: (ref: string) => number): SbomScope => ({ kind: 'component', slot: slot('component:test/pay'), artifact: null, sbom: null });

  it('a component is told with its packages, edges, scopes, licences and the hashes of its lockfile, read again from the kept bytes', async () => {
    const { document, notesOf } = await made(pay);
    expect(document.subject).toMatchObject({ ref: 'component:test/pay', name: 'pay', supplier: 'Acme Bank', description: 'Takes payments' });
    expect(document.createdAt).toBe('2026-11-26T09:00:00.000Z');
    expect(document.tools).toEqual([`Guildhall ${programVersion}`]);
    expect(document.components.map(({ purl, scope, licences }) => [purl, scope, licences.declared.join()])).toEqual([
      ['pkg:npm/checker@2.0.0', 'development', 'ISC'],
      ['pkg:npm/lodash@4.17.21', 'runtime', 'MIT'],
      ['pkg:npm/shown@1.0.0', 'runtime', 'MIT'],
    ]);
    expect(document.components[2]?.hashes).toEqual([{ algorithm: 'SHA-512', value: Buffer.from(sha512, 'base64').toString('hex') }]);
    expect(document.dependencies).toEqual([
      [-1, 0],
      [-1, 2],
      [2, 1],
    ]);
    expect(document.stated).toEqual([-1, 0, 1, 2]);
    expect(document.completeness).toBe('complete');
    expect(notesOf(1)).toEqual([{ name: 'guildhall:source', value: 'lockfile package-lock.json' }]);
    expect(notesOf(-1)).toContainEqual({ name: 'guildhall:owner', value: 'money' });
  });

  it('a past day is told as it was, from what was kept of it', async () => {
    const { document, notesOf } = await made(pay, Date.parse('2026-11-22') / 86_400_000);
    expect(document.components.map(({ purl }) => purl)).toContain('pkg:npm/lodash@4.17.20');
    expect(document.dependencies).toContainEqual([2, 1]);
    expect(notesOf(-1)).toContainEqual({ name: 'guildhall:as-of', value: '2026-11-22' });
  });

  it('a slot is told with what its SBOM says of suppliers, copyrights, hashes and links, and of the release', async () => {
    const { document } = await made((slot) => ({ kind: 'component', slot: slot('component:uploads/shop'), artifact: null, sbom: 'release' }));
    expect(document.subject).toMatchObject({ name: 'shop', version: '7.1' });
    expect(document.components).toMatchObject([
      {
        ...{ purl: 'pkg:maven/org.acme/core@1.2?type=jar', type: 'framework', supplier: 'Acme', copyright: '(c) Acme' },
        ...{ hashes: [{ algorithm: 'SHA-256', value: 'ab'.repeat(32) }], links: [{ type: 'vcs', url: 'https://acme.example/core' }] },
      },
    ]);
    expect(document.completeness).toBe('complete');
  });

  it('a system holds its components, and says which of them could not be read whole', async () => {
    const { document, parts, notesOf } = await made({ kind: 'system', system: 'money' });
    expect(document.components.map(({ ref, parent }) => [ref, parent])).toEqual([
      ['component:test/broken', null],
      ['component:test/pay', null],
      ['component:test/pay|pkg:npm/checker@2.0.0', 1],
      ['component:test/pay|pkg:npm/lodash@4.17.21', 1],
      ['component:test/pay|pkg:npm/shown@1.0.0', 1],
    ]);
    expect([...parts]).toEqual([
      [0, 'incomplete'],
      [1, 'complete'],
    ]);
    expect(document.completeness).toBe('incomplete');
    expect(notesOf(0)).toContainEqual({ name: 'guildhall:incomplete', value: 'Part of Cargo.lock could not be read.' });
  });

  it('the same facts give the same bytes in every form, whenever they are asked for', async () => {
    const first = await made(pay);
    office.at('2026-11-28T08:00Z');
    const second = await made(pay);
    for (const writer of sbomWriters) expect([...writer.write(second)].join('')).toBe([...writer.write(first)].join(''));
  });

  it('who may see nothing of it is told that it is not there', async () => {
    const estate = await loadEstate(office.context.store);
    const desk = await openLiveDesk().catchUp(office.context.store);
    const teams = { kind: 'teams', teams: new Set(['others']) } as const;
    const rest = { office: 'Acme Bank', visibility: teams, findings: teams, withVex: true, now: 0, day: null };
    const slot = estate.componentByRef.get('component:test/pay') ?? -1;
    for (const scope of [
      { kind: 'component', slot, artifact: null, sbom: null },
      { kind: 'system', system: 'money' },
      { kind: 'team', team: 'money' },
    ] as const) {
      expect(await estateSbom({ context: office.context, estate, desk }, { scope, ...rest })).toHaveProperty('missing');
    }
  });
});

it('the version in what we write is the version of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  expect(programVersion).toBe(version);
});
