import type { ScheduledJob } from '../scheduled-job.ts';

const hourMs = 60 * 60_000;

/** Deletes the bytes of uploads that were begun more than a day ago and never acknowledged. */
export const sweepUploads: ScheduledJob = {
  name: 'sweep-uploads',
  everyMs: hourMs,
  async run({ context }) {
    await context.store.sweepOrphans(context.clock() - 24 * hourMs);
  },
};
