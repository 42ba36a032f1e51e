import { stewardOf } from '#desk/ownership/stewardships.ts';
import { nameOf } from '#desk/people/people.ts';
import type { Context } from './context.ts';
import { openLiveDesk } from './live-desk.ts';

/** What the stewards of packages are called now, by purl without version; a package without one is absent. */
export async function stewardsOf({ store, clock }: Pick<Context, 'store' | 'clock'>, purls: Iterable<string>): Promise<ReadonlyMap<string, string>> {
  const { people, stewardships } = await openLiveDesk().catchUp(store);
  const names = new Map<string, string>();
  for (const purl of new Set(purls)) {
    const steward = stewardOf(stewardships, purl, clock())?.steward ?? null;
    if (steward !== null) names.set(purl, steward.startsWith('team:') ? steward.slice('team:'.length) : nameOf(people, steward));
  }
  return names;
}
