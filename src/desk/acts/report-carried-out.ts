import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { invalid, notAllowed } from '../refused.ts';

const count = z.number().int().nonnegative();
const Body = z.strictObject({
  decision: z.string().min(1).max(100),
  extent: z.strictObject({ components: count, findings: count, receipts: count, readings: count, files: count, bytes: count }),
});
type Body = z.infer<typeof Body>;

/** Says that what somebody retired, deleted or erased is done, and what it touched. */
export const reportCarriedOut = actKind<Body>({
  id: 'report-carried-out',
  summary: 'Say that a decision about what the office keeps is carried out; only the office itself does',
  permission: 'components:delete',
  body: Body,
  words: null,
  subjectOf: ({ decision }) => `carried-out:${decision}`,
  judge(desk, { body, actor }) {
    if (actor.kind !== 'office') return notAllowed('The office says so itself.');
    return desk.versions.has(`carried-out:${body.decision}`) ? invalid('It was carried out before: the extent of that time stands.') : null;
  },
  fold() {
    // It is only told.
  },
});
