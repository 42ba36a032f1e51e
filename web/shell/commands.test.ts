import { describe, expect, it } from 'vitest';
import { commandsFor, dayIn } from './commands.ts';

const context = { path: '/findings', search: { severity: 'high' }, today: '2026-03-15', isDark: false };
const goesOf = (text: string, search: Record<string, string> = context.search) =>
  commandsFor(text, { ...context, search }).map(({ act }) => ('go' in act ? act.go : act.do));

describe('commands of the palette', () => {
  it.each([
    ['2021-12-12', '2021-12-12'],
    ['compare 2021-12-12', '2021-12-12'],
    ['CVE-2021-44228', null],
    ['2021-13-40', null],
  ])('the day in %s is %s', (text, day) => {
    expect(dayIn(text)).toBe(day);
  });

  it('a day is shown on the page one is on, filters kept, or compared', () => {
    expect(goesOf('compare with 2026-01-31')).toEqual(['/findings?severity=high&asOf=2026-01-31', '/changes?from=2026-01-31']);
  });

  it('a day that is not over yet is none', () => {
    expect(goesOf('2026-03-15')).toEqual([]);
  });

  it('comparisons end on the day that is shown, and there is a way back to now', () => {
    expect(goesOf('week', { asOf: '2026-01-31' })).toEqual(['/changes?from=2026-01-24&asOf=2026-01-31']);
    expect(goesOf('now', { asOf: '2026-01-31' })).toEqual(['/findings']);
    expect(goesOf('back to now', {})).toEqual([]);
  });

  it('the theme and the shortcuts are found by their words', () => {
    expect([goesOf('dark'), goesOf('keyboard')]).toEqual([['theme'], ['shortcuts']]);
  });
});
