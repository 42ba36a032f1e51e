import type { Action } from '#model/action.ts';
import type { Tier } from '#model/profile.ts';
import { policyInForce, type Policies } from '../policy/policies.ts';
import { useOf } from '../policy/policy.ts';

/** What tells whether a finding was there when it was first looked. Unix milliseconds. */
export type FirstLooks = {
  readonly openedAt: number;
  /** When the component was first seen. */
  readonly componentAt: number;
  /** When the first advisory of the package's ecosystem was received; null when that is not known. */
  readonly advisoriesAt: number | null;
  /** Since when the policy has a clock for it; null when it has none. */
  readonly clockedSince: number | null;
  readonly settleMs: number;
};

/**
 * Whether a finding was there when the component, or the advisories of its ecosystem, or the clock for its kind first came. Such findings are the baseline,
 * apart from what is malicious or known to be exploited.
 */
export function wasThere({ openedAt, componentAt, advisoriesAt, clockedSince, settleMs }: FirstLooks): boolean {
  if (openedAt <= componentAt + settleMs) return true;
  if (advisoriesAt !== null && openedAt <= advisoriesAt + settleMs) return true;
  return clockedSince !== null && openedAt < clockedSince;
}

/** Since when policies have had, without a break until now, a clock for findings of this action and tier; null when the one in force has none. */
export function clockedSince(policies: Policies, action: Action, tier: Tier): number | null {
  if (policyInForce(policies).policy.clocks.days[action][tier] === null) return null;
  const broken = policies.versions.findLastIndex((each) => each.policy.clocks.days[action][tier] === null);
  return policies.versions[broken + 1]?.since ?? null;
}

/** Since when policies have, without a break until now, had findings of a rule dealt with; null when the one in force does not. */
export function dealtWithSince(policies: Policies, rule: string): number | null {
  if (useOf(policyInForce(policies).policy, rule) !== 'on') return null;
  const broken = policies.versions.findLastIndex((each) => useOf(each.policy, rule) !== 'on');
  return policies.versions[broken + 1]?.since ?? null;
}
