import { z } from 'zod';
import { isSameHand } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { ruleOnUse } from '../council/council-rulings.ts';
import { Reason } from '../council/schemas.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({ condition: GivenId, confirm: z.boolean() });
type Body = z.infer<typeof Body>;

/** Confirms, as a second person, that a condition is met, or says that what was shown does not show it. */
export const confirmCondition = actKind<Body, z.infer<typeof Reason>>({
  id: 'confirm-condition',
  summary: 'Confirm, as a second person, that a condition is met',
  permission: 'council:vote',
  body: Body,
  words: Reason,
  subjectOf: (body) => `condition:${body.condition}`,
  judge(desk, { body, actor }) {
    const condition = desk.council.conditions.get(body.condition);
    if (condition === undefined || caseFor(desk, actor, condition.case) === null) return unknown('There is no such condition.');
    if (actor.kind !== 'person') return notAllowed('Only a person confirms.');
    const { owner, claim, confirmed, second, dropped } = condition;
    if (!second || claim === null || confirmed !== null || dropped !== null) return invalid('This condition does not wait for a second person.');
    if (
      isSameHand(actor, claim.by, owner.kind === 'person' ? owner.id : null) ||
      (owner.kind === 'team' && desk.people.get(actor.id)?.teams.includes(owner.team) === true)
    )
      return notAllowed('The second person is somebody else than who bears the condition or showed it.');
    return null;
  },
  fold(desk, act) {
    const { condition: id, confirm } = act.body as Body;
    const condition = desk.council.conditions.get(id);
    if (condition === undefined) return;
    if (confirm) condition.confirmed = { at: act.at, by: act.actor };
    else condition.claim = null;
    const of = desk.council.cases.get(condition.case);
    if (of === undefined) return;
    ruleOnUse(desk, of, act.actor);
    note(of, act);
  },
});
