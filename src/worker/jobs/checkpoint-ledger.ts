import { carryCheckpoints, checkpointLedger as checkpoint, ledgerKey } from '#operations/checkpoint-ledger.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Signs the head of the ledger and puts that outside, where the configuration names a key and a place. */
export const checkpointLedger: ScheduledJob = {
  name: 'checkpoint-ledger',
  everyMs: 60 * 60_000,
  async run({ context, configuration: { ledger } }) {
    if (ledger.key === undefined) return;
    await checkpoint(context, ledgerKey(ledger.key));
    if (ledger.checkpoints !== undefined) await carryCheckpoints(context.store, ledger.checkpoints);
  },
};
