import { dueOf, type Bearer, type Case } from '#desk/council/cases.ts';
import { votersOf } from '#desk/council/case-standing.ts';
import { conditionState, type Condition } from '#desk/council/conditions.ts';
import type { Desk } from '#desk/desk.ts';
import type { Addressee, Notice } from '#desk/notices/notice.ts';

const dayMs = 86_400_000;
const conditionSoonMs = 14 * dayMs;
const recentMs = 30 * dayMs;

/** What people are to know of the council: votes that are needed, cases that are late, questions and decisions for who asked, conditions that are due. Nothing privileged is read. */
export function* councilNotices(desk: Desk, now: number): Generator<Notice> {
  for (const of of desk.council.cases.values()) {
    if (of.state === 'open') yield* openNotices(desk, of, now);
    const last = of.decisions.at(-1);
    if (of.state === 'decided' && last !== undefined && now - last.at <= recentMs)
      yield {
        ...about(desk, of, last.outcome.replaceAll('-', ' ')),
        kind: 'council-answer',
        key: `council-decided ${of.id} ${String(last.round)}`,
        to: requesters(of),
      };
  }
  for (const each of desk.council.conditions.values()) yield* conditionNotices(desk, each, now);
}

function* openNotices(desk: Desk, of: Case, now: number): Generator<Notice> {
  const round = `${of.id} ${String(of.round)}`;
  const asked = of.questions.filter((each) => each.answer === null);
  for (const each of asked)
    yield { ...about(desk, of, 'the council asks for facts'), kind: 'council-answer', key: `council-asks ${String(each.seq)}`, to: answerers(of) };
  if (of.waitingSince !== null) return;
  const silent = new Set(votersOf(desk, of, now).flatMap((each) => (each.isOut || each.says !== null ? [] : [each.person])));
  const day = new Date(dueOf(of, now)).toISOString().slice(0, 10);
  // One for each, so that who comes to the roll later is told as well.
  for (const id of silent)
    yield {
      ...about(desk, of, `your vote, by ${day}`),
      kind: 'council-vote',
      key: `council-vote ${round} ${String(of.votesFrom)} ${id}`,
      to: [{ kind: 'person', id }],
    };
  if (dueOf(of, now) > now) return;
  const to: readonly Addressee[] = [...[...silent].map((id) => ({ kind: 'person', id }) as const), { kind: 'office' }];
  yield { ...about(desk, of, `overdue since ${day}`), kind: 'council-overdue', key: `council-overdue ${round} ${day}`, to };
}

function* conditionNotices(desk: Desk, each: Condition, now: number): Generator<Notice> {
  const of = desk.council.cases.get(each.case);
  const state = conditionState(each, now);
  if (of === undefined || (state !== 'open' && state !== 'overdue') || each.due - now > conditionSoonMs) return;
  const day = new Date(each.due).toISOString().slice(0, 10);
  const what = `condition ${state === 'overdue' ? 'overdue since' : 'due'} ${day}: ${each.text ?? 'words erased'}`;
  const line = each.late === 'told' ? what : `${what}; ${follows[each.late][state === 'overdue' ? 1 : 0]}`;
  yield { ...about(desk, of, line), kind: 'condition-due', key: `condition-${state} ${each.id}`, to: [bearer(each.owner)] };
}

const follows = {
  'asked-again': ['when it is late the council is asked again', 'the council is asked again'],
  ends: ['when it is late the approval is out of force', 'the approval is out of force until it is met'],
} as const;

function about({ access }: Desk, { name, words, team, id }: Case, what: string): Pick<Notice, 'teams' | 'about' | 'line' | 'page'> {
  const subject = `${name}: ${words?.title ?? 'words erased'}`;
  // Cases are open to the council; those of restricted teams to who may see these.
  return { teams: team !== null && access.restricted.has(team) ? [team] : [], about: subject, line: `${subject} (${what})`, page: `/council/${id}` };
}

function requesters({ requesters: all }: Case): readonly Addressee[] {
  const persons = all.filter((each) => each.startsWith('person:'));
  return persons.length === 0 ? [{ kind: 'office' }] : persons.map((id) => ({ kind: 'person', id }));
}

/** Who may know: who asked, and the team that it is about. */
function answerers(of: Case): readonly Addressee[] {
  return of.team === null ? requesters(of) : [...requesters(of), { kind: 'team', team: of.team }];
}

function bearer(owner: Bearer): Addressee {
  return owner.kind === 'team' ? { kind: 'team', team: owner.team } : { kind: 'person', id: owner.id };
}
