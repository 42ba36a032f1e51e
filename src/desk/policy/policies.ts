import { policyHash } from './policy-hash.ts';
import { builtInPolicy, type Policy } from './policy.ts';

/** A policy that somebody proposed, and what became of it. Times are Unix milliseconds. */
export type ProposedPolicy = {
  readonly hash: string;
  readonly policy: Policy;
  readonly author: string;
  readonly at: number;
  readonly seq: number;
  /** Null once erased. */
  readonly reason: string | null;
  answer: { readonly approved: boolean; readonly by: string; readonly at: number } | null;
};

/** A policy while it was, or is, in force. */
export type PolicyVersion = {
  /** From 1, the built-in one. */
  readonly version: number;
  readonly hash: string;
  readonly policy: Policy;
  /** Unix milliseconds; 0 for the built-in one, which always was. */
  readonly since: number;
};

/** Every policy ever proposed and those that took effect, in order; the last of them is in force. */
export type Policies = { readonly proposed: ProposedPolicy[]; readonly versions: [PolicyVersion, ...PolicyVersion[]] };

/** The built-in policy and nothing proposed. */
export function noPolicies(): Policies {
  return { proposed: [], versions: [{ version: 1, hash: policyHash(builtInPolicy), policy: builtInPolicy, since: 0 }] };
}

/** The policy in force. */
export function policyInForce({ versions }: Policies): PolicyVersion {
  return versions.at(-1) ?? versions[0];
}

/** The policy that was in force at a moment. */
export function policyAt({ versions }: Policies, at: number): PolicyVersion {
  return versions.findLast((each) => each.since <= at) ?? versions[0];
}

/** The proposal that waits for its second person, by its hash; null when there is none. */
export function waitingPolicy({ proposed }: Policies, hash: string): ProposedPolicy | null {
  return proposed.findLast((each) => each.hash === hash && each.answer === null) ?? null;
}
