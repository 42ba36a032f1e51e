import type { Refused } from '#desk/refused.ts';
import { retryDelivery as kind } from '#desk/acts/retry-delivery.ts';
import { emptyEstate } from '#estate/estate.ts';
import { seesNothing } from '#model/visibility.ts';
import type { Context } from '../context.ts';
import { openLiveDesk } from '../live-desk.ts';
import { officeActor } from '../office-actor.ts';
import { performAct, type Done } from '../perform-act.ts';

/** Lets a delivery that was given up be tried again, in the name of the office. */
export async function retryDelivery(context: Context, id: string): Promise<Done | Refused> {
  const wanted = { kind, body: { deliveries: [id] }, words: null, actor: officeActor, visibility: seesNothing, expects: null };
  return performAct(context, openLiveDesk(), emptyEstate(), wanted);
}
