import { compareLicenceFiles as compare } from '#operations/licences/compare-licence-files.ts';
import { Interrupted } from '../interrupted.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Compares licence files again once this build brings a newer list of licences. */
export const compareLicenceFiles: ScheduledJob = {
  name: 'compare-licence-files',
  everyMs: 24 * 60 * 60_000,
  run: async ({ context, stopped }) => {
    await compare(context, () => {
      if (stopped.aborted) throw new Interrupted();
    });
  },
};
