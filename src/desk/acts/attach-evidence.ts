import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { EvidenceLink } from '../council/schemas.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  case: GivenId,
  /** Id of what the kind of the case wants to see; null for anything else. */
  for: z.string().min(1).max(100).nullable().default(null),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ text: z.string().min(3).max(20_000), link: EvidenceLink });
type Words = z.infer<typeof Words>;

/** Adds evidence to a case. */
export const attachEvidence = actKind<Body, Words>({
  id: 'attach-evidence',
  summary: 'Add evidence to a case of the council',
  permission: 'council:ask',
  body: Body,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    const isTheirs =
      of.requesters.includes(actor.id) || isAllowed(actor, 'council:vote') || (of.team !== null && isAllowed(actor, 'council:ask', [of.team]));
    if (!isTheirs) return notAllowed('Those who asked, their team and the council add evidence.');
    if (of.state !== 'open') return invalid('This case is not open.');
    const wants = caseKindOf(of.kind)?.evidence.some((each) => each.id === body.for) === true;
    return body.for === null || wants ? null : invalid('A case of this kind does not want that evidence.');
  },
  fold(desk, act) {
    const { case: id, for: wanted } = act.body as Body;
    const of = desk.council.cases.get(id);
    const words = act.words as Words | null;
    if (of === undefined) return;
    of.evidence.push({ seq: act.seq, at: act.at, by: act.actor, for: wanted, text: words?.text ?? null, link: words?.link ?? null });
    note(of, act);
  },
});
