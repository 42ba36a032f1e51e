import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { fieldsOfForm } from '../council/case-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { conflictOf } from '../council/roll.ts';
import { OnCase } from '../council/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = OnCase.extend({
  /** Fields of the form that are asked for; empty where words say it all. */
  fields: z.array(z.string().min(1).max(50)).max(30).default([]),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ question: z.string().min(3).max(10_000) });
type Words = z.infer<typeof Words>;

/** Asks who asked, and the team it is about, for facts; the clock of the case stands until they answer. */
export const askFacts = actKind<Body, Words>({
  id: 'ask-facts',
  summary: 'Ask for facts about a case; its clock stands until the answer',
  permission: 'council:vote',
  body: Body,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (conflictOf(desk, of, actor.id) !== null) return notAllowed('Who has a part in what is asked does not hold it up.');
    if (of.state !== 'open') return invalid('This case is not open.');
    const kind = caseKindOf(of.kind);
    const known = new Set(kind === undefined ? [] : fieldsOfForm(kind));
    const strange = body.fields.find((field) => !known.has(field));
    return strange === undefined ? null : invalid(`The form of this case has no field ${strange}.`);
  },
  fold(desk, act) {
    // Questions of before there were fields name none.
    const { case: id, fields = [] } = act.body as z.input<typeof Body>;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    of.waitingSince ??= act.at;
    of.questions.push({ seq: act.seq, at: act.at, by: act.actor, text: (act.words as Words | null)?.question ?? null, fields, answer: null });
    note(of, act);
  },
});
