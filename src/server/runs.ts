import { untilDone, type Running } from '#operations/evidence/running.ts';
import { Refusal } from './refusal.ts';

/** Long work that somebody asked for, while this process does it and for an hour after. */
export type Run<Result> = {
  /** Subject of who asked: nobody else is answered. */
  readonly owner: string;
  state: 'working' | 'done' | 'failed' | 'cancelled';
  done: number;
  of: number;
  /** Null until it is done. */
  result: Result | null;
  /** One sentence; null unless it failed. */
  problem: string | null;
  readonly cancel: () => void;
};

/** What goes on and what has ended lately. */
export type Runs<Result> = {
  /** The run with this id, if this process knows it and it is theirs. */
  get(id: string, owner: string): Run<Result> | null;
  /** Begins one; `work` gives its result, or in words why there is none. Throws a `Refusal` when too many go on. */
  begin(id: string, owner: string, work: (running: Running) => Promise<Result | { readonly refusal: string; readonly reason: string }>): Run<Result>;
  /** Ends all of it, and resolves when nothing goes on. */
  close(): Promise<void>;
};

const mostAtWork = 4;
const mostKept = 8;
const keptMs = 3_600_000;

/** Work of one kind. `report` hears of failures that are no refusals. */
export function openRuns<Result extends object>(clock: () => number, report: (message: string) => void): Runs<Result> {
  const runs = new Map<string, { readonly run: Run<Result>; readonly ends: Promise<void>; endedAt: number | null }>();
  const forget = (): void => {
    const ended = [...runs].filter(([, { endedAt }]) => endedAt !== null);
    ended.forEach(([id, { endedAt }], at) => {
      if ((endedAt ?? 0) < clock() - keptMs || at < ended.length - mostKept) runs.delete(id);
    });
  };
  return {
    get(id, owner) {
      forget();
      const run = runs.get(id)?.run;
      return run?.owner === owner ? run : null;
    },
    begin(id, owner, work) {
      forget();
      if ([...runs.values()].filter(({ endedAt }) => endedAt === null).length >= mostAtWork)
        throw new Refusal(429, 'Too much of this goes on already. Ask again when some of it is done.', { 'retry-after': '10' });
      const stopping = new AbortController();
      const run: Run<Result> = { owner, state: 'working', done: 0, of: 0, result: null, problem: null, cancel: () => stopping.abort() };
      const tell = (done: number, of: number): void => {
        [run.done, run.of] = [done, of];
      };
      const ends = work({ ...untilDone, stopped: stopping.signal, tell }).then(
        (result) => {
          if (stopping.signal.aborted) run.state = 'cancelled';
          else if ('refusal' in result) [run.state, run.problem] = ['failed', result.reason];
          else [run.state, run.result] = ['done', result];
        },
        (error: unknown) => {
          run.state = stopping.signal.aborted ? 'cancelled' : 'failed';
          if (run.state === 'cancelled') return;
          run.problem = 'It failed inside the office, which has noted why. Ask again.';
          report(error instanceof Error ? (error.stack ?? error.message) : String(error));
        },
      );
      const kept = { run, ends: ends.then(() => void (kept.endedAt = clock())), endedAt: null as number | null };
      runs.set(id, kept);
      return run;
    },
    async close() {
      for (const { run } of runs.values()) run.cancel();
      await Promise.all([...runs.values()].map(({ ends }) => ends));
    },
  };
}
