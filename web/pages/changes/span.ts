import type { Search } from '../../parts/search-params.ts';

/** The days a comparison is of, as `YYYY-MM-DD`. */
export type Span = {
  readonly from: string;
  /** Null is now. */
  readonly to: string | null;
  /** The length that moves along with today; null when the earlier day was named. */
  readonly days: number | null;
};

/** Lengths to choose from, in days, with their names. */
export const lengths: readonly (readonly [days: number, name: string])[] = [
  [7, '7 days'],
  [30, '30 days'],
  [91, 'Quarter'],
];

const usual = 30;
const dayMs = 86_400_000;

/** The days that an address asks about: up to the later day named, else the day asked about everywhere, else `today`. */
export function spanOf(search: Search, today: string): Span {
  const later = search['to'] ?? search['asOf'];
  const to = later === undefined || later >= today ? null : later;
  if (search['from'] !== undefined) return { from: search['from'], to, days: null };
  const days = lengths.find(([length]) => String(length) === search['days'])?.[0] ?? usual;
  const end = Date.parse(to ?? today);
  // A day that is none is left to the API, which says so.
  return { from: Number.isNaN(end) ? (to ?? today) : new Date(end - days * dayMs).toISOString().slice(0, 10), to, days };
}

/** Whether the length in an address is one there is. */
export function isLength(days: string | undefined): boolean {
  return days === undefined || lengths.some(([length]) => String(length) === days);
}
