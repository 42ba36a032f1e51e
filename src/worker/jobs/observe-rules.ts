import { observeRules as observe } from '#operations/rules/observe-rules.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Looks at the estate by the rules that the policy uses: what they say hangs on the day, too. */
export const observeRules: ScheduledJob = {
  name: 'observe-rules',
  everyMs: 15 * 60_000,
  async run({ context }) {
    await observe(context);
  },
};
