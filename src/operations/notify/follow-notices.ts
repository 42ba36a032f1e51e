import type { Estate } from '#estate/estate.ts';
import type { DeliveryStore } from '#store/store.ts';
import type { Context } from '../context.ts';
import { followEstate, loadEstate } from '../follow-estate.ts';
import { openLiveDesk, type LiveDesk } from '../live-desk.ts';
import type { Notify } from '../notify-configuration.ts';
import { openLiveTriage, type LiveTriage } from '../triage/live-triage.ts';
import { collectNotices } from './collect-notices.ts';
import { collectTickets } from './tickets/collect-tickets.ts';

type Held = { estate: Estate; readonly desk: LiveDesk; readonly triage: LiveTriage };

/** Collects notices again and again, holding estate and desk between, so that each time only what changed is read. */
export function noticesFollower(): (context: Context, notify: Notify) => Promise<void> {
  // The store of a job is a fenced copy; what it keeps deliveries in is the same object for all of them.
  const held = new WeakMap<DeliveryStore, Held>();
  return async (context, notify) => {
    const { store, clock } = context;
    const known = held.get(store.deliveries) ?? { estate: await loadEstate(store), desk: openLiveDesk(), triage: openLiveTriage() };
    held.set(store.deliveries, known);
    known.estate = await followEstate(store, known.estate);
    const desk = await known.desk.catchUp(store);
    const triage = await known.triage.follow(store, known.estate, desk, clock());
    await collectNotices(context, notify, triage, desk);
    await collectTickets(context, notify, triage, desk);
  };
}
