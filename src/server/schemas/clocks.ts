import { z } from 'zod';
import { actions } from '#model/action.ts';
import { ListQuery, listOf, sortBy } from './list.ts';

/** Of which team, and how many weeks back. */
export const ClocksQuery = z.strictObject({ team: z.string().optional(), weeks: z.coerce.number().int().min(1).max(104).default(26) });
export type ClocksQuery = z.infer<typeof ClocksQuery>;

const count = z.number().int().nonnegative();
/** A number with the address of its rows. */
const Counted = z.object({ count, rowsQuery: z.string() });

/** Clocks added up from intervals, never from counters. */
export const Clocks = z.object({
  generatedAt: z.iso.datetime(),
  policy: z.object({ version: z.number().int(), hash: z.string() }),
  running: Counted,
  overdue: Counted,
  /** Due within seven days, and not yet. */
  dueSoon: Counted,
  paused: Counted,
  /** The owner is a guess and was asked; no time runs meanwhile. */
  question: Counted,
  /** Of the first look: planned, not chased. */
  baseline: Counted,
  /** Decided so that nothing is to be done. */
  settled: Counted,
  /** Counted only: the policy has no clock for them. */
  metric: Counted,
  /** Closed in the last 90 days with a clock. */
  closed: Counted,
  /** Mean days from known to closed of these (MTTR); null when there are none. */
  daysToClose: z.number().nullable(),
  teams: z.array(
    z.object({
      team: z.string().nullable(),
      running: count,
      overdue: count,
      dueSoon: count,
      /** Of those not yet due, how many will be late at the pace of the last 90 days; null where fewer than five were closed. */
      breaching: count.nullable(),
      /** Closed in the last 90 days, with a clock. */
      closed: count,
      /** Mean days from known to closed of these; null when there are none. */
      daysToClose: z.number().nullable(),
      /** Of what was closed or became due in the last 90 days: share closed in time; null when there was none. */
      attainment: z.number().min(0).max(1).nullable(),
      inTime: count,
      late: count,
      baseline: count,
      rowsQuery: z.string(),
      /** Of those closed. */
      closedQuery: z.string(),
    }),
  ),
  /** The dated plan of what was there at the first look, by team: one upgrade closes all findings of a package in a component. */
  plans: z.array(
    z.object({
      team: z.string().nullable(),
      findings: count,
      upgrades: count,
      /** Upgrades made already. */
      done: count,
      perWeek: z.number().positive(),
      /** The Friday by which the first ones are planned. */
      from: z.iso.date(),
      /** The Friday by which all are. */
      until: z.iso.date(),
      rowsQuery: z.string(),
    }),
  ),
  /** Open with a clock, by days since they became known; half open, null `until` means any more. */
  ageing: z.array(
    z.object({
      from: count,
      until: count.nullable(),
      ...(Object.fromEntries(actions.map((action) => [action, count])) as Record<(typeof actions)[number], typeof count>),
      rowsQuery: z.string(),
    }),
  ),
  /** How many were open at each moment: with a clock, and of the baseline. */
  burnDown: z.array(z.object({ at: z.iso.datetime(), clocked: count, baseline: count })),
  /** Closed findings that count in no figure, beside those of the baseline. */
  excluded: z.object({ retracted: count, withdrawn: count }),
});
export type Clocks = z.infer<typeof Clocks>;

/** A clock that ended within the last 90 days, because inventories say that it is fixed where it runs. */
export const ClosedClock = z.object({
  /** Of the finding. */
  id: z.string(),
  episode: z.number().int().positive(),
  advisory: z.object({ key: z.string(), ids: z.array(z.string()) }),
  package: z.object({ purl: z.string(), name: z.string() }),
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  action: z.enum(actions),
  /** When both the use and the advisory were known to us. */
  opened: z.iso.datetime(),
  /** When we learnt that it was over. */
  closed: z.iso.datetime(),
  due: z.iso.datetime(),
  /** From opened to closed. */
  days: z.number().nonnegative(),
  inTime: z.boolean(),
});
export type ClosedClock = z.infer<typeof ClosedClock>;

/** Filters of clocks that ended. */
export const ClosedClockQuery = ListQuery.extend({
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  kept: z.enum(['in-time', 'late']).optional(),
  sort: sortBy(['closed', 'days', 'component', 'team'], '-closed'),
});
export type ClosedClockQuery = z.infer<typeof ClosedClockQuery>;

/** One page of them. */
export const ClosedClockList = listOf(ClosedClock);
export type ClosedClockList = z.infer<typeof ClosedClockList>;
