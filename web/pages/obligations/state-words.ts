import type { PackageObligation } from '#server/schemas/obligation.ts';

/** How a duty stands, for people. */
export const stateWords: Readonly<Record<PackageObligation['state'], string>> = {
  due: 'Due',
  open: 'Open: not known',
  fulfilled: 'Fulfilled',
};
