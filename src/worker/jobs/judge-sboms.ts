import { judgeSboms as judge } from '#operations/sbom/judge-sboms.ts';
import { trustedKeys } from '#operations/sbom/trusted-keys.ts';
import { Interrupted } from '../interrupted.ts';
import type { ScheduledJob } from '../scheduled-job.ts';

/** Judges SBOMs that are new in use, and checks the signatures of attestations. Told to stop, it ends after the one at hand and goes on there the next time. */
export const judgeSboms: ScheduledJob = {
  name: 'judge-sboms',
  everyMs: 60_000,
  async run({ context, configuration: { provenance }, stopped }) {
    await judge(context, trustedKeys(provenance), () => {
      if (stopped.aborted) throw new Interrupted();
    });
  },
};
