import { z } from 'zod';
import { populations } from '#desk/evidence/drawings.ts';
import { severityLevels } from '#model/advisory.ts';

const count = z.number().int().nonnegative();
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const question = {
  population: z.enum(populations),
  team: z.string().min(1).max(200).nullable(),
  severity: z.enum(severityLevels).nullable(),
  about: z.string().nullable(),
  asOf: z.iso.date(),
  known: z.iso.date(),
  seed: z.string(),
  size: z.number().int().min(1).max(10_000),
};

/** What evidence somebody wants. Days that are not given are today. */
export const EvidenceWanted = z.strictObject({
  ...question,
  team: question.team.default(null),
  severity: question.severity.default(null),
  /** A component's ref, a purl without version or any id of an advisory, which a row must name. */
  about: z
    .string()
    .regex(/^[A-Za-z0-9][\x21-\x7e]{2,999}$/)
    .nullable()
    .default(null),
  asOf: question.asOf.optional(),
  known: question.known.optional(),
  seed: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/)
    .default('1'),
  size: question.size.default(25),
  /** What it is drawn for. */
  purpose: z.string().max(1000).nullable().default(null),
});
export type EvidenceWanted = z.infer<typeof EvidenceWanted>;

/** How making a pack stands. */
export const EvidencePack = z.object({
  id: z.string(),
  state: z.enum(['working', 'done', 'failed', 'cancelled']),
  question: z.object(question),
  drawnAt: z.iso.datetime(),
  progress: z.object({ done: count, of: count }),
  /** Why there is none; null unless it failed. */
  problem: z.string().nullable(),
  /** Null until it is done, like what follows. */
  population: z.object({ count, hash }).nullable(),
  /** Ids, in the order in which they were drawn. */
  sample: z.array(z.string()).nullable(),
  coverage: z.object({ components: count, read: count, notRead: count, stale: count, withoutOwner: count }).nullable(),
  /** Where the ledger ended on the day asked for; `checkpoint` is the entry of the newest signed head by then. */
  ledger: z.object({ entries: count, head: hash.nullable(), checkpoint: count.nullable(), isExported: z.boolean() }).nullable(),
  files: z.array(z.string()).nullable(),
});
export type EvidencePack = z.infer<typeof EvidencePack>;

/** Which row of a sample. */
export const EvidenceRowQuery = z.strictObject({ number: z.coerce.number().int().min(1).max(10_000) });

/** One row of a sample with the chain that it rests on, as the pack holds it. */
export const EvidenceRow = z.object({ id: z.string(), chain: z.unknown() });
export type EvidenceRow = z.infer<typeof EvidenceRow>;

/** How checking the ledger stands. */
export const LedgerCheck = z.object({
  id: z.string(),
  state: z.enum(['working', 'done', 'failed', 'cancelled']),
  progress: z.object({ done: count, of: count }),
  problem: z.string().nullable(),
  /** Null until it is done. */
  proof: z
    .object({
      holds: z.boolean(),
      entries: count,
      head: z.string(),
      words: count,
      erased: count,
      checkpoints: count,
      faultCount: count,
      faults: z.array(z.object({ seq: count, fault: z.string() })),
      /** False: the office has no key, so that signatures were not looked at. */
      isSigned: z.boolean(),
      newestCheckpoint: count.nullable(),
    })
    .nullable(),
});
export type LedgerCheck = z.infer<typeof LedgerCheck>;
