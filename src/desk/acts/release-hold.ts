import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { GivenId } from '../people/schemas.ts';
import { unknown } from '../refused.ts';

const Body = z.strictObject({ hold: GivenId });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({
  reason: z.string().min(3).max(10_000),
  authority: z.string().max(500).optional(),
  /** As whom somebody at the machine named themselves. */
  by: z.string().max(200).optional(),
});

/** Ends a legal hold. */
export const releaseHold = actKind<Body, z.infer<typeof Words>>({
  id: 'release-hold',
  summary: 'End a legal hold',
  permission: 'erasures:write',
  body: Body,
  words: Words,
  subjectOf: (body) => `hold:${body.hold}`,
  judge: (desk, { body }) => (desk.keeping.holds.has(body.hold) ? null : unknown('There is no such hold that stands.')),
  fold(desk, act) {
    desk.keeping.holds.delete((act.body as Body).hold);
  },
});
