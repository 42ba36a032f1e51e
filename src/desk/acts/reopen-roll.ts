import type { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { conflictOf, rollAt } from '../council/roll.ts';
import type { RollEntry } from '../council/roll-entry.ts';
import { OnCase, Reason } from '../council/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

type Kept = z.infer<typeof OnCase> & { readonly roll: readonly RollEntry[] };

/** Takes the roll of a case anew, so that who was seated since has a part in it. Votes that were given stand. */
export const reopenRoll = actKind<z.infer<typeof OnCase>, z.infer<typeof Reason>>({
  id: 'reopen-roll',
  summary: 'Take the roll of a case anew, with who was seated since',
  permission: 'council:write',
  body: OnCase,
  words: Reason,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (actor.kind === 'machine') return notAllowed('Only a person takes a roll.');
    if (conflictOf(desk, of, actor.id) !== null) return notAllowed('Who has a part in what is asked does not say who votes on it.');
    return of.state === 'open' ? null : invalid('This case is not open.');
  },
  kept: (desk, { body, at }): Kept => ({ ...body, roll: rollAt(desk, at) }),
  fold(desk, act) {
    const { case: id, roll } = act.body as Kept;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    of.roll = roll;
    note(of, act);
  },
});
