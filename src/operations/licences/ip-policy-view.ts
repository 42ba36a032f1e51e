import { effectiveLicence } from '#analysis/licences/effective-licence.ts';
import { indexPolicy } from '#analysis/licences/policy-index.ts';
import { judgeUse } from '#analysis/licences/verdict.ts';
import type { Desk } from '#desk/desk.ts';
import { ipPolicyInForce, ipPolicyName, type IpPolicies } from '#desk/ip-policy/ip-policies.ts';
import { ipPolicyTemplates, type IpPolicyTemplate } from '#desk/ip-policy/templates.ts';
import { policyDifferences, type PolicyDifference } from '#desk/policy/policy-differences.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { deliveries, type Delivery, type PolicyVerdict } from '#model/licence.ts';

/** The IP policy in force, what waits for counsel, and what was in force before. Times are ISO 8601. */
export type IpPolicyView = {
  readonly version: number;
  readonly name: string;
  readonly hash: string;
  readonly since: string | null;
  readonly approvedBy: string | null;
  readonly policy: IpPolicy;
  readonly waiting: readonly {
    readonly hash: string;
    readonly author: string;
    readonly at: string;
    readonly reason: string | null;
    readonly policy: IpPolicy;
    readonly differences: readonly PolicyDifference[];
  }[];
  readonly versions: readonly {
    readonly version: number;
    readonly hash: string;
    readonly since: string | null;
    readonly approvedBy: string | null;
  }[];
  /** Verdicts by category and delivery, where nothing is known of linking and changes. */
  readonly matrix: readonly {
    readonly category: string;
    readonly title: string;
    readonly means: string;
    readonly licences: number;
    readonly verdicts: readonly { readonly delivery: Delivery; readonly verdict: PolicyVerdict; readonly because: string }[];
  }[];
  readonly templates: readonly IpPolicyTemplate[];
};

/** The IP policy as clients see it. */
export function ipPolicyView({ ipPolicies }: Pick<Desk, 'ipPolicies'>): IpPolicyView {
  const now = ipPolicyInForce(ipPolicies);
  return {
    version: now.version,
    name: ipPolicyName(now),
    hash: now.hash,
    since: isoSince(now.since),
    approvedBy: now.approvedBy,
    policy: now.policy,
    waiting: waiting(ipPolicies).map(({ hash, author, at, reason, policy }) => ({
      ...{ hash, author, reason, policy },
      at: new Date(at).toISOString(),
      differences: policyDifferences(now.policy, policy),
    })),
    versions: ipPolicies.versions.map(({ version, hash, since, approvedBy }) => ({ version, hash, since: isoSince(since), approvedBy })),
    matrix: matrixOf(now.policy),
    templates: ipPolicyTemplates,
  };
}

/** By the first licence of each category: single licences that the policy names apart are not in it. */
function matrixOf(policy: IpPolicy): IpPolicyView['matrix'] {
  const index = indexPolicy(policy);
  return policy.categories.flatMap(({ id, title, means, licences }) => {
    const [first] = licences;
    if (first === undefined) return [];
    const licence = effectiveLicence([{ source: 'counsel', said: [first] }], '');
    const verdicts = deliveries.map((delivery) => {
      const artifact = { name: '', deliveries: [delivery], linking: null, modified: null, outbound: null };
      const { verdict, because } = judgeUse(index, licence, { artifacts: [artifact], isDevelopment: false });
      return { delivery, verdict, because };
    });
    return [{ category: id, title, means, licences: licences.length, verdicts }];
  });
}

function waiting({ proposed }: IpPolicies): IpPolicies['proposed'] {
  return proposed.filter((each) => each.answer === null);
}

function isoSince(since: number): string | null {
  return since === 0 ? null : new Date(since).toISOString();
}
