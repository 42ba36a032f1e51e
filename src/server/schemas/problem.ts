import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';

/** What could not be read or done. */
export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  /** Path inside its source; null when it is not about one file. */
  path: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  severity: z.enum(['error', 'warning']),
});
export type Problem = z.infer<typeof Problem>;

/** A problem with where it was met. */
export const ProblemRow = Problem.extend({
  source: z.string(),
  origin: z.string(),
  /** Component it touches; null when it is about the source as a whole. */
  component: z.object({ ref: z.string(), name: z.string() }).nullable(),
  receipt: z.string(),
  at: z.iso.datetime(),
});
export type ProblemRow = z.infer<typeof ProblemRow>;

/** Filters of the problems list: only those of each origin's latest receipt and each evidence's latest reading are listed. */
export const ProblemQuery = ListQuery.extend({
  origin: z.string().optional(),
  component: z.string().optional(),
  severity: z.enum(['error', 'warning']).optional(),
  sort: sortBy(['severity', 'path', 'at'], 'severity'),
});
export type ProblemQuery = z.infer<typeof ProblemQuery>;

/** One page of problems. */
export const ProblemList = listOf(ProblemRow);
export type ProblemList = z.infer<typeof ProblemList>;

/** RFC 9457 body of every answer that is not a success. */
export const Failure = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** Id to quote when asking for help. */
  instance: z.string(),
});
export type Failure = z.infer<typeof Failure>;
