import type { Problem } from '#model/problem.ts';
import type { Place } from '#model/receipt.ts';

/** One path of a source as it was found. `bytes` are read when asked for; a problem when that fails after all. */
export type CollectedEntry =
  | { readonly path: string; readonly state: 'read'; readonly objectId: string | null; readonly bytes: () => Promise<Uint8Array | Problem> }
  | { readonly path: string; readonly state: 'absent' }
  | { readonly path: string; readonly state: 'unreadable'; readonly problem: Problem };

/** What one look at a source gave: the makings of a receipt, with its files still to be read. Close it when they are. */
export type Collection = {
  readonly source: 'git' | 'folder' | 'file' | 'image';
  /** Normalised, without credentials and absolute paths. */
  readonly origin: string;
  /** Commit id; null when the source has none. */
  readonly revision: string | null;
  /** Unix milliseconds: when what it shows was true, never after `now`. */
  readonly validAt: number;
  readonly outcome: 'complete' | 'partial' | 'failed';
  /** The wanted paths, sorted; then those expected and no longer there. Empty when `failed`. */
  readonly entries: readonly CollectedEntry[];
  /** All paths of files, wanted or not, sorted. */
  readonly paths: readonly string[];
  readonly problems: readonly Problem[];
  readonly place: Place;
  /** Any file of the source by path: its bytes, null when there is none, or why it cannot be read. */
  read(path: string): Promise<Uint8Array | null | Problem>;
  close(): Promise<void>;
};

/** What to collect of a source. */
export type Wanted = {
  /** True for the paths to read. */
  readonly wants: (path: string) => boolean;
  /** Paths read the last time: those no longer there become `absent` entries. */
  readonly expected?: readonly string[];
  /** The time of the observation, Unix milliseconds. */
  readonly now: number;
  /** Largest file in bytes; 64 MiB by default. */
  readonly maxFileBytes?: number;
  /** Most files in one source; 2,000,000 by default. */
  readonly maxFiles?: number;
};

export const defaultMaxFileBytes = 64 * 1024 * 1024;
export const defaultMaxFiles = 2_000_000;

/** The entries of expected paths that are not among those there; only a complete look may say so. */
export function absentEntries(expected: readonly string[] | undefined, there: ReadonlySet<string>): readonly CollectedEntry[] {
  return (expected ?? []).filter((path) => !there.has(path)).map((path) => ({ path, state: 'absent' }));
}

/** A collection that saw nothing, for these reasons. What was known stays, as stale. */
export function failedCollection(
  source: Collection['source'],
  origin: string,
  place: Place,
  now: number,
  ...problems: readonly Problem[]
): Collection {
  const nothing = { revision: null, entries: [], paths: [] };
  return {
    source,
    origin,
    place,
    validAt: now,
    outcome: 'failed',
    ...nothing,
    problems,
    read: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}
