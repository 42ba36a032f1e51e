import { packagePast as pastOf } from '#operations/package-past.ts';
import type { Handler } from '../asked.ts';
import { wantedPackage } from '../filters.ts';
import { Refusal } from '../refusal.ts';

/** How a package's use and its verdicts went over time. */
export const packagePast: Handler<'packagePast'> = async ({ office, estate, visibility, params, query }) => {
  const { slot } = wantedPackage(estate, params.purl);
  const time = { weeks: query.weeks, now: office.clock(), covered: office.estate.coveredEcosystems() };
  const past = slot === null ? null : await pastOf(office.store, estate, visibility, slot, time);
  if (past === null) throw new Refusal(404, 'Nobody uses this package, and nobody did.');
  return past;
};
