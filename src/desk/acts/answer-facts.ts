import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { caseKindOf } from '../council/case-kinds.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import type { CaseFacts } from '../council/facts.ts';
import { widened, type Route } from '../council/route.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  case: GivenId,
  /** The form as it is right; null where only words are added. */
  form: z.record(z.string(), z.unknown()).nullable().default(null),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ text: z.string().min(3).max(20_000) });
type Words = z.infer<typeof Words>;
type Kept = Body & { readonly change: { readonly form: unknown; readonly facts: CaseFacts; readonly route: Route } | null };

/** Answers the council, and puts the form right. Votes on other facts do not count any more, and the way only becomes wider. */
export const answerFacts = actKind<Body, Words>({
  id: 'answer-facts',
  summary: 'Answer what the council asked, and put the form of a case right',
  permission: 'council:ask',
  body: Body,
  words: Words,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    const isTheirs = of.requesters.includes(actor.id) || (of.team !== null && isAllowed(actor, 'council:ask', [of.team]));
    if (!isTheirs) return notAllowed('Those who asked answer, and who may ask for their team.');
    if (of.state !== 'open') return invalid('This case is not open.');
    if (body.form === null) return null;
    const kind = caseKindOf(of.kind);
    const read = kind?.form.safeParse(body.form);
    if (kind === undefined || read?.success !== true) return invalid('The form does not fit the kind of the case.');
    return kind.factsOf(read.data).component === of.facts.component ? null : invalid('Another component is another case.');
  },
  kept(desk, { body }): Kept {
    const of = desk.council.cases.get(body.case);
    const kind = of === undefined ? undefined : caseKindOf(of.kind);
    if (of === undefined || kind === undefined || body.form === null) return { ...body, change: null };
    const form = kind.form.parse(body.form);
    return { ...body, change: { form, facts: kind.factsOf(form), route: widened(of.route, kind.routeOf(form)) } };
  },
  fold(desk, act) {
    const { case: id, change } = act.body as Kept;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    const answer = { at: act.at, by: act.actor, text: (act.words as Words | null)?.text ?? null };
    for (const question of of.questions) question.answer ??= answer;
    if (of.questions.length === 0) of.evidence.push({ ...answer, seq: act.seq, for: null, link: null });
    if (of.waitingSince !== null) of.due += act.at - of.waitingSince;
    of.waitingSince = null;
    if (change !== null) {
      of.form = change.form;
      of.facts = change.facts;
      of.route = change.route;
      of.votesFrom = act.seq;
    }
    note(of, act);
  },
});
