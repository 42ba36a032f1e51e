import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { FindingKey } from '../decisions/predicate.ts';
import { notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  findings: z.array(FindingKey).min(1).max(20_000),
  /** A person's pseudonym or `team:…`; null gives them back: "not mine". */
  to: z.string().min(1).max(200).nullable(),
});
type Body = z.infer<typeof Body>;

/** Says who deals with findings. */
export const assign = actKind<Body>({
  id: 'assign',
  summary: 'Say who deals with findings, or give them back',
  permission: 'findings:propose',
  body: Body,
  words: null,
  predicateOf: (body) => ({ findings: body.findings }),
  subjectOf: (body) => (body.findings.length === 1 ? `finding:${body.findings[0]?.id ?? ''}` : 'findings'),
  judge(_desk, { body, actor, extent }) {
    if (extent === null || extent.findings !== body.findings.length) return unknown('One of these findings does not exist, or not for you.');
    return isAllowed(actor, 'findings:propose', extent.teams)
      ? null
      : notAllowed('Some of these findings belong to teams for which you may not speak.');
  },
  fold(desk, act) {
    const { findings, to } = act.body as Body;
    for (const finding of findings) desk.assignments.set(finding.id, { finding, to, by: act.actor, at: act.at, seq: act.seq });
  },
});
