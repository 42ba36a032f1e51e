import { describe, expect, it } from 'vitest';
import { dueOf, pausedMs, type DueFacts } from './due-day.ts';

const at = (text: string): number => Date.parse(text);
type Counting = Parameters<typeof dueOf>[1];
const calendar: Counting = { counting: 'calendar', holidays: [], graceDays: 3 };
const working: Counting = { counting: 'working', holidays: ['2021-12-24'], graceDays: 3 };
// Log4Shell became known on a Friday.
const facts: DueFacts = { start: at('2021-12-10T09:00Z'), days: 7, urgent: null, raisedAt: null, pauses: [] };
const pause = (from: string, until: string): DueFacts['pauses'][number] => ({ from: at(from), until: at(until) });

describe('when a finding is due', () => {
  it.each<[name: string, change: Partial<DueFacts>, clocks: Counting, due: string | null]>([
    ['so many days after it became known', {}, calendar, '2021-12-17T09:00'],
    ['never without days', { days: null }, calendar, null],
    ['in working days', {}, working, '2021-12-21T09:00'],
    ['in working days without holidays', { start: at('2021-12-20T09:00Z'), days: 5 }, working, '2021-12-28T09:00'],
    ['earlier when it is exploited', { days: 30, urgent: { from: at('2021-12-10T00:00Z'), days: 14 } }, calendar, '2021-12-24T09:00'],
    [
      'counted from when it was listed as exploited',
      { days: null, urgent: { from: at('2022-01-10T00:00Z'), days: 14 } },
      calendar,
      '2022-01-24T00:00',
    ],
    ['not later because it is exploited', { urgent: { from: at('2021-12-15T00:00Z'), days: 14 } }, calendar, '2021-12-17T09:00'],
    ['not before the grace after it was raised', { raisedAt: at('2021-12-16T09:00Z') }, calendar, '2021-12-19T09:00'],
    ['as before when it was raised early', { raisedAt: at('2021-12-11T09:00Z') }, calendar, '2021-12-17T09:00'],
    ['as before when it was raised before it began', { raisedAt: at('2021-12-01T09:00Z') }, calendar, '2021-12-17T09:00'],
    ['later by a pause', { pauses: [pause('2021-12-12T09:00Z', '2021-12-14T09:00Z')] }, calendar, '2021-12-19T09:00'],
    [
      'later once by pauses that overlap',
      { pauses: [pause('2021-12-13T09:00Z', '2021-12-15T09:00Z'), pause('2021-12-12T09:00Z', '2021-12-14T09:00Z')] },
      calendar,
      '2021-12-20T09:00',
    ],
    [
      'later by what is left of a pause that began before',
      { pauses: [pause('2021-12-01T09:00Z', '2021-12-11T09:00Z')] },
      calendar,
      '2021-12-18T09:00',
    ],
    ['as before by a pause after it was due', { pauses: [pause('2021-12-18T09:00Z', '2021-12-25T09:00Z')] }, calendar, '2021-12-17T09:00'],
    [
      'later by a pause that only began before it was due because of another',
      { pauses: [pause('2021-12-12T09:00Z', '2021-12-14T09:00Z'), pause('2021-12-18T09:00Z', '2021-12-19T09:00Z')] },
      calendar,
      '2021-12-20T09:00',
    ],
  ])('%s', (_, change, clocks, due) => {
    const computed = dueOf({ ...facts, ...change }, clocks);
    expect(computed === null ? null : new Date(computed).toISOString().slice(0, 16)).toBe(due);
  });

  it('a pause counts only within the time asked about', () => {
    const pauses = [pause('2021-12-10T00:00Z', '2021-12-12T00:00Z'), pause('2021-12-11T00:00Z', '2021-12-14T00:00Z')];
    expect(pausedMs(pauses, at('2021-12-11T00:00Z'), at('2021-12-13T00:00Z'))).toBe(2 * 86_400_000);
  });
});
