import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { builtInPolicy, type Remit } from '#desk/policy/policy.ts';
import { openGateway } from '#gateway/gateway.ts';
import { permissions } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { loadEstate } from '../../follow-estate.ts';
import { actKindOf, openLiveDesk } from '../../live-desk.ts';
import { Notify } from '../../notify-configuration.ts';
import { performAct } from '../../perform-act.ts';
import { rebuild } from '../../rebuild.ts';
import { openTestOffice, type TestOffice } from '../../test-office.ts';
import { asOffice, personId } from '../../test-people.ts';
import { noticesFollower } from '../follow-notices.ts';
import { sendDeliveries } from '../send-deliveries.ts';
import { lookAtTickets } from './look-at-tickets.ts';
import { openGitHub, openJira, type TestTracker } from './test-trackers.ts';

const lockWith = (version: string): string =>
  `{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"${version}"}},"node_modules/lodash":{"version":"${version}"}}}`;
const hostile =
  'Taken over\r\n@acme/all #1 [a](http://evil.example) `@root` <img src=x> [~admin] {color:red} !http://evil.example/x.png! [b|http://evil.example]';
const recordOf = (id: string, cve: string): object => ({
  id,
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: [cve],
  summary: hostile,
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
});
const first = recordOf('GHSA-35jh-r3h4-6jhm', 'CVE-2021-23337');
const second = recordOf('GHSA-29mw-wpgm-hmr9', 'CVE-2020-28500');
const other = {
  ...first,
  id: 'GHSA-xxxx-none-here',
  aliases: [],
  affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, versions: ['9.9.9'] }],
};
const owners = { 'catalog-info.yaml': 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: shop}\nspec: {owner: payments}\n' };

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

type System = { readonly name: string; open(): Promise<TestTracker>; channel(url: string): object };
const basic = `Basic ${Buffer.from('bot@acme.example:s3cret').toString('base64')}`;
const jira = { kind: 'jira', name: 'tracker', project: 'SEC', secret: 's3cret' };
const systems: readonly System[] = [
  {
    name: 'GitHub',
    open: () => openGitHub('acme/security', 's3cret'),
    channel: (api) => ({ kind: 'github', name: 'tracker', api, repository: 'acme/security', secret: 's3cret' }),
  },
  { name: 'Jira Cloud', open: () => openJira('cloud', basic), channel: (url) => ({ ...jira, url, user: 'bot@acme.example' }) },
  { name: 'Jira Data Center', open: () => openJira('data-center', 'Bearer s3cret'), channel: (url) => ({ ...jira, url, edition: 'data-center' }) },
];
const [gitHub] = systems;

describe.each(testStores())('tickets on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let tracker: TestTracker | null = null;
  let notify: Notify;
  let follow = noticesFollower();
  const access = { proxy: null, caFile: null };
  // What is said there does not hang on the store.
  const spoken = kind.name === 'sqlite' ? systems : systems.slice(0, 1);
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    follow = noticesFollower();
    office.at('2021-06-01T08:00Z');
    await office.sync(other);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lockWith('4.17.20'), ...owners }, { name: 'shop' });
  });
  afterEach(async () => {
    await tracker?.close();
    await opened.drop();
  });

  async function begin(system: System | undefined, more: object = {}): Promise<TestTracker> {
    if (system === undefined) throw new Error('There is no such system.');
    tracker = await system.open();
    notify = Notify.parse({ office: 'https://office.acme.example/', channels: [{ ...system.channel(tracker.url), ...more }] });
    await keep();
    return tracker;
  }
  async function keep(): Promise<void> {
    await follow(office.context, notify);
    await sendDeliveries(office.context, { notify, access, desk: () => openLiveDesk().catchUp(office.context.store) });
  }
  const scan = (version: string): Promise<unknown> => office.scan({ 'package-lock.json': lockWith(version), ...owners }, { name: 'shop' });
  const rows = async () => (await office.context.store.deliveries.list(null)).map(({ state, tries, problem }) => [state, tries, problem]);
  const remote = async () => JSON.parse((await office.context.store.deliveries.list(null))[0]?.remote ?? 'null') as unknown;

  it.each(spoken)('on $name there is one for a package and component, and it is kept in step', async (system) => {
    const { issues } = await begin(system);
    expect(issues).toEqual([]);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    expect(issues.map(({ title, isOpen, comments }) => ({ title, isOpen, comments }))).toEqual([
      { title: 'lodash in shop: CVE-2021-23337', isOpen: true, comments: [] },
    ]);
    expect(issues[0]?.body).toContain('4.17.21');
    expect(issues[0]?.body).toContain('https://office.acme.example/findings?id=');
    office.at('2021-06-23T10:00Z');
    await office.sync(second);
    await keep();
    await keep();
    expect(issues.map(({ title, comments }) => ({ title, comments: comments.length }))).toEqual([
      { title: 'lodash in shop: CVE-2021-23337, CVE-2020-28500', comments: 1 },
    ]);
    expect(issues[0]?.comments[0]).toContain('CVE-2020-28500');
    expect(issues[0]?.comments[0]).not.toContain('CVE-2021-23337');
    office.at('2021-06-24T10:00Z');
    await scan('4.17.21');
    await keep();
    expect(issues.map(({ title, isOpen, comments }) => ({ title, isOpen, comments: comments.length }))).toEqual([
      { title: 'lodash in shop', isOpen: false, comments: 2 },
    ]);
    expect(issues[0]?.comments[1]).toMatch(/lodash 4\.17\.20 is no longer in use here\. Seen in git:test.shop, revision [0-9a-f]{12}, 2021-06-24\./);
    office.at('2021-06-30T10:00Z');
    await scan('4.17.20');
    await keep();
    expect(issues.map(({ title, isOpen }) => ({ title, isOpen }))).toEqual([
      { title: 'lodash in shop: CVE-2021-23337, CVE-2020-28500', isOpen: true },
    ]);
  });

  it.each(spoken)('on $name a lost answer makes no second one, and text of others calls and links nobody', async (system) => {
    const { issues, trouble } = await begin(system);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    if (system.name === 'GitHub') trouble.push({ status: 503 });
    trouble.push('lost');
    for (const minute of ['00', '05', '10']) {
      office.at(`2021-06-22T11:${minute}Z`);
      await keep();
    }
    expect(issues.length).toBe(1);
    expect(await rows()).toEqual([['sent', system.name === 'GitHub' ? 3 : 2, null]]);
    const body = issues[0]?.body ?? '';
    expect(body).toContain('Taken over');
    if (system.name === 'GitHub') expect(withoutCode(body)).not.toMatch(/@|#\d|evil|<img|\[~/);
    if (system.name === 'Jira Data Center') expect(body).not.toMatch(/@(?!\u200b)|:\/\/evil|\[~|\[a|\{color|!http|\|http:/);
    if (system.name === 'Jira Cloud') expect(body.match(/"marks":\[\{"type":"([a-z]+)","attrs":\{"href":"([^"]+)/g)).toHaveLength(1);
    expect(body).not.toMatch(/mention|inlineCard/);
  });

  it('one that is refused for now is tried when the other side wants it, one that is refused for good is given up', async () => {
    const { issues, trouble, requests } = await begin(gitHub);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    trouble.push({ status: 429, headers: { 'retry-after': '600' } });
    await keep();
    expect((await rows())[0]?.[2]).toMatch(/^127\.0\.0\.1:\d+ answered 429, it is asked too often\.$/);
    office.at('2021-06-22T10:09Z');
    const asked = requests.length;
    await keep();
    expect(requests.length).toBe(asked);
    office.at('2021-06-22T10:10Z');
    await keep();
    expect(issues.length).toBe(1);
    office.at('2021-06-23T10:00Z');
    await office.sync(second);
    trouble.push({ status: 422 });
    await keep();
    expect((await rows()).map(([state]) => state)).toEqual(['dead']);
  });

  it('a token that ran out is told and tried again', async () => {
    await begin(gitHub, { secret: 'old' });
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    expect((await rows()).map(([state, tries, problem]) => [state, tries, String(problem).replace(/\d+ answered/, 'PORT answered')])).toEqual([
      ['waiting', 1, '127.0.0.1:PORT answered 401.'],
    ]);
  });

  it('closing one by hand is noted, closes nothing here and is undone by something new; one that was deleted is made anew', async () => {
    const { issues } = await begin(gitHub);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    const [issue] = issues;
    if (issue === undefined) throw new Error('There is no issue.');
    issue.isOpen = false;
    office.at('2021-06-22T12:00Z');
    await lookAtTickets(office.context, notify, access, () => false);
    expect(await remote()).toMatchObject({ id: '1', isOpen: true, closedByHand: Date.parse('2021-06-22T12:00Z') });
    await keep();
    expect(issue.isOpen).toBe(false);
    expect((await loadEstate(office.context.store)).findings.map((each) => each.group.length)).toEqual([1]);
    office.at('2021-06-23T10:00Z');
    await office.sync(second);
    await keep();
    expect(issue.isOpen).toBe(true);
    expect(await remote()).toMatchObject({ closedByHand: null });
    issues.length = 0;
    office.at('2021-06-24T10:00Z');
    await scan('4.17.19');
    await keep();
    expect(issues.map(({ title, isOpen }) => ({ title, isOpen }))).toEqual([
      { title: 'lodash in shop: CVE-2021-23337, CVE-2020-28500', isOpen: true },
    ]);
  });

  it('what was there at the first look and what was there before the channel make none', async () => {
    await office.sync(first);
    office.at('2021-06-22T10:00Z');
    await office.sync(second);
    const { issues } = await begin(gitHub);
    expect(issues).toEqual([]);
    office.at('2021-06-23T10:00Z');
    await keep();
    expect(issues).toEqual([]);
    await office.sync(recordOf('GHSA-aaaa-bbbb-cccc', 'CVE-2021-99999'));
    await keep();
    // The new one makes it, and then all of the package stands in it.
    expect(issues.map(({ title }) => title)).toEqual(['lodash in shop: CVE-2020-28500, CVE-2021-99999, CVE-2021-23337']);
    expect(issues[0]?.body).toContain('planned, without a clock');
  });

  it('a decision closes it with what was decided, and a restricted team has none where it is not named', async () => {
    const { issues } = await begin(gitHub, { past: true });
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    expect(issues.map(({ isOpen }) => isOpen)).toEqual([true]);
    await perform('decide', {
      id: 'd'.repeat(26),
      predicate: { advisory: 'CVE-2021-23337' },
      verdict: 'not-affected',
      justification: 'code_not_reachable',
    });
    await keep();
    expect(issues.map(({ isOpen, comments }) => [isOpen, comments.at(-1)])).toEqual([
      [false, expect.stringContaining('Decided in the office: not affected.')],
    ]);
    await asOffice(office.context, openLiveDesk(), 'restrict-team', { team: 'payments', restricted: true }, { reason: 'A secret project.' });
    office.at('2021-06-23T10:00Z');
    await office.sync(second);
    await keep();
    expect(issues.map(({ isOpen }) => isOpen)).toEqual([false]);
  });

  it('a team that becomes restricted is taken out of the text, and data that is gone closes nothing', async () => {
    const { issues } = await begin(gitHub);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    await office.context.store.emptyDerived();
    await keep();
    expect(issues.map(({ isOpen }) => isOpen)).toEqual([true]);
    await rebuild(office.context);
    await keep();
    expect(issues.map(({ isOpen, comments }) => [isOpen, comments])).toEqual([[true, []]]);
    await asOffice(office.context, openLiveDesk(), 'restrict-team', { team: 'payments', restricted: true }, { reason: 'A secret project.' });
    await keep();
    expect(issues.map(({ isOpen, title }) => [isOpen, title])).toEqual([[false, 'lodash in shop']]);
    expect(issues[0]?.body).not.toContain('CVE-2021-23337');
  });

  it('what another system decides from now on is closed here', async () => {
    const { issues } = await begin(gitHub);
    office.at('2021-06-22T10:00Z');
    await office.sync(first);
    await keep();
    const remit: Remit = { mode: 'mirror', system: 'servicenow', responsible: 'team', accountable: 'team lead', consulted: [], informed: [] };
    const policy = { ...builtInPolicy, remit: { '*': remit } };
    await perform('propose-policy', { policy });
    await perform('approve-policy', { hash: policyHash(policy), approve: true }, 'bo');
    await keep();
    expect(issues.map(({ isOpen, comments }) => [isOpen, comments.at(-1)])).toEqual([
      [false, expect.stringContaining('Another system deals with it now.')],
    ]);
  });

  async function perform(act: string, body: object, who = 'ada'): Promise<void> {
    const wanted = actKindOf(act);
    if (wanted === undefined) throw new Error(`There is no act ${act}.`);
    const done = await performAct(office.context, openLiveDesk(), await loadEstate(office.context.store), {
      kind: wanted,
      body: wanted.body.parse(body),
      words: wanted.words?.parse({ reason: 'As agreed.' }) ?? null,
      actor: { id: personId(who), kind: 'person', grants: new Map(permissions.map((each) => [each, 'office'])) },
      visibility: seesAll,
      expects: null,
    });
    if ('refusal' in done) throw new Error(done.reason);
  }

  function withoutCode(markdown: string): string {
    return markdown.replace(/(`+) .*? \1/g, '');
  }
});
