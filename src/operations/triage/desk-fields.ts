import { priorityOf, type Term } from '#analysis/priority/priority.ts';
import { certainties, clockKinds, type ClockKind, type OwnerCertainty } from '#desk/clocks/clock-kind.ts';
import { stageBits, triageStates, type Stage, type TriageState } from '#desk/triage/triage-state.ts';
import type { FindingPlace } from '#estate/questions/findings.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { actions, type Action } from '#model/action.ts';
import type { Profile } from '#model/profile.ts';
import { dayText } from '../ask-estate.ts';
import { profileAt } from './component-triage.ts';
import type { Triage } from './live-triage.ts';
import { plannedDayOf } from './team-plans.ts';

/** What the desk says of an open finding, as clients see it; every field is null for one that is over. Times are ISO 8601. */
export type DeskFields = {
  readonly triage: TriageState | null;
  readonly action: Action | null;
  readonly risk: number | null;
  readonly due: string | null;
  readonly overdue: boolean;
  readonly clock: ClockKind | null;
  /** The day by which an upgrade of the baseline is planned; null for what is no part of it. */
  readonly planned: string | null;
  readonly assignee: string | null;
  readonly ownerCertainty: OwnerCertainty | null;
  /** Whether each stage still has it; `unknown` where there is no evidence of the stage. */
  readonly stages: Readonly<Record<Stage, 'affected' | 'clean' | 'unknown'>> | null;
};

/** Why a finding has its priority. */
export type PriorityView = {
  readonly because: string;
  readonly terms: readonly Term[];
  readonly profile: Profile;
  /** Version and hash of the policy it was judged by. */
  readonly policy: { readonly version: number; readonly hash: string };
};

/** What the desk says of a finding that is over. */
export const noDeskFields: DeskFields = {
  triage: null,
  action: null,
  risk: null,
  due: null,
  overdue: false,
  clock: null,
  planned: null,
  assignee: null,
  ownerCertainty: null,
  stages: null,
};

/** What the desk says of the open finding at a place. */
export function deskFields(triage: Triage, { component, row }: FindingPlace): DeskFields {
  const columns = triage.columnsOf(component);
  const due = columns.due[row] ?? 0;
  const { estate, view } = triage.judging;
  const planned = plannedDayOf(triage.plans, estate, columns, { component, row }, view.policy.policy.baseline);
  const hit = (columns.use[row] ?? 0) >> 5;
  const stageFor = (stage: Stage): 'affected' | 'clean' | 'unknown' =>
    (hit & stageBits[stage]) !== 0 ? 'affected' : (columns.shown & stageBits[stage]) !== 0 ? 'clean' : 'unknown';
  return {
    triage: triageStates[columns.state[row] ?? 0] ?? 'open',
    action: actions[columns.action[row] ?? 0] ?? 'act',
    risk: (columns.risk[row] ?? 0) / 10,
    due: due === 0 ? null : new Date(due * 60_000).toISOString(),
    overdue: due !== 0 && due * 60_000 <= triage.judging.now,
    clock: clockKinds[columns.clock[row] ?? 0] ?? 'none',
    planned: planned === null ? null : dayText(planned),
    assignee: columns.assignees.get(row) ?? null,
    ownerCertainty: certainties[columns.certainty] ?? 'none',
    stages: { source: stageFor('source'), built: stageFor('built'), deployed: stageFor('deployed') },
  };
}

/** Why the open finding at a place has its priority; null when it is gone. */
export function priorityView(triage: Triage, { component, row }: FindingPlace): PriorityView | null {
  const { estate, view } = triage.judging;
  const group = estate.groups[estate.findings[component]?.group[row] ?? -1];
  if (group === undefined) return null;
  const use = triage.columnsOf(component).use[row] ?? 0;
  const isSeen = use >> 5 !== 0;
  const profile = profileAt(triage.judging, component);
  const { version, hash, policy } = view.policy;
  const facts = {
    malicious: group.malicious,
    kev: group.kev !== null,
    epss: group.epss?.score ?? null,
    severity: group.severity,
    tier: profile.tier,
    exposure: profile.exposure,
    scope: isSeen ? scopeOf(use & 31) : null,
    direct: isSeen ? directOf(use & 31) : null,
  };
  const { because, terms } = priorityOf(facts, policy.priority);
  return { because, terms, profile, policy: { version, hash } };
}
