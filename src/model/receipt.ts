import type { Problem } from './problem.ts';

/** What was there at one path when a source was observed. */
export type TreeEntry =
  | {
      readonly path: string;
      readonly state: 'read';
      /** SHA-256 (hex) of the bytes kept. */
      readonly hash: string;
      /** Git's id of the blob they come from; absent elsewhere. An equal one spares reading the blob again. */
      readonly object?: string;
    }
  | { readonly path: string; readonly state: 'absent' }
  | { readonly path: string; readonly state: 'unreadable'; readonly problem: Problem };

/** One observation of one source. Times are Unix milliseconds, UTC. */
export type Receipt = {
  /** Order of arrival, from the store. Never leaves it. */
  readonly seq: number;
  /** `git`, `folder`, `file`, `image`, `upload`, `osv`, `kev`, `epss`. */
  readonly source: string;
  /** Which repository, folder, upload slot or feed: normalised, without credentials. */
  readonly origin: string;
  /** Commit id, ETag or upload digest; null when the source has none. */
  readonly revision: string | null;
  /** When what it shows was true; for a plain folder the day received. */
  readonly validAt: number;
  readonly receivedAt: number;
  /** Last time the same observation was made again. */
  readonly confirmedAt: number;
  /** `complete`: absence means gone. `partial` and `failed`: what was not seen is stale, never gone. */
  readonly outcome: 'complete' | 'partial' | 'failed';
  /** What was looked at; empty for `failed`. */
  readonly tree: readonly TreeEntry[];
  readonly problems: readonly Problem[];
  /** The place of the source in the estate: how components in it are named. Null for feeds. */
  readonly place: Place | null;
};

/** Whether all that a source of this kind shows is one component with one evidence: an upload, a single file, an image. */
export function isOfOneFile(source: string): boolean {
  return source === 'upload' || source === 'file' || source === 'image';
}

/** How components found in an origin are named (model.md 10). */
export type Place = {
  readonly namespace: string;
  readonly rootName: string;
  /** Short hash of where a local source without remote lies, so that two of the same names are not taken for one. */
  readonly at?: string;
  /** For uploads: the component the sender named, and the slot. */
  readonly component?: string;
  readonly slot?: string;
};
