import { reopenCases as reopen } from '#operations/council/reopen-cases.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Asks the council again where what it decided has ended, or is about something else by now. */
export const reopenCases: ScheduledJob = {
  name: 'reopen-cases',
  everyMs: 5 * 60_000,
  async run({ context }) {
    await reopen(context);
  },
};
