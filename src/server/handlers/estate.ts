import { findingCount } from '#estate/questions/findings.ts';
import { isUnread, listedComponents } from '#estate/questions/listed.ts';
import { packagesInUse, unusedPackage } from '#estate/questions/packages.ts';
import { sourceList } from '#operations/source-list.ts';
import type { Handler } from '../asked.ts';
import { pastDayOf } from '../views/past-day.ts';
import { readWithinWeek } from '../views/read-within-week.ts';

/** What every page's frame shows; of a past day the sizes of then, and the sources of now. */
export const estate: Handler<'estate'> = async ({ office, estate: shown, visibility, findings, query }) => {
  const isPast = pastDayOf(query.asOf, office.clock()) !== null;
  const listed = listedComponents(shown, visibility);
  const sources = await sourceList(office.store, office.estate.current() ?? shown, visibility, office.feeds, office.clock());
  const first = await office.store.firstObservation();
  return {
    name: office.name,
    epoch: shown.epoch,
    seq: shown.seq,
    generatedAt: new Date(office.clock()).toISOString(),
    firstDay: first === null ? null : new Date(first).toISOString().slice(0, 10),
    coverage: {
      read: isPast ? listed.filter((slot) => !isUnread(shown, slot)).length : readWithinWeek(shown, listed, office.clock()),
      known: listed.length,
    },
    components: listed.length,
    packages: packagesInUse(shown, visibility).reduce((sum, each) => sum + Number(each !== unusedPackage), 0),
    findings: findingCount(shown, findings),
    sources: sources.length,
    sourcesInTrouble: sources.filter((each) => each.state !== 'fresh' || each.problems > 0).length,
  };
};
