import { describe, expect, it } from 'vitest';
import { marksOf, placeOf, pointsDrawn } from './past-points.ts';

const point = (day: string) => ({ day, affected: 0, clear: 1, unknown: 0, observed: 1 });
const points = ['2024-01-07', '2024-01-14', '2024-01-21', '2024-01-28', '2024-02-01'].map(point);

describe('the strip over time', () => {
  it.each([
    ['2024-01-14', 1],
    ['2024-01-20', 1],
    ['2024-03-01', 4],
    ['2023-01-01', 0],
  ])('shows for %s the week that was over by then', (day, place) => {
    expect(placeOf(points, day)).toBe(place);
  });

  it('draws at most 260 of very many weeks, the last among them', () => {
    const many = Array.from({ length: 1000 }, (_, at) => point(new Date(at * 7 * 86_400_000).toISOString().slice(0, 10)));
    const drawn = pointsDrawn(many);
    expect([drawn.length, drawn.at(-1)]).toEqual([250, many.at(-1)]);
    expect(pointsDrawn(points)).toBe(points);
  });

  it('gives events that are close together one label, and leaves out those outside', () => {
    const advisory = (day: string, id: string) => ({ day, kind: 'advisory' as const, ids: [id], severity: 'high' as const });
    const marks = marksOf(points, [
      { day: '2024-01-07', kind: 'first-observation', ids: [], severity: null },
      advisory('2024-01-08', 'CVE-1'),
      advisory('2024-01-25', 'CVE-2'),
      advisory('2025-01-25', 'CVE-3'),
    ]);
    expect(marks.map(({ left, words }) => [Math.round(left), words])).toEqual([
      [0, 'First read +1'],
      [72, 'CVE-2'],
    ]);
    expect(marks[0]?.title).toBe('7\u00a0Jan\u00a02024: first observation of the estate\n8\u00a0Jan\u00a02024: CVE-1 published');
  });
});
