import { caseKindOf } from '#desk/council/case-kinds.ts';
import { dueOf, type Case, type Vote } from '#desk/council/cases.ts';
import { conditionState } from '#desk/council/conditions.ts';
import { functionTitles } from '#desk/council/functions.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';
import type { ReportDocument, ReportSection } from '../shared/report.ts';
import { bearerName, dayOf, eventWords, outcomeWords } from './in-words.ts';

const erased = 'Words erased';

/** One case whole: what was asked and is known, who votes and voted with reasons, what was decided on which conditions, and everything that was done. Nothing privileged is read. */
export function councilCase(desk: Desk, office: string, of: Case, now: number): ReportDocument {
  return {
    id: 'council-case',
    title: `${of.name}: ${of.words?.title ?? erased}`,
    ...{ at: now, office },
    sections: [asked(desk, of, now), facts(of), votes(desk, of), decisions(desk, of), conditions(desk, of, now), answers(desk, of), done(desk, of)],
  };
}

function asked(desk: Desk, of: Case, now: number): ReportSection {
  const { track, functions, because } = of.route;
  const who = functions.map((each) => functionTitles[each]).join(', ');
  const state = of.state === 'open' ? (of.waitingSince === null ? `open, due ${dayOf(dueOf(of, now))}` : 'open, waits for facts') : of.state;
  const rows = [
    ['kind', caseKindOf(of.kind)?.title ?? of.kind],
    ['state', `${state}, round ${String(of.round)}`],
    ['asked on', dayOf(of.askedAt)],
    ['asked by', of.requesters.map((each) => nameOf(desk.people, each)).join(', ')],
    ['team', of.team ?? ''],
    ['way', `${track === 'fast' ? 'fast' : 'full'}: ${who}`],
    ['why', because.join(' ')],
  ];
  const details = of.words === null ? erased : of.words.details;
  return { title: 'What is asked', text: details === '' ? [] : [details], table: { head: ['what', 'said'], rows, empty: '' } };
}

function facts({ facts: known, form }: Case): ReportSection {
  const { countries, modified, ...rest } = known;
  const rows = [
    ...Object.entries(rest).flatMap(([fact, value]) => (value === null ? [] : [[fact, value]])),
    ...(modified === null ? [] : [['modified', modified ? 'yes' : 'no']]),
    ...(countries.length === 0 ? [] : [['countries', countries.join(', ')]]),
    ...formRows(form, new Set(Object.keys(known))),
  ];
  return {
    title: 'Facts',
    text: ['What is not listed is not known.'],
    table: { head: ['fact', 'value'], rows, empty: 'Nothing is known.' },
  };
}

/** What the form says beside the facts. */
function formRows(form: unknown, facts: ReadonlySet<string>): readonly (readonly string[])[] {
  if (typeof form !== 'object' || form === null) return [];
  return Object.entries(form).flatMap(([field, value]: [string, unknown]) => {
    if (facts.has(field) || value === null || value === undefined) return [];
    return [[field, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
}

function votes(desk: Desk, of: Case): ReportSection {
  return {
    title: 'Votes',
    text: [],
    table: {
      head: ['number', 'on', 'by', 'said', 'until', 'conditions', 'reason'],
      rows: of.votes.map((vote) => voteRow(desk, vote)),
      empty: 'Nobody voted.',
    },
  };
}

function voteRow(desk: Desk, vote: Vote): readonly string[] {
  const asks = vote.conditions.map((each) => `${each.text ?? erased} (${bearerName(desk, each.owner)}, by ${dayOf(each.due)})`);
  return [
    ...[String(vote.seq), dayOf(vote.at), nameOf(desk.people, vote.person), vote.says, vote.until === null ? '' : dayOf(vote.until)],
    ...[asks.join('; '), vote.reason ?? erased],
  ];
}

function decisions(desk: Desk, of: Case): ReportSection {
  const rows = of.decisions.map(({ round, outcome, at, until, ended, counted }) => [
    String(round),
    outcomeWords[outcome],
    dayOf(at),
    until === null ? '' : dayOf(until),
    ended === null ? '' : `${dayOf(ended.at)}: ${ended.because}`,
    counted
      .map((each) => `${nameOf(desk.people, each.person)} (${each.functions.map((one) => functionTitles[one]).join(', ')}): ${each.says}`)
      .join('; '),
  ]);
  return {
    title: 'Decisions',
    text: [],
    table: { head: ['round', 'decision', 'on', 'until', 'asked again', 'votes counted'], rows, empty: 'Nothing was decided.' },
  };
}

function conditions(desk: Desk, of: Case, now: number): ReportSection {
  const all = of.decisions.flatMap((each) => each.conditions).flatMap((id) => desk.council.conditions.get(id) ?? []);
  const rows = all.map((each) => [
    each.text ?? erased,
    bearerName(desk, each.owner),
    dayOf(each.due),
    conditionState(each, now),
    each.claim === null ? '' : `${nameOf(desk.people, each.claim.by)}: ${each.claim.text ?? erased}`,
    each.claim?.link ?? '',
    each.confirmed === null ? '' : nameOf(desk.people, each.confirmed.by),
  ]);
  return {
    title: 'Conditions',
    text: [],
    table: { head: ['condition', 'owner', 'due', 'state', 'shown by', 'where', 'confirmed by'], rows, empty: 'There are none.' },
  };
}

function answers(desk: Desk, of: Case): ReportSection {
  const rows = [
    ...of.questions.map((each) => [
      dayOf(each.at),
      `question of ${nameOf(desk.people, each.by)}`,
      each.text ?? erased,
      each.answer === null ? 'not answered' : `${nameOf(desk.people, each.answer.by)}: ${each.answer.text ?? erased}`,
    ]),
    ...of.evidence.map((each) => [dayOf(each.at), `evidence of ${nameOf(desk.people, each.by)}`, each.text ?? erased, each.link ?? '']),
  ];
  return { title: 'Questions and evidence', text: [], table: { head: ['on', 'what', 'text', 'answer or link'], rows, empty: 'There are none.' } };
}

function done(desk: Desk, of: Case): ReportSection {
  const rows = of.events.map((each) => [String(each.seq), new Date(each.at).toISOString(), nameOf(desk.people, each.by), eventWords(each.kind)]);
  return { title: 'What was done', text: [], table: { head: ['number', 'at', 'by', 'what'], rows, empty: 'Nothing was done.' } };
}
