import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { approvalState } from '../licences/approvals.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ approvals: z.array(GivenId).min(1).max(5000) });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** Says of imported approvals that nobody here stands behind them; importing the same again does not bring them back. */
export const rejectApproval = actKind<Body, Words>({
  id: 'reject-approval',
  summary: 'Say that nobody here stands behind imported approvals',
  permission: 'ip-policy:write',
  body: Body,
  words: Words,
  seenOf: ({ approvals }, desk) => approvals.flatMap((id) => desk.approvals.get(id)?.predicate.component ?? []),
  subjectOf: ({ approvals }) => (approvals.length === 1 ? `approval:${approvals[0] ?? ''}` : 'approvals'),
  judge(desk, { body, at }) {
    if (new Set(body.approvals).size !== body.approvals.length) return invalid('An approval is named twice.');
    for (const id of body.approvals) {
      const approval = desk.approvals.get(id);
      if (approval === undefined) return unknown('One of these does not exist.');
      if (approvalState(approval, desk, at) !== 'unconfirmed') return invalid('One of these does not wait for an answer.');
    }
    return null;
  },
  fold(desk, act) {
    const reason = (act.words as Words | null)?.reason ?? null;
    for (const id of (act.body as Body).approvals) {
      const approval = desk.approvals.get(id);
      if (approval !== undefined) desk.approvals.set(id, { ...approval, answer: { kind: 'rejected', by: act.actor, at: act.at, reason } });
    }
  },
});
