import { indexDecisions, type DecisionIndex } from '#desk/decisions/decision-index.ts';
import { indexPauses } from '#desk/decisions/decision-pauses.ts';
import type { Assignment } from '#desk/decisions/assignments.ts';
import { clockedSince, dealtWithSince } from '#desk/clocks/baseline.ts';
import { conditionPlace } from '#desk/council/case-conditions.ts';
import { type Condition } from '#desk/council/conditions.ts';
import type { Hold } from '#desk/clocks/held-clocks.ts';
import type { Desk } from '#desk/desk.ts';
import { policyInForce, type PolicyVersion } from '#desk/policy/policies.ts';
import { remitOf, useOf, type Remit } from '#desk/policy/policy.ts';
import type { SaidOwner } from '#desk/ownership/ownership.ts';
import type { SaidProfile } from '#desk/profiles/profiles.ts';
import type { Estate } from '#estate/estate.ts';
import { actions, type Action } from '#model/action.ts';
import { tiers, type Tier } from '#model/profile.ts';
import { maliciousRule, vulnerabilityRule } from '#model/rule-id.ts';
import { saidOwners } from './owner-certainty.ts';

/** `foundSince`: since when an observed rule has been in use; null for those about advisories, and for one that is not. Unix milliseconds. */
export type RuleOnDesk = { readonly remit: Remit['mode']; readonly isOn: boolean; readonly foundSince: number | null };

/** The desk as judging findings needs it, by the estate's slots. Made anew when somebody did something. */
export type DeskView = {
  readonly desk: Desk;
  /** Number of the last act that it was made with. */
  readonly seq: number;
  readonly policy: PolicyVersion;
  /** Since when findings of an action and a tier have had a clock; null for none. */
  readonly clockedSince: (action: Action, tier: Tier) => number | null;
  /** How the policy has findings of a rule dealt with. */
  readonly rule: (id: string) => RuleOnDesk;
  readonly decisions: DecisionIndex;
  readonly pauses: DecisionIndex;
  readonly profiles: ReadonlyMap<number, SaidProfile>;
  readonly owners: ReadonlyMap<number, SaidOwner>;
  readonly holds: ReadonlyMap<number, readonly Hold[]>;
  readonly assignments: ReadonlyMap<number, readonly Assignment[]>;
  /** What the council asked for, by the subject of its finding. */
  readonly conditions: ReadonlyMap<string, Condition>;
  /** Groups and packages that decisions name alone; most findings are in none. */
  readonly decidedGroups: ReadonlySet<number>;
  readonly decidedPackages: ReadonlySet<string>;
};

/** Looks at the desk through the estate. The indexes of `before` are kept while nobody decided anything. */
export function deskView(estate: Estate, desk: Desk, before: DeskView | null): DeskView {
  const isSame = before?.seq === desk.seq;
  const decisions = isSame ? before.decisions : indexDecisions(desk.decisions);
  const pauses = isSame ? before.pauses : indexPauses(desk.decisions);
  const slotOf = (ref: string): number => estate.componentByRef.get(ref) ?? -1;
  const named = [...decisions.byAdvisory.keys(), ...pauses.byAdvisory.keys()];
  return {
    desk,
    seq: desk.seq,
    policy: policyInForce(desk.policies),
    clockedSince: clockedSinceOf(desk),
    rule: rulesOnDesk(desk),
    decisions,
    pauses,
    profiles: new Map([...desk.profiles].map(([ref, said]) => [slotOf(ref), said])),
    owners: saidOwners(estate, desk.ownership),
    holds: new Map([...desk.heldClocks].map(([ref, holds]) => [slotOf(ref), holds])),
    assignments: Map.groupBy(desk.assignments.values(), (each) => slotOf(each.finding.component)),
    conditions: isSame ? before.conditions : new Map([...desk.council.conditions.values()].map((each) => [conditionPlace(desk.council, each), each])),
    decidedGroups: new Set(named.flatMap((id) => estate.groupByAnyId.get(id) ?? [])),
    decidedPackages: new Set([...decisions.byPackage.keys(), ...pauses.byPackage.keys()]),
  };
}

function rulesOnDesk({ policies }: Desk): DeskView['rule'] {
  const known = new Map<string, RuleOnDesk>();
  const { policy } = policyInForce(policies);
  return (id) => {
    let rule = known.get(id);
    if (rule === undefined) {
      const isObserved = id !== vulnerabilityRule && id !== maliciousRule;
      rule = { remit: remitOf(policy, id).mode, isOn: useOf(policy, id) === 'on', foundSince: isObserved ? dealtWithSince(policies, id) : null };
      known.set(id, rule);
    }
    return rule;
  };
}

function clockedSinceOf({ policies }: Desk): DeskView['clockedSince'] {
  const known = new Map(actions.map((action) => [action, new Map(tiers.map((tier) => [tier, clockedSince(policies, action, tier)]))]));
  return (action, tier) => known.get(action)?.get(tier) ?? null;
}

/** Whether any decision may be about findings of a component, whatever they are. */
export function mayBeDecided({ decisions, pauses }: DeskView, ref: string, team: string | null): boolean {
  return [decisions, pauses].some(
    (index) => index.wide.length > 0 || index.byComponent.has(ref) || index.byFinding.has(ref) || (team !== null && index.byTeam.has(team)),
  );
}
