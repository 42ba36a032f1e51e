import { z } from 'zod';
import { ListQuery, listOf, sortBy, YesNo } from './list.ts';

const longestReason = 500;
const line = z
  .string()
  .trim()
  .min(1)
  .max(longestReason)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u, 'must be one line without invisible characters');

/** Why somebody decides, and on what authority. */
export const NewDecision = z.strictObject({
  reason: line,
  /** Such as "owner of the component" or the number of a request. */
  authority: line,
});
export type NewDecision = z.infer<typeof NewDecision>;

/** What a decision touches, counted. */
export const Extent = z.object({
  components: z.number().int().nonnegative(),
  /** Open findings. */
  findings: z.number().int().nonnegative(),
  receipts: z.number().int().nonnegative(),
  readings: z.number().int().nonnegative(),
  files: z.number().int().nonnegative(),
  /** Bytes that nothing else needs. */
  bytes: z.number().int().nonnegative(),
});
export type Extent = z.infer<typeof Extent>;

/** What somebody decided about what the office keeps. It is never edited; a later one may end it. */
export const Decision = z.object({
  id: z.string(),
  kind: z.enum(['retire', 'delete', 'erase', 'hold', 'return', 'readmit', 'release']),
  about: z.enum(['component', 'origin', 'upload', 'raw']),
  subject: z.string(),
  author: z.string(),
  /** Null once erased, like the reason. */
  authority: z.string().nullable(),
  reason: z.string().nullable(),
  at: z.iso.datetime(),
  /** The decision that it ended; null for one by itself. */
  supersedes: z.string().nullable(),
  extent: Extent,
  /** Null while it is being carried out, or a hold keeps it from that. */
  doneAt: z.iso.datetime().nullable(),
});
export type Decision = z.infer<typeof Decision>;

/** What is asked about. */
export const ExtentQuery = z.strictObject({ kind: z.enum(['retire', 'delete', 'erase']) });

/** What deciding about a component would touch. */
export const ComponentExtent = z.object({
  extent: Extent,
  /** The legal hold that forbids to delete or erase it, in words; null when there is none. */
  held: z.string().nullable(),
});
export type ComponentExtent = z.infer<typeof ComponentExtent>;

/** Filters of the decisions. */
export const DecisionQuery = ListQuery.extend({
  kind: z.enum(['retire', 'delete', 'erase', 'hold', 'return', 'readmit', 'release']).optional(),
  subject: z.string().optional(),
  /** Only those that no later one ended. */
  standing: YesNo.optional(),
  sort: sortBy(['at', 'kind', 'subject'], '-at'),
});

/** One page of decisions. */
export const DecisionList = listOf(Decision);
export type DecisionList = z.infer<typeof DecisionList>;
