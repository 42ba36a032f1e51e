import { z } from 'zod';
import { ListQuery, listOf, sortBy } from './list.ts';

/** One thing that somebody did, as the ledger keeps it. */
export const Act = z.object({
  /** Its number in the ledger, from 1 without gaps. */
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  kind: z.string(),
  /** Pseudonym of who did it. */
  actor: z.string(),
  /** What they are called; null when no name is known, or it was erased. */
  actorName: z.string().nullable(),
  /** Natural key of what it is about. */
  subject: z.string(),
  body: z.unknown(),
  /** Names and free text; null when it has none or they were erased. */
  words: z.unknown().nullable(),
  areWordsErased: z.boolean(),
  /** By which act and on what authority words were erased; null while they were not. */
  erasure: z.object({ seq: z.number(), at: z.iso.datetime(), by: z.string(), basis: z.string(), reference: z.string().nullable() }).nullable(),
  /** What the next entry rests on, SHA-256 in hex. */
  hash: z.string(),
});
export type Act = z.infer<typeof Act>;

/** Filters of the ledger. */
export const ActQuery = ListQuery.extend({
  kind: z.string().optional(),
  actor: z.string().optional(),
  subject: z.string().optional(),
  /** First day, `YYYY-MM-DD`, UTC. */
  from: z.iso.date().optional(),
  /** Last day. */
  until: z.iso.date().optional(),
  sort: sortBy(['seq'], '-seq'),
});
export type ActQuery = z.infer<typeof ActQuery>;

/** One page of acts. */
export const ActList = listOf(Act).extend({
  /** Every kind of act that this build knows. */
  kinds: z.array(z.string()),
  /** The newest signed head of the ledger; null when none was signed. */
  checkpoint: z.object({ seq: z.number(), at: z.iso.datetime(), keyId: z.string() }).nullable(),
});
export type ActList = z.infer<typeof ActList>;

/** What came of doing something: its number in the ledger, to send as `expects` with the next act about the same subject. */
export const ActDone = z.object({ seq: z.number().int().positive(), subject: z.string(), at: z.iso.datetime() });
export type ActDone = z.infer<typeof ActDone>;
