import type { IpPolicy } from '#model/ip-policy.ts';
import type { Gate, PolicyVerdict } from '#model/licence.ts';
import type { Tier } from '#model/profile.ts';

/** What the policy does to the build of a component of this tier: what the line that decided says of itself, then what is said of its verdict; what it does not name is watched. */
export function gateOf({ gates, rules }: Pick<IpPolicy, 'gates' | 'rules'>, tier: Tier, verdict: PolicyVerdict, decidedBy: string | null): Gate {
  const line = decidedBy === null ? undefined : rules.find((each) => each.gates !== undefined && each.id === decidedBy);
  return line?.gates?.[tier] ?? gates[tier]?.[verdict] ?? 'watch';
}
