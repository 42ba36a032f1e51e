import { isShipped } from '#analysis/priority/priority.ts';
import { noPlan, planSpan, type PlanSpan } from '#desk/clocks/baseline-plan.ts';
import { clockKinds } from '#desk/clocks/clock-kind.ts';
import { countClocks, type ClockSummary } from '#desk/clocks/clock-summary.ts';
import { dueOf } from '#desk/clocks/due-day.ts';
import { policyAt } from '#desk/policy/policies.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { findingColumns } from '#estate/questions/findings.ts';
import { unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { actions } from '#model/action.ts';
import { exposures, tiers } from '#model/profile.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { stretchOf } from '../find-finding.ts';
import { profileAt } from './component-triage.ts';
import { actionCode } from './group-priorities.ts';
import type { Triage } from './live-triage.ts';

/** All clocks of an estate that may be seen, added up, and how many findings have none, by why. */
export type ClockOverview = ClockSummary & {
  readonly without: Readonly<Record<(typeof clockKinds)[number], number>>;
  /** Closed findings that count in no figure. */
  readonly excluded: { readonly retracted: number; readonly withdrawn: number };
  /** The dated plan of what was there at the first look, by team, the longest first. */
  readonly plans: readonly (PlanSpan & { readonly team: string | null; readonly findings: number })[];
};

const codeOf = Object.fromEntries(clockKinds.map((kind, code) => [kind, code])) as Record<(typeof clockKinds)[number], number>;

/** Adds up every clock, from intervals: open ones as they stand, closed ones by the policy that was in force when they were closed and by what is known of them now. */
export async function clockOverview(
  reads: Pick<StoreReads, 'loadFindingPacks'>,
  triage: Triage,
  visibility: Visibility,
  { weeks, team }: { readonly weeks: number; readonly team?: string | undefined },
): Promise<ClockOverview> {
  const { estate, now } = triage.judging;
  const count = countClocks(now, weeks);
  const without = new Uint32Array(clockKinds.length);
  const isWanted = (of: string | null): boolean => team === undefined || of === team;
  const planned = new Map<string | null, { first: number; last: number; findings: number }>();
  for (const { component, columns: of } of findingColumns(estate, visibility)) {
    const holder = estate.components[component];
    if (holder === undefined || !isWanted(holder.team)) continue;
    const desk = triage.columnsOf(component);
    for (let row = 0; row < of.group.length; row += 1) {
      const clock = desk.clock[row] ?? 0;
      without[clock] = (without[clock] ?? 0) + 1;
      if (clock === codeOf.baseline) {
        const openedAt = of.openedAt[row] ?? 0;
        const span = planned.get(holder.team) ?? { first: openedAt, last: openedAt, findings: 0 };
        planned.set(holder.team, { first: Math.min(span.first, openedAt), last: Math.max(span.last, openedAt), findings: span.findings + 1 });
      }
      const due = desk.due[row] ?? 0;
      if (due === 0 && clock !== codeOf.baseline) continue;
      count.add({
        team: holder.team,
        action: actions[desk.action[row] ?? 0] ?? 'act',
        openedAt: of.openedAt[row] ?? 0,
        closedAt: null,
        due: due === 0 ? null : due * 60_000,
        isBaseline: clock === codeOf.baseline,
      });
    }
  }
  const excluded = { retracted: 0, withdrawn: 0 };
  for await (const page of reads.loadFindingPacks()) {
    for (const { component_id, closed } of page) {
      const component = estate.slots.component.get(component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined || !isVisible(holder, visibility) || !isWanted(holder.team)) continue;
      for (const episode of unpackEpisodes(closed)) {
        if (episode.closedBecause === 'fixed') count.add({ team: holder.team, ...closedClock(triage, component, episode) });
        else if (episode.closedBecause === 'retracted') excluded.retracted += 1;
        else excluded.withdrawn += 1;
      }
    }
  }
  const named = Object.fromEntries(clockKinds.map((kind, code) => [kind, without[code] ?? 0])) as ClockOverview['without'];
  const { baseline } = triage.judging.view.policy.policy;
  const plans = [...planned]
    .map(([of, { findings, ...opened }]) => ({
      ...planSpan(triage.plans.byTeam.get(of) ?? noPlan(actions.length), opened, baseline, of),
      ...{ team: of, findings },
    }))
    .sort((a, b) => b.waiting - a.waiting);
  return { ...count.summary(), without: named, excluded, plans };
}

/** How the clock of an episode that was closed as fixed ran, by the policy that was in force then. */
export function closedClock(
  { judging }: Triage,
  component: number,
  episode: PackedEpisode,
): Omit<Parameters<ReturnType<typeof countClocks>['add']>[0], 'team'> {
  const { estate, view, groups } = judging;
  const { openedAt, closedAt } = episode;
  const group = stretchOf(estate, component, episode)?.group ?? -1;
  const profile = profileAt(judging, component);
  const code = actionCode(groups.kind[group] ?? 0, tiers.indexOf(profile.tier), exposures.indexOf(profile.exposure), isShipped(null));
  const action = actions[code] ?? 'act';
  const { policy } = policyAt(view.desk.policies, closedAt ?? judging.now);
  const urgency = groups.urgent[group] ?? 0;
  const { clocks } = policy;
  const urgent =
    urgency === 0 ? null : urgency === 2 ? { from: openedAt, days: clocks.maliciousDays } : { from: groups.kevAt[group] ?? 0, days: clocks.kevDays };
  const isBaseline = urgency === 0 && openedAt <= (estate.components[component]?.known_at ?? 0) + policy.baseline.settleHours * 3_600_000;
  const due = isBaseline ? null : dueOf({ start: openedAt, days: clocks.days[action][profile.tier], urgent, raisedAt: null, pauses: [] }, clocks);
  return { action, openedAt, closedAt, due, isBaseline };
}
