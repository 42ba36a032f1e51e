import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';
import { Severity } from './severity.ts';

/** Something that is there at the end of one day and not at the end of another. */
export const Change = z.object({
  what: z.enum(['appeared', 'gone']),
  kind: z.enum(['component', 'package', 'finding']),
  /** Name of the component, or of the package. */
  name: z.string(),
  /** Null for a package, which may be in many. */
  component: z.object({ ref: z.string(), name: z.string() }).nullable(),
  team: z.string().nullable(),
  /** Package URL, with the version for a package; null for a component. */
  purl: z.string().nullable(),
  /** Null unless it is a package of which only a range is known. */
  range: z.string().nullable(),
  /** The advisory's ids, CVE first; null unless it is a finding. */
  ids: z.array(z.string()).nullable(),
  severity: Severity.nullable(),
});
export type Change = z.infer<typeof Change>;

/** Two days of valid time, both as known now; `to` absent means now. */
export const ChangesQuery = ListQuery.extend({
  from: z.iso.date(),
  to: z.iso.date().optional(),
  kind: z.enum(['component', 'package', 'finding']).optional(),
  what: z.enum(['appeared', 'gone']).optional(),
  sort: sortBy(['kind', 'name'], 'kind'),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;

const Counts = z.object({ appeared: z.number().int().nonnegative(), gone: z.number().int().nonnegative() });

/** One page of changes. */
export const ChangeList = listOf(Change).extend({
  /** Of everything between the two days, whatever the filters. */
  counts: z.object({ component: Counts, package: Counts, finding: Counts }),
});
export type ChangeList = z.infer<typeof ChangeList>;
