import { isShipped, depthValue, exposureValue, pointsOf, scopeValue, tierValue } from '#analysis/priority/priority.ts';
import { clockKindOf, clockKinds, type OwnerCertainty } from '#desk/clocks/clock-kind.ts';
import { wasThere } from '#desk/clocks/baseline.ts';
import { dueOf, type Pause } from '#desk/clocks/due-day.ts';
import { endOfHold } from '#desk/clocks/held-clocks.ts';
import type { Condition } from '#desk/council/conditions.ts';
import { decisionFor } from '#desk/decisions/decision-index.ts';
import { decisionPauses } from '#desk/decisions/decision-pauses.ts';
import type { Verdict } from '#desk/decisions/verdict.ts';
import { profileOf } from '#desk/profiles/profiles.ts';
import { triageStateOf, triageStates } from '#desk/triage/triage-state.ts';
import type { Estate, EstateComponent, FindingColumns } from '#estate/estate.ts';
import { triageColumnsFor, type TriageColumns } from '#estate/triage-columns.ts';
import { directOf, scopeOf } from '#language/packed/flags.ts';
import { actions } from '#model/action.ts';
import { conditionRule, vulnerabilityRule } from '#model/rule-id.ts';
import { exposures, tiers, unknownProfile, type Profile } from '#model/profile.ts';
import { purlOfPackage } from '../ask-estate.ts';
import { isInRange, judgedAt } from '../findings-meeting.ts';
import { mayBeDecided, type DeskView } from './desk-view.ts';
import { actionCode, type GroupPriorities } from './group-priorities.ts';
import { certaintyCode, certaintyOf } from './owner-certainty.ts';
import type { RowUses } from './row-uses.ts';

/** What judging the findings of any component rests on. */
export type Judging = {
  readonly estate: Estate;
  readonly view: DeskView;
  readonly groups: GroupPriorities;
  /** When the first advisory of a package's ecosystem was received, by package slot; 0 where that is not known. */
  readonly advisoriesAt: Float64Array;
  /** Unix milliseconds. */
  readonly now: number;
};

/** The desk's columns of one component, and until when they hold if nobody does anything. */
export type Judgement = { readonly columns: TriageColumns; readonly holdsUntil: number };

/** What the findings of one component have in common. */
type Common = {
  readonly slot: number;
  readonly holder: EstateComponent;
  readonly of: FindingColumns;
  readonly profile: Profile;
  /** Places of its tier and exposure in their lists, and what they add to the risk. */
  readonly tier: number;
  readonly exposure: number;
  readonly points: number;
  readonly raisedAt: number | null;
  readonly certainty: OwnerCertainty;
  readonly mayBeDecided: boolean;
  /** When each group was first known in it: packages of one group share a clock. */
  readonly startOf: ReadonlyMap<number, number>;
};

/** Judges every open finding of a component. */
export function judgeComponent(judging: Judging, slot: number, uses: RowUses): Judgement {
  const { estate, view } = judging;
  const [holder, of] = [estate.components[slot], estate.findings[slot]];
  if (holder === undefined || of === undefined) throw new Error('A component is gone while it was judged. Restart to load the estate anew.');
  const common = commonOf(judging, slot, holder, of);
  const columns = triageColumnsFor(of, { ...uses, certainty: certaintyCode(common.certainty) });
  let holdsUntil = Infinity;
  for (let row = 0; row < of.group.length; row += 1) holdsUntil = Math.min(holdsUntil, judgeRow(judging, common, columns, row));
  const given = view.assignments.get(slot);
  const borne = bearersOf(judging, of);
  if (given === undefined && borne.size === 0) return { columns, holdsUntil };
  return {
    columns: { ...columns, assignees: new Map([...borne, ...(given === undefined ? [] : assigneesOf(estate, slot, of, given))]) },
    holdsUntil,
  };
}

/** What is known of a component apart from its contents. */
export function profileAt({ view }: Pick<Judging, 'view'>, slot: number): Profile {
  return profileOf(view.profiles.get(slot), unknownProfile);
}

function commonOf({ view }: Judging, slot: number, holder: EstateComponent, of: FindingColumns): Common {
  const startOf = new Map<number, number>();
  for (let row = 0; row < of.group.length; row += 1) {
    const [group = 0, openedAt = 0] = [of.group[row], of.openedAt[row]];
    const before = startOf.get(group);
    if (before === undefined || openedAt < before) startOf.set(group, openedAt);
  }
  const profile = profileAt({ view }, slot);
  const { weights } = view.policy.policy.priority;
  const said = view.profiles.get(slot)?.at ?? null;
  const since = view.policy.version === 1 ? null : view.policy.since;
  return {
    slot,
    holder,
    of,
    profile,
    tier: tiers.indexOf(profile.tier),
    exposure: exposures.indexOf(profile.exposure),
    points: pointsOf(exposureValue[profile.exposure], weights.exposure) + pointsOf(tierValue[profile.tier], weights.tier),
    raisedAt: said === null ? since : Math.max(said, since ?? 0),
    certainty: certaintyOf(holder, view.owners.get(slot)),
    mayBeDecided: mayBeDecided(view, holder.ref, holder.team),
    startOf,
  };
}

/** Fills one row and gives until when it holds. */
function judgeRow(judging: Judging, common: Common, columns: TriageColumns, row: number): number {
  const { groups, view } = judging;
  const group = common.of.group[row] ?? 0;
  const use = columns.use[row] ?? 0;
  // What no inventory shows at this moment is being judged anew: nothing is known of its use.
  const isSeen = use >> 5 !== 0;
  const scope = isSeen ? scopeOf(use & 31) : null;
  const action = actionCode(groups.kind[group] ?? 0, common.tier, common.exposure, isShipped(scope));
  columns.action[row] = action;
  const { weights } = view.policy.policy.priority;
  const ofUse = pointsOf(scopeValue(scope), weights.scope) + pointsOf(depthValue(isSeen ? directOf(use & 31) : null), weights.depth);
  columns.risk[row] = Math.round(((groups.points[group] ?? 0) + common.points + ofUse) * 10);
  const { verdict, pauses, until } = decided(judging, common, row);
  const state = triageStateOf(verdict, { hit: use >> 5, shown: columns.shown });
  columns.state[row] = triageStates.indexOf(state);
  // What was there at the first look never had a clock of its own, also when it became urgent since.
  const condition = conditionAt(judging, group);
  const isOld = condition === null && wasThereAtFirst(judging, common, row, action);
  // What the council asked for is due when it said, whatever the policy gives others.
  const due = condition?.due ?? dueAt(judging, common, { group, action, pauses, isOld });
  const rule = view.rule(judging.estate.groups[group]?.rule ?? vulnerabilityRule);
  const kind = clockKindOf({
    state,
    isBaseline: isOld && (groups.urgent[group] ?? 0) === 0,
    certainty: common.certainty,
    remit: rule.remit,
    hasDays: due !== null && rule.isOn,
    isPaused: pauses.some((pause) => pause.from <= judging.now && judging.now < pause.until),
  });
  columns.clock[row] = clockKinds.indexOf(kind);
  columns.due[row] = due === null || (kind !== 'running' && kind !== 'paused') ? 0 : Math.round(due / 60_000);
  return until;
}

/** The condition of the council that a finding is about; null for any other. */
function conditionAt({ estate, view }: Judging, group: number): Condition | null {
  const found = estate.groups[group];
  return found?.rule === conditionRule ? (view.conditions.get(found.subject) ?? null) : null;
}

/** Persons who bear conditions of the council, by row: until somebody gives the finding to others it is theirs. */
function bearersOf(judging: Judging, of: FindingColumns): ReadonlyMap<number, string> {
  const rows = new Map<number, string>();
  if (judging.view.conditions.size === 0) return rows;
  of.group.forEach((group, row) => {
    const owner = conditionAt(judging, group)?.owner;
    if (owner?.kind === 'person') rows.set(row, owner.id);
  });
  return rows;
}

type DueOf = { readonly group: number; readonly action: number; readonly pauses: readonly Pause[]; readonly isOld: boolean };

function dueAt({ view, groups }: Judging, { profile, raisedAt, startOf }: Common, { group, action, pauses, isOld }: DueOf): number | null {
  const { clocks } = view.policy.policy;
  const urgency = groups.urgent[group] ?? 0;
  const days = isOld ? null : clocks.days[actions[action] ?? 'track'][profile.tier];
  if (days === null && urgency === 0) return null;
  const start = startOf.get(group) ?? 0;
  const kevAt = groups.kevAt[group] ?? 0;
  const urgent = urgency === 0 ? null : urgency === 2 ? { from: start, days: clocks.maliciousDays } : { from: kevAt, days: clocks.kevDays };
  const raised = urgency === 1 && kevAt > start ? Math.max(raisedAt ?? 0, kevAt) : raisedAt;
  return dueOf({ start, days, urgent, raisedAt: raised, pauses }, clocks);
}

function wasThereAtFirst({ estate, view, advisoriesAt }: Judging, { holder, of, profile }: Common, row: number, action: number): boolean {
  const openedAt = of.openedAt[row] ?? 0;
  const settleMs = view.policy.policy.baseline.settleHours * 3_600_000;
  if (openedAt <= holder.known_at + settleMs) return true;
  // What a rule finds when a policy first uses it was there before.
  const { foundSince } = view.rule(estate.groups[of.group[row] ?? 0]?.rule ?? vulnerabilityRule);
  if (foundSince !== null && openedAt <= foundSince + settleMs) return true;
  return wasThere({
    openedAt,
    componentAt: holder.known_at,
    advisoriesAt: advisoriesAt[of.package[row] ?? 0] || null,
    clockedSince: view.clockedSince(actions[action] ?? 'track', profile.tier),
    settleMs,
  });
}

type Decided = { readonly verdict: Verdict | null; readonly pauses: readonly Pause[]; readonly until: number };

const undecided: Decided = { verdict: null, pauses: [], until: Infinity };

function decided({ estate, view, groups, now }: Judging, { slot, of, mayBeDecided: may }: Common, row: number): Decided {
  const [group, packageSlot] = [of.group[row] ?? 0, of.package[row] ?? 0];
  const held = view.holds.get(slot);
  if (!may && held === undefined && !view.decidedGroups.has(group) && !isPackageDecided(estate, view, packageSlot)) return undecided;
  const judged = judgedAt(estate, { component: slot, row });
  if (judged === null) return undecided;
  const known = estate.groups[group];
  const kevAt = groups.kevAt[group] ?? 0;
  const about = {
    kev: known?.kev != null,
    epss: known?.epss?.score ?? null,
    epssJump: view.policy.policy.reopen.epssJump,
    kevAt: kevAt === 0 ? null : kevAt,
  };
  const { decision } = decisionFor(view.decisions, judged, about, now, isInRange);
  const holds = (held ?? []).filter((hold) => judged.ids.includes(hold.advisory)).map((hold) => ({ from: hold.from, until: endOfHold(hold) }));
  const pauses = [...holds, ...decisionPauses({ index: view.pauses, byId: view.desk.decisions.byId }, judged, about, isInRange)];
  const turns = [decision?.until ?? Infinity, ...pauses.flatMap((pause) => [pause.from, pause.until])].filter((at) => at > now);
  return { verdict: decision?.verdict ?? null, pauses, until: Math.min(...turns, Infinity) };
}

function isPackageDecided(estate: Estate, { decidedPackages }: DeskView, packageSlot: number): boolean {
  if (decidedPackages.size === 0) return false;
  const used = estate.packages[packageSlot];
  return used !== undefined && decidedPackages.has(purlOfPackage(used.ecosystem, used.name));
}

function assigneesOf(
  estate: Estate,
  component: number,
  of: FindingColumns,
  given: NonNullable<ReturnType<DeskView['assignments']['get']>>,
): ReadonlyMap<number, string> {
  const rows = new Map<number, string>();
  for (let row = 0; row < of.group.length; row += 1) {
    const judged = judgedAt(estate, { component, row });
    if (judged === null) continue;
    const last = given
      .filter(({ finding }) => finding.id === judged.id || (finding.package === judged.package && judged.ids.includes(finding.subject)))
      .sort((a, b) => b.seq - a.seq)[0];
    if (last?.to != null) rows.set(row, last.to);
  }
  return rows;
}
