import type { Problem } from '#model/problem.ts';
import type { Place } from '#model/receipt.ts';

/** One path that was asked for, as a source showed it. */
export type CollectedEntry =
  | {
      readonly path: string;
      readonly state: 'read';
      /** Git's id of the blob; null where the source has none. */
      readonly objectId: string | null;
      /** Fetches the bytes: null with a problem when they cannot be had (missing blob, over the cap, unreadable). */
      bytes(): Promise<{ readonly bytes: Uint8Array } | { readonly problem: Problem }>;
    }
  | { readonly path: string; readonly state: 'unreadable'; readonly problem: Problem };

/** What one look at one source gave. Open until `close`. */
export type Collected = {
  readonly source: 'git' | 'folder' | 'file';
  /** Normalised, without credentials: the identity of the source. */
  readonly origin: string;
  readonly revision: string | null;
  /** Unix milliseconds of the commit; null when the source has no date of its own (then it is the day received). */
  readonly validAt: number | null;
  readonly outcome: 'complete' | 'partial' | 'failed';
  readonly entries: readonly CollectedEntry[];
  readonly problems: readonly Problem[];
  readonly place: Place;
  /** Git's id of the blob at any path of the source; null when there is no such file or the source has no ids. */
  objectIdOf(path: string): string | null;
  /** A neighbouring file's bytes; null when there is none or it cannot be read. */
  read(path: string): Promise<Uint8Array | null>;
  close(): Promise<void>;
};
