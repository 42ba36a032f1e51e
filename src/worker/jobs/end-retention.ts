import { eraseOver, wasErasedSince, wordsOver } from '#operations/erase-words.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

const hourMs = 60 * 60_000;

/** Erases the words whose time is over, where the configuration says so, and leaves no trace of erased ones in the store's files. */
export const endRetention: ScheduledJob = {
  name: 'end-retention',
  everyMs: hourMs,
  async run({ context, configuration: { ledger } }) {
    const { store, clock } = context;
    if (ledger.eraseOver && (await wordsOver(context)).length > 0) await eraseOver(context);
    // An act only deletes; writing the file anew takes too long for whoever waits for its answer.
    if (await wasErasedSince(context, clock() - 2 * hourMs)) await store.erasing(() => Promise.resolve());
  },
};
