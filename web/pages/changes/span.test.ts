import { describe, expect, it } from 'vitest';
import { isLength, spanOf } from './span.ts';

describe('the days of a comparison', () => {
  it.each([
    ['are the last thirty unless something else is asked', {}, { from: '2026-02-13', to: null, days: 30 }],
    ['move along with today by their length', { days: '7' }, { from: '2026-03-08', to: null, days: 7 }],
    ['end on the day asked about everywhere', { asOf: '2026-01-31', days: '91' }, { from: '2025-11-01', to: '2026-01-31', days: 91 }],
    ['are those that were named', { from: '2025-01-01', to: '2025-02-01', days: '7' }, { from: '2025-01-01', to: '2025-02-01', days: null }],
    ['reach to now when they would end today', { from: '2025-01-01', to: '2026-03-15' }, { from: '2025-01-01', to: null, days: null }],
    ['stay as they are when they are no days', { to: 'soon' }, { from: '2026-02-13', to: null, days: 30 }],
  ] as const)('%s', (_, search, span) => {
    expect(spanOf(search, '2026-03-15')).toEqual(span);
  });

  it('have one of a few lengths', () => {
    expect([isLength('7'), isLength(undefined), isLength('8'), isLength('x')]).toEqual([true, true, false, false]);
  });
});
