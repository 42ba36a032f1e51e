import { actKind } from '../act-kind.ts';
import { noteOwners, ofOwners, refusedOwners, type SaidOwners } from '../ownership/say-owners.ts';

/** Takes back what was said of the owners of components: they are again as sure as sources are. */
export const withdrawOwnership = actKind<SaidOwners>({
  ...ofOwners,
  id: 'withdraw-ownership',
  summary: 'Take back what was said of owners',
  words: null,
  judge: refusedOwners,
  fold: (desk, act) => noteOwners(desk, act, 'withdrawn'),
});
