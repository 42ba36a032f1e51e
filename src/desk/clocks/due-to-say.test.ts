import { describe, expect, it } from 'vitest';
import { builtInPolicy } from '../policy/policy.ts';
import { dueToSay, type ClockStand } from './due-to-say.ts';

const at = (text: string): number => Date.parse(text);
const stand: ClockStand = {
  finding: 'a'.repeat(16),
  component: 'component:acme/shop',
  team: 'payments',
  action: 'act',
  clock: 'running',
  openedAt: at('2021-12-10T09:00Z'),
  due: at('2021-12-17T09:00Z'),
};
const said = (change: Partial<ClockStand>, after: string, until: string): string =>
  dueToSay([{ ...stand, ...change }], builtInPolicy.clocks, at(after), at(until))
    .map((news) => `${new Date(news.at).toISOString().slice(5, 10)} ${news.kind} ${news.to}`)
    .join(', ');

describe('what is due to be said of a clock', () => {
  it.each<[name: string, change: Partial<ClockStand>, after: string, until: string, expected: string]>([
    ['that it began', {}, '2021-12-10T08:00Z', '2021-12-10T09:00Z', '12-10 clock-started team'],
    ['nothing twice', {}, '2021-12-10T09:00Z', '2021-12-11T09:00Z', ''],
    ['that it is due in two days', {}, '2021-12-11T00:00Z', '2021-12-16T00:00Z', '12-15 due-soon team'],
    [
      'that it is overdue, and then to whoever is next',
      {},
      '2021-12-16T00:00Z',
      '2022-02-01T00:00Z',
      '12-17 breached team, 12-24 escalated team lead, 12-31 escalated department, 01-16 escalated office',
    ],
    ['nothing late while it is paused', { clock: 'paused' }, '2021-12-11T00:00Z', '2022-02-01T00:00Z', ''],
    [
      'a question where the owner is a guess',
      { clock: 'question', due: null },
      '2021-12-10T00:00Z',
      '2022-02-01T00:00Z',
      '12-10 owner-question team',
    ],
    ['nothing of the baseline', { clock: 'baseline', due: null }, '2021-12-01T00:00Z', '2022-02-01T00:00Z', ''],
    ['nothing of what was decided', { clock: 'settled', due: null }, '2021-12-01T00:00Z', '2022-02-01T00:00Z', ''],
    ['no warning where there is no time for one', { due: at('2021-12-11T09:00Z') }, '2021-12-10T09:00Z', '2021-12-11T09:00Z', '12-11 breached team'],
  ])('%s', (_, change, after, until, expected) => {
    expect(said(change, after, until)).toBe(expected);
  });
});
