import { z } from 'zod';
import { isSameHand } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { ipPolicyInForce, waitingIpPolicy } from '../ip-policy/ip-policies.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** Of the document whole. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  approve: z.boolean(),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Says yes or no, as counsel and somebody else than its author, to an IP policy. */
export const approveIpPolicy = actKind<Body, z.infer<typeof Words>>({
  id: 'approve-ip-policy',
  summary: 'Approve or refuse, as counsel, an IP policy that somebody else proposed',
  permission: 'ip-policy:approve',
  body: Body,
  words: Words,
  subjectOf: () => 'ip-policy',
  judge(desk, { body, actor }) {
    if (waitingIpPolicy(desk.ipPolicies, body.hash) === null) return unknown('No IP policy with this hash waits for approval.');
    // Whoever ever proposed this document is an author of it.
    if (desk.ipPolicies.proposed.some((each) => each.hash === body.hash && isSameHand(actor, each.author)))
      return notAllowed('An IP policy is approved by somebody else than who proposed it.');
    return actor.kind === 'person' || actor.kind === 'link' ? null : notAllowed('Only a person approves.');
  },
  fold(desk, act) {
    const { hash, approve } = act.body as Body;
    const waiting = waitingIpPolicy(desk.ipPolicies, hash);
    if (waiting === null) return;
    waiting.answer = { approved: approve, by: act.actor, at: act.at };
    if (!approve) return;
    const version = ipPolicyInForce(desk.ipPolicies).version + 1;
    desk.ipPolicies.versions.push({ version, hash, policy: waiting.policy, since: act.at, approvedBy: act.actor });
  },
});
