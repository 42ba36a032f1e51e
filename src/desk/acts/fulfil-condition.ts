import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { bears, caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { ruleOnUse } from '../council/council-rulings.ts';
import { conditionState } from '../council/conditions.ts';
import { EvidenceLink } from '../council/schemas.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ condition: GivenId });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ text: z.string().min(3).max(20_000), link: EvidenceLink });
type Words = z.infer<typeof Words>;

/** Shows that a condition is met; where it asks for a second person, it is met once they confirm it. */
export const fulfilCondition = actKind<Body, Words>({
  id: 'fulfil-condition',
  summary: 'Show that a condition of the council is met',
  permission: 'council:ask',
  body: Body,
  words: Words,
  subjectOf: (body) => `condition:${body.condition}`,
  judge(desk, { body, actor, at }) {
    const condition = desk.council.conditions.get(body.condition);
    if (condition === undefined || caseFor(desk, actor, condition.case) === null) return unknown('There is no such condition.');
    if (actor.kind === 'machine') return notAllowed('Only a person shows that a condition is met.');
    if (!bears(desk, actor, condition.owner) && !isAllowed(actor, 'council:write'))
      return notAllowed('Who bears the condition shows it, or who looks after the council.');
    const state = conditionState(condition, at);
    return state === 'met' || state === 'dropped' || condition.claim !== null ? invalid('This condition waits for nothing from you.') : null;
  },
  fold(desk, act) {
    const condition = desk.council.conditions.get((act.body as Body).condition);
    const words = act.words as Words | null;
    if (condition === undefined) return;
    condition.claim = { at: act.at, by: act.actor, text: words?.text ?? null, link: words?.link ?? null };
    const of = desk.council.cases.get(condition.case);
    if (of === undefined) return;
    ruleOnUse(desk, of, act.actor);
    note(of, act);
  },
});
