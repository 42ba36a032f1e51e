import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../policy/policy.ts';
import { noPlan, plannedDay, planSpan, urgencyOf, type TeamPlan } from './baseline-plan.ts';

const baseline = { ...builtInPolicy.baseline, teams: { web: { fixesPerWeek: 2 } } };
// A Tuesday; two weeks later is a Tuesday, too, and the Monday after that the 21st.
const openedAt = Date.parse('2021-06-01T09:00Z');
const [act, attend] = [urgencyOf(0, 900), urgencyOf(1, 900)];

function planOf(...waiting: readonly (readonly [urgency: number, count: number])[]): TeamPlan {
  const plan = noPlan(3);
  for (const [urgency, count] of waiting) plan.waiting[urgency] = count;
  return plan;
}
const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('the plan of a baseline', () => {
  it.each<[name: string, plan: TeamPlan, urgency: number, lot: number, team: string | null, day: string]>([
    ['begins on a Monday, two weeks after the first look', planOf([act, 5]), act, 0.99, 'payments', '2021-06-25'],
    ['goes on a week later once five are planned', planOf([act, 5], [attend, 3]), attend, 0, 'payments', '2021-07-02'],
    ['spreads what is equally urgent', planOf([act, 20]), act, 0.5, 'payments', '2021-07-09'],
    ['follows what a team can do', planOf([act, 5]), act, 0.99, 'web', '2021-07-09'],
    ['puts the higher risk first', planOf([urgencyOf(0, 950), 5], [act, 5]), act, 0, null, '2021-07-02'],
    [
      'puts an act before a higher risk that is to be attended',
      planOf([urgencyOf(0, 100), 5], [urgencyOf(1, 999), 1]),
      urgencyOf(0, 100),
      0,
      null,
      '2021-06-25',
    ],
    ['keeps its dates when the first are done', { ...planOf([attend, 3]), done: 5 }, attend, 0, 'payments', '2021-07-02'],
  ])('%s', (_, plan, urgency, lot, team, day) => {
    expect(dayText(plannedDay(plan, { urgency, lot, openedAt }, baseline, team))).toBe(day);
  });

  it.each<[name: string, plan: TeamPlan, team: string | null, span: readonly unknown[]]>([
    ['is one week long when all are made in it', planOf([act, 2], [attend, 3]), 'payments', [5, 0, 5, '2021-06-25', '2021-06-25']],
    ['ends when the last is made', planOf([act, 5], [attend, 6]), 'payments', [11, 0, 5, '2021-06-25', '2021-07-09']],
    ['goes on from what is done', { ...planOf([attend, 3]), done: 5 }, 'payments', [3, 5, 5, '2021-07-02', '2021-07-02']],
    ['takes longer where a team can do less', planOf([act, 5]), 'web', [5, 0, 2, '2021-06-25', '2021-07-09']],
  ])('as a whole %s', (_, plan, team, expected) => {
    const { waiting, done, perWeek, from, until } = planSpan(plan, { first: openedAt, last: openedAt }, baseline, team);
    expect([waiting, done, perWeek, dayText(from), dayText(until)]).toEqual(expected);
  });
});
