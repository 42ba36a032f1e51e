import { findingsByPackage, packagesInUse, unusedPackage } from '#estate/questions/packages.ts';
import { packagePage } from '#operations/package-page.ts';
import type { Handler } from '../asked.ts';
import { wantedPackage } from '../filters.ts';
import { Refusal } from '../refusal.ts';
import { may } from '../principal.ts';
import { stewardView } from '../views/ownership-view.ts';
import { packageView } from '../views/package-view.ts';

/** One package with the ladder of its versions in use against its advisories. A package that nobody who may be seen uses does not exist. */
export const packageDetail: Handler<'package'> = async ({ estate, visibility, findings, params, query, office, principal }) => {
  const { slot } = wantedPackage(estate, params.purl);
  const isUsed = slot !== null && packagesInUse(estate, visibility)[slot] !== unusedPackage;
  const covered = office.estate.coveredEcosystems();
  const view = isUsed ? packageView(estate, visibility, slot, findingsByPackage(estate, findings), covered) : null;
  if (slot === null || view === null) throw new Refusal(404, 'Nobody uses this package.');
  return {
    ...view,
    ...(await packagePage(office.store, estate, { estate: visibility, findings }, slot, { covered, asOf: query.asOf ?? null })),
    steward: stewardView(office.desk.desk, view.purl, office.clock()),
    mayName: may(principal, 'stewards:write'),
  };
};
