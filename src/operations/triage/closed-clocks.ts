import { windowMs } from '#desk/clocks/clock-summary.ts';
import { isVisible } from '#estate/questions/visible.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import type { Action } from '#model/action.ts';
import type { Visibility } from '#model/visibility.ts';
import type { StoreReads } from '#store/store.ts';
import { stretchOf } from '../find-finding.ts';
import { closedClock } from './clock-overview.ts';
import type { Triage } from './live-triage.ts';

/** A clock that ended because inventories say that it is fixed where it runs. Slots and Unix milliseconds. */
export type ClosedClock = {
  readonly component: number;
  readonly package: number;
  readonly group: number;
  readonly episode: number;
  readonly action: Action;
  readonly openedAt: number;
  readonly closedAt: number;
  readonly due: number;
};

/** The rows behind days to close and attainment: what was closed as fixed within the last 90 days and had a clock, in no order. */
export async function closedClocks(
  reads: Pick<StoreReads, 'loadFindingPacks'>,
  triage: Triage,
  visibility: Visibility,
): Promise<readonly ClosedClock[]> {
  const { estate, now } = triage.judging;
  const rows: ClosedClock[] = [];
  for await (const page of reads.loadFindingPacks()) {
    for (const { component_id, closed } of page) {
      const component = estate.slots.component.get(component_id);
      const holder = component === undefined ? undefined : estate.components[component];
      if (component === undefined || holder === undefined || !isVisible(holder, visibility)) continue;
      for (const episode of unpackEpisodes(closed)) {
        const { closedAt } = episode;
        if (episode.closedBecause !== 'fixed' || closedAt === null || closedAt <= now - windowMs) continue;
        const stretch = stretchOf(estate, component, episode);
        const { due, isBaseline, action } = closedClock(triage, component, episode);
        if (stretch === null || due === null || isBaseline) continue;
        rows.push({
          component,
          package: stretch.package,
          group: stretch.group,
          episode: episode.episode,
          action,
          openedAt: episode.openedAt,
          closedAt,
          due,
        });
      }
    }
  }
  return rows;
}
