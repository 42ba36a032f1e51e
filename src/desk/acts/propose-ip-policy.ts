import { z } from 'zod';
import type { IpPolicy as Document } from '#model/ip-policy.ts';
import { actKind } from '../act-kind.ts';
import { ipPolicyInForce, waitingIpPolicy } from '../ip-policy/ip-policies.ts';
import { ipPolicyProblems } from '../ip-policy/ip-policy-problems.ts';
import { IpPolicy } from '../ip-policy/ip-policy.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({ policy: IpPolicy });
type Body = { readonly policy: Document };
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** What the ledger keeps: the document whole, so that what is approved by its hash cannot change. */
type Kept = Body & { readonly hash: string };

/** Proposes an IP policy; it takes effect once counsel approves it by its hash. */
export const proposeIpPolicy = actKind<Body, Words>({
  id: 'propose-ip-policy',
  summary: 'Propose an IP policy, which takes effect once counsel approves it',
  permission: 'ip-policy:write',
  body: Body,
  words: Words,
  subjectOf: () => 'ip-policy',
  judge(desk, { body }) {
    const hash = policyHash(body.policy);
    if (ipPolicyInForce(desk.ipPolicies).hash === hash) return invalid('This IP policy is in force.');
    if (waitingIpPolicy(desk.ipPolicies, hash) !== null) return invalid('This IP policy was proposed already and waits for counsel.');
    const problems = ipPolicyProblems(body.policy);
    return problems.length === 0 ? null : invalid(problems.map(({ place, message }) => `${place}: ${message}`).join(' '));
  },
  kept: (_desk, { body }) => ({ ...body, hash: policyHash(body.policy) }),
  fold(desk, act) {
    const { policy, hash } = act.body as Kept;
    const read = IpPolicy.safeParse(policy);
    if (!read.success) return;
    const reason = (act.words as Words | null)?.reason ?? null;
    desk.ipPolicies.proposed.push({ hash, policy: read.data, author: act.actor, at: act.at, seq: act.seq, reason, answer: null });
  },
});
