import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOfPerson } from '#desk/access/actors.ts';
import type { CheckReport } from '#reports/check/check-report.ts';
import { seesAll } from '#model/visibility.ts';
import { findingRows } from '../finding-rows.ts';
import { loadEstate } from '../follow-estate.ts';
import { reopenCases } from '../council/reopen-cases.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from '../live-desk.ts';
import { performAct } from '../perform-act.ts';
import { observeRules } from '../rules/observe-rules.ts';
import { testOffices, type OpenTestOffice } from '../test-offices.ts';
import type { TestOffice } from '../test-office.ts';
import { addPerson, asOffice, personId } from '../test-people.ts';
import { triageFor } from '../triage/triage-for.ts';
import { askOfficeHere } from './ask-office-here.ts';
import { check, failsBuild } from './check.ts';
import { checkedAs } from './checked-as.ts';

const shop = 'component:test/shop';
const spread = 'pkg:npm/spread@3.0.0';
const id = (name: string): string => name.padEnd(26, 'x');

function lockfile(packages: Readonly<Record<string, readonly [version: string, licence: string]>>): string {
  const entries = Object.entries(packages).map(([name, [version, license]]) => [`node_modules/${name}`, { version, license }]);
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 3,
    packages: { '': { name: 'shop' }, ...(Object.fromEntries(entries) as Readonly<Record<string, object>>) },
  });
}

/** A pull request brings AGPL into what is offered as a service: it is warned, an exception is voted with a condition and an end, and the end asks again. */
describe.each(testOffices())('a pull request on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let live: LiveDesk;
  let repository: string;
  let main: string;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2026-03-02T09:00Z');
    await office.scan({ 'package-lock.json': lockfile({ left: ['1.0.0', 'MIT'] }), CODEOWNERS: '* @firm/web\n' }, { name: 'shop' });
    live = openLiveDesk();
    await addPerson(office.context, live, 'dev', { role: 'developer', teams: ['web'] });
    await addPerson(office.context, live, 'leg', { role: 'counsel' });
    await addPerson(office.context, live, 'eng', { role: 'council' });
    await addPerson(office.context, live, 'sec', { role: 'security' });
    await addPerson(office.context, live, 'off', { role: 'office' });
    const seats = { leg: 'legal', eng: 'engineering', sec: 'security', off: 'office' };
    for (const [name, of] of Object.entries(seats))
      await asOffice(office.context, live, 'seat-member', { id: id(`seat${name}`), person: personId(name), function: of });
    repository = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-story-'));
    git('init', '-q', '-b', 'main');
    main = commit({ left: ['1.0.0', 'MIT'] });
    commit({ left: ['1.0.0', 'MIT'], spread: ['3.0.0', 'AGPL-3.0-only'] });
  }, 120_000);
  afterAll(async () => {
    fs.rmSync(repository, { recursive: true });
    await opened.drop();
  });

  function git(...args: readonly string[]): string {
    return execFileSync('git', ['-C', repository, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { encoding: 'utf8' }).trim();
  }
  function commit(packages: Parameters<typeof lockfile>[0]): string {
    fs.writeFileSync(path.join(repository, 'package-lock.json'), lockfile(packages));
    git('add', '.');
    git('commit', '-q', '-m', 'A change');
    return git('rev-parse', 'HEAD');
  }
  async function act(who: string, kindId: string, body: object, words: object | null = null): Promise<void> {
    const kind = actKindOf(kindId);
    const actor = actorOfPerson(await live.catchUp(office.context.store), personId(who), office.context.clock());
    if (kind === undefined || actor === null) throw new Error(`${who} cannot ${kindId}.`);
    const wanted = {
      kind,
      body: kind.body.parse(body),
      words: kind.words === null ? null : kind.words.parse(words),
      actor,
      visibility: seesAll,
      expects: null,
    };
    expect(await performAct(office.context, live, await loadEstate(office.context.store), wanted), kindId).not.toHaveProperty('refusal');
  }
  const checked = (): Promise<CheckReport> => check({ targets: [repository], component: shop, base: main }, askOfficeHere(office.context, null));

  it('is warned, with what is brought in only, and does not fail the build under the first policy', async () => {
    await act('dev', 'declare-artifact', { component: shop, name: 'web', deliveries: ['saas'], linking: 'dynamic', modified: false });
    await act('sec', 'profile-component', { component: shop, tier: 'tier-1' }, { reason: 'Clients depend on it.' });
    const report = await checked();
    expect(report).toMatchObject({ policy: 'ip-policy@1', verdict: 'denied', gate: 'warn', ask: { team: 'web' } });
    expect(report.packages.map((each) => [each.purl, each.verdict, each.rule])).toEqual([[spread, 'denied', 'network-copyleft']]);
    expect(failsBuild(report, null)).toBe(false);
    expect(failsBuild(report, 'denied')).toBe(true);
    expect(checkedAs('markdown', report)).toContain(`| denied | \`${spread}\` | \`AGPL-3.0-only\` |`);
  });

  it('may go on under a condition once the council agrees', async () => {
    const question = { kind: 'use', form: { package: 'pkg:npm/spread', licence: 'AGPL-3.0-only', delivery: 'saas' } };
    await act('dev', 'request-review', { id: id('case'), question, team: 'web' }, { title: 'May the shop use spread?' });
    const condition = { id: id('source'), owner: { kind: 'team', team: 'web' }, due: '2026-04-01T00:00:00Z', second: false };
    const until = '2026-06-01T00:00:00Z';
    const words = { reason: 'Nothing of ours is combined with it.', conditions: { [id('source')]: 'Offer its source on the page.' } };
    await act('leg', 'vote', { case: id('case'), says: 'yes', conditions: [condition], until }, words);
    expect((await checked()).verdict).toBe('denied');
    await act('eng', 'vote', { case: id('case'), says: 'yes', until }, { reason: 'It is replaced in summer.' });
    await act('off', 'vote', { case: id('case'), says: 'yes', until }, { reason: 'Agreed.' });
    expect((await checked()).verdict).toBe('denied');
    await act('sec', 'vote', { case: id('case'), says: 'yes', until }, { reason: 'It is looked after.' });
    const report = await checked();
    expect(report.packages).toMatchObject([{ purl: spread, verdict: 'conditions', exception: { until: '2026-06-01T00:00:00.000Z' } }]);
    expect([report.gate, failsBuild(report, 'review')]).toEqual(['watch', false]);
  });

  it('is denied again on the day the exception ends, and the case is open again', async () => {
    office.at('2026-06-01T00:00Z');
    expect((await checked()).packages).toMatchObject([{ purl: spread, verdict: 'denied', exception: null }]);
    expect(await reopenCases(office.context)).toBe(1);
    const desk = await live.catchUp(office.context.store);
    expect(desk.council.cases.get(id('case'))?.state).toBe('open');
  });

  it('is denied what the council refused though the policy allows it, by counsel and emergencies notwithstanding, until the council agrees', async () => {
    const left = 'pkg:npm/left@1.0.0';
    const judged = async (): Promise<object | undefined> => {
      const { packages } = await check({ targets: [repository], component: shop, base: null }, askOfficeHere(office.context, null));
      return packages.find((each) => each.purl === left);
    };
    const no = { reason: 'Its author goes to court for less.' };
    const question = { kind: 'use', form: { package: 'pkg:npm/left', licence: 'MIT', component: shop } };
    expect(await judged()).toMatchObject({ verdict: 'allowed' });
    await act('dev', 'request-review', { id: id('left'), question }, { title: 'May the shop use left?' });
    for (const who of ['leg', 'eng']) await act(who, 'vote', { case: id('left'), says: 'no', until: '2026-12-01T00:00:00Z' }, no);
    expect(await judged()).toMatchObject({ verdict: 'allowed' });
    await act('off', 'vote', { case: id('left'), says: 'no', until: '2027-01-01T00:00:00Z' }, no);
    const because = expect.stringContaining('Denied by the council, case IP-2, until 2027-01-01. By the policy alone: ') as string;
    expect(await judged()).toMatchObject({ verdict: 'denied', gate: 'warn', because });
    await act(
      'leg',
      'grant-licence-exception',
      {
        id: id('counsel'),
        predicate: { component: shop, package: 'pkg:npm/left', range: '1.0.0', licence: 'MIT' },
        verdict: 'allowed',
        until: '2026-09-01T00:00:00Z',
      },
      { reason: 'I see no risk.' },
    );
    await act(
      'off',
      'pass-gate',
      { id: id('pass'), component: shop, packages: [left], until: '2026-06-02T00:00:00Z' },
      { reason: 'The shop is down.' },
    );
    expect(await judged()).toMatchObject({ verdict: 'denied', gate: 'warn', because });
    await act('dev', 'request-review', { id: id('leftagain'), question }, { title: 'He has died. Again?' });
    expect(await judged()).toMatchObject({ verdict: 'denied' });
    for (const who of ['leg', 'eng', 'off']) await act(who, 'vote', { case: id('leftagain'), says: 'yes' }, { reason: 'Then yes.' });
    expect(await judged()).toMatchObject({ verdict: 'allowed' });
  });

  it('has the conditions of an approval as findings with owner and due day, and what is late does what the council said', async () => {
    const question = { kind: 'use', form: { package: 'pkg:npm/spread', licence: 'AGPL-3.0-only', delivery: 'saas', component: shop } };
    await act('dev', 'request-review', { id: id('shop'), question }, { title: 'May the shop use spread for good?' });
    const conditions = [
      { id: id('offer'), owner: { kind: 'team', team: 'web' }, due: '2026-06-10T00:00:00Z', late: 'ends' },
      { id: id('replace'), owner: { kind: 'person', id: personId('dev') }, due: '2026-06-20T00:00:00Z', second: true, late: 'asked-again' },
    ];
    const words = { reason: 'If it is done.', conditions: { [id('offer')]: 'Offer its source.', [id('replace')]: 'Write a plan to replace it.' } };
    await act('leg', 'vote', { case: id('shop'), says: 'yes', conditions }, words);
    for (const who of ['eng', 'off', 'sec']) await act(who, 'vote', { case: id('shop'), says: 'yes' }, { reason: 'Agreed.' });
    const [first, second] = ['IP-4, round 1, condition 1', 'IP-4, round 1, condition 2'];
    const findings = async (): Promise<readonly string[]> => {
      await observeRules(office.context);
      const rows = findingRows(
        await triageFor(office.context, await loadEstate(office.context.store)),
        seesAll,
        { rule: 'council-condition' },
        'due',
      );
      return rows.map(
        (row) => `${row.subject} ${row.clock ?? '-'} ${row.due?.slice(0, 10) ?? '-'} ${row.assignee === personId('dev') ? 'dev' : (row.team ?? '')}`,
      );
    };
    const verdict = async (): Promise<string | undefined> => (await checked()).packages[0]?.verdict;
    expect(await findings()).toEqual([`${first} running 2026-06-10 web`, `${second} running 2026-06-20 dev`]);
    expect(await verdict()).toBe('conditions');
    office.at('2026-06-10T00:00Z');
    expect(await verdict()).toBe('denied');
    expect(await reopenCases(office.context)).toBe(0);
    await act('dev', 'fulfil-condition', { condition: id('offer') }, { text: 'It stands in the footer.' });
    expect([await verdict(), ...(await findings())]).toEqual(['conditions', `${second} running 2026-06-20 dev`]);
    await act('dev', 'fulfil-condition', { condition: id('replace') }, { text: 'We replace it next year.' });
    office.at('2026-06-20T00:00Z');
    expect(await reopenCases(office.context)).toBe(1);
    expect([await verdict(), ...(await findings())]).toEqual(['denied']);
    const closed = [];
    for await (const page of office.context.store.loadRuleEpisodes()) closed.push(...page);
    expect(closed.filter((each) => each.rule === 'council-condition').map((each) => [each.subject, each.closed_because])).toEqual([
      [first, 'fixed'],
      [second, 'withdrawn'],
    ]);
    expect((await live.catchUp(office.context.store)).council.cases.get(id('shop'))).toMatchObject({
      state: 'open',
      decisions: [{ ended: { because: 'condition-late' } }],
    });
  });
});
