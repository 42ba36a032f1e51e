import { carryOut } from '#operations/carry-out.ts';
import type { Configuration } from '#operations/configuration.ts';
import type { Office, OfficeQueue } from '#operations/open-office.ts';
import { readingNamed } from '#operations/read-pending.ts';
import { pausedReading } from '#operations/reading-paused.ts';
import { remoteAccessOf } from '#operations/remote-access.ts';
import type { FromWorker } from '#operations/work-messages.ts';
import { jobs as plainJobs } from './jobs/all.ts';
import { leftLong } from './left-long.ts';
import { retryLater, type Later } from './retry-later.ts';
import type { JobWork, ScheduledJob } from './scheduled-job.ts';
import { sourceJobs } from './source-jobs.ts';
import { doTask, nameOf, tasksLeft, type Task } from './tasks.ts';

/** How the loop hears of the world and tells it. */
export type Loop = {
  readonly stopped: AbortSignal;
  readonly tell: (message: FromWorker) => void;
  readonly pause: (ms: number) => Promise<void>;
  /** Ends the pause. */
  readonly wake: () => void;
};

// Uploads wake the loop; this finds what another process received or a killed one left undone.
const lookEveryMs = 1000;
// Far more than the queue needs where it works.
const undoneAfterMs = 10_000;
const readingsAtOnce = { alone: 50, queued: 500 };
const handsOfQueue = { read: 4, job: 2 } as const;

/**
 * Does what is left to do, until told to stop: carries out what people decided, reads what was received and runs the jobs that are due, those that re-scan the configured sources and feeds
 * among them. With a queue the tasks are offered to all workers, this one included; without one they are done here. A failure is told and the loop goes on.
 */
export async function work(office: Office, configuration: Configuration, loop: Loop, queue: OfficeQueue | null = null): Promise<void> {
  const { context } = office;
  const jobs = [...plainJobs, ...sourceJobs(configuration)];
  const doing: JobWork = { context, configuration, access: remoteAccessOf(configuration, office.place), stopped: loop.stopped, tell: loop.tell };
  const later = retryLater(performance.now.bind(performance));
  const attempt = async (task: Task): Promise<void> => {
    await attempted(loop, later, nameOf(task), () => doTask(doing, task));
  };
  const handOut = queue === null ? doHere(attempt, loop) : await handOutBy(queue, jobs, attempt, loop);
  // An interval that was made shorter counts from now on.
  const readings = jobs.filter((job) => job.isReading === true).map(({ name }) => name);
  await attempted(loop, later, 'intervals', () => context.store.jobRuns.notLater(readings, configuration.rescanMinutes * 60_000));
  while (!loop.stopped.aborted) {
    await attempted(loop, later, 'decisions', () => carryOut(context, office.place.dataDir));
    const goesOn = await attempted(loop, later, 'look', async () => {
      const isPaused = (await pausedReading(context.store)) !== null;
      const wanted = isPaused ? jobs.filter((job) => job.isReading !== true) : jobs;
      const left = await tasksLeft(context, wanted, queue === null ? readingsAtOnce.alone : readingsAtOnce.queued);
      return handOut.tasks(left.filter((task) => later.mayTry(nameOf(task))));
    });
    if (goesOn !== true) await loop.pause(lookEveryMs);
  }
  await handOut.end();
}

/** Sees to it that tasks are done. `tasks` says whether there may be more to do at once. */
type HandOut = { tasks(left: readonly Task[]): Promise<boolean>; end(): Promise<void> };

type Attempt = (task: Task) => Promise<void>;

/** Reads what there is and then runs one job, so that uploads never wait for more than that. */
function doHere(attempt: Attempt, loop: Loop): HandOut {
  return {
    async tasks(left) {
      for (const task of left) {
        if (loop.stopped.aborted) return false;
        await attempt(task);
        if (task.kind === 'job') return true;
      }
      return false;
    },
    end: () => Promise.resolve(),
  };
}

/** Offers tasks to the queue and takes from it. What stays undone all the same is done here, one after the other: the queue only hints. */
async function handOutBy(queue: OfficeQueue, jobs: readonly ScheduledJob[], attempt: Attempt, loop: Loop): Promise<HandOut> {
  const undone = leftLong(undoneAfterMs, performance.now.bind(performance));
  let here: Promise<void> | null = null;
  await takeFrom(queue, jobs, attempt);
  return {
    async tasks(left) {
      const long = undone.seen(left.map(nameOf));
      const task = left.find((each) => long.has(nameOf(each)));
      if (task !== undefined)
        here ??= attempt(task).finally(() => {
          here = null;
          if (!loop.stopped.aborted) loop.wake();
        });
      await offerTo(queue, left);
      return false;
    },
    async end() {
      await here;
    },
  };
}

async function takeFrom(queue: OfficeQueue, jobs: readonly ScheduledJob[], attempt: Attempt): Promise<void> {
  await queue.take('read', handsOfQueue.read, (name) => attempt({ kind: 'read', reading: readingNamed(name) }));
  await queue.take('job', handsOfQueue.job, async (name) => {
    const job = jobs.find((each) => nameOf({ kind: 'job', job: each }) === name);
    // One of another worker's configuration: those who have it offer it again.
    if (job !== undefined) await attempt({ kind: 'job', job });
  });
}

async function offerTo(queue: OfficeQueue, tasks: readonly Task[]): Promise<void> {
  for (const line of ['read', 'job'] as const) await queue.offer(line, tasks.filter((task) => task.kind === line).map(nameOf));
}

/** Gives what the step gave; null when it failed, which is told. */
async function attempted<T>(loop: Loop, later: Later, name: string, step: () => Promise<T>): Promise<T | null> {
  try {
    const done = await step();
    later.wentWell(name);
    return done;
  } catch (error) {
    later.failed(name);
    loop.tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    return null;
  }
}
