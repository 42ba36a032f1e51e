import { describe, expect, it } from 'vitest';
import { oneADay } from './one-a-day.ts';

describe('the commits that a past is told by', () => {
  const commits = ['2024-01-01T08:00Z', '2024-01-01T09:00Z', '2024-01-01T23:59Z', '2024-01-02T00:00Z', '2024-01-02T12:00Z', '2024-01-05T12:00Z'].map(
    (date, at) => ({ id: String(at), committedAt: Date.parse(date) }),
  );

  it.each<{ readonly of: string; readonly changed: readonly number[]; readonly reshaped: readonly number[]; readonly told: readonly number[] }>([
    { of: 'the last of each day', changed: [0, 1, 2, 3, 4, 5], reshaped: [], told: [2, 4, 5] },
    { of: 'also an early one, when no other changed anything that day', changed: [0, 3, 5], reshaped: [], told: [0, 3, 5] },
    { of: 'both sides of a change of which files there are', changed: [0, 1, 2, 3, 4, 5], reshaped: [1], told: [0, 1, 2, 4, 5] },
    { of: 'nothing of nothing', changed: [], reshaped: [], told: [] },
  ])('are $of', ({ changed, reshaped, told }) => {
    expect(oneADay({ commits, changed, reshaped: new Set(reshaped) })).toEqual(told);
  });
});
