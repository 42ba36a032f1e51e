import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ decision: z.string() });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Takes a decision back: what it decided is open again. The decision stays in the ledger. */
export const withdrawDecision = actKind<Body, z.infer<typeof Words>>({
  id: 'withdraw-decision',
  summary: 'Take a decision back',
  permission: 'findings:decide',
  body: Body,
  words: Words,
  subjectOf: (body) => `decision:${body.decision}`,
  judge(desk, { body, actor }) {
    const decision = desk.decisions.byId.get(body.decision);
    if (decision === undefined || !isAllowed(actor, 'findings:decide', decision.extent.teams)) return unknown('There is no such decision.');
    return decision.withdrawnAt !== null || decision.supersededBy !== null ? invalid('This decision does not stand any more.') : null;
  },
  fold(desk, act) {
    const decision = desk.decisions.byId.get((act.body as Body).decision);
    if (decision === undefined) return;
    decision.withdrawnAt = act.at;
    for (const each of desk.decisions.byId.values()) if (each.supersededBy === decision.id) each.supersededBy = null;
  },
});
