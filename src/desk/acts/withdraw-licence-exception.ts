import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { invalid, unknown } from '../refused.ts';

const Body = z.strictObject({ id: z.string().regex(/^[a-z2-7]{26}$/) });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Takes back an exception from the IP policy. */
export const withdrawLicenceException = actKind<Body, z.infer<typeof Words>>({
  id: 'withdraw-licence-exception',
  summary: 'Take back an exception from the IP policy',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  subjectOf: (body) => `licence-exception:${body.id}`,
  judge(desk, { body }) {
    const exception = desk.licenceExceptions.get(body.id);
    if (exception === undefined) return unknown('There is no such exception.');
    return exception.council === null ? null : invalid(`${exception.council} of the council permits it. Have that case opened again.`);
  },
  fold(desk, act) {
    desk.licenceExceptions.delete((act.body as Body).id);
  },
});
