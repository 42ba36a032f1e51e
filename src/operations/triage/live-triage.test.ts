import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { builtInPolicy, type Policy } from '#desk/policy/policy.ts';
import type { Estate } from '#estate/estate.ts';
import { openFindings } from '#estate/questions/findings.ts';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { followEstate, loadEstate } from '../follow-estate.ts';
import { findingKeyAt } from '../findings-meeting.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { deskFields } from './desk-fields.ts';
import { openLiveTriage } from './live-triage.ts';

const lodash = (version: string): string =>
  `{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"${version}"}},"node_modules/lodash":{"version":"${version}"}}}`;
const sbom = (version: string): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name: 'shop', version: '1' } },
    components: [{ type: 'library', name: 'lodash', version, purl: `pkg:npm/lodash@${version}` }],
  });
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const other = {
  ...record,
  id: 'GHSA-xxxx-none-here',
  aliases: [],
  affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, versions: ['9.9.9'] }],
};
const owners = { 'catalog-info.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: shop}\nspec: {owner: payments}\n' };
const person = (name: string, ...permissions: Permission[]): Actor => ({
  id: `person:${name}`,
  kind: 'person',
  grants: new Map(permissions.map((each) => [each, 'office'])),
});
const ada = person('ada', 'findings:decide', 'components:profile', 'policy:write', 'policy:approve');
const bo = person('bo', 'policy:approve', 'policy:write');
const said = { reason: 'As agreed on Monday.' };

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(testStores())('the desk over an estate on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let live = { estate: null as Estate | null, desk: openLiveDesk() };
  let held = openLiveTriage();
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    live = { estate: null, desk: openLiveDesk() };
    held = openLiveTriage();
  });
  afterEach(async () => {
    await opened.drop();
  });

  /** The only finding, followed as a server does, and the same from nothing: both must agree. */
  async function onDesk(): Promise<string> {
    const { store, clock } = office.context;
    live.estate = live.estate === null ? await loadEstate(store) : await followEstate(store, live.estate);
    await live.desk.catchUp(store);
    const lines = [held, openLiveTriage()].map(async (each) => {
      const estate = live.estate ?? (await loadEstate(store));
      const followed = await each.follow(store, estate, live.desk.desk, clock());
      return [...openFindings(estate, seesAll)].map((place) => {
        const { triage: state, action, risk, due, clock: runs, planned, ownerCertainty, overdue } = deskFields(followed, place);
        const when = due?.slice(0, 16) ?? `${String(runs)}${planned === null ? '' : ` by ${planned}`}`;
        return `${String(state)} ${String(action)} ${String(risk)} ${when}${overdue ? ' overdue' : ''} ${String(ownerCertainty)}`;
      });
    });
    const [followed, fresh] = await Promise.all(lines);
    expect(followed).toEqual(fresh);
    return followed?.join('; ') ?? '';
  }
  async function perform(who: Actor, act: string, body: object, words: object | null = said): Promise<string> {
    const wanted = actKindOf(act);
    if (wanted === undefined) throw new Error(`There is no act ${act}.`);
    const { context } = office;
    const done = await performAct(context, openLiveDesk(), await loadEstate(context.store), {
      kind: wanted,
      body: wanted.body.parse(body),
      words: wanted.words === null ? null : wanted.words.parse(words),
      actor: who,
      visibility: seesAll,
      expects: null,
    });
    return 'refusal' in done ? done.reason : 'done';
  }
  const enrich = (row: { kev_added: string | null; epss: number | null }): Promise<void> =>
    office.context.store.write(async (tx) => {
      await tx.putEnrichment([{ cve: 'CVE-2021-23337', epss_percentile: 0.9, epss_date: '2021-06-30', ...row }]);
      await tx.appendChange('kev', { cves: ['CVE-2021-23337'] }, 0);
    });
  /** Scanned on 1 June with advisories that were there; the record that hits comes on 21 June. */
  async function knownLater(files: Record<string, string> = owners): Promise<void> {
    office.at('2021-06-01T08:00Z');
    await office.sync(other);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lodash('4.17.20'), ...files }, { name: 'shop' });
    office.at('2021-06-21T10:00Z');
    await office.sync(record);
  }

  it('plans what was there at the first look, and gives what came later a clock', async () => {
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lodash('4.17.20'), ...owners }, { name: 'shop' });
    await office.sync(record);
    expect(await onDesk()).toBe('open act 72.2 baseline by 2021-06-25 declared');
    await enrich({ kev_added: '2021-06-10', epss: null });
    office.at('2021-06-11T09:00Z');
    expect(await onDesk()).toBe('open act 99.2 2021-06-24T00:00 declared');
  });

  it.each<[name: string, files: Record<string, string>, expected: string]>([
    ['a declared owner has a clock', owners, 'open act 72.2 2021-06-28T10:00 declared'],
    ['what nobody owns has one, too', {}, 'open act 72.2 2021-06-28T10:00 none'],
    ['a guessed owner is asked first', { CODEOWNERS: '* @marta-lind\n' }, 'open act 72.2 question inferred'],
    ['a team that reviews is declared', { CODEOWNERS: '* @acme/payments\n' }, 'open act 72.2 2021-06-28T10:00 declared'],
  ])('%s', async (_, files, expected) => {
    await knownLater(files);
    expect(await onDesk()).toBe(expected);
  });

  it('becomes overdue without anything being done', async () => {
    await knownLater();
    office.at('2021-06-28T10:01Z');
    expect(await onDesk()).toBe('open act 72.2 2021-06-28T10:00 overdue declared');
  });

  it('follows EPSS and what people say of the component', async () => {
    await knownLater();
    await enrich({ kev_added: null, epss: 0.01 });
    expect(await onDesk()).toBe('open attend 69.5 none declared');
    await enrich({ kev_added: null, epss: 0.5 });
    expect(await onDesk()).toBe('open act 84.2 2021-06-28T10:00 declared');
    const component = 'component:test/shop';
    expect(await perform(ada, 'profile-component', { component, tier: 'tier-2', exposure: 'internal' })).toBe('done');
    expect(await onDesk()).toBe('open act 75.2 2021-07-05T10:00 declared');
    expect(await perform(ada, 'profile-component', { component, exposure: 'isolated' })).toBe('done');
    expect(await onDesk()).toBe('open attend 70.2 none declared');
    expect(await perform(person('cy', 'findings:decide'), 'profile-component', { component, tier: 'tier-3' })).toBe(
      'This needs the permission components:profile.',
    );
  });

  it('holds a clock for a while, and lets it go on', async () => {
    await knownLater();
    const about = { component: 'component:test/shop', advisory: 'CVE-2021-23337' };
    const hold = { ...about, because: 'waiting-for-upstream' };
    expect(await perform(ada, 'pause-clock', { ...hold, until: '2021-12-01T00:00:00Z' })).toMatch('a quarter at most');
    expect(await perform(ada, 'pause-clock', { ...hold, until: '2021-07-01T10:00:00Z' })).toBe('done');
    expect(await perform(ada, 'pause-clock', { ...hold, until: '2021-07-02T10:00:00Z' })).toBe('This clock is held already.');
    expect(await onDesk()).toBe('open act 72.2 2021-07-08T10:00 declared');
    office.at('2021-06-25T10:00Z');
    expect(await perform(ada, 'resume-clock', about)).toBe('done');
    expect(await onDesk()).toBe('open act 72.2 2021-07-02T10:00 declared');
    expect(await perform(ada, 'resume-clock', about)).toBe('This clock is not held.');
  });

  it('shows what was decided, until it ends', async () => {
    await knownLater();
    const id = 'd'.repeat(26);
    const decision = { id, predicate: { advisory: 'CVE-2021-23337' }, verdict: 'workaround', until: '2021-06-30T10:00:00Z' };
    expect(await perform(ada, 'decide', decision, { reason: 'Off for now.', control: 'Templates are switched off.' })).toBe('done');
    expect(await onDesk()).toBe('workaround act 72.2 2021-07-07T10:00 declared');
    office.at('2021-06-30T10:01Z');
    expect(await onDesk()).toBe('open act 72.2 2021-07-07T10:00 declared');
    expect(await perform(ada, 'decide', { id: 'e'.repeat(26), predicate: { component: 'component:test/shop' }, verdict: 'false-positive' })).toBe(
      'done',
    );
    expect(await onDesk()).toBe('false-positive act 72.2 settled declared');
    expect(await perform(ada, 'withdraw-decision', { decision: 'e'.repeat(26) })).toBe('done');
    expect(await onDesk()).toBe('open act 72.2 2021-07-07T10:00 declared');
  });

  it('is fixed in source, then built, then over, as evidence shows it', async () => {
    await knownLater();
    await office.upload('component:test/shop', sbom('4.17.20'), 'image');
    await office.upload('component:test/shop', sbom('4.17.20'), 'production');
    expect(await onDesk()).toMatch(/^open act/);
    office.at('2021-06-22T10:00Z');
    await office.scan({ 'package-lock.json': lodash('4.17.21'), ...owners }, { name: 'shop' });
    expect(await onDesk()).toMatch(/^fixed-in-source act .* 2021-06-28T10:00/);
    await office.upload('component:test/shop', sbom('4.17.21'), 'image');
    expect(await onDesk()).toMatch(/^built act .* 2021-06-28T10:00/);
    office.at('2021-06-23T10:00Z');
    await office.upload('component:test/shop', sbom('4.17.21'), 'production');
    expect(await onDesk()).toBe('');
  });

  it('judges by another policy once somebody else has approved it', async () => {
    await knownLater();
    await enrich({ kev_added: null, epss: 0.01 });
    office.at('2021-06-22T10:00Z');
    const { clocks } = builtInPolicy;
    const attend = { 'tier-1': 30, 'tier-2': 60, 'tier-3': 90, unknown: 30 };
    const policy: Policy = { ...builtInPolicy, clocks: { ...clocks, days: { ...clocks.days, attend } } };
    const hash = policyHash(policy);
    expect(await perform(ada, 'propose-policy', { policy: builtInPolicy })).toBe('This policy is in force.');
    expect(await perform(ada, 'approve-policy', { hash, approve: true })).toBe('No policy with this hash waits for approval.');
    expect(await perform(ada, 'propose-policy', { policy })).toBe('done');
    expect(await onDesk()).toBe('open attend 69.5 none declared');
    expect(await perform(ada, 'approve-policy', { hash, approve: true })).toBe('A policy is approved by somebody else than who proposed it.');
    expect(await perform({ ...bo, kind: 'machine' }, 'approve-policy', { hash, approve: true })).toBe('Only a person approves.');
    expect(await perform(bo, 'propose-policy', { policy })).toMatch('was proposed already');
    expect(await perform(bo, 'approve-policy', { hash, approve: false })).toBe('done');
    expect(await perform(bo, 'propose-policy', { policy })).toBe('done');
    expect(await perform(ada, 'approve-policy', { hash, approve: true })).toMatch('somebody else than who proposed it');
    expect(await perform(person('cy', 'policy:approve'), 'approve-policy', { hash, approve: true })).toBe('done');
    // It was open before there was a clock for its kind: it is planned, not chased.
    expect(await onDesk()).toBe('open attend 69.5 baseline by 2021-07-16 declared');
  });

  it('gives to whom it was given', async () => {
    await knownLater();
    expect(await onDesk()).toMatch(/^open act/);
    const { store } = office.context;
    const estate = await loadEstate(store);
    const [place] = openFindings(estate, seesAll);
    const key = place === undefined ? null : findingKeyAt(estate, place);
    expect(await perform(person('dee', 'findings:propose'), 'assign', { findings: [key], to: 'team:payments' }, null)).toBe('done');
    await onDesk();
    if (place !== undefined && live.estate !== null)
      expect(deskFields(held.of(live.estate, live.desk.desk, office.context.clock()), place).assignee).toBe('team:payments');
  });
});
