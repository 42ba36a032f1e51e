import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { FindingKey } from '../decisions/predicate.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ finding: FindingKey });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ text: z.string().min(1).max(10_000) });
type Words = z.infer<typeof Words>;

/** Says something about a finding. */
export const comment = actKind<Body, Words>({
  id: 'comment',
  summary: 'Say something about a finding',
  permission: 'findings:propose',
  body: Body,
  words: Words,
  predicateOf: (body) => ({ findings: [body.finding] }),
  subjectOf: (body) => `finding:${body.finding.id}`,
  judge(_desk, { actor, extent }) {
    if (extent === null || extent.findings === 0) return unknown('There is no such finding.');
    return isAllowed(actor, 'findings:propose', extent.teams) ? null : notAllowed('This finding belongs to a team for which you may not speak.');
  },
  fold(desk, act) {
    const before = desk.comments.get(act.subject) ?? [];
    desk.comments.set(act.subject, [...before, { seq: act.seq, at: act.at, by: act.actor, text: (act.words as Words | null)?.text ?? null }]);
  },
});
