import { sendCheckpoints as send } from '#operations/send-checkpoints.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Sends signed heads of the ledger out of the office, where the configuration names a URL. */
export const sendCheckpoints: ScheduledJob = {
  name: 'send-checkpoints',
  everyMs: 10 * 60_000,
  async run({ context, configuration: { ledger }, access }) {
    if (ledger.send !== undefined) await send(context.store, ledger.send, access);
  },
};
