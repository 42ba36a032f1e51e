import { alone } from '#operations/alone.ts';
import { isGone } from '#operations/holder.ts';
import { pausedReading } from '#operations/reading-paused.ts';
import { readingOf, readOnly, type Reading } from '#operations/read-pending.ts';
import type { Context } from '#operations/context.ts';
import { Interrupted } from './interrupted.ts';
import type { JobWork, ScheduledJob } from './scheduled-job.ts';

/** Something to do, by the name under which one process at a time does it. */
export type Task = { readonly kind: 'read'; readonly reading: Reading } | { readonly kind: 'job'; readonly job: ScheduledJob };

/** The name of a task, the same in every process. */
export function nameOf(task: Task): string {
  return task.kind === 'read' ? task.reading.name : `job ${task.job.name}`;
}

/** Receipts to read and jobs that are due, at which nobody is working, the oldest receipts first; at most `most` readings. */
export async function tasksLeft(context: Context, jobs: readonly ScheduledJob[], most: number): Promise<readonly Task[]> {
  const { store } = context;
  const held = await store.leases.held(isGone);
  const readings = new Map((await store.pendingOrigins(most)).map((each) => [readingOf(each).name, readingOf(each)]));
  const due = new Set(await store.jobRuns.due(jobs.map((job) => job.name)));
  const tasks: readonly Task[] = [
    ...[...readings.values()].map((reading) => ({ kind: 'read', reading }) as const),
    ...jobs.filter((job) => due.has(job.name)).map((job) => ({ kind: 'job', job }) as const),
  ];
  return tasks.filter((task) => !held.has(nameOf(task)));
}

/** Does a task unless another process is at it or it is done meanwhile. Throws what went wrong; it is then left to do. */
export async function doTask(work: JobWork, task: Task): Promise<void> {
  if (task.kind === 'job') {
    // It was due when it was looked for; since then somebody may have stopped reading.
    if (await isStopped(work, task.job)) return;
    await alone(work.context, nameOf(task), (context) => runJob({ ...work, context }, task.job));
    return;
  }
  const receipts = await readOnly(work.context, task.reading);
  if (receipts !== null && receipts > 0) work.tell({ kind: 'read', receipts });
}

async function isStopped({ context }: JobWork, job: ScheduledJob): Promise<boolean> {
  return job.isReading === true && (await pausedReading(context.store)) !== null;
}

const firstRetryMs = 60_000;

/** Runs a job if it is still due. After a failure it is due again in a minute, then in two, four … but never later than it would be anyway. */
async function runJob(work: JobWork, job: ScheduledJob): Promise<void> {
  const { jobRuns } = work.context.store;
  if ((await jobRuns.due([job.name])).length === 0) return;
  // Asked once more where nobody else can begin it: what is stopped begins nothing, and only what had begun ends.
  if (await isStopped(work, job)) return;
  const started = performance.now();
  try {
    await job.run(work);
    const startedAgoMs = performance.now() - started;
    await jobRuns.note(job.name, { startedAgoMs, nextMs: Math.max(0, job.everyMs - startedAgoMs), problem: null });
  } catch (error) {
    if (error instanceof Interrupted) return;
    const failures = (await jobRuns.all()).find((each) => each.name === job.name)?.failures ?? 0;
    const nextMs = Math.min(job.everyMs, firstRetryMs * 2 ** Math.min(failures, 10));
    const problem = error instanceof Error ? error.message : String(error);
    await jobRuns.note(job.name, { startedAgoMs: performance.now() - started, nextMs, problem });
    throw error;
  }
}
