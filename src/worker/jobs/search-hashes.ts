import { searchHashes as search } from '#operations/hash-search/search-hashes.ts';
import { Interrupted } from '../interrupted.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Searches what is in use for the files that incidents name by their hash. Told to stop, it ends after the file at hand and goes on there the next time. */
export const searchHashes: ScheduledJob = {
  name: 'search-hashes',
  // Every look goes through what is in use once for each open incident about a file.
  everyMs: 60_000,
  async run({ context, stopped }) {
    await search(context, () => {
      if (stopped.aborted) throw new Interrupted();
    });
  },
};
