import { z } from 'zod';
import { actKind } from '../act-kind.ts';
import { noteOwners, ofOwners, refusedOwners, type SaidOwners } from '../ownership/say-owners.ts';

const Words = z.strictObject({ reason: z.string().min(3).max(10_000).nullable().default(null) });

/** Says that the teams which sources name do not own these components. Clocks take them for nobody's, and the office is asked whose they are. */
export const disclaimOwner = actKind<SaidOwners, z.infer<typeof Words>>({
  ...ofOwners,
  id: 'disclaim-owner',
  summary: 'Say that the owners which sources name are wrong',
  words: Words,
  judge: refusedOwners,
  fold: (desk, act) => noteOwners(desk, act, 'disclaimed'),
});
