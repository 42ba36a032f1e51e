import { z } from 'zod';
import { caseFor, seesCase } from '#desk/council/case-sight.ts';
import { dueOf, type Case } from '#desk/council/cases.ts';
import { conditionState } from '#desk/council/conditions.ts';
import { councilFunctions, functionTitles } from '#desk/council/functions.ts';
import { caseKinds } from '#desk/council/kinds/all.ts';
import {
  caseDetail,
  caseRow,
  conditionView,
  isOverdue,
  seatView,
  stateOf,
  waitsFor,
  type CaseRow,
  type CouncilLook,
} from '#operations/council/case-view.ts';
import { caseReportText, knownReports, reportText } from '#operations/reports/known-reports.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

const dayMs = 86_400_000;
const unsettled: ReadonlySet<CaseRow['state']> = new Set(['open', 'waiting', 'expired']);

function lookOf({ office, principal }: Pick<Asked<'councilCases'>, 'office' | 'principal'>): CouncilLook {
  return { desk: office.desk.desk, actor: principal.actor, now: office.clock() };
}

/** The cases that the asker may see. */
export const councilCases: Handler<'councilCases'> = (asked) => {
  const { query } = asked;
  const look = lookOf(asked);
  const seen = [...look.desk.council.cases.values()].filter((each) => seesCase(look.desk, look.actor, each));
  const hasWords = wordsFilter(query.q);
  const rows = seen.filter((each) => {
    const state = stateOf(each, look.now);
    return (
      (query.state === undefined || (query.state === 'unsettled' ? unsettled.has(state) : state === query.state)) &&
      (query.kind === undefined || each.kind === query.kind) &&
      (query.team === undefined || each.team === query.team) &&
      (query.forMe === undefined || waitsFor(look, each)) &&
      (query.overdue === undefined || isOverdue(each, look.now) === (query.overdue === 'true')) &&
      (query.q === undefined || hasWords(nameOf(each)))
    );
  });
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: Case) => [sort === 'name' ? Number(each.name.slice(3)) : sort === 'asked' ? each.askedAt : dueOf(each, look.now), each.id],
    view: (each) => caseRow(look, each),
    columns: caseColumns,
    extra: () => totalsOf(look, seen),
  });
};

function totalsOf(look: CouncilLook, seen: readonly Case[]) {
  const open = seen.filter((each) => each.state === 'open');
  const expired = seen.filter((each) => stateOf(each, look.now) === 'expired');
  const toSettle = [...open, ...expired];
  return {
    counts: {
      open: open.length,
      forMe: open.filter((each) => waitsFor(look, each)).length,
      overdue: open.filter((each) => isOverdue(each, look.now)).length,
      expired: expired.length,
    },
    kinds: caseKinds.map(({ id, title }) => ({ kind: id, title, count: toSettle.filter((each) => each.kind === id).length })),
    medianDays: median(seen.flatMap((each) => each.decisions.slice(0, 1).map((first) => (first.at - each.askedAt) / dayMs))),
  };
}

function nameOf({ name, words, kind, facts, team }: Case): string {
  return [name, words?.title, kind, facts.package, facts.licence, facts.component, team].join(' ');
}

/** One case. */
export const councilCase: Handler<'councilCase'> = (asked) => {
  const look = lookOf(asked);
  const of = caseFor(look.desk, look.actor, asked.params.id);
  if (of === null) throw new Refusal(404, 'There is no case with this id.');
  return caseDetail(look, of);
};

/** One case as a document. */
export const councilCaseReport: Handler<'councilCaseReport'> = (asked) => {
  const look = lookOf(asked);
  const of = caseFor(look.desk, look.actor, asked.params.id);
  if (of === null) throw new Refusal(404, 'There is no case with this id.');
  const { format } = asked.query;
  return Promise.resolve({
    bytes: Buffer.from(caseReportText({ ...look, office: asked.office.name }, of, format)),
    fileName: `${of.name}.${format}`,
  });
};

/** Agenda or minutes, of the cases that the asker may see. */
export const councilReport: Handler<'councilReport'> = (asked) => {
  const look = lookOf(asked);
  const report = knownReports.find((each) => each.id === `council-${asked.params.id}`);
  if (report === undefined) throw new Refusal(404, 'There is no such report. There are agenda and minutes.');
  const { format, ...days } = asked.query;
  const until = days.until === undefined ? look.now + 1 : Date.parse(days.until) + dayMs;
  const from = days.from === undefined ? until - 30 * dayMs : Date.parse(days.from);
  const isSeen = (of: Case): boolean => seesCase(look.desk, look.actor, of);
  const text = reportText(report, { ...look, office: asked.office.name, from, until, isSeen }, format);
  return Promise.resolve({ bytes: Buffer.from(text), fileName: `${report.id}.${format}` });
};

/** Conditions of cases that the asker may see. */
export const councilConditions: Handler<'councilConditions'> = (asked) => {
  const look = lookOf(asked);
  const { council } = look.desk;
  const hasWords = wordsFilter(asked.query.q);
  const wanted = asked.query.state;
  const rows = [...council.conditions.values()].filter((each) => {
    const [of, state] = [council.cases.get(each.case), conditionState(each, look.now)];
    const isWanted = wanted === undefined || (wanted === 'unmet' ? state === 'open' || state === 'claimed' || state === 'overdue' : state === wanted);
    const isThere = asked.query.component === undefined || of?.facts.component === asked.query.component;
    return (
      of !== undefined &&
      isWanted &&
      isThere &&
      seesCase(look.desk, look.actor, of) &&
      hasWords(`${each.text ?? ''} ${of.name} ${of.words?.title ?? ''}`)
    );
  });
  return listing({
    rows,
    keyOf: (each: (typeof rows)[number]) => [each.due, each.id],
    view: (each) => conditionView(look, each),
    columns: conditionColumns,
  });
};

/** Seats, held and ended. */
export const councilSeats: Handler<'councilSeats'> = (asked) => {
  const look = lookOf(asked);
  const hasWords = wordsFilter(asked.query.q);
  const rows = [...look.desk.council.seats.values()]
    .map((seat) => seatView(look, seat))
    .filter(
      (each) =>
        (asked.query.held === undefined || each.isHeld === (asked.query.held === 'true')) && hasWords(`${each.person.name} ${each.functionTitle}`),
    );
  const byFunction = asked.query.sort.endsWith('function');
  return listing({
    rows,
    keyOf: (each: (typeof rows)[number]) => [byFunction ? councilFunctions.indexOf(each.function) : Date.parse(each.from), each.id],
    view: (each) => each,
    columns: seatColumns,
  });
};

const kinds = caseKinds.map(({ id, title, asks, dueDays, holdsDays, evidence, triggers, form }) => ({
  ...{ id, title, asks, dueDays, holdsDays, evidence, triggers },
  form: z.toJSONSchema(form, { io: 'input' }),
}));

/** What can be asked. */
export const councilKinds: Handler<'councilKinds'> = () => ({
  kinds,
  functions: councilFunctions.map((id) => ({ id, title: functionTitles[id] })),
});

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return null;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}

const caseColumns: readonly CsvColumn<ItemOf<'councilCases'>>[] = [
  ['case', (each) => each.name],
  ['kind', (each) => each.kind],
  ['title', (each) => each.title],
  ['state', (each) => each.state],
  ['outcome', (each) => each.outcome],
  ['until', (each) => each.until],
  ['team', (each) => each.team],
  ['package', (each) => each.facts.package],
  ['licence', (each) => each.facts.licence],
  ['component', (each) => each.facts.component],
  ['asked', (each) => each.asked],
  ['due', (each) => each.due],
  ['functions needed', (each) => each.needed],
  ['functions there', (each) => each.served],
  ['open conditions', (each) => each.conditionsOpen],
];

const conditionColumns: readonly CsvColumn<ItemOf<'councilConditions'>>[] = [
  ['case', (each) => each.case.name],
  ['condition', (each) => each.text],
  ['state', (each) => each.state],
  ['owner', (each) => each.owner.id],
  ['due', (each) => each.due],
  ['second person', (each) => (each.second ? 'yes' : 'no')],
  ['when late', (each) => each.late],
  ['shown by', (each) => each.claim?.by.id ?? null],
  ['confirmed by', (each) => each.confirmed?.by.id ?? null],
];

const seatColumns: readonly CsvColumn<ItemOf<'councilSeats'>>[] = [
  ['function', (each) => each.function],
  ['person', (each) => each.person.id],
  ['deputy of', (each) => each.deputyOf?.id ?? null],
  ['from', (each) => each.from],
  ['until', (each) => each.until],
  ['held', (each) => (each.isHeld ? 'yes' : 'no')],
  ['votes', (each) => (each.hasVote ? 'yes' : 'no')],
];
