import { z } from 'zod';
import { AsOf, ListQuery, listOf, sortBy } from './list.ts';
import { Severity } from './severity.ts';

/** One stretch of days in which a component was exposed to an advisory through one package. Days are UTC, half open. */
export const Exposure = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  package: z.object({ purl: z.string(), ecosystem: z.string().nullable(), name: z.string() }),
  /** `unknown`: it may have been, since no resolved version is known. */
  certainty: z.enum(['affected', 'unknown']),
  /** Versions it was exposed by, in the order in which they came; a range where no version is known. */
  versions: z.array(z.string()),
  /** Since when such a version was in use, which may be before the advisory was published. */
  usedFrom: z.iso.date(),
  from: z.iso.date(),
  /** The first day on which it was over; null means still exposed. */
  until: z.iso.date().nullable(),
  /** How many days it lasted, up to today while it goes on. */
  days: z.number().int().nonnegative(),
  /** When the use and the advisory were both known here. */
  knownFrom: z.iso.datetime(),
  /** Versions in use since it ended; empty: the package is gone. Null while it goes on. */
  after: z.array(z.string()).nullable(),
  /** The observation that showed the end, the last of that day. Null while it goes on, and where an upload tells the end. */
  endedBy: z.object({ receipt: z.string(), revision: z.string().nullable() }).nullable(),
});
export type Exposure = z.infer<typeof Exposure>;

/** Which exposures: to one advisory, now and ever, or only those of the day `asOf`. */
export const ExposureQuery = ListQuery.extend({
  /** Any id of the advisory. */
  advisory: z.string(),
  /** Purl of a package: only exposures through it. */
  package: z.string().optional(),
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  asOf: AsOf,
  sort: sortBy(['component', 'team', 'from', 'until', 'days'], '-until'),
});
export type ExposureQuery = z.infer<typeof ExposureQuery>;

/** One page of exposures. By `until`, what still goes on comes last, descending first. */
export const ExposureList = listOf(Exposure).extend({
  advisory: z.object({
    key: z.string(),
    /** The id that people know first: CVE, then GHSA, then others. */
    ids: z.array(z.string()),
    title: z.string(),
    severity: Severity,
    published: z.iso.datetime().nullable(),
  }),
  /** Components among all rows, and those that still are exposed; `perhaps` are those of which no version is known. */
  components: z.object({ exposed: z.number().int(), still: z.number().int(), perhaps: z.number().int() }),
  /** Components of whose sources nothing was observed by the day asked about: of them nothing can be said. */
  notObserved: z.number().int().nonnegative(),
});
export type ExposureList = z.infer<typeof ExposureList>;
