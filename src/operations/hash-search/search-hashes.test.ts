import { afterAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores } from '#store/test-stores.ts';
import { afterAct } from '../after-act.ts';
import { loadEstate } from '../follow-estate.ts';
import { incidentRows, incidentTeams } from '../incident-view.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import { readPending } from '../read-pending.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { triageFor } from '../triage/triage-for.ts';
import { searchHashes } from './search-hashes.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const id = 'h'.repeat(26);
const sha256 = 'ab12cd34'.repeat(8);
const sha512 = 'ab12cd34'.repeat(16);
const sha1 = 'ab12cd34'.repeat(5);
const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const other = 'ff'.repeat(32);

const npm = (integrity: string, version = '1.0.0'): string =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: { '': { dependencies: { 'left-pad': version } }, 'node_modules/left-pad': { version, integrity } },
  });
const cargo = (checksum: string): string =>
  `version = 3\n[[package]]\nname = "bad-crate"\nversion = "0.2.0"\nsource = "registry+https://github.com/rust-lang/crates.io-index"\nchecksum = "${checksum}"\n`;
const pip = (...hashes: string[]): string => `requests==2.31.0 \\\n${hashes.map((each) => `    --hash=sha256:${each}`).join(' \\\n')}\n`;
const bom = (alg: string, content: string): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    components: [{ type: 'library', name: 'core', version: '3.1.0', purl: 'pkg:maven/org.acme/core@3.1.0', hashes: [{ alg, content }] }],
  });
const owned = (team: string): Record<string, string> => ({
  'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: x }\nspec: { type: service, owner: ${team} }\n`,
});
const security: Actor = { id: 'person:sec', kind: 'person', grants: new Map([['incidents:write', 'office']]) };
const goesOn = (): void => undefined;

async function open(office: TestOffice, hashes: readonly string[]): Promise<object> {
  const kind = actKindOf('open-hash-incident');
  if (kind === undefined) throw new Error('There is no act open-hash-incident.');
  const live = openLiveDesk();
  return performAct(office.context, live, await loadEstate(office.context.store), {
    kind,
    body: kind.body.parse({ id, hashes, severity: 'critical' }),
    words: { title: 'A package that steals tokens', details: '' },
    actor: security,
    visibility: seesAll,
    expects: null,
  });
}

async function search(office: TestOffice): Promise<number> {
  const searched = await searchHashes(office.context, goesOn);
  await readPending(office.context);
  return searched;
}

async function standing(office: TestOffice) {
  const estate = await loadEstate(office.context.store);
  const incident = (await openLiveDesk().catchUp(office.context.store)).incidents.get(id);
  if (incident === undefined) throw new Error('The incident is not on the desk.');
  const rows = await incidentRows(office.context.store, await triageFor(office.context, estate), incident, seesAll);
  return {
    incident,
    rows: rows.map((row) => [estate.components[row.component]?.name, row.state, row.versions.join(','), row.notSearched ?? '-'].join(' ')).sort(),
    teams: incidentTeams(estate, rows),
  };
}

describe.each(testStores())('an incident about a file by its hash on $name', (kind) => {
  it('is searched for in what is in use, whichever way it is written, and says what could not be searched', { timeout: 120_000 }, async () => {
    const opened = await kind.open();
    try {
      const office = openTestOffice(opened, gateway);
      office.at('2026-03-01T08:00Z');
      await office.scan({ 'package-lock.json': npm(`sha512-${base64(sha512)}`), ...owned('pay') }, { name: 'npm' });
      await office.scan({ 'package-lock.json': npm(`sha512-${base64('00'.repeat(64))}`, '1.0.1'), ...owned('pay') }, { name: 'npm-other' });
      await office.scan({ 'Cargo.lock': cargo(sha256) }, { name: 'cargo' });
      await office.scan({ 'Cargo.lock': cargo(other) }, { name: 'cargo-old' });
      await office.scan({ 'requirements.txt': pip(other, sha256.toUpperCase()) }, { name: 'pip' });
      await office.scan({ 'go.mod': 'module x\nrequire golang.org/x/text v0.14.0\n' }, { name: 'go' });
      await office.upload('component:test/sbom', bom('SHA-1', sha1));

      office.at('2026-03-01T09:00Z');
      expect(await open(office, ['sha256-short-and-no-hash'])).toMatchObject({ refusal: 'invalid' });
      await open(office, [sha256, `sha512-${base64(sha512)}`, sha1]);
      expect((await standing(office)).rows.filter((row) => !row.endsWith(' not-searched  waiting'))).toEqual([]);

      expect(await search(office)).toBe(7);
      const found = await standing(office);
      expect(found.incident.hashes).toEqual([`sha256:${sha256}`, `sha512:${sha512}`, `sha1:${sha1}`]);
      expect(found.incident.found.map((each) => `${each.hash.slice(0, 6)} ${each.package} ${each.version}`).sort()).toEqual([
        'sha1:a pkg:maven/org.acme/core 3.1.0',
        'sha256 pkg:cargo/bad-crate 0.2.0',
        'sha256 pkg:pypi/requests 2.31.0',
        'sha512 pkg:npm/left-pad 1.0.0',
      ]);
      expect(found.rows).toEqual([
        'cargo exposed 0.2.0 -',
        // Another file bears that name and version there: it may be the same release, so that its owner is asked, too.
        'cargo-old exposed 0.2.0 -',
        'go not-searched  no-hashes',
        'npm exposed 1.0.0 -',
        // It names SHA-512 only, and one of the hashes could be there as SHA-1 or SHA-256.
        'npm-other not-searched  no-hashes',
        'pip exposed 2.31.0 -',
        'sbom exposed 3.1.0 -',
      ]);
      expect(found.teams.find((each) => each.team === 'pay')).toMatchObject({ exposed: 1, notSearched: 1, noAnswer: 1 });
      expect(await search(office)).toBe(0);

      // What comes later is searched, too; what is gone is gone by its inventory.
      office.at('2026-03-02T09:00Z');
      await office.scan({ 'Cargo.lock': cargo(sha256) }, { name: 'late' });
      await office.scan({ 'package-lock.json': npm(`sha512-${base64('00'.repeat(64))}`, '1.0.1'), ...owned('pay') }, { name: 'npm' });
      expect(await search(office)).toBe(2);
      const later = (await standing(office)).rows;
      expect(later).toContain('late exposed 0.2.0 -');
      expect(later).toContain('npm gone 1.0.0 -');
    } finally {
      await opened.drop();
    }
  });

  it('that is broken off goes on where it was, and one that is closed is not searched for any longer', { timeout: 120_000 }, async () => {
    const opened = await kind.open();
    try {
      const office = openTestOffice(opened, gateway);
      office.at('2026-03-01T08:00Z');
      await office.scan({ 'a/Cargo.lock': cargo(other), 'b/Cargo.lock': cargo(other) }, { name: 'two' });
      await open(office, [sha256]);
      let asked = 0;
      const stops = (): void => {
        if ((asked += 1) > 1) throw new Error('stop');
      };
      await expect(searchHashes(office.context, stops)).rejects.toThrow('stop');
      expect(await search(office)).toBe(1);
      expect((await standing(office)).rows).toEqual(['two-a not-found  -', 'two-b not-found  -']);
      await office.scan({ 'c/Cargo.lock': cargo(sha256) }, { name: 'three' });
      const close = actKindOf('close-incident');
      if (close === undefined) throw new Error('There is no act close-incident.');
      const wanted = {
        kind: close,
        body: { incident: id, as: 'over' },
        words: { lessons: 'None.' },
        actor: security,
        visibility: seesAll,
        expects: null,
      };
      await performAct(office.context, openLiveDesk(), await loadEstate(office.context.store), wanted);
      await afterAct(office.context, await openLiveDesk().catchUp(office.context.store), 'close-incident');
      expect(await search(office)).toBe(0);
    } finally {
      await opened.drop();
    }
  });
});
