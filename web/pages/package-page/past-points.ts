import type { PackagePast } from '#server/schemas/past.ts';
import { day } from '../../parts/words.ts';

/** A week of a package's past. */
export type Point = PackagePast['points'][number];

/** A label over the strip: where its line stands, from 0 to 100, and what happened there. */
export type Mark = { readonly left: number; readonly words: string; readonly title: string };

const mostDrawn = 260;
/** Labels nearer to each other than this share one. */
const apart = 11;

/** The points that are drawn: all, or of very many every n-th and the last. */
export function pointsDrawn(points: readonly Point[]): readonly Point[] {
  const step = Math.ceil(points.length / mostDrawn);
  return step <= 1 ? points : points.filter((_, at) => (points.length - 1 - at) % step === 0);
}

/** Place of the last point that is not after a day; 0 when all are. */
export function placeOf(points: readonly Point[], wanted: string): number {
  return Math.max(
    0,
    points.findLastIndex((point) => point.day <= wanted),
  );
}

/** What happened within the points, as labels from left to right; what is close together is one label with a count. */
export function marksOf(points: readonly Point[], events: PackagePast['events']): readonly Mark[] {
  const [first, last] = [points[0]?.day ?? '', points.at(-1)?.day ?? ''];
  const whole = Date.parse(last) - Date.parse(first);
  const marks: { left: number; names: string[]; titles: string[] }[] = [];
  for (const event of events) {
    if (whole <= 0 || event.day < first || event.day > last) continue;
    const left = ((Date.parse(event.day) - Date.parse(first)) / whole) * 100;
    const name = event.kind === 'first-observation' ? 'First read' : (event.ids[0] ?? 'Advisory');
    const title = `${day(event.day)}: ${event.kind === 'first-observation' ? 'first observation of the estate' : `${event.ids.join(', ')} published`}`;
    const before = marks.at(-1);
    if (before !== undefined && left - before.left < apart) {
      before.names.push(name);
      before.titles.push(title);
    } else marks.push({ left, names: [name], titles: [title] });
  }
  return marks.map(({ left, names, titles }) => ({
    left,
    words: names.length === 1 ? (names[0] ?? '') : `${names[0] ?? ''} +${String(names.length - 1)}`,
    title: titles.join('\n'),
  }));
}
