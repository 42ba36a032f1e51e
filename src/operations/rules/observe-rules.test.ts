import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { Policy } from '#desk/policy/policy.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import type { Actor } from '#model/actor.ts';
import { closedFindings, placeById } from '../find-finding.ts';
import { explainFinding } from '../explain-finding.ts';
import { findingRows } from '../finding-rows.ts';
import { loadEstate } from '../follow-estate.ts';
import { actKindOf, openLiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import { rebuild } from '../rebuild.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { triageFor } from '../triage/triage-for.ts';
import { observeRules } from './observe-rules.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const requirements = (django: string): string => `django==${django}\nrequests>=2\n`;

describe.each(testStores())('observed rules on $name', ({ open }) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await open();
    office = openTestOffice(opened, gateway);
  });
  afterEach(async () => {
    await opened.drop();
  });

  const decree = async (document: object): Promise<void> => {
    const policy = Policy.parse(document);
    for (const [id, who, body] of [
      ['propose-policy', 'link', { policy }],
      ['approve-policy', 'person:aaaaaaaaaaaaaaaaaaaaaaaaaa', { hash: policyHash(policy), approve: true }],
    ] as const) {
      const kind = actKindOf(id);
      if (kind === undefined) throw new Error(`There is no act ${id}.`);
      const actor: Actor = {
        id: who,
        kind: who === 'link' ? 'link' : 'person',
        grants: new Map([
          ['policy:write', 'office'],
          ['policy:approve', 'office'],
        ]),
      };
      const wanted = { kind, body, words: { reason: 'as a test' }, actor, visibility: seesAll, expects: null };
      const done = await performAct(office.context, openLiveDesk(), await loadEstate(opened.store), wanted);
      expect(done).not.toHaveProperty('refusal');
    }
  };
  const rows = async (): Promise<readonly string[]> => {
    const estate = await loadEstate(opened.store);
    const triage = await triageFor(office.context, estate);
    return findingRows(triage, seesAll, {}, 'opened').map(
      (row) =>
        `${row.rule} ${row.subject} #${String(row.episode)} ${row.severity} ${row.opened.slice(0, 10)} since ${row.exposure.from} ${row.clock ?? '-'}`,
    );
  };

  it('are counted only until a policy uses them; then they have an id, episodes, a baseline and an end', async () => {
    office.at('2024-05-01T09:00Z');
    await office.scan({ 'requirements.txt': requirements('3.2.1') }, { name: 'shop' });
    await observeRules(office.context);
    expect(await rows()).toEqual([]);

    office.at('2024-05-02T09:00Z');
    await decree({ rules: { 'end-of-life': { use: 'on', settings: {} }, 'no-owner': { use: 'on', settings: { severity: 'high' } } } });
    expect(await observeRules(office.context)).toEqual({ opened: 2, closed: 0 });
    expect(await observeRules(office.context)).toEqual({ opened: 0, closed: 0 });
    const first = [
      'end-of-life pkg:pypi/django #1 high 2024-05-02 since 2024-05-01 baseline',
      'no-owner owner #1 high 2024-05-02 since 2024-05-01 baseline',
    ];
    expect([...(await rows())].sort()).toEqual(first);

    // A rebuild folds everything but what was observed.
    await rebuild(office.context);
    expect([...(await rows())].sort()).toEqual(first);

    office.at('2024-06-01T09:00Z');
    await office.scan({ 'requirements.txt': requirements('4.2.1') }, { name: 'shop' });
    expect(await observeRules(office.context)).toEqual({ opened: 0, closed: 1 });
    const estate = await loadEstate(opened.store);
    expect((await closedFindings(opened.store, estate, seesAll)).map((each) => each.closedBecause)).toEqual(['fixed']);

    office.at('2024-07-01T09:00Z');
    await office.scan({ 'requirements.txt': requirements('3.2.1') }, { name: 'shop' });
    expect(await observeRules(office.context)).toEqual({ opened: 1, closed: 0 });
    expect((await rows()).filter((row) => row.startsWith('end-of-life'))).toEqual([
      'end-of-life pkg:pypi/django #2 high 2024-07-01 since 2024-07-01 none',
    ]);

    // A policy that does not use a rule any more ends its findings.
    office.at('2024-07-02T09:00Z');
    await decree({ rules: { 'end-of-life': { use: 'metric', settings: {} }, 'no-owner': { use: 'on', settings: {} } } });
    expect(await observeRules(office.context)).toEqual({ opened: 0, closed: 1 });
    expect(await rows()).toEqual(['no-owner owner #1 medium 2024-05-02 since 2024-05-01 baseline']);
  }, 120_000);

  it('are explained with the rule, the fact and the episodes, and decided like others', async () => {
    office.at('2024-05-01T09:00Z');
    await office.scan({ 'requirements.txt': requirements('3.2.1') }, { name: 'shop' });
    await decree({ rules: { 'end-of-life': { use: 'on', settings: {} } } });
    await observeRules(office.context);
    const estate = await loadEstate(opened.store);
    const [row] = findingRows(await triageFor(office.context, estate), seesAll, { rule: 'end-of-life' }, 'opened');
    const explained = await explainFinding(opened.store, estate, seesAll, { id: row?.id ?? '', on: null });
    expect(explained).toMatchObject({
      rule: 'end-of-life',
      package: { name: 'django' },
      versions: ['3.2.1'],
      advisory: null,
      reason: 'Django 3.2 is supported no more since 2024-04-01 (https://www.djangoproject.com/download/).',
      facts: [{ version: '3.2.1', evidence: { path: 'requirements.txt' } }],
      episodes: [{ number: 1, closed: null }],
    });
    expect(placeById(estate, seesAll, row?.id ?? '')).toEqual({ component: 0, row: 0 });
  }, 120_000);
});
