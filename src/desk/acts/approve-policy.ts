import { z } from 'zod';
import { isSameHand } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { policyInForce, waitingPolicy } from '../policy/policies.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  /** Of the policy whole, as `policy show` gives it. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  approve: z.boolean(),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Says yes or no, as somebody else than its author, to a policy. */
export const approvePolicy = actKind<Body, z.infer<typeof Words>>({
  id: 'approve-policy',
  summary: 'Approve or refuse a policy that somebody else proposed',
  permission: 'policy:approve',
  body: Body,
  words: Words,
  subjectOf: () => 'policy',
  judge(desk, { body, actor }) {
    const waiting = waitingPolicy(desk.policies, body.hash);
    if (waiting === null) return unknown('No policy with this hash waits for approval.');
    // Whoever ever proposed this document is an author of it.
    if (desk.policies.proposed.some((each) => each.hash === body.hash && isSameHand(actor, each.author)))
      return notAllowed('A policy is approved by somebody else than who proposed it.');
    return actor.kind === 'person' || actor.kind === 'link' ? null : notAllowed('Only a person approves.');
  },
  fold(desk, act) {
    const { hash, approve } = act.body as Body;
    const waiting = waitingPolicy(desk.policies, hash);
    if (waiting === null) return;
    waiting.answer = { approved: approve, by: act.actor, at: act.at };
    if (!approve) return;
    const version = policyInForce(desk.policies).version + 1;
    desk.policies.versions.push({ version, hash, policy: waiting.policy, since: act.at });
  },
});
