import { z } from 'zod';
import { RowsQuery } from './figure.ts';
import { ListQuery, listOf, sortBy } from './list.ts';
import { PathStep } from './paths.ts';
import { SeverityCounts } from './severity.ts';

/** One upgrade: raising a package in these components closes these findings. */
export const Upgrade = z.object({
  /** Without version. */
  purl: z.string(),
  ecosystem: z.string(),
  name: z.string(),
  /** Versions in use that an advisory hits, in version order. */
  from: z.array(z.string()),
  /** The smallest safe upgrade among versions known here: those that advisories call fixed and those in use. Null when none is known. */
  to: z.string().nullable(),
  /** Why there is none; null when there is one. */
  reason: z.string().nullable(),
  /** The largest jump that a component makes; `majors` is by how much the first number rises. Null when there is no upgrade, or it cannot be told. */
  jump: z.object({ size: z.enum(['patch', 'minor', 'major']), majors: z.number().int().nonnegative() }).nullable(),
  isPreRelease: z.boolean(),
  components: z.number().int().positive(),
  /** Open findings of the package in the scope. */
  findings: SeverityCounts,
  /** How many of them it closes: all, or none without an upgrade. */
  closes: z.number().int().nonnegative(),
  /** (closes + 4 × critical) ÷ (jump weight × √components); weights: patch 1, minor 2, major or unknown 3. */
  leverage: z.number().nonnegative(),
  /** How it comes into the one component asked about; null when the question is about several. */
  broughtBy: z.object({ isDirect: z.boolean(), isUnknown: z.boolean(), by: z.array(PathStep) }).nullable(),
  rowsQuery: RowsQuery,
});
export type Upgrade = z.infer<typeof Upgrade>;

/** Whose findings are to be closed; without a filter everybody's. Advice is for now only, so that there is no `asOf`. */
export const LeverageQuery = ListQuery.extend({
  /** Any ref of a component. */
  component: z.string().optional(),
  team: z.string().optional(),
  /** `none`: only components that nobody owns. */
  owner: z.enum(['none']).optional(),
  /** A purl without version: only what raises this package. */
  package: z.string().optional(),
  sort: sortBy(['leverage', 'closes', 'components', 'name'], '-leverage'),
});
export type LeverageQuery = z.infer<typeof LeverageQuery>;

/** One page of upgrades. */
export const UpgradeList = listOf(Upgrade).extend({
  /** Open findings in the scope, by severity, whether or not there is an upgrade for them. */
  findings: SeverityCounts,
  /** How many of them all upgrades together close. A finding is of one package, so rows never close the same one and their sum is their union. */
  closes: z.number().int().nonnegative(),
});
export type UpgradeList = z.infer<typeof UpgradeList>;
