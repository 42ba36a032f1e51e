import { z } from 'zod';
import { Decision } from './decision.ts';
import { AsOf, ListQuery, YesNo, listOf, sortBy } from './list.ts';
import { Owner } from './owner.ts';
import { Ownership } from './ownership.ts';
import { ReceiptSummary } from './receipt.ts';
import { SeverityCounts } from './severity.ts';

/** One component of the estate as the catalogue lists it. */
export const Component = z.object({
  /** Permanent identity: `component:<namespace>/<name>`. */
  ref: z.string(),
  name: z.string(),
  namespace: z.string(),
  owner: Owner.nullable(),
  source: z.object({ source: z.string(), origin: z.string() }),
  ecosystems: z.array(z.string()),
  /** Package versions in use; null when nothing was ever read. */
  packages: z.number().int().nonnegative().nullable(),
  /** Open findings; null when nothing was ever read, so that nothing can be said, and when the asker may not see them. */
  findings: SeverityCounts.nullable(),
  /** Problems of its latest readings. */
  problems: z.number().int().nonnegative(),
  /** Since when it could not be confirmed; null when it is fresh. */
  staleSince: z.iso.datetime().nullable(),
  /** Last time it was read or confirmed; null when never. */
  readAt: z.iso.datetime().nullable(),
  revision: z.string().nullable(),
  /** Valid time of what is shown; null when nothing was ever read. */
  validAt: z.iso.datetime().nullable(),
  /** Test material is listed, not judged. */
  testMaterial: z.boolean(),
  /** When it was retired; null while it lives. */
  retiredAt: z.iso.datetime().nullable(),
});
export type Component = z.infer<typeof Component>;

/** Filters of the catalogue. */
export const ComponentQuery = ListQuery.extend({
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  ecosystem: z.string().optional(),
  origin: z.string().optional(),
  /** `week`: read or confirmed within seven days; `older`: longer ago or never. */
  read: z.enum(['week', 'older']).optional(),
  /** Whether anything of it was ever read; of a past day, whether it was observed by then. */
  observed: YesNo.optional(),
  stale: YesNo.optional(),
  /** `true`: those that were retired, which are left out otherwise. */
  retired: YesNo.optional(),
  /** Whether its latest readings met problems. */
  problems: YesNo.optional(),
  /** Only those with an open finding of this severity. */
  severity: z.enum(['critical', 'high', 'unknown', 'medium', 'low']).optional(),
  /** A purl, without version or with one: only those that use it. */
  uses: z.string().optional(),
  /** A purl without version: only those with an open finding of it. */
  affected: z.string().optional(),
  asOf: AsOf,
  sort: sortBy(['name', 'team', 'packages', 'findings', 'read'], '-findings'),
});
export type ComponentQuery = z.infer<typeof ComponentQuery>;

/** One page of the catalogue with the counts of its facets under the present filters. */
export const ComponentList = listOf(Component).extend({
  /** Components in the whole estate, without filters. */
  base: z.number().int().nonnegative(),
  /** Open findings of all filtered components, as far as the asker may see them. */
  findings: SeverityCounts,
  facets: z.object({
    /** Null value: no owner. Most components first. */
    team: z.array(z.object({ value: z.string().nullable(), count: z.number().int().nonnegative() })),
    ecosystem: z.array(z.object({ value: z.string(), count: z.number().int().nonnegative() })),
  }),
});
export type ComponentList = z.infer<typeof ComponentList>;

/** One fact about a component: the value in use and what each source says, winner first. */
export const ComponentFact = z.object({
  name: z.string(),
  label: z.string(),
  /** Null when no source has it: shown as unknown. */
  value: z.string().nullable(),
  sources: z.array(
    z.object({
      source: z.string(),
      value: z.string(),
      path: z.string().nullable(),
      line: z.number().int().positive().nullable(),
      readAt: z.iso.datetime(),
      stale: z.boolean(),
    }),
  ),
  /** Why the first source wins, in words; null when there is at most one. */
  rule: z.string().nullable(),
});
export type ComponentFact = z.infer<typeof ComponentFact>;

/** What shows a component's contents: one lockfile, manifest or SBOM. */
export const Evidence = z.object({
  kind: z.enum(['lockfile', 'manifest', 'sbom']),
  /** Path inside the source, or the slot of an upload. */
  path: z.string(),
  /** Null when no format could read it. */
  format: z.string().nullable(),
  formatVersion: z.number().int().nullable(),
  readAt: z.iso.datetime().nullable(),
  packages: z.number().int().nonnegative(),
  problems: z.number().int().nonnegative(),
  staleSince: z.iso.datetime().nullable(),
  receipt: z.string(),
  rawHash: z.string().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

/** One package that two evidences of a component give in different versions; all are judged. */
export const Conflict = z.object({
  purl: z.string(),
  name: z.string(),
  versions: z.array(
    z.object({
      version: z.string().nullable(),
      kind: z.enum(['lockfile', 'manifest', 'sbom']),
      path: z.string(),
      staleSince: z.iso.datetime().nullable(),
      /** Advisories that hit this version, by the id people know first: what is open if it is the true one. Null when that is not known, or not for the asker. */
      opens: z.array(z.string()).nullable(),
    }),
  ),
  /** Why the first is the one shown, in words. */
  rule: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;

/** A component with what is known about it and by whom. */
export const ComponentDetail = Component.extend({
  description: z.string().nullable(),
  /** Earlier refs that still find it. */
  formerRefs: z.array(z.string()),
  facts: z.array(ComponentFact),
  evidences: z.array(Evidence),
  conflicts: z.array(Conflict),
  /** Newest first, at most 20. */
  receipts: z.array(ReceiptSummary),
  /** How sure it is who owns it, and who said so. */
  ownership: Ownership,
  /** The decision by which it is retired; null while it lives. */
  retirement: Decision.nullable(),
  /** What whoever asks may do to it. */
  may: z.object({ retire: z.boolean(), delete: z.boolean(), erase: z.boolean() }),
});
export type ComponentDetail = z.infer<typeof ComponentDetail>;

/** One package version in one evidence of a component. */
export const ComponentPackage = z.object({
  /** Purl without version: the key of the package's own page. */
  purl: z.string(),
  ecosystem: z.string().nullable(),
  name: z.string(),
  /** Null when only a range is known. */
  version: z.string().nullable(),
  range: z.string().nullable(),
  scope: z.string(),
  direct: z.boolean().nullable(),
  licences: z.array(z.string()),
  evidence: z.object({ kind: z.enum(['lockfile', 'manifest', 'sbom']), path: z.string() }),
  since: z.iso.date(),
  /** Open findings of this package here; null when it cannot be judged (no version, no advisory source), and when the asker may not see them. */
  findings: SeverityCounts.nullable(),
  /** Why nothing is said; null when something is. */
  unjudged: z.string().nullable(),
  conflict: z.boolean(),
  staleSince: z.iso.datetime().nullable(),
});
export type ComponentPackage = z.infer<typeof ComponentPackage>;

/** Filters of one component's inventory. */
export const ComponentPackageQuery = ListQuery.extend({
  scope: z.string().optional(),
  direct: YesNo.optional(),
  ecosystem: z.string().optional(),
  evidence: z.string().optional(),
  affected: YesNo.optional(),
  asOf: AsOf,
  sort: sortBy(['name', 'version', 'findings', 'scope', 'since'], '-findings'),
});
export type ComponentPackageQuery = z.infer<typeof ComponentPackageQuery>;

/** One page of a component's inventory. */
export const ComponentPackageList = listOf(ComponentPackage);
export type ComponentPackageList = z.infer<typeof ComponentPackageList>;
