import { z } from 'zod';
import { isAllowed } from '#model/actor.ts';
import { actKind } from '../act-kind.ts';
import { EvidenceQuestion } from '../evidence/drawings.ts';
import { GivenId } from '../people/schemas.ts';
import { invalid, notAllowed } from '../refused.ts';

const Body = z.strictObject({ id: GivenId, question: EvidenceQuestion });
type Body = z.infer<typeof Body>;
const Words = z.strictObject({
  /** What it is drawn for. */
  purpose: z.string().max(1000).nullable().default(null),
});

/** Draws a sample with everything it rests on: who took evidence out of the office, and of what, is itself on record. */
export const drawEvidence = actKind<Body, z.infer<typeof Words>>({
  id: 'draw-evidence',
  summary: 'Draw a sample of a population with everything it rests on',
  permission: 'findings:read',
  body: Body,
  words: Words,
  subjectOf: ({ id }) => `evidence:${id}`,
  judge(desk, { body, actor, at }) {
    const { population, asOf, known } = body.question;
    if (desk.drawings.has(body.id)) return invalid('This was drawn already.');
    if ((population === 'decisions' || population === 'exceptions') && !isAllowed(actor, 'ledger:read'))
      return notAllowed('Decisions are drawn by who may read the ledger.');
    const today = new Date(at).toISOString().slice(0, 10);
    return asOf > today || known > today ? invalid('There is no evidence of a day that has not begun.') : null;
  },
  fold(desk, act) {
    const { id, question } = act.body as Body;
    desk.drawings.set(id, { id, by: act.actor, at: act.at, question });
  },
});
