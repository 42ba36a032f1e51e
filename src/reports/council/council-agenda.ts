import { caseKindOf } from '#desk/council/case-kinds.ts';
import { dueOf, type Case } from '#desk/council/cases.ts';
import { standingOfCase } from '#desk/council/case-standing.ts';
import { conditionState, isUnmet } from '#desk/council/conditions.ts';
import { functionTitles } from '#desk/council/functions.ts';
import type { Desk } from '#desk/desk.ts';
import type { ReportDocument } from '../shared/report.ts';
import { bearerName, dayOf, subjectOf } from './in-words.ts';

const dayMs = 86_400_000;
const soonMs = 30 * dayMs;

/** What the council has before it, as far as it may be seen: open cases with who is still needed, decisions that end soon, conditions that are not met. Nothing privileged is read. */
export function councilAgenda(desk: Desk, office: string, now: number, isSeen: (of: Case) => boolean): ReportDocument {
  const cases = [...desk.council.cases.values()].filter(isSeen);
  const seen = new Set(cases.map(({ id }) => id));
  const open = cases.filter((each) => each.state === 'open').sort((a, b) => a.due - b.due);
  const ending = cases.filter((each) => isEnding(each, now));
  const conditions = [...desk.council.conditions.values()].filter((each) => seen.has(each.case) && isUnmet(each)).sort((a, b) => a.due - b.due);
  return {
    id: 'council-agenda',
    title: 'Agenda of the council',
    ...{ at: now, office },
    sections: [
      {
        title: 'Open cases',
        text: [`${String(open.length)} open, ${String(open.filter((each) => each.waitingSince === null && each.due <= now).length)} overdue.`],
        table: {
          head: ['case', 'kind', 'subject', 'team', 'due', 'votes', 'still needed'],
          rows: open.map((each) => agendaRow(desk, each, now)),
          empty: 'No case is open.',
        },
      },
      {
        title: 'Decisions that end within 30 days, or have ended',
        text: [],
        table: {
          head: ['case', 'subject', 'team', 'until'],
          rows: ending.map((each) => [each.name, subjectOf(each), each.team ?? '', dayOf(each.decisions.at(-1)?.until ?? 0)]),
          empty: 'None.',
        },
      },
      {
        title: 'Conditions that are not met',
        text: [],
        table: {
          head: ['case', 'condition', 'owner', 'due', 'state'],
          rows: conditions.map((each) => [
            desk.council.cases.get(each.case)?.name ?? '',
            each.text ?? 'Words erased',
            bearerName(desk, each.owner),
            dayOf(each.due),
            conditionState(each, now),
          ]),
          empty: 'None.',
        },
      },
    ],
  };
}

function agendaRow(desk: Desk, of: Case, now: number): readonly string[] {
  const tally = standingOfCase(desk, of, now);
  const needed = tally.missing.map((each) => functionTitles[each]).join(', ');
  const due = of.waitingSince === null ? dayOf(dueOf(of, now)) : 'waits for facts';
  const votes = `${String(tally.yes)} yes, ${String(tally.no)} no, ${String(tally.abstain)} abstain`;
  return [of.name, caseKindOf(of.kind)?.title ?? of.kind, subjectOf(of), of.team ?? '', due, votes, needed === '' ? 'a majority' : needed];
}

function isEnding(of: Case, now: number): boolean {
  const last = of.decisions.at(-1);
  return of.state === 'decided' && last?.until != null && last.until - now <= soonMs;
}
