import type { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { OnCase, Reason } from '../council/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

/** Says that one has an interest in a case: from then on one has no part in it, and a vote that was given counts no more. It is not taken back. */
export const declareInterest = actKind<z.infer<typeof OnCase>, z.infer<typeof Reason>>({
  id: 'declare-interest',
  summary: 'Say that you have an interest in a case, and so no vote',
  permission: 'council:vote',
  body: OnCase,
  words: Reason,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (actor.kind !== 'person') return notAllowed('Only a person has an interest.');
    if (of.interests.has(actor.id)) return invalid('You said so already.');
    return of.state === 'open' ? null : invalid('This case is not open.');
  },
  fold(desk, act) {
    const of = desk.council.cases.get((act.body as z.infer<typeof OnCase>).case);
    if (of === undefined) return;
    of.interests.set(act.actor, { at: act.at, reason: (act.words as z.infer<typeof Reason> | null)?.reason ?? null });
    note(of, act);
  },
});
