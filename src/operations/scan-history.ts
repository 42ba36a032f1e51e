import type { Problem } from '#model/problem.ts';
import type { TreeEntry } from '#model/receipt.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Collection } from '#sources/collection.ts';
import { openPast, type GitPast } from '#sources/git/history.ts';
import type { NewReading, NewReceipt, StoredReceipt } from '#store/store.ts';
import { onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { foldOrigin } from './fold-origin.ts';
import { inParallel } from './in-parallel.ts';
import { filesToRead, Look, mergedTree, type LookedAt } from './look.ts';
import { oneADay } from './one-a-day.ts';
import { inTurn, nameOfOrigin } from './read-pending.ts';
import { removalsIn } from './standing.ts';
import { wantsPath } from './wants-path.ts';

/** Which past to read. */
export type HistoryWanted = {
  /** Unix milliseconds: back to what held then. Null: to the first commit. */
  readonly since: number | null;
  /** When this many milliseconds are over, what was read until then is recorded. */
  readonly budgetMs: number;
};

/** What reading the past of one repository gave. */
export type HistoryScanned = {
  /** Revisions recorded now: those that changed something an office reads. */
  readonly revisions: number;
  /** Files read now; the same bytes with the same neighbours are read once. */
  readonly filesRead: number;
  /** Unix milliseconds from which on the past is known; null when it is not. */
  readonly knownFrom: number | null;
  readonly problems: readonly Problem[];
};

/** Hears how far back the reading has come. */
export type HistoryProgress = (step: { readonly done: number; readonly of: number; readonly at: number }) => void;

const commitsAtOnce = 32;
const filesAtOnce = 8;
const receiptsAtOnce = 25;

/**
 * Reads what a repository's first-parent line held before the revision `head`, which is scanned by itself afterwards, and folds it into valid time.
 * Files are read from the newest commit backwards and kept as they are read; receipts are recorded from the oldest on when that is over,
 * so that a past broken off by time or by hand begins later but has no gap, and goes on from there the next time.
 */
export function scanHistory(
  context: Context,
  repository: Repository,
  wanted: HistoryWanted,
  progress: HistoryProgress = () => undefined,
): Promise<HistoryScanned> {
  return onceAlone(context, nameOfOrigin(repository.head.origin), (own) => scanAlone(own, repository, wanted, progress));
}

/** Where a repository lies and what was seen at its head. */
type Repository = { readonly folder: string; readonly root: string; readonly head: Collection };

async function scanAlone(context: Context, repository: Repository, wanted: HistoryWanted, progress: HistoryProgress): Promise<HistoryScanned> {
  const { head } = repository;
  const nothing = { revisions: 0, filesRead: 0, knownFrom: null };
  if (head.revision === null) return { ...nothing, problems: [] };
  const past = await openPast({ folder: repository.folder, root: repository.root, head: head.revision, since: wanted.since }, wantsPath);
  if ('code' in past) return { ...nothing, problems: [past] };
  try {
    const removals = await removalsIn(context.store, head.origin, head.place);
    const before = await historyBefore(context, head.origin);
    const reader = new PastReader(context, past, (dir) => removals(dir) !== null);
    const read = await readBackwards(reader, past, before, context.clock() + wanted.budgetMs, context.clock, progress);
    const revisions = await record(context, head, past, read.trees);
    if (revisions > 0) await inTurn(context, () => foldOrigin(context, head.origin));
    const knownFrom = Math.min(past.commits[read.from]?.committedAt ?? Infinity, before?.from ?? Infinity);
    await keepHistory(context, head.origin, { from: knownFrom, head: head.revision });
    return { revisions, filesRead: reader.filesRead, knownFrom, problems: problemsOf(past, read.isCut, knownFrom) };
  } finally {
    await past.close();
  }
}

function problemsOf(past: GitPast, isCut: boolean, knownFrom: number): readonly Problem[] {
  const day = new Date(knownFrom).toISOString().slice(0, 10);
  if (isCut)
    return [
      {
        code: 'history-cut',
        message: `The time allowed was over when the history was read back to ${day}. Scan with --history again to go on.`,
        severity: 'warning',
      },
    ];
  if (past.isCut)
    return [
      {
        code: 'history-shallow',
        message: `The repository is a shallow clone; its history begins on ${day}. Fetch the rest to see further back.`,
        severity: 'warning',
      },
    ];
  return [];
}

type Tree = { readonly commit: number; readonly entries: readonly TreeEntry[] };

/** Trees of the commits that changed something, newest first, and the place from which on all are there. */
async function readBackwards(
  reader: PastReader,
  past: GitPast,
  before: KnownHistory | null,
  until: number,
  clock: () => number,
  progress: HistoryProgress,
): Promise<{ readonly trees: readonly Tree[]; readonly from: number; readonly isCut: boolean }> {
  const last = past.commits.length - 1;
  const known = before === null ? null : knownPlaces(past, before);
  const todo = oneADay(past)
    .filter((commit) => commit < last && !(known !== null && commit >= known.from && commit <= known.until))
    .reverse();
  const trees: Tree[] = [];
  let from = last;
  for (let start = 0; start < todo.length; start += commitsAtOnce) {
    const window = todo.slice(start, start + commitsAtOnce);
    await reader.prefetch(window);
    for (const commit of window) trees.push({ commit, entries: await reader.treeAt(commit) });
    await reader.keep();
    from = window.at(-1) ?? from;
    progress({ done: trees.length, of: todo.length, at: past.commits[from]?.committedAt ?? 0 });
    // Revisions newer than what is known must all be there: else what is known would seem to hold until the newest.
    const mayStop = known === null || from < known.from;
    if (clock() > until && mayStop && start + commitsAtOnce < todo.length) return { trees, from, isCut: true };
  }
  return { trees, from: 0, isCut: false };
}

/** What one file said at some commits: `inputs` are the objects its reader asked for. */
type Said = { readonly inputs: readonly (readonly [path: string, object: string | null])[]; readonly looked: LookedAt };

/** Reads the files of a past, each once as long as it and its neighbours are the same. */
class PastReader {
  filesRead = 0;
  private readonly context: Context;
  private readonly past: GitPast;
  private readonly said = new Map<string, Said[]>();
  private waiting: NewReading[] = [];
  private wanted: { readonly key: string; readonly files: ReadonlyMap<string, string> } = { key: '', files: new Map() };

  private readonly isPassedOver: (dir: string) => boolean;

  constructor(context: Context, past: GitPast, isPassedOver: (dir: string) => boolean) {
    this.isPassedOver = isPassedOver;
    this.context = context;
    this.past = past;
  }

  /** Reads side by side what commits hold that was not read at all: lockfiles change one in a commit. */
  async prefetch(commits: readonly number[]): Promise<void> {
    const tasks = new Map<string, { readonly path: string; readonly format: string; readonly commit: number }>();
    for (const commit of commits) {
      for (const [path, format] of this.filesAt(commit)) {
        const key = this.keyOf(path, commit);
        if (!this.said.has(key) && !tasks.has(key)) tasks.set(key, { path, format, commit });
      }
    }
    await inParallel([...tasks.values()], filesAtOnce, ({ path, format, commit }) => this.read(path, format, commit));
  }

  async treeAt(commit: number): Promise<readonly TreeEntry[]> {
    const files = [...this.filesAt(commit)];
    const looked = await inParallel(
      files,
      filesAtOnce,
      async ([path, format]) => this.knownAt(path, commit) ?? (await this.read(path, format, commit)),
    );
    return mergedTree(looked);
  }

  /** Makes the readings so far durable. */
  async keep(): Promise<void> {
    const readings = [...new Map(this.waiting.map((each) => [each.key, each])).values()];
    this.waiting = [];
    if (readings.length > 0) await this.context.store.write((tx) => tx.saveReadings(readings));
  }

  private filesAt(commit: number): ReadonlyMap<string, string> {
    const paths = this.past.wanted.filter((path) => this.past.objectAt(path, commit) !== null);
    const key = paths.join('\0');
    if (this.wanted.key !== key) this.wanted = { key, files: filesToRead(paths, this.isPassedOver) };
    return this.wanted.files;
  }

  private keyOf(path: string, commit: number): string {
    return `${path} ${this.past.objectAt(path, commit) ?? ''}`;
  }

  private knownAt(path: string, commit: number): LookedAt | null {
    const said = this.said.get(this.keyOf(path, commit)) ?? [];
    return said.find((each) => each.inputs.every(([input, object]) => this.past.objectAt(input, commit) === object))?.looked ?? null;
  }

  private async read(path: string, format: string, commit: number): Promise<LookedAt> {
    const entry = await this.past.entry(path, commit);
    if (entry === null) throw new Error(`The history lost ${path} while it was read. Scan again.`);
    const look = new Look(this.context, { entries: [entry], read: (neighbour) => this.past.read(neighbour, commit) }, []);
    const { reading, ...looked } = await look.readFile(entry, format);
    if (reading !== null) {
      this.waiting.push(reading);
      this.filesRead += 1;
    }
    const inputs = looked.inputs.map((each) => [each.path, this.past.objectAt(each.path, commit)] as const);
    const key = this.keyOf(path, commit);
    // Of a past revision object id and result suffice: its bytes are in the repository.
    const kept: LookedAt = { ...looked, raws: [], reading: null };
    this.said.set(key, [...(this.said.get(key) ?? []), { inputs, looked: kept }]);
    return kept;
  }
}

/** Records the revisions that are new, oldest first; one that shows what the one before it showed is left out. Gives how many. */
async function record(context: Context, head: Collection, past: GitPast, trees: readonly Tree[]): Promise<number> {
  const known = new Map((await context.store.receiptsOf(head.origin)).map((receipt) => [receipt.revision, receipt]));
  const validAt = validTimes(past, known, context.clock());
  const receipts: NewReceipt[] = [];
  let before: Tree | null = null;
  for (const tree of trees.toReversed()) {
    const { commit, entries } = tree;
    const id = past.commits[commit]?.id ?? null;
    const isNext: boolean = before !== null && !past.commits.slice(before.commit + 1, commit).some((each) => known.has(each.id));
    const saysNothing = isNext && before !== null && isSameTree(before.entries, entries);
    before = tree;
    if (saysNothing || known.has(id)) continue;
    receipts.push({
      publicId: context.randomId(),
      source: 'git',
      origin: head.origin,
      revision: id,
      validAt: validAt[commit] ?? 0,
      receivedAt: context.clock(),
      outcome: entries.some((entry) => entry.state === 'unreadable') ? 'partial' : 'complete',
      tree: entries,
      problems: [],
      place: head.place,
      raws: [],
    });
  }
  for (let start = 0; start < receipts.length; start += receiptsAtOnce) {
    await context.store.write(async (tx) => {
      for (const receipt of receipts.slice(start, start + receiptsAtOnce)) await tx.recordReceipt(receipt);
    });
  }
  return receipts.length;
}

/** When each commit was true: never after now, and before every later commit that was recorded earlier, since of equal dates the one recorded last holds. */
function validTimes(past: GitPast, known: ReadonlyMap<string | null, StoredReceipt>, now: number): readonly number[] {
  const times: number[] = [];
  let ceiling = now;
  for (let commit = past.commits.length - 1; commit >= 0; commit -= 1) {
    const { id = '', committedAt = 0 } = past.commits[commit] ?? {};
    times[commit] = Math.min(committedAt, ceiling);
    const recorded = known.get(id);
    if (recorded !== undefined) ceiling = Math.min(ceiling, recorded.validAt - 1);
  }
  return times;
}

function isSameTree(a: readonly TreeEntry[], b: readonly TreeEntry[]): boolean {
  return a.length === b.length && a.every((entry, at) => entry === b[at] || JSON.stringify(entry) === JSON.stringify(b[at]));
}

/** Which stretch of a line is recorded: from this date (Unix milliseconds) to this commit. */
type KnownHistory = { readonly from: number; readonly head: string };

function knownPlaces(past: GitPast, { from, head }: KnownHistory): { readonly from: number; readonly until: number } | null {
  const until = past.commits.findIndex((commit) => commit.id === head);
  const first = past.commits.findIndex((commit) => commit.committedAt >= from);
  return until === -1 || first === -1 ? null : { from: first, until };
}

async function historyBefore(context: Context, origin: string): Promise<KnownHistory | null> {
  const cursor = storedJson((await context.store.sourceOf(origin))?.cursor ?? '{}') as { readonly history?: KnownHistory };
  return cursor.history ?? null;
}

async function keepHistory(context: Context, origin: string, history: KnownHistory): Promise<void> {
  const row = await context.store.sourceOf(origin);
  const now = context.clock();
  const fresh = {
    origin,
    source: 'git',
    last_attempt: now,
    last_success: null,
    outcome: 'complete',
    items: 0,
    problems: '[]',
    cursor: '{}',
  } as const;
  const kept = row ?? fresh;
  const cursor = JSON.stringify({ ...(storedJson(kept.cursor) as object), history });
  await context.store.write((tx) => tx.putSource({ ...kept, cursor }));
}
