import { caseKindOf } from '#desk/council/case-kinds.ts';
import type { Case, CaseDecision } from '#desk/council/cases.ts';
import { functionTitles } from '#desk/council/functions.ts';
import type { Desk } from '#desk/desk.ts';
import { nameOf } from '#desk/people/people.ts';
import type { ReportDocument } from '../shared/report.ts';
import { bearerName, dayOf, eventWords, outcomeWords, subjectOf } from './in-words.ts';

/** What happened in the council from one moment up to another, as far as it may be seen: decisions with votes and conditions, and everything else that was done. Nothing privileged is read. */
export function councilMinutes(
  desk: Desk,
  office: string,
  { from, until, now }: { readonly from: number; readonly until: number; readonly now: number },
  isSeen: (of: Case) => boolean,
): ReportDocument {
  const isIn = ({ at }: { readonly at: number }): boolean => at >= from && at < until;
  const cases = [...desk.council.cases.values()].filter(isSeen);
  const decided = cases
    .flatMap((of) => of.decisions.filter(isIn).map((decision) => ({ of, decision })))
    .sort((a, b) => a.decision.seq - b.decision.seq);
  const events = cases.flatMap((of) => of.events.filter(isIn).map((event) => ({ of, event }))).sort((a, b) => a.event.seq - b.event.seq);
  return {
    id: 'council-minutes',
    title: 'Minutes of the council',
    ...{ at: now, office },
    sections: [
      {
        title: 'Period',
        text: [`From ${dayOf(from)} to ${dayOf(until - 1)}: ${String(decided.length)} decisions, ${String(events.length)} acts.`],
        table: null,
      },
      {
        title: 'Decisions',
        text: [],
        table: {
          head: ['case', 'kind', 'subject', 'decision', 'on', 'until', 'votes', 'conditions'],
          rows: decided.map(({ of, decision }) => decisionRow(desk, of, decision)),
          empty: 'Nothing was decided.',
        },
      },
      {
        title: 'What was done',
        text: [],
        table: {
          head: ['number', 'at', 'case', 'by', 'what'],
          rows: events.map(({ of, event }) => [
            String(event.seq),
            new Date(event.at).toISOString(),
            of.name,
            nameOf(desk.people, event.by),
            eventWords(event.kind),
          ]),
          empty: 'Nothing was done.',
        },
      },
    ],
  };
}

function decisionRow(desk: Desk, of: Case, decision: CaseDecision): readonly string[] {
  const votes = decision.counted.map(
    ({ person, functions, says }) => `${nameOf(desk.people, person)} (${functions.map((each) => functionTitles[each]).join(', ')}): ${says}`,
  );
  const conditions = decision.conditions.flatMap((id) => {
    const each = desk.council.conditions.get(id);
    return each === undefined ? [] : [`${each.text ?? 'Words erased'} (${bearerName(desk, each.owner)}, by ${dayOf(each.due)})`];
  });
  const until = decision.until === null ? '' : dayOf(decision.until);
  return [
    of.name,
    caseKindOf(of.kind)?.title ?? of.kind,
    subjectOf(of),
    outcomeWords[decision.outcome],
    dayOf(decision.at),
    until,
    votes.join('; '),
    conditions.join('; '),
  ];
}
