import type { Reading } from '#desk/reading/reading.ts';
import type { Context } from './context.ts';
import { isGone } from './holder.ts';
import { progressOf, type ReadingLine, type ReadingProgress } from './reading-progress.ts';
import type { PlannedReading } from './reading-plan.ts';

/** One configured source or feed and how far reading it is. `waiting`: it is due and nobody has begun; `problems`: read, but not all of it. */
export type ReadingView = PlannedReading & {
  readonly state: 'waiting' | 'reading' | 'read' | 'problems' | 'failed' | 'stopped';
  readonly progress: ReadingProgress | null;
  /** Why it failed; null when it did not. */
  readonly trouble: string | null;
};

/** How reading the configured sources and feeds stands, whichever process does it. */
export type ReadingNow = {
  /** `none`: nothing is configured; `stopping`: it was stopped and somebody ends what was begun; `waiting`: some are due and nobody is at it. */
  readonly state: 'none' | 'reading' | 'waiting' | 'stopping' | 'stopped' | 'read';
  /** True while something is read for the first time, or waits to be. */
  readonly isFirst: boolean;
  readonly endedAt: number | null;
  readonly sources: readonly ReadingView[];
  /** The last that happened at any of them, oldest first. */
  readonly lines: readonly ReadingLine[];
};

const linesShown = 8;

/** Puts together what leases, job runs and progress say of what is planned. */
export async function readingNow({ store }: Pick<Context, 'store'>, plan: readonly PlannedReading[], paused: Reading['paused']): Promise<ReadingNow> {
  const jobs = plan.map(({ job }) => job);
  const [held, due, runs, progresses] = await Promise.all([
    store.leases.held(isGone),
    store.jobRuns.due(jobs),
    store.jobRuns.all(),
    progressOf(store),
  ]);
  const dueNow = new Set(due);
  const runOf = new Map(runs.map((run) => [run.name, run]));
  const sources = plan.map((planned): ReadingView => {
    const progress = progresses.get(planned.job) ?? null;
    const thrown = runOf.get(planned.job)?.problem ?? null;
    const state = stateOf({ isHeld: held.has(`job ${planned.job}`), isDue: dueNow.has(planned.job), progress, thrown, paused });
    const told = progress?.lines.findLast(({ outcome }) => outcome === 'problem')?.about ?? null;
    return { ...planned, progress, state, trouble: state === 'failed' ? (thrown ?? told) : null };
  });
  const ended = sources.map(({ progress }) => progress?.endedAt ?? 0);
  return {
    state: stateOfAll(sources, paused),
    isFirst: sources.some(({ job, progress }) => progress?.isFirst ?? !runOf.has(job)),
    endedAt: ended.every((at) => at === 0) ? null : Math.max(...ended),
    sources,
    lines: sources
      .flatMap(({ progress }) => progress?.lines ?? [])
      .sort((a, b) => a.at - b.at)
      .slice(-linesShown),
  };
}

type Known = {
  readonly isHeld: boolean;
  readonly isDue: boolean;
  readonly progress: ReadingProgress | null;
  readonly thrown: string | null;
  readonly paused: Reading['paused'];
};

function stateOf({ isHeld, isDue, progress, thrown, paused }: Known): ReadingView['state'] {
  if (isHeld) return 'reading';
  // What failed is due again soon; until then, and while it waits, why it failed is what one must know.
  if (thrown !== null || (progress?.outcome === 'failed' && !isDue)) return 'failed';
  if (isDue) return paused === null ? 'waiting' : 'stopped';
  return (progress?.problems ?? 0) > 0 ? 'problems' : 'read';
}

function stateOfAll(sources: readonly ReadingView[], paused: Reading['paused']): ReadingNow['state'] {
  if (sources.length === 0) return 'none';
  const isReading = sources.some(({ state }) => state === 'reading');
  if (paused !== null) return isReading ? 'stopping' : 'stopped';
  if (isReading) return 'reading';
  return sources.some(({ state }) => state === 'waiting') ? 'waiting' : 'read';
}
