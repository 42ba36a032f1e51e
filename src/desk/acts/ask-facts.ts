import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { conflictOf } from '../council/roll.ts';
import { OnCase } from '../council/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Words = z.strictObject({ question: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** Asks who asked for facts; the clock of the case stands until they answer. */
export const askFacts = actKind<z.infer<typeof OnCase>, Words>({
  id: 'ask-facts',
  summary: 'Ask for facts about a case; its clock stands until the answer',
  permission: 'council:vote',
  body: OnCase,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (conflictOf(desk, of, actor.id) !== null) return notAllowed('Who has a part in what is asked does not hold it up.');
    return of.state === 'open' ? null : invalid('This case is not open.');
  },
  fold(desk, act) {
    const of = desk.council.cases.get((act.body as z.infer<typeof OnCase>).case);
    if (of === undefined) return;
    of.waitingSince ??= act.at;
    of.questions.push({ seq: act.seq, at: act.at, by: act.actor, text: (act.words as Words | null)?.question ?? null, answer: null });
    note(of, act);
  },
});
