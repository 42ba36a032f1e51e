import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid } from '../refused.ts';

const Body = z.strictObject({
  id: GivenId,
  /** Natural key of what is held: `person:…`, `decision:…`, `finding:…`, `component:…`, or `ledger` for everything. */
  on: z.union([z.literal('ledger'), z.string().regex(/^[a-z]+:.{1,1000}$/)]),
  /** Number of the matter: letters, digits and `. _ / -` only. */
  reference: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/),
});
type Body = z.infer<typeof Body>;
const Words = z.strictObject({
  reason: z.string().min(3).max(10_000),
  authority: z.string().max(500).optional(),
  /** As whom somebody at the machine named themselves. */
  by: z.string().max(200).optional(),
});

/** Puts something under legal hold: words by it and about it are not erased while it stands. */
export const placeHold = actKind<Body, z.infer<typeof Words>>({
  id: 'place-hold',
  summary: 'Put something under legal hold, so that no words by it or about it are erased',
  permission: 'erasures:write',
  body: Body,
  words: Words,
  subjectOf: (body) => `hold:${body.id}`,
  judge: (desk, { body }) => (desk.versions.has(`hold:${body.id}`) ? invalid('This hold was placed already.') : null),
  fold(desk, act) {
    const { id, on, reference } = act.body as Body;
    desk.keeping.holds.set(id, { id, on, reference, at: act.at, by: act.actor });
  },
});
