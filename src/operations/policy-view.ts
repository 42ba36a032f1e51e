import type { Desk } from '#desk/desk.ts';
import { policyInForce, type ProposedPolicy } from '#desk/policy/policies.ts';
import { policyDifferences, type PolicyDifference } from '#desk/policy/policy-differences.ts';
import { policyReasons } from '#desk/policy/policy-reasons.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import type { Policy } from '#desk/policy/policy.ts';

/** The policy in force, what waits for approval, and what was in force before. Times are ISO 8601. */
export type PolicyView = {
  readonly version: number;
  readonly hash: string;
  /** Null for the built-in one, which always was. */
  readonly since: string | null;
  readonly policy: Policy;
  /** Why the built-in numbers are what they are, by their place. */
  readonly reasons: Readonly<Record<string, string>>;
  readonly waiting: readonly WaitingPolicy[];
  readonly versions: readonly { readonly version: number; readonly hash: string; readonly since: string | null }[];
  /** The file named in the configuration: it counts once its hash is approved. Null when none is named. */
  readonly file: { readonly hash: string; readonly state: 'in-force' | 'waiting' | 'not-proposed' } | null;
};

/** A policy that waits for its second person, and what it would change. */
export type WaitingPolicy = {
  readonly hash: string;
  readonly author: string;
  readonly at: string;
  readonly reason: string | null;
  readonly policy: Policy;
  readonly differences: readonly PolicyDifference[];
};

/** The policy as clients see it. */
export function policyView({ policies }: Pick<Desk, 'policies'>, file: Policy | null): PolicyView {
  const now = policyInForce(policies);
  const waiting = policies.proposed.filter((each) => each.answer === null);
  return {
    version: now.version,
    hash: now.hash,
    since: isoSince(now.since),
    policy: now.policy,
    reasons: policyReasons,
    waiting: waiting.map((each) => waitingView(each, now.policy)),
    versions: policies.versions.map(({ version, hash, since }) => ({ version, hash, since: isoSince(since) })),
    file: file === null ? null : { hash: policyHash(file), state: stateOf(policyHash(file), now.hash, waiting) },
  };
}

function stateOf(hash: string, inForce: string, waiting: readonly ProposedPolicy[]): 'in-force' | 'waiting' | 'not-proposed' {
  if (hash === inForce) return 'in-force';
  return waiting.some((each) => each.hash === hash) ? 'waiting' : 'not-proposed';
}

function waitingView({ hash, author, at, reason, policy }: ProposedPolicy, before: Policy): WaitingPolicy {
  return { hash, author, at: new Date(at).toISOString(), reason, policy, differences: policyDifferences(before, policy) };
}

function isoSince(since: number): string | null {
  return since === 0 ? null : new Date(since).toISOString();
}
