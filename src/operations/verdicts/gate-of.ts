import type { IpPolicy } from '#model/ip-policy.ts';
import type { Gate, PolicyVerdict } from '#model/licence.ts';
import type { Tier } from '#model/profile.ts';

/** What the policy does to the build of a component of this tier; what it does not name is watched. */
export function gateOf({ gates }: Pick<IpPolicy, 'gates'>, tier: Tier, verdict: PolicyVerdict): Gate {
  return gates[tier]?.[verdict] ?? 'watch';
}
