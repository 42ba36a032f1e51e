import type { Action } from '#model/action.ts';

/** One stretch of a finding as its clock sees it. Unix milliseconds; null `closedAt` means open, null `due` that no clock runs or ran. */
export type ClockInterval = {
  readonly team: string | null;
  readonly action: Action;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly due: number | null;
  readonly isBaseline: boolean;
};

/** How one team keeps its clocks. Days have one decimal. */
export type TeamClocks = {
  readonly team: string | null;
  /** Open with a clock. */
  readonly running: number;
  readonly overdue: number;
  /** Due within seven days, and not yet. */
  readonly dueSoon: number;
  /** Of those not yet due, how many will be late at the pace of the last 90 days; null where fewer than five were closed, which makes no pace. */
  readonly breaching: number | null;
  /** Closed in the last 90 days, with a clock. */
  readonly closed: number;
  /** Mean days from known to closed of these; null when there are none. */
  readonly daysToClose: number | null;
  /** Of what was closed or became due in the last 90 days: in time and late. */
  readonly inTime: number;
  readonly late: number;
  /** Upgrades of the baseline that are left. */
  readonly baseline: number;
};

/** Open findings with a clock by how many UTC days they have been known: from so many, half open; null `until` means any more. */
export type AgeBucket = { readonly from: number; readonly until: number | null } & Readonly<Record<Action, number>>;

/** How many were open at a moment. */
export type BurnDownPoint = { readonly at: number; readonly clocked: number; readonly baseline: number };

export type ClockSummary = {
  readonly teams: readonly TeamClocks[];
  readonly ageing: readonly AgeBucket[];
  readonly burnDown: readonly BurnDownPoint[];
  /** Closed in the last 90 days with a clock, of all teams, and the mean days from known to closed of these (MTTR); null when there are none. */
  readonly closed: number;
  readonly daysToClose: number | null;
};

/** Adds intervals up one by one: there may be millions. What was retracted or withdrawn is not to be added. */
export type ClockCount = { add(interval: ClockInterval): void; summary(): ClockSummary };

const dayMs = 86_400_000;
/** How far back figures of closed clocks look. */
export const windowMs = 90 * dayMs;
const fewestForPace = 5;
const ages: readonly (readonly [from: number, until: number | null])[] = [
  [0, 7],
  [7, 30],
  [30, 90],
  [90, 180],
  [180, null],
];

/** Begins to count clocks as they stand at a moment, with one point a week back from it. */
export function countClocks(now: number, weeks: number): ClockCount {
  const teams = new Map<string | null, Counting>();
  const ageing = ages.map(([from, until]) => ({ from, until, act: 0, attend: 0, track: 0 }));
  const points = Array.from({ length: weeks + 1 }, (_, index) => ({ at: now - (weeks - index) * 7 * dayMs, clocked: 0, baseline: 0 }));
  return {
    add(interval) {
      const { team, action, openedAt, closedAt, due, isBaseline } = interval;
      for (const point of points) {
        if (openedAt > point.at || (closedAt !== null && closedAt <= point.at)) continue;
        if (isBaseline) point.baseline += 1;
        else if (due !== null) point.clocked += 1;
      }
      let counting = teams.get(team);
      if (counting === undefined) teams.set(team, (counting = newCounting()));
      if (isBaseline) counting.baseline += closedAt === null ? 1 : 0;
      else if (due !== null) countOne(counting, interval, due, now);
      if (isBaseline || due === null || closedAt !== null) return;
      // UTC days, so that a list from one day to another shows the same rows.
      const days = Math.floor(now / dayMs) - Math.floor(openedAt / dayMs);
      const bucket = ageing.find(({ from, until }) => days >= from && (until === null || days < until));
      if (bucket !== undefined) bucket[action] += 1;
    },
    summary() {
      const all = [...teams.values()];
      const [closed, closedMs] = [all.reduce((sum, each) => sum + each.closed, 0), all.reduce((sum, each) => sum + each.closedMs, 0)];
      return {
        teams: [...teams].map(([team, counting]) => teamClocks(team, counting, now)).sort(byOverdue),
        ageing,
        burnDown: points,
        closed,
        daysToClose: meanDays(closedMs, closed),
      };
    },
  };
}

type Counting = { readonly dues: number[]; overdue: number; closed: number; closedMs: number; inTime: number; late: number; baseline: number };

function newCounting(): Counting {
  return { dues: [], overdue: 0, closed: 0, closedMs: 0, inTime: 0, late: 0, baseline: 0 };
}

function countOne(counting: Counting, { openedAt, closedAt }: ClockInterval, due: number, now: number): void {
  if (closedAt === null) {
    if (due > now) counting.dues.push(due);
    else counting.overdue += 1;
    if (due <= now && due > now - windowMs) counting.late += 1;
    return;
  }
  if (closedAt <= now - windowMs) return;
  counting.closed += 1;
  counting.closedMs += closedAt - openedAt;
  if (closedAt <= due) counting.inTime += 1;
  else counting.late += 1;
}

function teamClocks(team: string | null, { dues, overdue, closed, closedMs, inTime, late, baseline }: Counting, now: number): TeamClocks {
  return {
    team,
    running: dues.length + overdue,
    overdue,
    dueSoon: dues.filter((due) => due <= now + 7 * dayMs).length,
    breaching: closed < fewestForPace ? null : breachesAt(dues, overdue, (closed / windowMs) * dayMs, now),
    closed,
    daysToClose: meanDays(closedMs, closed),
    inTime,
    late,
    baseline,
  };
}

function meanDays(ms: number, of: number): number | null {
  return of === 0 ? null : Math.round((ms / of / dayMs) * 10) / 10;
}

/** How many of those not yet due will be late when so many a day are closed, what is overdue first, then by due date. */
export function breachesAt(dues: readonly number[], overdue: number, perDay: number, now: number): number {
  const sorted = dues.toSorted((a, b) => a - b);
  return sorted.filter((due, place) => now + ((overdue + place + 1) / perDay) * dayMs > due).length;
}

function byOverdue(a: TeamClocks, b: TeamClocks): number {
  return b.overdue - a.overdue || b.running - a.running || ((a.team ?? '\uffff') < (b.team ?? '\uffff') ? -1 : 1);
}
