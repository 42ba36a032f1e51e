import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { caseFor } from '../council/case-sight.ts';
import { note } from '../council/cases.ts';
import { councilFunctions } from '../council/functions.ts';
import { conflictOf } from '../council/roll.ts';
import { widened, type Route } from '../council/route.ts';
import { Reason } from '../council/schemas.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed, unknown } from '../refused.ts';

const Body = z.strictObject({
  case: GivenId,
  /** Those that must be there beside those that have to already. */
  functions: z.array(z.enum(councilFunctions)).max(councilFunctions.length),
});
type Body = z.infer<typeof Body>;
type Kept = Body & { readonly route: Route };

/** Sends a case the full way and to more functions. It is never sent to fewer. */
export const routeCase = actKind<Body, z.infer<typeof Reason>>({
  id: 'route-case',
  summary: 'Send a case the full way, and to more functions',
  permission: 'council:write',
  body: Body,
  words: Reason,
  subjectOf: (body) => `case:${body.case}`,
  judge(desk, { body, actor }) {
    const of = caseFor(desk, actor, body.case);
    if (of?.id !== body.case) return unknown('There is no such case.');
    if (conflictOf(desk, of, actor.id) !== null) return notAllowed('Who has a part in what is asked does not say who votes on it.');
    return of.state === 'open' ? null : invalid('This case is not open.');
  },
  kept(desk, { body }): Kept {
    const route = desk.council.cases.get(body.case)?.route ?? { track: 'full', functions: [], because: [] };
    return { ...body, route: widened(route, { track: 'full', functions: body.functions, because: ['The council asked for it.'] }) };
  },
  fold(desk, act) {
    const { case: id, route } = act.body as Kept;
    const of = desk.council.cases.get(id);
    if (of === undefined) return;
    of.route = route;
    note(of, act);
  },
});
