import type { ScheduledJob } from '../scheduled-job.ts';

const hourMs = 60 * 60_000;

/** Deletes sessions and login links that are over, and what was answered under an `Idempotency-Key` more than a day ago. */
export const sweepSignIns: ScheduledJob = {
  name: 'sweep-sign-ins',
  everyMs: hourMs,
  async run({ context }) {
    await context.store.auth.deleteExpired(context.clock());
    await context.store.onceKeys.sweep(24 * hourMs);
  },
};
