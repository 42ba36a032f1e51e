import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { mayReadPrivileged } from '../council/privileged.ts';
import { OnCase } from '../council/schemas.ts';
import { notAllowed, unknown } from '../refused.ts';

const Words = z.strictObject({ text: z.string().min(3).max(50_000) });
type Words = z.infer<typeof Words>;

/** Writes legal advice on a case, for counsel. Its words are privileged: no export, report, search, message or answer to anybody else holds them. */
export const adviseCase = actKind<z.infer<typeof OnCase>, Words>({
  id: 'advise-case',
  summary: 'Write privileged advice on a case, for counsel alone',
  permission: 'council:privileged',
  body: OnCase,
  words: Words,
  // Not the case itself: that there is advice must not show in the case's own number.
  subjectOf: (body) => `case:${body.case}/advice`,
  judge(desk, { body, actor }) {
    if (!mayReadPrivileged(actor)) return notAllowed('Only counsel, in person, writes advice.');
    return caseFor(desk, actor, body.case)?.id === body.case ? null : unknown('There is no such case.');
  },
  fold(desk, act) {
    const { case: id } = act.body as z.infer<typeof OnCase>;
    const before = desk.council.advice.get(id) ?? [];
    desk.council.advice.set(id, [...before, { seq: act.seq, at: act.at, by: act.actor, text: (act.words as Words | null)?.text ?? null }]);
  },
});
