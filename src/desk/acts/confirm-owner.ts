import { actKind } from '../act-kind.ts';
import { noteOwners, ofOwners, refusedOwners, type SaidOwners } from '../ownership/say-owners.ts';

/** Says that the teams which sources name own these components. A guess is one no more, and clocks run. */
export const confirmOwner = actKind<SaidOwners>({
  ...ofOwners,
  id: 'confirm-owner',
  summary: 'Say that the owners which sources name are right',
  words: null,
  judge: refusedOwners,
  fold: (desk, act) => noteOwners(desk, act, 'confirmed'),
});
