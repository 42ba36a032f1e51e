import { z } from 'zod';
import { AsOf, ListQuery, listOf, sortBy } from './list.ts';
import { Severity } from './severity.ts';

const Kind = z.enum(['component', 'package', 'finding']);
const Cause = z.enum([
  'component-appeared',
  'package-appeared',
  'version-changed',
  'advisory-published',
  'component-gone',
  'package-gone',
  'advisory-changed',
]);

/** Something of a component that differs between two days, or a component of which nothing was observed on one of them. */
export const Change = z.object({
  /** `appeared` of a finding: it opened; `gone`: it closed. `not-observed` is no change: what was there then is not known. */
  what: z.enum(['appeared', 'gone', 'changed', 'not-observed']),
  kind: Kind,
  /** Name of the component, or of the package. */
  name: z.string(),
  component: z.object({ ref: z.string(), name: z.string() }),
  team: z.string().nullable(),
  /** Package URL without version; null for a component. */
  purl: z.string().nullable(),
  /** Versions on the earlier day, ranges where only these are known; null unless it is a package. */
  before: z.array(z.string()).nullable(),
  /** The same on the later day. */
  after: z.array(z.string()).nullable(),
  /** The advisory's ids, CVE first; null unless it is a finding. */
  ids: z.array(z.string()).nullable(),
  severity: Severity.nullable(),
  /** Why a finding opened or closed. */
  cause: Cause.nullable(),
  /** On which day it was not observed; null when it was on both. */
  unobserved: z.enum(['from', 'to', 'both']).nullable(),
});
export type Change = z.infer<typeof Change>;

/** Two days of valid time, both as known now; `to` absent means now. Without `what`, only changes are listed. */
export const ChangesQuery = ListQuery.extend({
  from: z.iso.date(),
  to: z.iso.date().optional(),
  asOf: AsOf,
  component: z.string().optional(),
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  kind: Kind.optional(),
  what: z.enum(['appeared', 'gone', 'changed', 'not-observed']).optional(),
  cause: Cause.optional(),
  severity: Severity.optional(),
  sort: sortBy(['kind', 'name', 'component', 'team'], 'kind'),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;

const number = z.int().nonnegative();
const Counts = z.object({ appeared: number, gone: number, changed: number });
/** Changes of one team or component. */
const Share = z.object({ components: Counts, packages: Counts, findings: Counts });

/** One page of changes. Whatever the other filters, the counts are of all changes of the component and the owner asked for. */
export const ChangeList = listOf(Change).extend({
  counts: z.object({ component: Counts, package: Counts, finding: Counts }),
  /** Findings by why they opened or closed; every cause that occurs. */
  causes: z.array(z.object({ what: z.enum(['appeared', 'gone']), cause: Cause, count: number })),
  /** Most changes first; null: no owner. */
  teams: z.array(Share.extend({ team: z.string().nullable() })),
  /** The fifty with the most changes. */
  components: z.array(Share.extend({ ref: z.string(), name: z.string() })),
  /** Components with a change. */
  changed: number,
  coverage: z.object({
    /** Components that were observed on both days. */
    compared: number,
    /** Of those, how many had an upload first known after the earlier day; what only it shows is left out. Of the whole estate. */
    inPart: number,
    /** Components not observed on one of the days, which are no change. */
    notObserved: number,
  }),
});
export type ChangeList = z.infer<typeof ChangeList>;
