import { lookAtTickets as look } from '#operations/notify/tickets/look-at-tickets.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Notes which tickets people closed by hand where they are kept. */
export const lookAtTickets: ScheduledJob = {
  name: 'look-at-tickets',
  everyMs: 30 * 60_000,
  async run({ context, configuration: { notify }, access, stopped }) {
    await look(context, notify, access, () => stopped.aborted);
  },
};
