import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actorOfPerson, actorOfToken } from '#desk/access/actors.ts';
import { caseNamed } from '#desk/council/council.ts';
import { decisionNow, type Case } from '#desk/council/cases.ts';
import { standingOfCase } from '#desk/council/case-standing.ts';
import { conditionState } from '#desk/council/conditions.ts';
import { adviceFor } from '#desk/council/privileged.ts';
import { exceptionFor } from '#desk/licences/exceptions.ts';
import type { Refused } from '#desk/refused.ts';
import { emptyEstate } from '#estate/estate.ts';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import { seesNothing } from '#model/visibility.ts';
import { reportFormats } from '#reports/shared/report.ts';
import { writeReport } from '#reports/shared/write-report.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { actKindOf, openLiveDesk, type LiveDesk } from '../live-desk.ts';
import { councilNotices } from '../notify/council-notices.ts';
import { exportLedger } from '../export-ledger.ts';
import { performAct, type Done } from '../perform-act.ts';
import type { PackageVerdict } from '../verdicts/verdicts-for.ts';
import { caseReportText, knownReports } from '../reports/known-reports.ts';
import { reopenCases } from './reopen-cases.ts';
import { requestReviews, reviewOf } from './reviews.ts';
import { openTestOffice, type TestOffice } from '../test-office.ts';
import { addPerson, asOffice, personId } from '../test-people.ts';

const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const id = (name: string): string => name.replace(/[^a-z2-7]/g, '').padEnd(26, 'x');
const why = { reason: 'As the votes say.' };
const yes = { says: 'yes' };

describe.each(testStores())('the council on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  let live: LiveDesk;
  beforeAll(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2026-03-02T09:00Z');
    live = openLiveDesk();
    const people = [
      ['leg', 'counsel', []],
      ['eng', 'council', []],
      ['two', 'council', []],
      ['sec', 'security', []],
      ['off', 'office', []],
      ['mate', 'council', ['red']],
      ['late', 'council', []],
      ['dev', 'developer', ['red']],
      ['lead', 'team-lead', ['red']],
    ] as const;
    for (const [name, role, teams] of people) await addPerson(office.context, live, name, { role, teams });
    await seat('leg', 'legal');
    await seat('eng', 'engineering');
    await seat('two', 'legal');
    await seat('two', 'engineering', 'twotoo');
    await seat('sec', 'security');
    await seat('off', 'office');
    await seat('mate', 'engineering');
  });
  afterAll(async () => {
    await opened.drop();
  });

  const seat = (name: string, of: string, as = name): Promise<Done> =>
    asOffice(office.context, live, 'seat-member', { id: id(`seat${as}`), person: personId(name), function: of });

  function person(name: string): Actor {
    const actor = actorOfPerson(live.desk, personId(name), office.context.clock());
    if (actor === null) throw new Error(`${name} has left.`);
    return actor;
  }

  async function perform(who: string | Actor, act: string, body: object, words: object | null): Promise<Done | Refused> {
    const wanted = actKindOf(act);
    if (wanted === undefined) throw new Error(`There is no act ${act}.`);
    return performAct(office.context, live, emptyEstate(), {
      kind: wanted,
      body: wanted.body.parse(body),
      words: wanted.words === null ? null : wanted.words.parse(words),
      actor: typeof who === 'string' ? person(who) : who,
      visibility: seesNothing,
      expects: null,
    });
  }

  /** Asks about a package of MIT inside, or of AGPL as a service, and gives the id. */
  async function ask(name: string, form: object = { licence: 'MIT', delivery: 'internal' }): Promise<string> {
    const question = { kind: 'use', form: { package: `pkg:npm/${name}`, ...form } };
    expect(await perform('dev', 'request-review', { id: id(name), question, team: 'red' }, { title: `May we use ${name}?` })).toMatchObject({
      subject: `case:${id(name)}`,
    });
    return id(name);
  }
  const vote = (who: string | Actor, of: string, body: object = yes, words: object = why): Promise<Done | Refused> =>
    perform(who, 'vote', { case: of, ...body }, words);
  function caseOf(of: string): Case {
    const found = caseNamed(live.desk.council, of);
    if (found === undefined) throw new Error(`There is no case ${of}.`);
    return found;
  }
  const hindrance = (of: string): string | null => standingOfCase(live.desk, caseOf(of), office.context.clock()).hindrance;
  const agpl = { licence: 'AGPL-3.0-only', delivery: 'saas' };

  it('decides fast by one of legal and one of engineering, with terms of all who agreed, and is the same folded anew', async () => {
    const of = await ask('fast');
    const condition = { id: id('notice'), owner: { kind: 'team', team: 'red' }, due: '2026-04-01T00:00:00Z', second: true };
    expect(
      await vote(
        'leg',
        of,
        { ...yes, conditions: [condition], until: '2026-09-01T00:00:00Z' },
        { ...why, conditions: { [id('notice')]: 'Ship the notice.' } },
      ),
    ).toMatchObject({ subject: `case:${of}` });
    expect(caseOf(of).state).toBe('open');
    await vote('eng', of, { ...yes, until: '2026-12-01T00:00:00Z' });
    const decided = {
      state: 'decided',
      name: 'IP-1',
      decisions: [{ outcome: 'approved-with-conditions', conditions: [id('notice')], until: Date.parse('2026-09-01T00:00:00Z') }],
    };
    expect(caseOf(of)).toMatchObject(decided);
    const anew = await openLiveDesk().catchUp(office.context.store);
    expect(anew.council).toEqual(live.desk.council);
    expect(anew.licenceExceptions).toEqual(live.desk.licenceExceptions);

    const use = { package: 'pkg:npm/fast', licence: 'MIT', components: [], team: 'red', artifact: null, deliveries: ['internal'] } as const;
    const permits = (other: Partial<Parameters<typeof exceptionFor>[1]>, at = office.context.clock()): string | null =>
      exceptionFor(live.desk.licenceExceptions, { ...use, ...other }, at, () => true)?.council ?? null;
    expect(permits({})).toBe('IP-1');
    expect(permits({ licence: 'BUSL-1.1' })).toBeNull();
    expect(permits({ team: 'blue' })).toBeNull();
    expect(permits({ deliveries: ['internal', 'saas'] })).toBeNull();
    expect(permits({ deliveries: [] })).toBeNull();
    expect(permits({}, Date.parse('2026-09-01T00:00:00Z'))).toBeNull();
  });

  it('has a condition met by who bears it and confirmed by somebody else', async () => {
    const shown = { text: 'It stands in the about box.', link: 'https://ci.example/run/7' };
    const stands = (): string => conditionState(live.desk.council.conditions.get(id('notice')) ?? never(), office.context.clock());
    expect(stands()).toBe('open');
    expect(await perform('eng', 'fulfil-condition', { condition: id('notice') }, shown)).toMatchObject({ refusal: 'not-allowed' });
    await perform('dev', 'fulfil-condition', { condition: id('notice') }, shown);
    expect(stands()).toBe('claimed');
    expect(await perform('dev', 'confirm-condition', { condition: id('notice'), confirm: true }, why)).toMatchObject({ refusal: 'not-allowed' });
    expect(await perform('mate', 'confirm-condition', { condition: id('notice'), confirm: true }, why)).toMatchObject({ refusal: 'not-allowed' });
    await perform('eng', 'confirm-condition', { condition: id('notice'), confirm: false }, why);
    expect(stands()).toBe('open');
    await perform('dev', 'fulfil-condition', { condition: id('notice') }, shown);
    await perform('eng', 'confirm-condition', { condition: id('notice'), confirm: true }, why);
    expect(stands()).toBe('met');
  });

  it('is joined by who asks the same, and asked anew by who asks another thing', async () => {
    const of = await ask('same');
    const question = { kind: 'use', form: { package: 'pkg:npm/same', version: '2.0.1', licence: 'MIT', delivery: 'internal' } };
    await perform('lead', 'request-review', { id: id('again'), question, team: 'red' }, { title: 'And 2.0.1?' });
    expect(caseOf(id('again')).id).toBe(of);
    expect(caseOf(of).requesters).toEqual([personId('dev'), personId('lead')]);
    expect(await perform('lead', 'request-review', { id: id('third'), question, team: 'red' }, { title: 'Once more' })).toMatchObject({
      refusal: 'invalid',
    });
    expect(await perform('dev', 'request-review', { id: id('blue'), question, team: 'blue' }, { title: 'For others' })).toMatchObject({
      refusal: 'not-allowed',
    });
    await perform('off', 'withdraw-case', { case: of }, why);
    expect(caseOf(of).state).toBe('withdrawn');
    expect(await vote('leg', of)).toMatchObject({ refusal: 'invalid' });
  });

  it('takes no vote of who asked, of their team, of who has an interest, of a program, or of who has no seat', async () => {
    const of = await ask('kept', agpl);
    expect(await vote('dev', of)).toMatchObject({ refusal: 'not-allowed', reason: 'This needs the permission council:vote.' });
    expect(await vote('mate', of)).toMatchObject({ refusal: 'not-allowed' });
    expect(await vote('late', of)).toMatchObject({ refusal: 'not-allowed', reason: 'You had no seat when the roll of this case was taken.' });
    expect(await vote({ ...person('leg'), kind: 'machine', id: 'token:x' }, of)).toMatchObject({
      refusal: 'not-allowed',
      reason: 'Only a person votes.',
    });
    expect(await vote({ ...person('leg'), standsFor: new Set([personId('dev')]) }, of)).toMatchObject({ refusal: 'not-allowed' });
    await perform('eng', 'declare-interest', { case: of }, { reason: 'I wrote it in my own time.' });
    expect(await vote('eng', of)).toMatchObject({ refusal: 'not-allowed' });
    // Nor of who asks themselves, though they have a seat.
    const question = { kind: 'use', form: { package: 'pkg:npm/own', licence: 'MIT', delivery: 'internal' } };
    await perform('leg', 'request-review', { id: id('own'), question }, { title: 'For the office' });
    expect(await vote('leg', id('own'))).toMatchObject({ refusal: 'not-allowed' });
    expect(await perform('leg', 'reopen-roll', { case: id('own') }, why)).toMatchObject({ refusal: 'not-allowed' });
  });

  it('is asked by who is told that a use is for review, once, and tells them where it stands', async () => {
    const judged = { purl: 'pkg:npm/reviewed@1.2.0', licence: 'BUSL-1.1', verdict: 'review', because: 'BUSL-1.1: it limits use.' } as PackageVerdict;
    const askedFor = { component: null, artifacts: null };
    const request = (who: string): Promise<number> =>
      requestReviews(
        office.context,
        live,
        emptyEstate(),
        { actor: person(who), visibility: seesNothing, estateVisibility: seesNothing },
        [judged, judged],
        askedFor,
      );
    const told = (who: string): string | null =>
      reviewOf(emptyEstate(), live.desk, person(who), judged, askedFor, office.context.clock())?.due.slice(0, 10) ?? null;
    expect(told('dev')).toBeNull();
    expect([await request('dev'), await request('dev'), await request('lead')]).toEqual([1, 0, 1]);
    expect([told('dev'), told('lead'), told('leg')]).toEqual(['2026-03-07', '2026-03-07', '2026-03-07']);
    expect([...live.desk.council.cases.values()].at(-1)).toMatchObject({
      requesters: [personId('dev'), personId('lead')],
      facts: { package: 'pkg:npm/reviewed', version: '1.2.0', licence: 'BUSL-1.1' },
      route: { functions: ['legal', 'engineering', 'office', 'procurement'] },
    });
  });

  it('cannot be closed by a token, though its maker may vote', async () => {
    const of = await ask('token', { licence: 'MIT', delivery: 'internal' });
    const made = { id: id('ttoken'), scopes: ['council:vote'], teams: null, expires: '2026-06-01T00:00:00Z' };
    expect(await perform('off', 'make-token', made, { name: 'votes' })).toMatchObject({ refusal: 'invalid' });
    await perform('off', 'make-token', { ...made, scopes: ['council:ask'] }, { name: 'asks' });
    const token = live.desk.access.tokens.get(id('ttoken'));
    const asks = token === undefined ? null : actorOfToken(live.desk, token, office.context.clock());
    if (asks === null) throw new Error('The token is over.');
    expect(await vote({ ...asks, grants: person('off').grants }, of)).toMatchObject({ refusal: 'not-allowed', reason: 'Only a person votes.' });
    // What a token asks, its maker asked.
    const question = { kind: 'use', form: { package: 'pkg:npm/bytoken', ...agpl } };
    await perform(asks, 'request-review', { id: id('bytoken'), question }, { title: 'From a build' });
    expect(await vote('off', id('bytoken'))).toMatchObject({ refusal: 'not-allowed' });
  });

  it('cannot be closed by a change of seats or roles', async () => {
    const of = await ask('roles', agpl);
    expect(caseOf(of).route.functions).toEqual(['legal', 'engineering', 'security', 'office']);
    await vote('leg', of);
    await vote('two', of);
    await vote('sec', of);
    expect(hindrance(of)).toBe('functions');
    // Seated since: no part in it until the roll is taken anew.
    await seat('late', 'office');
    expect(await vote('late', of)).toMatchObject({ refusal: 'not-allowed' });
    expect(caseOf(of).state).toBe('open');
    // A function whose member leaves is missing, not done without; and votes of who lost their role do not count.
    await asOffice(office.context, live, 'unseat-member', { seat: id('seatsec') }, why);
    expect(hindrance(of)).toBe('functions');
    await asOffice(office.context, live, 'revoke-role', { grant: id('gtwo') }, {});
    expect(standingOfCase(live.desk, caseOf(of), office.context.clock())).toMatchObject({ yes: 1, missing: ['engineering', 'security', 'office'] });
    expect(caseOf(of).state).toBe('open');
    await seat('sec', 'security', 'sectoo');
    await asOffice(office.context, live, 'grant-role', { id: id('gtwoagain'), person: personId('two'), role: 'council' });
    await perform('leg', 'reopen-roll', { case: of }, why);
    expect(standingOfCase(live.desk, caseOf(of), office.context.clock())).toMatchObject({ yes: 3, missing: ['office'] });
    expect(caseOf(of).state).toBe('open');
    await vote('late', of, { says: 'abstain' });
    expect(caseOf(of)).toMatchObject({ state: 'decided', decisions: [{ outcome: 'approved' }] });
    // After the decision votes stand.
    await asOffice(office.context, live, 'unseat-member', { seat: id('seatlate') }, why);
    expect(decisionNow(caseOf(of), office.context.clock())?.counted).toHaveLength(4);
  });

  it('cannot be closed by time, and a role that is held for another or taken in an emergency gives no vote', async () => {
    const of = await ask('time', agpl);
    await vote('leg', of);
    office.at('2026-08-02T09:00Z');
    expect(caseOf(of).state).toBe('open');
    expect(caseOf(of).due).toBeLessThan(office.context.clock());
    await perform('off', 'delegate-role', { id: id('stands'), grant: id('goff'), to: personId('late'), until: '2026-09-01T00:00:00Z' }, {});
    expect(await vote('late', of)).toMatchObject({ refusal: 'not-allowed' });
    await asOffice(office.context, live, 'revoke-role', { grant: id('geng') }, {});
    await asOffice(office.context, live, 'grant-role', { id: id('gengtoo'), person: personId('eng'), role: 'team-lead' });
    await perform('eng', 'break-glass', { id: id('glass'), role: 'security', until: '2026-08-02T11:00:00Z' }, { reason: 'I want to vote on it.' });
    expect(person('eng').grants.get('council:vote')).toBe('office');
    expect(await vote('eng', of)).toMatchObject({ refusal: 'not-allowed' });
    expect(caseOf(of).state).toBe('open');
    await asOffice(office.context, live, 'grant-role', { id: id('gengthree'), person: personId('eng'), role: 'council' });
  });

  it('waits for facts with a standing clock, and votes anew on other facts, the way only getting wider', async () => {
    const of = await ask('facts');
    await vote('leg', of);
    const { due } = caseOf(of);
    const question = { question: 'Does it leave the firm?' };
    expect(await perform('leg', 'ask-facts', { case: of, fields: ['shoe-size'] }, question)).toMatchObject({ refusal: 'invalid' });
    await perform('leg', 'ask-facts', { case: of, fields: ['delivery', 'licence'] }, question);
    expect(caseOf(of).questions).toMatchObject([{ fields: ['delivery', 'licence'], answer: null }]);
    const asked = [...councilNotices(live.desk, office.context.clock())].find(
      (each) => each.line.includes('asks for facts') && each.page.endsWith(of),
    );
    expect(asked?.to).toEqual([
      { kind: 'person', id: personId('dev') },
      { kind: 'team', team: 'red' },
    ]);
    office.at('2026-08-04T09:00Z');
    const form = { package: 'pkg:npm/facts', licence: 'GPL-3.0-only', delivery: 'mobile' };
    expect(await perform('dev', 'answer-facts', { case: of, form: { nothing: 1 } }, { text: 'Not a form.' })).toMatchObject({ refusal: 'invalid' });
    await perform('dev', 'answer-facts', { case: of, form }, { text: 'It does, in the app, and it is GPL.' });
    expect(caseOf(of)).toMatchObject({
      due: due + 2 * 86_400_000,
      waitingSince: null,
      questions: [{ answer: { text: 'It does, in the app, and it is GPL.' } }],
    });
    expect(standingOfCase(live.desk, caseOf(of), office.context.clock())).toMatchObject({
      yes: 0,
      missing: ['legal', 'engineering', 'patents', 'office'],
    });
    await perform('dev', 'answer-facts', { case: of, form: { ...form, licence: 'MIT' } }, { text: 'No, MIT.' });
    expect(caseOf(of).route.functions).toContain('patents');
  });

  it('has its reports, messages and opening again without a word of what is privileged', async () => {
    const of = await ask('renewed');
    await perform('leg', 'advise-case', { case: of }, { text: 'canary-of-counsel' });
    await vote('leg', of, { ...yes, until: '2026-08-10T00:00:00Z' });
    await vote('eng', of);
    const now = office.context.clock();
    const asked = { desk: live.desk, office: 'Northgate', now, from: 0, until: now + 1, isSeen: () => true };
    const [agenda = '', minutes = ''] = knownReports.map((each) => writeReport(each.make(asked), 'md'));
    expect(agenda).toContain('| IP-');
    expect(minutes).toContain('May we use renewed?: pkg:npm/renewed, MIT | Approved |');
    for (const each of knownReports)
      for (const format of reportFormats) expect(writeReport(each.make(asked), format)).not.toContain('canary-of-counsel');
    const whole = (format: (typeof reportFormats)[number]): string => caseReportText(asked, caseOf(of), format);
    expect(whole('md')).toMatch(
      /May we use renewed\?[^]*\| licence \| MIT \|[^]*\| yes \| 2026-08-10 \|[^]*As the votes say\.[^]*\| 1 \| Approved \| 2026-08-04 \|/,
    );
    expect(JSON.parse(whole('json'))).toMatchObject({ id: 'council-case', office: 'Northgate' });
    for (const format of reportFormats) expect(whole(format)).not.toContain('canary-of-counsel');
    expect(JSON.stringify([...councilNotices(live.desk, now)])).not.toContain('canary-of-counsel');
    expect(JSON.stringify([...councilNotices(live.desk, now)])).toContain('May we use renewed?');
    for (const words of [true, false])
      expect((await Array.fromAsync(exportLedger(office.context.store, { words }))).join('')).not.toContain('canary-of-counsel');
    expect(await reopenCases(office.context)).toBe(0);
    office.at('2026-08-10T00:00Z');
    expect(await reopenCases(office.context)).toBe(1);
    expect(await reopenCases(office.context)).toBe(0);
    await live.catchUp(office.context.store);
    expect(caseOf(of)).toMatchObject({ state: 'open', round: 2, decisions: [{ ended: { because: 'expired' } }] });
  });

  it('is asked again when its decision ends, and votes of before do not count', async () => {
    const of = id('fast');
    expect(await perform('leg', 'reopen-case', { case: of, because: 'expired' }, {})).toMatchObject({ refusal: 'invalid' });
    office.at('2026-09-01T00:00Z');
    expect(decisionNow(caseOf(of), office.context.clock())).toBeNull();
    expect(await perform('dev', 'reopen-case', { case: of, because: 'expired' }, {})).toMatchObject({ refusal: 'not-allowed' });
    await perform('leg', 'reopen-case', { case: of, because: 'expired' }, {});
    expect(live.desk.licenceExceptions.has(of)).toBe(false);
    expect(caseOf(of)).toMatchObject({ state: 'open', round: 2, decisions: [{ ended: { because: 'expired' } }] });
    await vote('leg', of);
    expect(hindrance(of)).toBe('functions');
    await vote('eng', of);
    expect(caseOf(of).decisions).toMatchObject([{ round: 1 }, { round: 2, outcome: 'approved' }]);
  });

  it('keeps what counsel writes for counsel, and from everybody else that they do', async () => {
    const of = id('fast');
    const before = live.desk.versions.get(`case:${of}`);
    expect(await perform('off', 'advise-case', { case: of }, { text: 'Our position is weak.' })).toMatchObject({ refusal: 'not-allowed' });
    await perform('leg', 'advise-case', { case: of }, { text: 'Our position is weak.' });
    expect(live.desk.versions.get(`case:${of}`)).toBe(before);
    expect(adviceFor(live.desk.council, of, person('leg'))).toMatchObject([{ text: 'Our position is weak.' }]);
    for (const who of [person('off'), person('sec'), { ...person('leg'), kind: 'machine' as const }])
      expect(adviceFor(live.desk.council, of, who)).toBeNull();
  });
});

function never(): never {
  throw new Error('There is no such condition.');
}
