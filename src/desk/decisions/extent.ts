import { z } from 'zod';

/** What was known of an advisory group when a decision was made, so that a jump is seen. */
export const Basis = z.strictObject({ kev: z.boolean(), epss: z.number().nullable(), score: z.number().nullable(), severity: z.string() });
export type Basis = z.infer<typeof Basis>;

/** What a predicate reached at one moment (model.md 14): how much, proved by a hash over the sorted finding ids, in which components and teams, resting on what. */
export const Extent = z.strictObject({
  findings: z.number().int().nonnegative(),
  /** SHA-256 (hex) over the sorted ids, one a line. */
  hash: z.string(),
  components: z.array(z.string()),
  teams: z.array(z.string().nullable()),
  /** Severities that occur. */
  severities: z.array(z.string()),
  /** By advisory group key. */
  basis: z.record(z.string(), Basis),
});
export type Extent = z.infer<typeof Extent>;
