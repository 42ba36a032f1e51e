import type { IpPolicy } from '#model/ip-policy.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { builtInIpPolicy } from './templates.ts';

/** An IP policy that somebody proposed, and what became of it. Times are Unix milliseconds. */
export type ProposedIpPolicy = {
  readonly hash: string;
  readonly policy: IpPolicy;
  readonly author: string;
  readonly at: number;
  readonly seq: number;
  /** Null once erased. */
  readonly reason: string | null;
  answer: { readonly approved: boolean; readonly by: string; readonly at: number } | null;
};

/** An IP policy while it was, or is, in force. */
export type IpPolicyVersion = {
  /** From 1, the built-in one. */
  readonly version: number;
  readonly hash: string;
  readonly policy: IpPolicy;
  /** Unix milliseconds; 0 for the built-in one, which always was. */
  readonly since: number;
  /** Who of counsel approved it; null for the built-in one. */
  readonly approvedBy: string | null;
};

/** Every IP policy ever proposed and those that took effect, in order; the last of them is in force. */
export type IpPolicies = { readonly proposed: ProposedIpPolicy[]; readonly versions: [IpPolicyVersion, ...IpPolicyVersion[]] };

/** The built-in IP policy and nothing proposed. */
export function noIpPolicies(): IpPolicies {
  return { proposed: [], versions: [{ version: 1, hash: policyHash(builtInIpPolicy), policy: builtInIpPolicy, since: 0, approvedBy: null }] };
}

/** The IP policy in force. */
export function ipPolicyInForce({ versions }: IpPolicies): IpPolicyVersion {
  return versions.at(-1) ?? versions[0];
}

/** The proposal that waits for counsel, by its hash; null when there is none. */
export function waitingIpPolicy({ proposed }: IpPolicies, hash: string): ProposedIpPolicy | null {
  return proposed.findLast((each) => each.hash === hash && each.answer === null) ?? null;
}

/** How the version is named wherever a verdict is shown. */
export function ipPolicyName({ version }: Pick<IpPolicyVersion, 'version'>): string {
  return `ip-policy@${String(version)}`;
}
