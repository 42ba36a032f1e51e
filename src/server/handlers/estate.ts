import { findingCount } from '#estate/questions/findings.ts';
import { listedComponents } from '#estate/questions/listed.ts';
import { packagesInUse, unusedPackage } from '#estate/questions/packages.ts';
import { sourceList } from '#operations/source-list.ts';
import type { Handler } from '../asked.ts';
import { readWithinWeek } from '../views/read-within-week.ts';

/** What every page's frame shows. */
export const estate: Handler<'estate'> = async ({ office, estate: now, visibility }) => {
  const listed = listedComponents(now, visibility);
  const sources = await sourceList(office.store, now, visibility, office.feeds, office.clock());
  const first = await office.store.firstObservation();
  return {
    name: office.name,
    epoch: now.epoch,
    seq: now.seq,
    generatedAt: new Date(office.clock()).toISOString(),
    firstDay: first === null ? null : new Date(first).toISOString().slice(0, 10),
    coverage: { read: readWithinWeek(now, listed, office.clock()), known: listed.length },
    components: listed.length,
    packages: packagesInUse(now, visibility).reduce((sum, each) => sum + Number(each !== unusedPackage), 0),
    findings: findingCount(now, visibility),
    sources: sources.length,
    sourcesInTrouble: sources.filter((each) => each.state !== 'fresh' || each.problems > 0).length,
  };
};
