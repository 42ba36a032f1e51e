import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { followEstate, loadEstate } from './follow-estate.ts';
import { findingKeyAt, findingsMeeting } from './findings-meeting.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { performAct, type Done } from './perform-act.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';
import type { Refused } from '#desk/refused.ts';

const lodash =
  '{"name":"shop","lockfileVersion":3,"packages":{"":{"name":"shop","dependencies":{"lodash":"4.17.20"}},"node_modules/lodash":{"version":"4.17.20"}}}';
const owned = 'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: shop }\nspec: { type: service, owner: payments }\n';
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const id = (letter: string): string => letter.repeat(26);
const words = { reason: 'Only reached with trusted templates.' };

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

describe.each(testStores())('acts on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2021-06-01T09:00Z');
    await office.scan({ 'package-lock.json': lodash, 'catalog-info.yaml': owned }, { name: 'shop' });
    await office.sync(record);
  });
  afterEach(async () => {
    await opened.drop();
  });

  const actor = (name: string, ...permissions: Permission[]): Actor => ({
    id: `person:${name}`,
    kind: 'person',
    grants: new Map(permissions.map((each) => [each, 'office'])),
  });
  const ada = actor('ada', 'findings:decide');
  const bo = actor('bo', 'findings:approve');

  async function perform(who: Actor, act: string, body: object, said: object | null, expects: number | null = null): Promise<Done | Refused> {
    const wanted = actKindOf(act);
    if (wanted === undefined) throw new Error(`There is no act ${act}.`);
    const live = openLiveDesk();
    const done = await performAct(office.context, live, await loadEstate(office.context.store), {
      kind: wanted,
      body: wanted.body.parse(body),
      words: wanted.words === null ? null : wanted.words.parse(said),
      actor: who,
      visibility: seesAll,
      expects,
    });
    return done;
  }
  const accept = { predicate: { advisory: 'CVE-2021-23337' }, verdict: 'accepted', until: '2021-09-01T00:00:00Z', owner: 'person:cy' };

  it('are durable, chained and folded the same by everybody', async () => {
    expect(await perform(ada, 'decide', { id: id('a'), ...accept }, words)).toMatchObject({ seq: 1, subject: `decision:${id('a')}` });
    expect(await perform(bo, 'approve-decision', { decision: id('a'), approve: true }, { reason: 'Agreed.' })).toMatchObject({ seq: 2 });
    const fresh = await openLiveDesk().catchUp(office.context.store);
    expect(fresh.decisions.byId.get(id('a'))).toMatchObject({
      author: 'person:ada',
      approval: { state: 'approved', by: 'person:bo' },
      extent: { findings: 1, components: ['component:test/shop'], severities: ['high'], basis: { 'GHSA-35jh-r3h4-6jhm': { kev: false } } },
      words: { reason: words.reason, control: null },
    });
  });

  it.each<[name: string, who: Actor, act: string, body: object, refusal: Refused['refusal']]>([
    ['without the permission', bo, 'decide', { id: id('b'), ...accept }, 'not-allowed'],
    ['that reaches nothing', ada, 'decide', { id: id('b'), ...accept, predicate: { advisory: 'CVE-1999-0001' } }, 'unknown'],
    ['accepted without an end', ada, 'decide', { id: id('b'), ...accept, until: null }, 'invalid'],
    ['accepted without anybody who bears it', ada, 'decide', { id: id('b'), ...accept, owner: null }, 'invalid'],
    ['not affected without a justification', ada, 'decide', { id: id('b'), predicate: accept.predicate, verdict: 'not-affected' }, 'invalid'],
    ['made twice', ada, 'decide', { id: id('a'), ...accept }, 'invalid'],
    ['approved by who made it', actor('ada', 'findings:approve'), 'approve-decision', { decision: id('a'), approve: true }, 'not-allowed'],
    ['approved by who bears it', actor('cy', 'findings:approve'), 'approve-decision', { decision: id('a'), approve: true }, 'not-allowed'],
    ['approved by a machine', { ...bo, kind: 'machine' }, 'approve-decision', { decision: id('a'), approve: true }, 'not-allowed'],
    ['approved that is not there', bo, 'approve-decision', { decision: id('z'), approve: true }, 'unknown'],
  ])('refuse a decision %s, and keep nothing', async (_, who, act, body, refusal) => {
    await perform(ada, 'decide', { id: id('a'), ...accept }, words);
    expect(await perform(who, act, body, words)).toMatchObject({ refusal });
    expect(await office.context.store.ledgerHead()).toMatchObject({ seq: 1 });
  });

  it('by somebody of one team decide nothing that is to come elsewhere', async () => {
    const lead: Actor = { ...ada, grants: new Map([['findings:decide', new Set(['payments'])]]) };
    const everywhere = { predicate: accept.predicate, verdict: 'false-positive' };
    expect(await perform(lead, 'decide', { id: id('a'), ...everywhere, coversFuture: true }, words)).toMatchObject({ refusal: 'not-allowed' });
    expect(await perform(lead, 'decide', { id: id('a'), ...everywhere }, words)).toMatchObject({ seq: 1 });
    const own = { ...everywhere, predicate: { ...accept.predicate, team: 'payments' }, coversFuture: true };
    expect(await perform(lead, 'decide', { id: id('b'), ...own }, words)).toMatchObject({ seq: 2 });
  });

  it('refuse what was changed since it was looked at', async () => {
    await perform(ada, 'decide', { id: id('a'), ...accept }, words);
    await perform(bo, 'approve-decision', { decision: id('a'), approve: true }, words, 1);
    expect(await perform(ada, 'withdraw-decision', { decision: id('a') }, words, 1)).toMatchObject({ refusal: 'changed' });
    expect(await perform(ada, 'withdraw-decision', { decision: id('a') }, words, 2)).toMatchObject({ seq: 3 });
  });

  it('refuse a decision about what somebody else decided since it was looked at, and no other', async () => {
    await perform(ada, 'decide', { id: id('a'), ...accept }, words);
    const di = actor('di', 'findings:decide');
    expect(await perform(di, 'decide', { id: id('b'), ...accept }, words, 0)).toMatchObject({ refusal: 'changed' });
    expect(await perform(ada, 'decide', { id: id('c'), ...accept }, words, 0)).toMatchObject({ seq: 2 });
    expect(await perform(di, 'decide', { id: id('d'), ...accept }, words, 2)).toMatchObject({ seq: 3 });
  });

  it('of two at once one comes after the other, and the chain holds', async () => {
    const estate = await loadEstate(office.context.store);
    const [place] = findingsMeeting(estate, { advisory: 'CVE-2021-23337' }, seesAll);
    const key = place === undefined ? null : findingKeyAt(estate, place);
    const who = actor('ada', 'findings:propose');
    await Promise.all(['one', 'two', 'three'].map((text) => perform(who, 'comment', { finding: key }, { text })));
    const desk = await openLiveDesk().catchUp(office.context.store);
    expect([...desk.comments.values()].flat().map((each) => each.seq)).toEqual([1, 2, 3]);
    expect(await followEstate(office.context.store, estate)).toMatchObject({ seq: await office.context.store.lastChange() });
  });

  it('keep their place in the chain when their words are erased', async () => {
    await perform(ada, 'decide', { id: id('a'), ...accept }, words);
    expect(await office.context.store.write((tx) => tx.eraseWords([1, 2]))).toBe(1);
    const desk = await openLiveDesk().catchUp(office.context.store);
    expect(desk.decisions.byId.get(id('a'))).toMatchObject({ verdict: 'accepted', words: null });
  });

  it('travel in a backup', async () => {
    await perform(ada, 'decide', { id: id('a'), ...accept }, words);
    const parts: Uint8Array[] = [];
    for await (const part of office.context.store.exportPermanent(0)) parts.push(part);
    const other = await testStores()[kind.name === 'sqlite' ? 1 : 0].open();
    try {
      await other.store.importPermanent(Readable.from(parts));
      const desk = await openLiveDesk().catchUp(other.store);
      expect(desk.decisions.byId.get(id('a'))?.words).toMatchObject(words);
      expect(await other.store.ledgerHead()).toEqual(await office.context.store.ledgerHead());
    } finally {
      await other.drop();
    }
  });
});
