import { openLiveDesk } from '#operations/live-desk.ts';
import { publishOwnAdvisories } from '#operations/own-advisories.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Publishes what incidents say, where the process that opened them did not come to it. */
export const ownAdvisories: ScheduledJob = {
  name: 'own-advisories',
  everyMs: 60_000,
  async run({ context }) {
    await publishOwnAdvisories(context, await openLiveDesk().catchUp(context.store));
  },
};
