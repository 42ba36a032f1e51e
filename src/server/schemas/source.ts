import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';

/** A golden source or feed and whether it can be believed today. */
export const Source = z.object({
  /** Short stable id, for links. */
  id: z.string(),
  source: z.enum(['git', 'folder', 'file', 'image', 'upload', 'osv', 'kev', 'epss', 'registry', 'end-of-life', 'attestation']),
  origin: z.string(),
  /** `watch`: it answers but in part or with problems, or it is older than it should be. `never`: configured, nothing received yet. */
  state: z.enum(['fresh', 'watch', 'failing', 'never']),
  /** Null when it never succeeded. */
  lastSuccess: z.iso.datetime().nullable(),
  lastTried: z.iso.datetime().nullable(),
  revision: z.string().nullable(),
  /** What it gave, counted, the noun as it goes with the number: 12 components, 1 advisory. Null when nothing was received. */
  items: z.object({ count: z.number().int().nonnegative(), noun: z.string(), rowsQuery: z.string().nullable() }).nullable(),
  /** Problems of its latest observation. */
  problems: z.number().int().nonnegative(),
  /** What is wrong, what still holds and what to do, in a sentence; null when nothing is. */
  trouble: z.string().nullable(),
  /** Components whose facts are stale because of it. */
  staleComponents: z.number().int().nonnegative(),
  /** Latest receipt; null when there is none. */
  receipt: z.string().nullable(),
  /** Outcomes of the last observations, oldest first, at most 24. */
  runs: z.array(z.object({ at: z.iso.datetime(), outcome: z.enum(['complete', 'partial', 'failed']) })),
});
export type Source = z.infer<typeof Source>;

/** Filters of the sources list. */
export const SourceQuery = ListQuery.extend({
  source: z.string().optional(),
  state: z.enum(['fresh', 'watch', 'failing', 'never']).optional(),
  /** `true`: only those that are not fresh or have problems. */
  trouble: z.enum(['true', 'false']).optional(),
  sort: sortBy(['state', 'origin', 'source', 'lastSuccess'], 'state'),
});
export type SourceQuery = z.infer<typeof SourceQuery>;

/** One page of sources. */
export const SourceList = listOf(Source).extend({
  totals: z.object({
    fresh: z.number().int(),
    watch: z.number().int(),
    failing: z.number().int(),
    never: z.number().int(),
    problems: z.number().int(),
  }),
});
export type SourceList = z.infer<typeof SourceList>;
