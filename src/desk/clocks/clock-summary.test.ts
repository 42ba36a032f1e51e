import { describe, expect, it } from 'vitest';
import { breachesAt, countClocks, type ClockInterval } from './clock-summary.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2021-07-01T00:00Z');
const clocked = (opened: string, closed: string | null, due: string | null, change: Partial<ClockInterval> = {}): ClockInterval => ({
  team: 'payments',
  action: 'act',
  openedAt: at(opened),
  closedAt: closed === null ? null : at(closed),
  due: due === null ? null : at(due),
  isBaseline: false,
  ...change,
});
const intervals = [
  clocked('2021-06-01', '2021-06-05', '2021-06-08'),
  clocked('2021-06-01', '2021-06-07', '2021-06-08'),
  clocked('2021-06-01', '2021-06-08', '2021-06-08'),
  clocked('2021-06-01', '2021-06-11', '2021-06-08'),
  clocked('2021-06-01', '2021-06-04', '2021-06-08'),
  // Long ago: in no figure of the last 90 days.
  clocked('2021-01-01', '2021-02-01', '2021-01-08'),
  clocked('2021-06-20', null, '2021-06-27'),
  clocked('2021-06-28', null, '2021-07-05'),
  clocked('2021-05-20', null, '2021-08-30', { action: 'attend' }),
  clocked('2021-06-29', null, null, { action: 'track' }),
  clocked('2021-01-01', null, null, { isBaseline: true }),
  clocked('2021-01-01', '2021-06-20', null, { isBaseline: true }),
  clocked('2021-06-30', null, '2021-07-07', { team: null }),
];

describe('clocks added up', () => {
  const count = countClocks(now, 4);
  for (const interval of intervals) count.add(interval);
  const { teams, ageing, burnDown } = count.summary();

  it('by team, those with most overdue first', () => {
    expect(teams).toEqual([
      { team: 'payments', running: 3, overdue: 1, dueSoon: 1, breaching: 1, closed: 5, daysToClose: 6, inTime: 4, late: 2, baseline: 1 },
      { team: null, running: 1, overdue: 0, dueSoon: 1, breaching: null, closed: 0, daysToClose: null, inTime: 0, late: 0, baseline: 0 },
    ]);
  });

  it('by how long they have been known', () => {
    expect(ageing.map(({ from, until, act, attend, track }) => [from, until, act, attend, track])).toEqual([
      [0, 7, 2, 0, 0],
      [7, 30, 1, 0, 0],
      [30, 90, 0, 1, 0],
      [90, 180, 0, 0, 0],
      [180, null, 0, 0, 0],
    ]);
  });

  it('week by week, the baseline apart', () => {
    expect(burnDown.map((point) => [new Date(point.at).toISOString().slice(0, 10), point.clocked, point.baseline])).toEqual([
      ['2021-06-03', 6, 2],
      ['2021-06-10', 2, 2],
      ['2021-06-17', 1, 2],
      ['2021-06-24', 2, 1],
      ['2021-07-01', 4, 1],
    ]);
  });

  it.each([
    ['one a day keeps them all', 1, ['2021-07-02', '2021-07-03', '2021-07-05'], 0, 0],
    ['one in two days is late for the first', 0.5, ['2021-07-02', '2021-07-05', '2021-07-08'], 0, 1],
    ['what is overdue comes first', 1, ['2021-07-02', '2021-07-03', '2021-07-05'], 2, 3],
    ['whoever closes nothing is late for all', 0, ['2021-07-02', '2021-12-01'], 0, 2],
  ])('%s', (_, perDay, dues, overdue, late) => {
    expect(
      breachesAt(
        dues.map((due) => at(due)),
        overdue,
        perDay,
        now,
      ),
    ).toBe(late);
  });
});
