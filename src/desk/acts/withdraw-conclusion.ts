import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { unknown } from '../refused.ts';

const Body = z.strictObject({ id: z.string().regex(/^[a-z2-7]{26}$/), package: z.string().min(5).max(1000) });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({ reason: z.string().min(3).max(10_000) });

/** Takes back what counsel concluded of a package. */
export const withdrawConclusion = actKind<Body, z.infer<typeof Words>>({
  id: 'withdraw-conclusion',
  summary: 'Take back what was concluded of a licence',
  permission: 'licences:conclude',
  body: Body,
  words: Words,
  subjectOf: (body) => `conclusion:${body.id}`,
  judge: (desk, { body }) =>
    desk.conclusions.get(body.package)?.some((each) => each.id === body.id) === true ? null : unknown('There is no such conclusion of this package.'),
  fold(desk, act) {
    const { id, package: about } = act.body as Body;
    const left = (desk.conclusions.get(about) ?? []).filter((each) => each.id !== id);
    if (left.length === 0) desk.conclusions.delete(about);
    else desk.conclusions.set(about, left);
  },
});
