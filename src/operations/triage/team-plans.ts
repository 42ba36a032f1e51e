import { noPlan, plannedDay, urgencyOf, type TeamPlan } from '#desk/clocks/baseline-plan.ts';
import { clockKinds } from '#desk/clocks/clock-kind.ts';
import type { Baseline } from '#desk/policy/policy.ts';
import type { Estate, FindingColumns } from '#estate/estate.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import type { TriageColumns } from '#estate/triage-columns.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { actions } from '#model/action.ts';
import type { StoreReads } from '#store/store.ts';

/** The baseline of every team, kept while components are judged. */
export type TeamPlans = {
  readonly byTeam: Map<string | null, TeamPlan>;
  /** By component slot: how many of its upgrades were made, and of which findings that was counted. */
  readonly done: number[];
  readonly countedOf: (FindingColumns | undefined)[];
};

/** No plans. */
export function noTeamPlans(): TeamPlans {
  return { byTeam: new Map(), done: [], countedOf: [] };
}

const planned = clockKinds.indexOf('baseline');

/** Counts the upgrades of a component in (1) or out (-1) of its team's plan. */
export function countUpgrades(plans: TeamPlans, team: string | null, { of, clock, action, risk }: TriageColumns, by: 1 | -1): void {
  let plan: TeamPlan | null = null;
  for (let row = 0; row < of.group.length; row += 1) {
    if (clock[row] !== planned || !isFirstOfPackage(of, clock, row)) continue;
    plan ??= planOf(plans, team);
    const urgency = urgencyOf(action[row] ?? 0, risk[row] ?? 0);
    plan.waiting[urgency] = (plan.waiting[urgency] ?? 0) + by;
  }
}

/** Counts what was upgraded since, in components whose findings changed: their closed findings lie in the store only. */
export async function countDone(plans: TeamPlans, reads: Pick<StoreReads, 'loadFindingPacks'>, estate: Estate): Promise<void> {
  const ids: number[] = [];
  estate.findings.forEach((of, slot) => {
    const id = estate.components[slot]?.id;
    if (plans.countedOf[slot] !== of && id !== undefined) ids.push(id);
  });
  if (ids.length === 0) return;
  // Asking for each of very many takes longer than reading all.
  const pages = reads.loadFindingPacks(ids.length > 5000 ? {} : { componentIds: ids });
  for await (const page of pages) {
    for (const { component_id, closed } of page) {
      const slot = estate.slots.component.get(component_id);
      const holder = slot === undefined ? undefined : estate.components[slot];
      if (slot === undefined || holder === undefined) continue;
      const fixed = unpackEpisodes(closed).filter((each) => each.closedBecause === 'fixed' && each.openedAt <= holder.known_at + settleMs);
      const done = new Set(fixed.map((each) => each.packageId)).size;
      planOf(plans, holder.team).done += done - (plans.done[slot] ?? 0);
      plans.done[slot] = done;
    }
  }
  estate.findings.forEach((of, slot) => (plans.countedOf[slot] = of));
}

// What was closed so early belonged to the first look, whatever the policy says of it now.
const settleMs = 86_400_000;

/** The day by which the upgrade of a finding is planned; null where it is no part of a baseline. */
export function plannedDayOf(
  plans: TeamPlans,
  estate: Estate,
  { of, clock, action, risk }: TriageColumns,
  { component, row }: FindingPlace,
  baseline: Baseline,
): number | null {
  const holder = estate.components[component];
  if (holder === undefined || clock[row] !== planned) return null;
  let first = row;
  for (let at = row - 1; at >= 0 && of.package[at] === of.package[row]; at -= 1) if (clock[at] === planned) first = at;
  const used = estate.packages[of.package[row] ?? 0];
  const upgrade = {
    urgency: urgencyOf(action[first] ?? 0, risk[first] ?? 0),
    lot: lotOf(`${holder.ref} ${used?.ecosystem ?? ''} ${used?.name ?? ''}`),
    openedAt: of.openedAt[first] ?? 0,
  };
  return plannedDay(planOf(plans, holder.team), upgrade, baseline, holder.team);
}

/** One upgrade closes all findings of its package: the first of them stands for it. */
function isFirstOfPackage(of: FindingColumns, clock: Uint8Array, row: number): boolean {
  for (let at = row - 1; at >= 0 && of.package[at] === of.package[row]; at -= 1) if (clock[at] === planned) return false;
  return true;
}

function planOf({ byTeam }: TeamPlans, team: string | null): TeamPlan {
  const plan = byTeam.get(team) ?? noPlan(actions.length);
  byTeam.set(team, plan);
  return plan;
}

/** A number between 0 and 1 that is always the same for a text (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/). */
function lotOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0) / 2 ** 32;
}
