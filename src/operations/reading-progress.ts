import { storedJson } from '#language/readers/json.ts';
import type { Context } from './context.ts';

/** How far the reading of one configured source or feed is. Times are Unix milliseconds. */
export type ReadingProgress = {
  readonly beganAt: number;
  /** Null while it is read, and after a process was killed at it. */
  readonly endedAt: number | null;
  /** How it ended: `failed`: nothing of it could be read; `stopped`: somebody did, and it goes on when they resume. */
  readonly outcome: 'read' | 'failed' | 'stopped' | null;
  /** True while nothing was ever read of it before. */
  readonly isFirst: boolean;
  /** The repository, folder or file of it that is being read, from 1. */
  readonly part: { readonly name: string; readonly number: number; readonly of: number } | null;
  readonly components: number;
  readonly packages: number;
  /** Advisories taken, of a feed. */
  readonly records: number;
  readonly problems: number;
  /** The last that happened, oldest first. */
  readonly lines: readonly ReadingLine[];
};

/** One thing that happened while reading. */
export type ReadingLine = { readonly at: number; readonly outcome: 'reading' | 'read' | 'problem'; readonly what: string; readonly about: string };

/** Where one who reads tells how far they are, for everybody on the store. */
export type ReadingBoard = {
  change(patch: Partial<Omit<ReadingProgress, 'lines'>>, line?: Omit<ReadingLine, 'at'>): void;
  readonly now: () => ReadingProgress;
  /** Resolves when all of it is told. */
  settled(): Promise<void>;
};

const linesKept = 8;
const tellEveryMs = 400;

/** A board for the job of that name, which begins now. */
export function readingBoard({ store, clock }: Pick<Context, 'store' | 'clock'>, job: string, isFirst: boolean): ReadingBoard {
  let state: ReadingProgress = { ...nothing, beganAt: clock(), isFirst };
  let toldAt = -Infinity;
  let telling: Promise<void> = Promise.resolve();
  const tell = (): void => {
    toldAt = clock();
    const body = JSON.stringify(state);
    // What cannot be told is told the next time; the work goes on without.
    telling = telling.then(() => store.jobRuns.tellProgress(job, body)).catch(() => undefined);
  };
  tell();
  return {
    now: () => state,
    change(patch, line) {
      const lines = line === undefined ? state.lines : [...state.lines, { at: clock(), ...line }].slice(-linesKept);
      state = { ...state, ...patch, lines };
      if (patch.endedAt != null || clock() - toldAt >= tellEveryMs) tell();
    },
    async settled() {
      await telling;
    },
  };
}

/** What was told last of each job, by its name. */
export async function progressOf({ jobRuns }: Context['store']): Promise<ReadonlyMap<string, ReadingProgress>> {
  return new Map([...(await jobRuns.progress())].map(([job, body]) => [job, storedJson(body) as ReadingProgress]));
}

const nothing: ReadingProgress = {
  beganAt: 0,
  endedAt: null,
  outcome: null,
  isFirst: false,
  part: null,
  components: 0,
  packages: 0,
  records: 0,
  problems: 0,
  lines: [],
};
