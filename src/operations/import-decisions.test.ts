import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { decisionsOn } from './decisions-on.ts';
import { findingsMeeting } from './findings-meeting.ts';
import { loadEstate } from './follow-estate.ts';
import { importDecisions, type ImportDone } from './import-decisions.ts';
import { importedDecisions } from './imported-decisions.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import { vexFacts, vexReports } from './vex-facts.ts';

const lock = (version: string): string =>
  `{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"${version}"}},"node_modules/lodash":{"version":"${version}"}}}`;
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const vexOf = (statement: object): string =>
  JSON.stringify({
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': 'urn:x:1',
    author: 'them',
    timestamp: '2021-06-01T00:00:00Z',
    version: 1,
    statements: [statement],
  });
const notAffected = vexOf({
  vulnerability: { name: 'CVE-2021-23337' },
  products: [{ '@id': 'component:test/shop', subcomponents: [{ '@id': 'pkg:npm/lodash@4.17.20' }] }],
  status: 'not_affected',
  justification: 'vulnerable_code_not_in_execute_path',
  impact_statement: 'We call no templates.',
});

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const person = (letter: string, ...permissions: Permission[]): Actor => ({
  id: `person:${letter.repeat(26)}`,
  kind: 'person',
  grants: new Map(permissions.map((each) => [each, 'office'])),
});

async function bring(office: TestOffice, file: string, text: string, more: { readonly component?: string; readonly actor?: Actor } = {}) {
  const wanted = { bytes: Buffer.from(text), file, formatId: null, component: more.component ?? null, actor: more.actor ?? officeActor };
  return importDecisions(office.context, openLiveDesk(), await loadEstate(office.context.store), {
    ...wanted,
    visibility: seesAll,
    estateVisibility: seesAll,
  });
}

async function act(office: TestOffice, who: Actor, kindId: string, body: object, said: object) {
  const kind = actKindOf(kindId);
  if (kind === undefined) throw new Error(`There is no act ${kindId}.`);
  const [live, estate] = [openLiveDesk(), await loadEstate(office.context.store)];
  const wanted = { kind, body: kind.body.parse(body), words: kind.words?.parse(said) ?? null, actor: who, visibility: seesAll, expects: null };
  return performAct(office.context, live, estate, wanted);
}

/** What is decided about each open finding of lodash: `verdict standing (reason)`. */
async function decided(office: TestOffice): Promise<readonly string[]> {
  const [estate, desk] = [await loadEstate(office.context.store), await openLiveDesk().catchUp(office.context.store)];
  return findingsMeeting(estate, { package: 'pkg:npm/lodash' }, seesAll).flatMap((place) =>
    decisionsOn(estate, desk, place, office.context.clock()).map(
      (each) => `${each.verdict} ${each.justification ?? '-'} ${each.standing}${each.reason === null ? '' : ` (${each.reason})`}`,
    ),
  );
}

async function importedIds(office: TestOffice): Promise<readonly string[]> {
  const [estate, desk] = [await loadEstate(office.context.store), await openLiveDesk().catchUp(office.context.store)];
  return importedDecisions(estate, desk, seesAll, office.context.clock()).map(({ id }) => id);
}

async function exported(office: TestOffice, form: string): Promise<string | null> {
  const [estate, desk] = [await loadEstate(office.context.store), await openLiveDesk().catchUp(office.context.store)];
  const wanted = { scope: { kind: 'office' }, office: 'Acme', visibility: seesAll, now: office.context.clock() } as const;
  const facts = await vexFacts(office.context.store, estate, desk, wanted);
  return facts === null ? null : (vexReports.find(({ id }) => id === form)?.write(facts) ?? null);
}

describe.each(testStores())('imported decisions on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2021-06-01T09:00Z');
  });
  afterEach(async () => {
    await opened.drop();
  });
  const scan = async (version = '4.17.20') => {
    await office.scan({ 'package-lock.json': lock(version) }, { name: 'shop' });
    await office.sync(record);
  };
  const ada = person('a', 'findings:decide');
  const bo = person('b', 'findings:approve');

  it('do not count until a person confirms them, and then say whose they are', async () => {
    await scan();
    expect(await bring(office, 'their.openvex.json', notAffected)).toMatchObject({
      format: 'openvex',
      imported: 1,
      matched: 1,
      known: 0,
      problems: [],
    });
    expect(await decided(office)).toEqual(['not-affected code_not_reachable unconfirmed (We call no templates.)']);
    expect(await exported(office, 'openvex')).toBeNull();
    const decisions = await importedIds(office);
    expect(await act(office, { ...officeActor }, 'confirm-decision', { decisions }, { reason: 'All of them.' })).toMatchObject({
      refusal: 'not-allowed',
    });
    expect(await act(office, bo, 'confirm-decision', { decisions }, { reason: 'Checked.' })).toMatchObject({ refusal: 'not-allowed' });
    expect(await act(office, bo, 'approve-decision', { decision: decisions[0], approve: true }, { reason: 'Fine.' })).toMatchObject({
      refusal: 'invalid',
    });
    expect(await act(office, ada, 'confirm-decision', { decisions }, { reason: 'Checked the code.' })).toMatchObject({ seq: 2 });
    expect(await decided(office)).toEqual(['not-affected code_not_reachable counts (We call no templates.)']);
    const desk = await openLiveDesk().catchUp(office.context.store);
    expect(desk.decisions.byId.get(decisions[0] ?? '')).toMatchObject({ author: ada.id, until: null, imported: 'import:openvex' });
  });

  it('are found by any alias, whichever of statement, finding and alias comes first', async () => {
    await bring(office, 'their.openvex.json', notAffected);
    expect(await decided(office)).toEqual([]);
    await office.scan({ 'package-lock.json': lock('4.17.20') }, { name: 'shop' });
    await office.sync({ ...record, aliases: [] });
    expect(await decided(office)).toEqual([]);
    office.at('2021-06-02T09:00Z');
    await office.sync({ ...record, modified: '2021-06-02T00:00:00Z' });
    expect(await decided(office)).toEqual(['not-affected code_not_reachable unconfirmed (We call no templates.)']);
  });

  it('mean the versions that they name and no others', async () => {
    await scan('4.17.19');
    expect(await bring(office, 'their.openvex.json', notAffected)).toMatchObject({ imported: 1, matched: 0 });
    expect(await decided(office)).toEqual([]);
  });

  it('are imported once, and what was taken back stays so', async () => {
    await scan();
    await bring(office, 'a.openvex.json', notAffected);
    await act(office, ada, 'withdraw-decision', { decision: (await importedIds(office))[0] }, { reason: 'Not true here.' });
    expect(await bring(office, 'b.openvex.json', notAffected)).toMatchObject({ imported: 0, known: 1, batches: [] });
    expect(await decided(office)).toEqual([]);
  });

  it('end after ninety days when nobody confirms them', async () => {
    await scan();
    await bring(office, 'a.openvex.json', notAffected);
    office.at('2021-08-31T09:00Z');
    const decisions = await importedIds(office);
    expect(await act(office, ada, 'confirm-decision', { decisions }, { reason: 'Late.' })).toMatchObject({ refusal: 'invalid' });
  });

  it('accept a risk only with somebody who bears it and, where it is high, a second person', async () => {
    await scan();
    const toml = '[[IgnoredVulns]]\nid = "GHSA-35jh-r3h4-6jhm"\nignoreUntil = 2021-12-01\nreason = "Nobody reaches it"\n';
    expect(await bring(office, 'osv-scanner.toml', toml)).toMatchObject({ refusal: 'invalid' });
    expect(await bring(office, 'osv-scanner.toml', toml, { component: 'shop' })).toMatchObject({ imported: 1, matched: 1 });
    const decisions = await importedIds(office);
    expect(await act(office, ada, 'confirm-decision', { decisions }, { reason: 'Agreed.' })).toMatchObject({ refusal: 'invalid' });
    await act(office, ada, 'confirm-decision', { decisions, owner: ada.id }, { reason: 'Agreed.' });
    expect(await decided(office)).toEqual(['accepted - waiting (Nobody reaches it)']);
    expect(await act(office, { ...bo, id: ada.id }, 'approve-decision', { decision: decisions[0], approve: true }, { reason: 'Me.' })).toMatchObject({
      refusal: 'not-allowed',
    });
    await act(office, bo, 'approve-decision', { decision: decisions[0], approve: true }, { reason: 'Yes.' });
    expect(await decided(office)).toEqual(['accepted - counts (Nobody reaches it)']);
  });

  it('of a machine that may speak for one team stay within it', async () => {
    await scan();
    const machine: Actor = { id: 'token:x', kind: 'machine', grants: new Map([['findings:propose', new Set(['pay'])]]) };
    expect(await bring(office, 'their.openvex.json', notAffected, { actor: machine })).toMatchObject({ refusal: 'not-allowed' });
    expect(await bring(office, 'their.openvex.json', notAffected, { actor: person('c', 'findings:read') })).toMatchObject({ refusal: 'not-allowed' });
    expect(await office.context.store.ledgerHead()).toBeNull();
  });

  it('carry text from outside as text, without credentials', async () => {
    await scan();
    const hostile = '=HYPERLINK(1)\u001b[31m<script>x</script> https://me:hunter2@example.com/';
    const text = vexOf({ vulnerability: 'CVE-2021-23337', products: ['pkg:npm/lodash'], status: 'affected', action_statement: hostile });
    await bring(office, '../../etc/pass\u202ewd.openvex.json', text);
    expect(await decided(office)).toEqual(['exploitable - unconfirmed (=HYPERLINK(1)\u001b[31m<script>x</script> https://redacted@example.com/)']);
  });

  it.each(['openvex', 'csaf', 'cyclonedx'])('say the same in another office once they went there as %s and were confirmed', async (form) => {
    await scan();
    const until = '2021-12-01T00:00:00.000Z';
    const id = 'c'.repeat(26);
    const body = { id, predicate: { advisory: 'CVE-2021-23337' }, verdict: 'accepted', until, owner: 'person:cy' };
    await act(office, ada, 'decide', body, { reason: 'Behind the gateway until the move.' });
    await act(office, bo, 'approve-decision', { decision: id, approve: true }, { reason: 'Yes.' });
    const text = (await exported(office, form)) ?? '';
    expect(await exported(office, form)).toBe(text);
    expect(text).not.toContain('person:');
    const other = await kind.open();
    const theirs = openTestOffice(other, gateway);
    theirs.at('2021-06-02T09:00Z');
    const done = (await bring(theirs, 'vex.json', text)) as ImportDone;
    expect(done).toMatchObject({ format: form, imported: 1, matched: 0 });
    await theirs.scan({ 'package-lock.json': lock('4.17.20') }, { name: 'shop' });
    await theirs.sync(record);
    await act(theirs, ada, 'confirm-decision', { decisions: await importedIds(theirs), owner: ada.id }, { reason: 'As they say.' });
    await act(theirs, bo, 'approve-decision', { decision: (await importedIds(theirs))[0], approve: true }, { reason: 'Yes.' });
    expect(await decided(theirs)).toEqual(['accepted - counts (Behind the gateway until the move.)']);
    expect(await decided(theirs)).toEqual(await decided(office));
    await other.drop();
  });

  it('say that something is fixed only where the inventory shows it', async () => {
    await scan();
    office.at('2021-06-03T09:00Z');
    await scan('4.17.21');
    const text = await exported(office, 'openvex');
    expect(JSON.parse(text ?? 'null')).toMatchObject({
      timestamp: '2021-06-03T09:00:00.000Z',
      statements: [{ status: 'fixed', products: [{ '@id': 'component:test/shop', subcomponents: [{ '@id': 'pkg:npm/lodash' }] }] }],
    });
    expect(await bring(office, 'own.openvex.json', text ?? '')).toMatchObject({ imported: 0, fixed: 1 });
  });
});
