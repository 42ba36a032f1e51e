import type { Clocks } from '../policy/policy.ts';

/** A time in which a clock stood still. Unix milliseconds. */
export type Pause = { readonly from: number; readonly until: number };

/** What a due date is made of. Unix milliseconds. */
export type DueFacts = {
  /** When it became known. */
  readonly start: number;
  /** Null: nothing is due by the ordinary days. */
  readonly days: number | null;
  /** A shorter time for what is exploited or malicious, from when that was known; null for none. */
  readonly urgent: { readonly from: number; readonly days: number } | null;
  /** When it last became more urgent than it was when it began; null when it never did. */
  readonly raisedAt: number | null;
  /** In any order; they may overlap. */
  readonly pauses: readonly Pause[];
};

const dayMs = 86_400_000;

/** When it is due: the earlier of the ordinary and the urgent day, never within the grace after it was raised, and later by every pause before it. Null: never. */
export function dueOf(facts: DueFacts, clocks: Pick<Clocks, 'counting' | 'holidays' | 'graceDays'>): number | null {
  const { start, days, urgent, raisedAt, pauses } = facts;
  const ends: number[] = [];
  if (days !== null) ends.push(daysAfter(start, days, clocks));
  if (urgent !== null) ends.push(daysAfter(Math.max(start, urgent.from), urgent.days, clocks));
  if (ends.length === 0) return null;
  const earliest = Math.min(...ends);
  const due = raisedAt === null || raisedAt <= start ? earliest : Math.max(earliest, daysAfter(raisedAt, clocks.graceDays, clocks));
  return afterPauses(start, due, pauses);
}

/** How long a clock stood still between two moments. */
export function pausedMs(pauses: readonly Pause[], from: number, until: number): number {
  return joined(pauses).reduce((sum, pause) => sum + Math.max(0, Math.min(pause.until, until) - Math.max(pause.from, from)), 0);
}

/** So many days later, at the same time of the day; working days leave out Saturdays, Sundays and holidays. */
export function daysAfter(at: number, days: number, { counting, holidays }: Pick<Clocks, 'counting' | 'holidays'>): number {
  if (counting === 'calendar') return at + days * dayMs;
  let end = at;
  for (let left = days; left > 0;) {
    end += dayMs;
    if (isWorked(end, holidays)) left -= 1;
  }
  return end;
}

function isWorked(at: number, holidays: readonly string[]): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(new Date(at).toISOString().slice(0, 10));
}

function afterPauses(start: number, due: number, pauses: readonly Pause[]): number {
  let end = due;
  for (const pause of joined(pauses)) {
    if (pause.from >= end || pause.until <= start) continue;
    end += pause.until - Math.max(pause.from, start);
  }
  return end;
}

function joined(pauses: readonly Pause[]): readonly Pause[] {
  const runs: { from: number; until: number }[] = [];
  for (const each of [...pauses].sort((a, b) => a.from - b.from)) {
    const last = runs.at(-1);
    if (last === undefined || each.from > last.until) runs.push({ ...each });
    else last.until = Math.max(last.until, each.until);
  }
  return runs;
}
