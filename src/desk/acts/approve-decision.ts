import { z } from 'zod';
import { isAllowed, isSameHand } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ decision: z.string(), approve: z.boolean() });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Says yes or no, as the second person, to a decision that waits for one. */
export const approveDecision = actKind<Body, z.infer<typeof Words>>({
  id: 'approve-decision',
  summary: 'Approve or refuse, as a second person, a decision that waits',
  permission: 'findings:approve',
  body: Body,
  words: Words,
  subjectOf: (body) => `decision:${body.decision}`,
  judge(desk, { body, actor }) {
    const decision = desk.decisions.byId.get(body.decision);
    if (decision === undefined) return unknown('There is no such decision.');
    if (!isAllowed(actor, 'findings:approve', decision.extent.teams)) return unknown('There is no such decision.');
    if (decision.unconfirmed === true) return invalid('It was imported and nobody here stands behind it yet. Confirm it first.');
    if (decision.approval.state !== 'waiting' || decision.withdrawnAt !== null) return invalid('This decision does not wait for anybody.');
    // Whoever bears or decided the risk is not the one who approves of it.
    if (isSameHand(actor, decision.author, decision.owner))
      return notAllowed('The second person is somebody else than who decided or bears the risk.');
    return actor.kind === 'person' || actor.kind === 'link' ? null : notAllowed('Only a person approves.');
  },
  fold(desk, act) {
    const body = act.body as Body;
    const decision = desk.decisions.byId.get(body.decision);
    if (decision === undefined) return;
    decision.approval = { state: body.approve ? 'approved' : 'refused', by: act.actor, at: act.at };
    const before = decision.supersedes === null || !body.approve ? undefined : desk.decisions.byId.get(decision.supersedes);
    if (before !== undefined) before.supersededBy = decision.id;
  },
});
