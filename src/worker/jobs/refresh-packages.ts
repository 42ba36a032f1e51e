import { refreshPackages as refresh } from '#operations/registry/refresh-packages.ts';
import { pausedReading } from '#operations/reading-paused.ts';
import { Interrupted } from '../interrupted.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

// Other work waits for a job where there is one worker, so that it asks for a while, rests and goes on.
const askForMs = 8_000;

/** Asks the configured registries about packages that are due. */
export const refreshPackages: ScheduledJob = {
  name: 'refresh-packages',
  everyMs: 20_000,
  isReading: true,
  async run({ context, configuration, access, stopped, tell }) {
    const { registries } = configuration;
    if (registries.ask.length === 0 || configuration.rescanMinutes === 0) return;
    if ((await pausedReading(context.store)) !== null) throw new Interrupted();
    const mayGoOn = (): void => {
      if (stopped.aborted) throw new Interrupted();
    };
    for (const { registry, asked, failed, problems } of await refresh(context, { registries, access, forMs: askForMs, mayGoOn })) {
      if (asked > 0 && failed === asked) tell({ kind: 'problem', message: `${registry}: ${problems[0]?.message ?? 'It did not answer.'}` });
    }
  },
};
