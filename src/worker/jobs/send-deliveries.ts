import { openLiveDesk } from '#operations/live-desk.ts';
import { sendDeliveries as send } from '#operations/notify/send-deliveries.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

const keptMs = 90 * 24 * 3_600_000;

/** Sends what is due, and forgets what was sent long ago. */
export const sendDeliveries: ScheduledJob = {
  name: 'send-deliveries',
  everyMs: 10_000,
  async run({ context, configuration: { notify }, access, stopped }) {
    if (notify.channels.length === 0) return;
    const { store, clock } = context;
    await send(context, { notify, access, desk: () => openLiveDesk().catchUp(store) }, () => stopped.aborted);
    await store.deliveries.sweep(clock() - keptMs);
  },
};
