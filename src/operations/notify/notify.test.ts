import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { builtInPolicy, type Remit } from '#desk/policy/policy.ts';
import { openGateway } from '#gateway/gateway.ts';
import { permissions } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { findingKeyAt } from '../findings-meeting.ts';
import { loadEstate } from '../follow-estate.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { Notify } from '../notify-configuration.ts';
import { performAct } from '../perform-act.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { asOffice, personId } from '../test-people.ts';
import { noticesFollower } from './follow-notices.ts';
import { retryDelivery } from './retry-delivery.ts';
import { sendDeliveries } from './send-deliveries.ts';
import { openHttpReceiver, openMailServer, type TestMailServer } from './test-receivers.ts';

const lodash =
  '{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"4.17.20"}},"node_modules/lodash":{"version":"4.17.20"}}}';
const hostile =
  'Injected\r\nBcc: mallory@evil.example\r\n\r\n\u001b[31m<script src=//evil.example></script> =HYPERLINK("x") <!channel> [a](http://evil.example)';
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  summary: hostile,
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

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(testStores())('notices on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let mail: TestMailServer;
  let follow = noticesFollower();
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    mail = await openMailServer();
    follow = noticesFollower();
    const { context } = office;
    const live = openLiveDesk();
    // A Tuesday.
    office.at('2021-06-01T08:00Z');
    for (const [name, teams] of [
      ['ada', ['payments']],
      ['bo', ['search']],
    ] as const) {
      const id = personId(name);
      const words = { people: [{ id, name: `${name}\r\nBcc: mallory@evil.example`, user: name, email: `${name}@acme.example` }] };
      await asOffice(context, live, 'record-people', { source: 'local', people: [{ id, teams }] }, words);
      await asOffice(context, live, 'grant-role', { id: `g${name}`.padEnd(26, 'x'), person: id, role: 'developer' });
    }
    await office.sync(other);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lodash, ...owners }, { name: 'shop' });
  });
  afterEach(async () => {
    await mail.close();
    await opened.drop();
  });

  const byMail = (more: object = {}): object => ({
    kind: 'mail',
    name: 'mail',
    host: '127.0.0.1',
    port: mail.port,
    tls: 'none',
    from: 'guildhall@acme.example',
    office: ['ospo@acme.example'],
    ...more,
  });
  const configured = (...channels: object[]): Notify => Notify.parse({ office: 'https://office.acme.example/', channels });
  const send = (notify: Notify): Promise<number> =>
    sendDeliveries(office.context, { notify, access: { proxy: null, caFile: null }, desk: () => openLiveDesk().catchUp(office.context.store) });
  /** Collects and sends; gives what went out by mail, as `to: subject`, sorted. */
  async function told(notify: Notify): Promise<readonly string[]> {
    await follow(office.context, notify);
    const before = mail.mails.length;
    await send(notify);
    return mail.mails
      .slice(before)
      .map(({ to, text }) => `${to.join()}: ${unfolded(text)}`)
      .sort();
  }
  const unfolded = (text: string): string => /^Subject: (.*(?:\r\n[ \t].*)*)/m.exec(text)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';

  async function perform(who: string, act: string, body: object, words: object = { reason: 'As agreed.' }): Promise<void> {
    const wanted = actKindOf(act);
    if (wanted === undefined) throw new Error(`There is no act ${act}.`);
    const done = await performAct(office.context, openLiveDesk(), await loadEstate(office.context.store), {
      kind: wanted,
      body: wanted.body.parse(body),
      words: wanted.words === null ? null : wanted.words.parse(words),
      actor: { id: personId(who), kind: 'person', grants: new Map(permissions.map((each) => [each, 'office'])) },
      visibility: seesAll,
      expects: null,
    });
    if ('refusal' in done) throw new Error(done.reason);
  }

  it('a team hears once of what came up, and of what is overdue and whom it goes to then', async () => {
    const notify = configured(byMail());
    expect(await told(notify)).toEqual([]);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] To act on: CVE-2021-23337 in lodash']);
    expect(await told(notify)).toEqual([]);
    office.at('2021-06-28T10:00Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] Due soon: CVE-2021-23337 in lodash']);
    office.at('2021-06-30T10:00Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] Overdue: CVE-2021-23337 in lodash']);
    office.at('2021-07-06T10:00Z');
    // Nobody leads the team: the office hears of it.
    expect(await told(notify)).toEqual(['ospo@acme.example: [Guildhall] Overdue, and now yours: CVE-2021-23337 in lodash']);
    expect(mail.mails.at(-1)?.text.replace(/=\r\n/g, '')).toContain('due 2021-06-29; now with the team lead of payments, where nobody is known');
  });

  it('what was there at the first look sends one digest and no flood, and at night nothing but what is malicious', async () => {
    await office.sync(record);
    const notify = configured(byMail());
    office.at('2021-06-01T09:30Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] Digest: payments, 2021-06-01']);
    expect(await told(notify)).toEqual([]);
    office.at('2021-06-02T22:00Z');
    await office.sync({ ...record, id: 'GHSA-aaaa-bbbb-cccc', aliases: ['CVE-2021-99999'] });
    expect(await told(notify)).toEqual([]);
    await office.sync({ ...record, id: 'MAL-2021-1', aliases: [] });
    expect(await told(notify)).toEqual([
      'ada@acme.example: [Guildhall] Malicious package in use: MAL-2021-1 in lodash',
      'ospo@acme.example: [Guildhall] Malicious package in use: MAL-2021-1 in lodash',
    ]);
    office.at('2021-06-03T07:00Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] To act on: CVE-2021-99999 in lodash']);
  });

  it('what another system decides gets no mail', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    const remit: Remit = { mode: 'mirror', system: 'servicenow', responsible: 'team', accountable: 'team lead', consulted: [], informed: [] };
    const policy = { ...builtInPolicy, remit: { '*': remit } };
    await perform('ada', 'propose-policy', { policy });
    await perform('bo', 'approve-policy', { hash: policyHash(policy), approve: true });
    expect(await told(notify)).toEqual([]);
  });

  it('who may only be a guess is asked whether it is theirs, once and in place of work, and the office where nobody is known by that name', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-10T09:00Z');
    await office.scan({ 'package-lock.json': lodash, '.github/CODEOWNERS': '* @ada\n' }, { name: 'till' });
    await office.scan({ 'package-lock.json': lodash, '.github/CODEOWNERS': '* @zoe\n' }, { name: 'kiosk' });
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    expect(await told(notify)).toEqual([
      'ada@acme.example: [Guildhall] To act on: CVE-2021-23337 in lodash',
      'ada@acme.example: [Guildhall] Who answers for it?: till',
      'ospo@acme.example: [Guildhall] Who answers for it?: kiosk',
    ]);
    office.at('2021-07-22T10:00Z');
    expect((await told(notify)).filter((each) => !each.includes('verdue'))).toEqual([]);
  });

  it('a second person is asked for who is neither author nor bearer, and who decided is told before it ends', async () => {
    const notify = configured(byMail());
    await told(notify);
    for (const name of ['ada', 'bo'])
      await asOffice(office.context, openLiveDesk(), 'grant-role', { id: `s${name}`.padEnd(26, 'x'), person: personId(name), role: 'security' });
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    await told(notify);
    const body = { id: 'd'.repeat(26), predicate: { advisory: 'CVE-2021-23337' }, verdict: 'accepted', owner: personId('ada') };
    await perform('ada', 'decide', { ...body, until: '2021-07-20T00:00:00Z' }, { reason: 'We can live with it.', control: 'A firewall.' });
    expect((await told(notify)).map((each) => each.slice(0, 60))).toEqual(['bo@acme.example: [Guildhall] Waits for a second person: acce']);
    await perform('bo', 'approve-decision', { decision: body.id, approve: true });
    office.at('2021-07-08T10:00Z');
    expect((await told(notify)).map((each) => each.slice(0, 55))).toEqual(['ada@acme.example: [Guildhall] Decision ends soon: accep']);
    office.at('2021-07-20T10:00Z');
    expect((await told(notify)).map((each) => each.slice(0, 50))).toContain('ada@acme.example: [Guildhall] Decision ended: acce');
  });

  it('of a restricted team nobody hears who may not see it, and no channel that does not name it', async () => {
    const receiver = await openHttpReceiver();
    const hook = { kind: 'webhook', url: `${receiver.url}/hook`, secret: 'x' };
    const notify = configured(
      byMail({ office: [] }),
      { ...hook, name: 'all' },
      { ...hook, name: 'named', url: `${receiver.url}/named`, teams: ['payments'] },
    );
    await told(notify);
    await asOffice(office.context, openLiveDesk(), 'restrict-team', { team: 'payments', restricted: true }, { reason: 'A secret project.' });
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    // It is given to somebody of another team by who may see both.
    const key = findingKeyAt(await loadEstate(office.context.store), { component: 0, row: 0 });
    await perform('ada', 'assign', { findings: [key], to: personId('bo') });
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] To act on: CVE-2021-23337 in lodash']);
    expect(receiver.requests.filter(({ body }) => body.includes('CVE-2021-23337')).map(({ path }) => path)).toEqual(['/named']);
    await receiver.close();
  });

  it('who muted a kind hears nothing of it until it ends, whoever asked for another team hears of what they may see', async () => {
    const notify = configured(byMail());
    await told(notify);
    const mute = { who: personId('ada'), kinds: ['act', 'due-soon'], channel: 'mail', until: '2021-06-25T00:00:00Z' };
    await perform('ada', 'mute', mute);
    for (const [name, kinds] of [
      ['ada', ['incident']],
      ['ada', ['malicious', 'act']],
      ['bo', ['act']],
    ] as const)
      await expect(perform(name, 'mute', { ...mute, kinds })).rejects.toThrow(name === 'bo' ? /for themselves/ : /cannot be muted: /);
    await expect(perform('ada', 'mute', { who: 'team:payments', kinds: ['act'] })).rejects.toThrow(/quarter at most/);
    await expect(perform('ada', 'mute', { who: 'team:payments', kinds: ['escalated'], until: mute.until })).rejects.toThrow(/go to others/);
    // One may see every finding, the other those of a team of their own.
    await asOffice(office.context, openLiveDesk(), 'grant-role', { id: 'sbo'.padEnd(26, 'x'), person: personId('bo'), role: 'security' });
    await perform('bo', 'subscribe', { who: personId('bo'), kinds: ['act', 'overdue'], teams: ['payments'] });
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    expect(await told(notify)).toEqual(['bo@acme.example: [Guildhall] To act on: CVE-2021-23337 in lodash']);
    await asOffice(office.context, openLiveDesk(), 'revoke-role', { grant: 'sbo'.padEnd(26, 'x') }, { reason: 'No longer.' });
    office.at('2021-06-28T10:00Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] Due soon: CVE-2021-23337 in lodash']);
    await perform('ada', 'mute', { who: 'team:payments', kinds: ['overdue'], until: '2021-07-03T00:00:00Z' });
    office.at('2021-06-30T10:00Z');
    expect(await told(notify)).toEqual([]);
    office.at('2021-07-06T10:00Z');
    expect(await told(notify)).toEqual(['ospo@acme.example: [Guildhall] Overdue, and now yours: CVE-2021-23337 in lodash']);
  });

  it('an incident is said to the owner and the office at once, at night and whatever was there before', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-01T23:00Z');
    const affected = { package: 'pkg:npm/lodash', introduced: '4.0.0' };
    await perform('bo', 'open-incident', { id: 'a'.repeat(26), affected, severity: 'critical' }, { title: 'Something is wrong', details: '' });
    await office.sync({ ...record, id: 'OWN-2021-AAAAAA', aliases: [], summary: 'Something is wrong' });
    expect(await told(notify)).toEqual([
      'ada@acme.example: [Guildhall] Incident, answer please: OWN-2021-AAAAAA in lodash',
      'ospo@acme.example: [Guildhall] Incident, answer please: OWN-2021-AAAAAA in lodash',
    ]);
  });

  it('names and titles of others add no header, markup or sequence to a mail', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    await told(notify);
    const [head = '', ...rest] = mail.mails[0]?.text.split('\r\n\r\n') ?? [];
    const body = rest.join('\r\n\r\n');
    expect(head).not.toMatch(/^bcc:/im);
    expect(mail.mails[0]?.to).toEqual(['ada@acme.example']);
    expect(body).not.toContain('\u001b');
    expect(body.slice(body.indexOf('text/html'))).not.toMatch(/<script|<img/);
    expect(body.replace(/=\r\n/g, '')).toContain('https://office.acme.example/findings?id=3D');
  });

  it('a mail that is refused for now is sent later, and one refused too often is given up until somebody asks', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    mail.refusing = 1;
    expect(await told(notify)).toEqual([]);
    const { deliveries } = office.context.store;
    expect((await deliveries.list(null)).map(({ state, tries, problem }) => [state, tries, problem])).toEqual([
      ['waiting', 1, 'The mail server 127.0.0.1: it answered 451.'],
    ]);
    expect(await told(notify)).toEqual([]);
    office.at('2021-06-22T10:01Z');
    expect(await told(notify)).toEqual(['ada@acme.example: [Guildhall] To act on: CVE-2021-23337 in lodash']);
    expect((await deliveries.list(null)).map(({ state, tries, problem }) => [state, tries, problem])).toEqual([['sent', 2, null]]);
  });

  it('what a worker took and never marked is sent by the next, at least once, and then marked', async () => {
    const notify = configured(byMail());
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    await follow(office.context, notify);
    const { deliveries } = office.context.store;
    const taken = await deliveries.take(office.context.clock(), 300, 10);
    expect(taken.map((each) => each.recipient)).toEqual([personId('ada')]);
    expect(await send(notify)).toBe(0);
    await expect.poll(() => send(notify), { timeout: 20_000 }).toBe(1);
    // The one that was taken for dead is late: it changes nothing.
    await deliveries.failed(taken[0] ?? { id: '', token: null }, 'late', null);
    expect((await deliveries.list(null)).map(({ state }) => state)).toEqual(['sent']);
  });

  it('chats get text that calls and links nobody, and a webhook a body whose signature holds', async () => {
    const receiver = await openHttpReceiver();
    const notify = configured(
      { kind: 'slack', name: 'slack', url: `${receiver.url}/slack` },
      { kind: 'teams', name: 'teams', url: `${receiver.url}/teams` },
      { kind: 'webhook', name: 'hook', url: `${receiver.url}/hook`, secret: 'a secret of both' },
    );
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    await told(notify);
    const at = (path: string) => receiver.requests.find((request) => request.path === path && !request.body.includes('Digest'));
    const slack = JSON.parse(at('/slack')?.body ?? '{}') as { text: string };
    expect(slack.text).toContain('&lt;!channel&gt;');
    expect(slack.text).not.toMatch(/<!|<script|\u001b/);
    const card = at('/teams')?.body ?? '';
    expect(card).toContain('"type":"TextRun"');
    expect(card).not.toMatch(/"TextBlock"|\\u001b/);
    const hook = at('/hook');
    const { 'guildhall-timestamp': timestamp = '', 'guildhall-signature': signature } = hook?.headers ?? {};
    expect(signature).toBe(
      `v1=${createHmac('sha256', 'a secret of both')
        .update(`${String(timestamp)}.${hook?.body ?? ''}`)
        .digest('hex')}`,
    );
    expect(JSON.parse(hook?.body ?? '{}')).toMatchObject({ kind: 'act', title: 'To act on: CVE-2021-23337 in lodash', more: 0 });
    await receiver.close();
  });

  it('an answer that will not change is not asked for again, and one with credentials in it is not kept', async () => {
    const receiver = await openHttpReceiver(() => ({ status: 404 }));
    const notify = configured({ kind: 'webhook', name: 'hook', url: `${receiver.url}/hook`, secret: 'x' });
    await told(notify);
    office.at('2021-06-22T10:00Z');
    await office.sync(record);
    await told(notify);
    const { deliveries } = office.context.store;
    const [dead] = await deliveries.list('dead');
    expect(dead?.problem).toMatch(/^127\.0\.0\.1:\d+ answered 404\.$/);
    expect(await retryDelivery(office.context, dead?.id ?? '')).toMatchObject({ subject: `delivery:${dead?.id ?? ''}` });
    expect(await retryDelivery(office.context, dead?.id ?? '')).toMatchObject({ refusal: 'unknown' });
    expect((await deliveries.list('waiting')).length).toBe(1);
    await receiver.close();
  });
});
