import { componentByRef } from '#estate/questions/listed.ts';
import { componentPast as pastOf, type ComponentDay } from '#operations/component-past.ts';
import type { Handler, ReplyOf } from '../asked.ts';
import { Refusal } from '../refusal.ts';
import { pastDayOf } from '../views/past-day.ts';

const shown = 12;

/** The days on which a component changed. */
export const componentPast: Handler<'componentPast'> = async ({ office, estate: asked, visibility, params, query }) => {
  // Days are told as known now, whichever day is asked about.
  const estate = office.estate.current() ?? asked;
  const slot = componentByRef(estate, visibility, params.ref);
  if (slot === null) throw new Refusal(404, 'There is no component with this ref.');
  const days = await pastOf(office.store, estate, slot, pastDayOf(query.asOf, office.clock()));
  return { days: days.slice(0, query.limit).map(viewOf), total: days.length };
};

function viewOf({ packages, opened, closed, ...day }: ComponentDay): ReplyOf<'componentPast'>['days'][number] {
  const count = (what: ComponentDay['packages'][number]['what']): number => packages.filter((each) => each.what === what).length;
  return {
    ...day,
    counts: { appeared: count('appeared'), gone: count('gone'), changed: count('changed'), opened: opened.length, closed: closed.length },
    packages: packages.slice(0, shown),
    opened: opened.slice(0, shown),
    closed: closed.slice(0, shown),
  };
}
