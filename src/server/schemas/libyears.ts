import { z } from 'zod';
import { ListQuery, YesNo, listOf, sortBy } from './list.ts';

/** How far a component, or all of a team, is behind the latest versions of what it uses. */
export const LibyearsRow = z.object({
  /** Null where it is about a team. */
  component: z.object({ ref: z.string(), name: z.string() }).nullable(),
  /** Null: nobody owns it. */
  team: z.string().nullable(),
  libyears: z.number().nonnegative(),
  /** First numbers by which versions are behind, added up. */
  majors: z.number().int().nonnegative(),
  /** Package versions of which both release dates are known, and all: the rest is not in the sum. */
  known: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  worst: z.object({ purl: z.string(), version: z.string(), latest: z.string(), libyears: z.number() }).nullable(),
});
export type LibyearsRow = z.infer<typeof LibyearsRow>;

/** Of whom, and of which uses. */
export const LibyearsQuery = ListQuery.extend({
  by: z.enum(['component', 'team']).default('component'),
  /** `false`: also what comes in through others. */
  direct: YesNo.optional(),
  team: z.string().optional(),
  sort: sortBy(['libyears', 'majors', 'name'], '-libyears'),
});
export type LibyearsQuery = z.infer<typeof LibyearsQuery>;

/** One page of them, with the sum of all and how it is made. */
export const LibyearsList = listOf(LibyearsRow).extend({
  formula: z.string(),
  sum: z.object({ libyears: z.number(), majors: z.number().int(), known: z.number().int(), total: z.number().int() }),
});
export type LibyearsList = z.infer<typeof LibyearsList>;
