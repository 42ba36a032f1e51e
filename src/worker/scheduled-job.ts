import type { RemoteAccess } from '#operations/collect-remote.ts';
import type { Configuration } from '#operations/configuration.ts';
import type { Context } from '#operations/context.ts';
import type { FromWorker } from '#operations/work-messages.ts';

/**
 * Something that one of all workers on a store does once in a while. A run that fails, or whose process is killed, is made again:
 * what it does must do no harm when done twice.
 */
export type ScheduledJob = {
  /** Lasting and the only one of its kind: under it the store keeps when the job is due. Named like its file. */
  readonly name: string;
  /** From the start of one run to the start of the next. A job that never ran is due at once. */
  readonly everyMs: number;
  /** It reads sources or feeds, and is left alone while people have stopped that. */
  readonly isReading?: true;
  run(work: JobWork): Promise<void>;
};

/** What a job works with. While it runs no other process runs it; writes through `context` fail once that is no longer so. */
export type JobWork = {
  readonly context: Context;
  readonly configuration: Configuration;
  readonly access: RemoteAccess;
  /** Once aborted, a long run ends at its next step by throwing `Interrupted`, and stays due. */
  readonly stopped: AbortSignal;
  readonly tell: (message: FromWorker) => void;
};
