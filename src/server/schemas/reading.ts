import { z } from 'zod';

const number = z.int().nonnegative();

/** One configured source or feed and how far reading it is. */
export const ReadingSource = z.object({
  kind: z.enum(['git', 'folder', 'drop', 'image', 'osv', 'kev', 'epss', 'end-of-life']),
  name: z.string(),
  /** `waiting`: it is due and nobody has begun; `problems`: read, but not all of it; `stopped`: it waits until somebody resumes. */
  state: z.enum(['waiting', 'reading', 'read', 'problems', 'failed', 'stopped']),
  beganAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  /** The repository, folder or file of it that is being read, from 1; null when none is. */
  part: z.object({ name: z.string(), number: z.int().positive(), of: z.int().positive() }).nullable(),
  /** What was recorded in this reading so far, or in the last one. */
  components: number,
  packages: number,
  /** Advisories taken, of a feed. */
  records: number,
  problems: number,
  /** Why it failed; null when it did not. */
  trouble: z.string().nullable(),
});
export type ReadingSource = z.infer<typeof ReadingSource>;

/** How far reading the configured sources and feeds is, whichever process does it. */
export const Reading = z.object({
  /**
   * `none`: nothing is configured; `stopping`: it was stopped and what was begun is ended; `waiting`: some are due and nobody is at it;
   * `read`: nothing is due.
   */
  state: z.enum(['none', 'reading', 'waiting', 'stopping', 'stopped', 'read']),
  /** True while something is read for the first time, or waits to be. */
  isFirst: z.boolean(),
  /** When the last reading ended; null when none has. */
  endedAt: z.iso.datetime().nullable(),
  /** Who stopped it and when; null while nobody has. */
  stopped: z.object({ by: z.string(), at: z.iso.datetime() }).nullable(),
  /** Number of the last act about it, for `expects`. */
  version: number,
  /** Empty for who may not see all sources. */
  sources: z.array(ReadingSource),
  /** The last things that happened, oldest first; empty for who may not see all sources. */
  lines: z.array(z.object({ at: z.iso.datetime(), outcome: z.enum(['reading', 'read', 'problem']), what: z.string(), about: z.string() })),
});
export type Reading = z.infer<typeof Reading>;
