import { noticesFollower } from '#operations/notify/follow-notices.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

const follow = noticesFollower();

/** Finds what is to be said since it last looked, and puts it in the outbox. */
export const collectNotices: ScheduledJob = {
  name: 'collect-notices',
  everyMs: 60_000,
  async run({ context, configuration: { notify } }) {
    if (notify.channels.length > 0) await follow(context, notify);
  },
};
