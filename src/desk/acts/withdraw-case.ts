import type { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { OnCase, Reason } from '../council/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

/** Takes a question back: it ends without a decision, which allows nothing. */
export const withdrawCase = actKind<z.infer<typeof OnCase>, z.infer<typeof Reason>>({
  id: 'withdraw-case',
  summary: 'Take a question to the council back',
  permission: 'council:ask',
  body: OnCase,
  words: Reason,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (of.requesters[0] !== actor.id && !isAllowed(actor, 'council:write'))
      return notAllowed('Who asked first takes it back, or who looks after the council.');
    return of.state === 'open' ? null : invalid('This case is not open.');
  },
  fold(desk, act) {
    const of = desk.council.cases.get((act.body as z.infer<typeof OnCase>).case);
    if (of === undefined) return;
    of.state = 'withdrawn';
    of.waitingSince = null;
    note(of, act);
  },
});
