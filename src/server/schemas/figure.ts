import { z } from 'zod';

/** A path with its query that lists rows, the same for the web and, under `/v1`, for the API: `/components?owner=none`. */
export const RowsQuery = z.string().startsWith('/');
export type RowsQuery = z.infer<typeof RowsQuery>;

/** One headline number with its certainty: what it counts, out of what, how sure, how old, and where its rows are. */
export const Figure = z.object({
  id: z.string(),
  label: z.string(),
  /** Null when nothing could be counted: shown as unknown, never as 0. */
  value: z.number().int().nonnegative().nullable(),
  /** What it is out of; null when it is itself a base. */
  base: z.number().int().nonnegative().nullable(),
  /** Share of what should have been looked at that was, 0 to 1; null when that is not known. */
  coverage: z.number().min(0).max(1).nullable(),
  /** Age of what it rests on; null when nothing was read. */
  freshness: z.object({ oldest: z.iso.datetime().nullable(), median: z.iso.datetime().nullable() }),
  /** The worst case in words, such as "3 have no owner"; null when there is none to tell. */
  worst: z.string().nullable(),
  formula: z.object({
    /** Rule id with its version: `cov.read@1`. */
    id: z.string(),
    /** The formula in plain query form, one line each. */
    text: z.array(z.string()),
    /** What the formula leaves out, and how many. */
    excluded: z.array(z.object({ label: z.string(), count: z.number().int().nonnegative(), rowsQuery: RowsQuery.nullable() })),
    /** Kinds of source it rests on, with the age of the oldest of each. */
    sources: z.array(z.object({ source: z.string(), readAt: z.iso.datetime().nullable() })),
    computedAt: z.iso.datetime(),
  }),
  rowsQuery: RowsQuery,
  /** The rows that are missing from it; null when none can be listed. */
  missingQuery: RowsQuery.nullable(),
});
export type Figure = z.infer<typeof Figure>;
