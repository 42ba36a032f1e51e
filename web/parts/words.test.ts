import { describe, expect, it } from 'vitest';
import { age, count, counted, day, moment, percent, shortRevision } from './words.ts';

const plain = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ');

describe('numbers and dates for people', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1284, '1 284'],
    [246318, '246 318'],
    [1_100_000, '1.1 M'],
  ])('writes the count %d as "%s"', (value, expected) => expect(plain(count(value))).toBe(expected));

  it.each([
    [1, '1 finding'],
    [0, '0 findings'],
  ])('puts the noun for %d right', (value, expected) => expect(plain(counted(value, 'finding'))).toBe(expected));

  it.each([
    [0.932, 1, '93.2 %'],
    [0.9996, 0, '> 99 %'],
    [0.0004, 1, '< 0.1 %'],
    [0, 0, '0 %'],
    [1, 0, '100 %'],
  ])('writes the share %d with %d digits as "%s"', (share, digits, expected) => expect(plain(percent(share, digits))).toBe(expected));

  it.each([
    ['2026-11-20T09:11:40Z', '< 1 min'],
    ['2026-11-20T09:00:00Z', '12 min'],
    ['2026-11-20T04:12:00Z', '5 h'],
    ['2026-11-11T09:12:00Z', '9 d'],
    ['2023-10-15T09:12:00Z', '3 y 1 m'],
    ['2026-11-21T09:12:00Z', '< 1 min'],
  ])('says how long ago %s was', (at, expected) => expect(plain(age(at, new Date('2026-11-20T09:12:00Z')))).toBe(expected));

  it('writes a day and a time in UTC', () => {
    expect(plain(day('2026-11-20'))).toBe('20 Nov 2026');
    expect(plain(moment('2026-11-20T09:12:59Z'))).toBe('20 Nov 2026 09:12');
  });

  it('shortens commit ids and leaves other revisions alone', () => {
    expect(shortRevision('a41f9c2e00000000000000000000000000000000')).toBe('a41f9c2e00');
    expect(shortRevision('W/"etag-1"')).toBe('W/"etag-1"');
  });
});
