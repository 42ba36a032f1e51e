import { z } from 'zod';
import { Cvss, Epss } from './finding.ts';
import { AsOf, ListQuery, YesNo, listOf, sortBy } from './list.ts';
import { Owner } from './owner.ts';
import { Steward } from './ownership.ts';
import { Severity, SeverityCounts } from './severity.ts';

/** One package the estate uses, over all its versions. */
export const Package = z.object({
  /** Purl without version; `pkg:generic/…` where no purl type fits. */
  purl: z.string(),
  /** As OSV spells it; null when it has none for it. */
  ecosystem: z.string().nullable(),
  name: z.string(),
  /** Different versions in use. */
  versions: z.number().int().nonnegative(),
  components: z.number().int().nonnegative(),
  /** Uses whose version is not known. */
  unresolved: z.number().int().nonnegative(),
  /** Open findings, as far as the asker may see them; null when no advisory source covers its ecosystem. */
  findings: SeverityCounts.nullable(),
});
export type Package = z.infer<typeof Package>;

/** Filters of the packages list. */
export const PackageQuery = ListQuery.extend({
  ecosystem: z.string().optional(),
  severity: Severity.optional(),
  /** Whether every use has a resolved version. */
  resolved: YesNo.optional(),
  asOf: AsOf,
  sort: sortBy(['name', 'ecosystem', 'versions', 'components', 'findings'], '-findings'),
});
export type PackageQuery = z.infer<typeof PackageQuery>;

/** One page of packages. */
export const PackageList = listOf(Package).extend({
  base: z.number().int().nonnegative(),
  facets: z.object({ ecosystem: z.array(z.object({ value: z.string(), count: z.number().int().nonnegative() })) }),
});
export type PackageList = z.infer<typeof PackageList>;

/** An advisory group that names the package. */
export const PackageAdvisory = z.object({
  key: z.string(),
  /** The id that people know first: CVE, then GHSA, then others. */
  ids: z.array(z.string()),
  title: z.string(),
  severity: Severity,
  cvss: Cvss.nullable(),
  epss: Epss.nullable(),
  kev: z.object({ added: z.iso.date() }).nullable(),
  published: z.iso.datetime().nullable(),
  /** Affected ranges as text, one each. */
  ranges: z.array(z.string()),
  /** Fixed versions the records name, in version order; empty when none is named. */
  fixed: z.array(z.string()),
});
export type PackageAdvisory = z.infer<typeof PackageAdvisory>;

/** One version in use and how each advisory of the package judges it, in the order of `advisories`; null where the asker may see no findings of who uses it. */
export const PackageVersion = z.object({
  /** Null: the uses whose version is not known, never counted as clear. */
  version: z.string().nullable(),
  components: z.number().int().nonnegative(),
  verdicts: z.array(z.enum(['affected', 'not-affected', 'unknown']).nullable()),
});
export type PackageVersion = z.infer<typeof PackageVersion>;

/** A package with the ladder of its versions in use against its advisories. */
export const PackageDetail = Package.extend({
  licences: z.array(z.string()),
  /** In version order, unknown last. */
  versionsInUse: z.array(PackageVersion),
  /** Those that hit or may hit a version in use first, then by severity. */
  advisories: z.array(PackageAdvisory),
  /** Components by the verdict over all advisories: hit by at least one, by none, or not known; of those whose findings the asker may see. */
  verdicts: z.object({ affected: z.number().int(), clear: z.number().int(), unknown: z.number().int() }),
  /** Whom to ask about it before its owners; null when nobody was named. */
  steward: Steward.nullable(),
  /** Whether whoever asks may name one. */
  mayName: z.boolean(),
  /** Who to call, most affected first; null team: no owner; null counts: not for the asker. */
  owners: z.array(
    z.object({
      team: z.string().nullable(),
      components: z.number().int(),
      affected: z.number().int().nullable(),
      unknown: z.number().int().nullable(),
    }),
  ),
  /** Share of the estate's components that were read at all, 0 to 1. */
  coverage: z.number().min(0).max(1).nullable(),
  /** When the advisories were last synced; null when never. */
  advisoriesAt: z.iso.datetime().nullable(),
});
export type PackageDetail = z.infer<typeof PackageDetail>;

/** One use of a package: a component, a version and the file that shows it. */
export const PackageUser = z.object({
  component: z.object({ ref: z.string(), name: z.string() }),
  owner: Owner.nullable(),
  version: z.string().nullable(),
  range: z.string().nullable(),
  evidence: z.object({ kind: z.enum(['lockfile', 'manifest', 'sbom']), path: z.string() }),
  scope: z.string(),
  direct: z.boolean().nullable(),
  since: z.iso.date(),
  /** Null when the asker may not see the component's findings. */
  verdict: z.enum(['affected', 'not-affected', 'unknown']).nullable(),
  staleSince: z.iso.datetime().nullable(),
});
export type PackageUser = z.infer<typeof PackageUser>;

/** Filters of who uses a package. */
export const PackageUserQuery = ListQuery.extend({
  /** Exactly this version; `unknown` for uses without one. */
  version: z.string().optional(),
  /** A native or `vers:` range. */
  range: z.string().optional(),
  /** Only uses that this advisory hits or may hit. */
  advisory: z.string().optional(),
  verdict: z.enum(['affected', 'not-affected', 'unknown']).optional(),
  team: z.string().optional(),
  owner: z.enum(['none', 'some']).optional(),
  asOf: AsOf,
  sort: sortBy(['component', 'version', 'team', 'since'], 'component'),
});
export type PackageUserQuery = z.infer<typeof PackageUserQuery>;

/** One page of who uses a package. */
export const PackageUserList = listOf(PackageUser).extend({
  /** Whom to ask about the package; null when nobody was named. */
  steward: Steward.nullable(),
});
export type PackageUserList = z.infer<typeof PackageUserList>;
