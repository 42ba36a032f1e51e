import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { policyInForce, waitingPolicy } from '../policy/policies.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { Policy } from '../policy/policy.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({ policy: Policy });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** What the ledger keeps: the document whole, so that what is approved by its hash cannot change. */
type Kept = Body & { readonly hash: string };

/** Proposes a policy; it takes effect once somebody else approves it by its hash. */
export const proposePolicy = actKind<Body, Words>({
  id: 'propose-policy',
  summary: 'Propose a policy, which takes effect once somebody else approves it',
  permission: 'policy:write',
  body: Body,
  words: Words,
  subjectOf: () => 'policy',
  judge(desk, { body }) {
    const hash = policyHash(body.policy);
    if (policyInForce(desk.policies).hash === hash) return invalid('This policy is in force.');
    return waitingPolicy(desk.policies, hash) === null ? null : invalid('This policy was proposed already and waits for its approval.');
  },
  kept: (_desk, { body }) => ({ ...body, hash: policyHash(body.policy) }),
  fold(desk, act) {
    const { policy, hash } = act.body as Kept;
    // A document of an older program is read as it was meant then: what it does not know is as built in.
    const read = Policy.safeParse(policy);
    if (!read.success) return;
    const reason = (act.words as Words | null)?.reason ?? null;
    desk.policies.proposed.push({ hash, policy: read.data, author: act.actor, at: act.at, seq: act.seq, reason, answer: null });
  },
});
