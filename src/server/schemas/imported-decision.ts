import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';
import { Problem } from './problem.ts';

/** Which form of VEX is wanted. */
export const VexQuery = z.strictObject({ format: z.enum(['openvex', 'csaf', 'cyclonedx']).default('openvex') });
export type VexQuery = z.infer<typeof VexQuery>;

/** A VEX document in the form asked for; the same facts give the same bytes. */
export const VexDocument = z.record(z.string(), z.unknown());
export type VexDocument = z.infer<typeof VexDocument>;

/** What a file with decisions is and speaks of. */
export const ImportQuery = z.strictObject({
  /** Id of its format; otherwise found by name and content. */
  as: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  /** Of CSV: which columns stand for which fields, `state=Status,advisory=CVE`. */
  columns: z.string().min(1).max(2000).optional(),
  /** Ref or name of the component that it speaks of where it does not say so itself. */
  component: z.string().min(1).max(300).optional(),
  /** Its name, shown with what came from it. */
  file: z.string().min(1).max(300).default('upload'),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

/** What came of an import: decisions that nobody here stands behind yet. */
export const ImportOutcome = z.object({
  format: z.string(),
  /** New here. */
  imported: z.number().int().nonnegative(),
  /** Of those, how many mean an open finding now; the others wait until it is there. */
  matched: z.number().int().nonnegative(),
  /** Imported before. */
  known: z.number().int().nonnegative(),
  /** Said to be fixed, which only the inventory says. */
  fixed: z.number().int().nonnegative(),
  expired: z.number().int().nonnegative(),
  /** Ids of the acts that brought them. */
  batches: z.array(z.string()),
  problems: z.array(Problem),
});
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** A decision that came from a file. */
export const ImportedDecision = z.object({
  id: z.string(),
  verdict: z.enum(['in-triage', 'exploitable', 'not-affected', 'false-positive', 'accepted', 'workaround']),
  /** `unconfirmed` does not count; `confirmed` counts; `waiting` was confirmed and waits for its second person. */
  state: z.enum(['unconfirmed', 'confirmed', 'waiting', 'withdrawn', 'expired', 'refused', 'superseded']),
  advisory: z.string(),
  aliases: z.array(z.string()),
  /** Null where it means every component. */
  component: z.string().nullable(),
  /** Purl without version; null where it means whatever package is hit. */
  package: z.string().nullable(),
  range: z.string().nullable(),
  justification: z.string().nullable(),
  responses: z.array(z.string()),
  /** What it says in words; null when it does not, or once erased. */
  reason: z.string().nullable(),
  source: z.string(),
  file: z.string().nullable(),
  line: z.number().int().positive().nullable(),
  /** Pseudonym of who imported it, or of who confirmed it. */
  by: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  /** Open findings that it reached when it was imported or confirmed. */
  findings: z.number().int().nonnegative(),
});
export type ImportedDecision = z.infer<typeof ImportedDecision>;

/** Filters of imported decisions. */
export const ImportedDecisionQuery = ListQuery.extend({
  state: z.enum(['unconfirmed', 'confirmed', 'waiting', 'withdrawn', 'expired', 'refused', 'superseded']).optional(),
  source: z.string().optional(),
  component: z.string().optional(),
  sort: sortBy(['at', 'until', 'advisory'], '-at'),
});
export type ImportedDecisionQuery = z.infer<typeof ImportedDecisionQuery>;

/** One page of imported decisions. */
export const ImportedDecisionList = listOf(ImportedDecision);
export type ImportedDecisionList = z.infer<typeof ImportedDecisionList>;

/** What the file is. */
export const ComparisonQuery = z.strictObject({ as: ImportQuery.shape.as });
export type ComparisonQuery = z.infer<typeof ComparisonQuery>;

/** What another tool finds in a component beside what is open here. */
export const Comparison = z.object({
  component: z.string(),
  both: z.number().int().nonnegative(),
  onlyThem: z.number().int().nonnegative(),
  onlyUs: z.number().int().nonnegative(),
  rows: z.array(
    z.object({
      ids: z.array(z.string()),
      package: z.string(),
      versions: z.array(z.string()),
      seenBy: z.enum(['both', 'only-them', 'only-us']),
      /** Id of our finding. */
      finding: z.string().nullable(),
      /** Why only they have it. */
      because: z.enum(['not-in-inventory', 'no-advisory', 'version-not-affected']).nullable(),
    }),
  ),
  problems: z.array(Problem),
});
export type Comparison = z.infer<typeof Comparison>;
