import type { Configuration } from '#operations/configuration.ts';
import type { Context } from '#operations/context.ts';
import { pausedReading } from '#operations/reading-paused.ts';
import { plannedFeed, plannedSource, shownPlace, type PlannedReading } from '#operations/reading-plan.ts';
import { readingBoard, type ReadingBoard } from '#operations/reading-progress.ts';
import { scanTargets, type Target } from '#operations/scan-targets.ts';
import { feedTarget, syncFeed } from '#operations/sync-feeds.ts';
import { Interrupted } from './interrupted.ts';
import type { JobWork, ScheduledJob } from './scheduled-job.ts';

const lookEveryMs = 250;

/** The configured sources and feeds as jobs, each of its own, so that several workers share them; none when re-scans are switched off. */
export function sourceJobs({ sources, feeds, rescanMinutes }: Configuration): readonly ScheduledJob[] {
  if (rescanMinutes === 0) return [];
  const everyMs = rescanMinutes * 60_000;
  return [
    ...sources.map((source) => readingJob(plannedSource(source), everyMs, (reading) => scan(source, reading))),
    ...feeds.map((feed) => readingJob(plannedFeed(feed), everyMs, (reading) => sync(feed, reading))),
  ];
}

/** What one reading works with. `mayGoOn` throws once it was stopped. */
type ReadingWork = JobWork & { readonly board: ReadingBoard; readonly mayGoOn: () => void };

function readingJob({ job: name }: PlannedReading, everyMs: number, read: (reading: ReadingWork) => Promise<'read' | 'failed'>): ScheduledJob {
  return {
    name,
    everyMs,
    isReading: true,
    async run(work) {
      const { context } = work;
      const board = readingBoard(context, name, !(await context.store.jobRuns.all()).some((run) => run.name === name));
      const end = (outcome: 'read' | 'failed' | 'stopped'): void => {
        board.change({ endedAt: context.clock(), outcome, part: null });
      };
      const pause = await watchPause(context);
      const mayGoOn = (): void => {
        if (pause.isPaused() || work.stopped.aborted) throw new Interrupted();
      };
      try {
        mayGoOn();
        end(await read({ ...work, board, mayGoOn }));
      } catch (error) {
        end(error instanceof Interrupted ? 'stopped' : 'failed');
        throw error;
      } finally {
        pause.end();
        await board.settled();
      }
    },
  };
}

/** Follows whether people stopped reading, while something is read. */
async function watchPause({ store }: Context): Promise<{ isPaused(): boolean; end(): void }> {
  let isPaused = (await pausedReading(store)) !== null;
  const timer = setInterval(() => {
    pausedReading(store).then(
      (paused) => (isPaused = paused !== null),
      // A store that does not answer is found by the work itself.
      () => undefined,
    );
  }, lookEveryMs);
  return {
    isPaused: () => isPaused,
    end() {
      clearInterval(timer);
    },
  };
}

async function scan({ kind, at, revision, platform }: Configuration['sources'][number], { context, access, tell, board, mayGoOn }: ReadingWork) {
  const target: Target = { kind, at, ...(revision === undefined ? {} : { revision }), ...(platform === undefined ? {} : { platform }) };
  let good = 0;
  const results = await scanTargets(context, [target], access, {
    source(name, number, of) {
      mayGoOn();
      const part = { name: shownPlace(name), number, of };
      board.change({ part }, { outcome: 'reading', what: part.name, about: of > 1 ? `${String(number)} of ${String(of)}` : '' });
    },
    component({ name, packages, problems }) {
      const { components: before, packages: packagesBefore, problems: problemsBefore } = board.now();
      const about = `${counted(packages, 'package')}${problems.length === 0 ? '' : `, ${counted(problems.length, 'problem')}`}`;
      board.change(
        { components: before + 1, packages: packagesBefore + packages, problems: problemsBefore + problems.length },
        { outcome: problems.length === 0 ? 'read' : 'problem', what: name, about },
      );
    },
    done({ source, scanned, problem }) {
      const outcome = scanned?.receipt.outcome ?? 'failed';
      tell({ kind: 'scanned', outcome });
      if (outcome !== 'failed') good += 1;
      for (const { message } of [...(problem === null ? [] : [problem]), ...(scanned?.receipt.problems ?? [])]) {
        // What was said at an earlier look stands on the page.
        if (scanned?.unchanged !== true) tell({ kind: 'problem', message: `${source}: ${message}` });
        board.change(
          { problems: board.now().problems + 1 },
          { outcome: 'problem', what: shownPlace(source), about: message.replaceAll(at, shownPlace(at)) },
        );
      }
      return Promise.resolve();
    },
  });
  return good === 0 && results.length > 0 ? 'failed' : 'read';
}

async function sync(feed: Configuration['feeds'][number], { context, access, tell, board, mayGoOn }: ReadingWork) {
  const name = shownPlace(feed.from);
  board.change({ part: { name, number: 1, of: 1 } }, { outcome: 'reading', what: name, about: feed.kind });
  const synced = await syncFeed(context, await feedTarget(context, feed), access, (line) => {
    mayGoOn();
    board.change({}, { outcome: 'reading', what: name, about: line });
  });
  const hasFailed = synced.outcome === 'failed';
  tell({ kind: 'scanned', outcome: hasFailed ? 'failed' : 'complete' });
  const [first] = synced.problems;
  if (hasFailed) tell({ kind: 'problem', message: `${synced.feed} from ${synced.from}: ${first?.message ?? 'It could not be read.'}` });
  board.change(
    { records: synced.taken, problems: synced.problems.length },
    hasFailed
      ? { outcome: 'problem', what: name, about: first?.message ?? 'It could not be read.' }
      : { outcome: 'read', what: name, about: synced.outcome === 'unchanged' ? 'nothing new' : `${String(synced.taken)} taken` },
  );
  return hasFailed ? 'failed' : 'read';
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
