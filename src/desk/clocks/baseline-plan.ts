import type { Baseline } from '../policy/policy.ts';

/** Risks are tenths from 0 to 1000. */
const risks = 1001;
const dayMs = 86_400_000;

/** The baseline of one team: how many upgrades there are of each urgency, and how many were made already. An upgrade is a package in a component. */
export type TeamPlan = { readonly waiting: Uint32Array; done: number };

/** Nothing to be planned. `actionCount` is the number of actions. */
export function noPlan(actionCount: number): TeamPlan {
  return { waiting: new Uint32Array(actionCount * risks), done: 0 };
}

/** The urgency of an upgrade, least first: by action, then by risk. */
export function urgencyOf(action: number, riskTenths: number): number {
  return action * risks + (risks - 1 - riskTenths);
}

/** An upgrade of the baseline. `lot` between 0 and 1, always the same for it, spreads those of one urgency. */
export type PlannedUpgrade = { readonly urgency: number; readonly lot: number; readonly openedAt: number };

/**
 * The day by which an upgrade is planned: the Friday of the week in which the team gets to it, the most urgent first, so many a week. What is done moves
 * nothing: its place stays taken, so that a date once given holds.
 */
export function plannedDay(plan: TeamPlan, { urgency, lot, openedAt }: PlannedUpgrade, baseline: Baseline, team: string | null): number {
  let before = plan.done;
  for (let each = 0; each < urgency; each += 1) before += plan.waiting[each] ?? 0;
  const place = before + Math.floor(lot * (plan.waiting[urgency] ?? 0));
  return fridayOf(place, openedAt, baseline, perWeekOf(baseline, team));
}

/** The plan of a team as a whole: how many upgrades wait and were made, how many a week, the Fridays (UTC days) of the first and, at the latest, of the last. */
export type PlanSpan = { readonly waiting: number; readonly done: number; readonly perWeek: number; readonly from: number; readonly until: number };

/** Adds a plan up. `opened` are when the first and the last of its findings became known. */
export function planSpan(
  { waiting: byUrgency, done }: TeamPlan,
  opened: { readonly first: number; readonly last: number },
  baseline: Baseline,
  team: string | null,
): PlanSpan {
  const waiting = byUrgency.reduce((sum, each) => sum + each, 0);
  const perWeek = perWeekOf(baseline, team);
  const from = fridayOf(done, opened.first, baseline, perWeek);
  return { waiting, done, perWeek, from, until: fridayOf(done + Math.max(0, waiting - 1), opened.last, baseline, perWeek) };
}

function perWeekOf(baseline: Baseline, team: string | null): number {
  return (team === null ? undefined : baseline.teams[team]?.fixesPerWeek) ?? baseline.fixesPerWeek;
}

function fridayOf(place: number, openedAt: number, { startAfterDays }: Baseline, perWeek: number): number {
  return mondayFrom(Math.ceil(openedAt / dayMs) + startAfterDays) + Math.floor(place / perWeek) * 7 + 4;
}

/** The first Monday on or after a UTC day; 5 January 1970 was one. */
function mondayFrom(day: number): number {
  return Math.ceil((day - 4) / 7) * 7 + 4;
}
