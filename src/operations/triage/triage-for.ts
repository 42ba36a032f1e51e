import type { Estate } from '#estate/estate.ts';
import type { Context } from '../context.ts';
import { openLiveDesk } from '../live-desk.ts';
import { openLiveTriage, type Triage } from './live-triage.ts';

/** How the open findings of an estate stand on the desk as it is in the store: for a process that asks once. */
export async function triageFor({ store, clock }: Pick<Context, 'store' | 'clock'>, estate: Estate): Promise<Triage> {
  const desk = await openLiveDesk().catchUp(store);
  return openLiveTriage().follow(store, estate, desk, clock());
}
