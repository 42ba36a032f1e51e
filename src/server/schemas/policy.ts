import { z } from 'zod';
import { Policy } from '#desk/policy/policy.ts';

const Difference = z.object({ place: z.string(), before: z.unknown(), after: z.unknown() });

/** The policy in force, what waits for approval, and what was in force before. */
export const PolicyStatus = z.object({
  version: z.number().int().positive(),
  /** SHA-256 over the document whole: what is approved by it is what takes effect. */
  hash: z.string(),
  /** Null for the built-in one, which always was. */
  since: z.iso.datetime().nullable(),
  policy: Policy,
  /** Why the built-in numbers are what they are, by their place in the document. */
  reasons: z.record(z.string(), z.string()),
  waiting: z.array(
    z.object({
      hash: z.string(),
      author: z.string(),
      at: z.iso.datetime(),
      /** Null once erased. */
      reason: z.string().nullable(),
      policy: Policy,
      differences: z.array(Difference),
    }),
  ),
  versions: z.array(z.object({ version: z.number().int(), hash: z.string(), since: z.iso.datetime().nullable() })),
  /** The file that the configuration names; it counts only once its hash is approved. */
  file: z.object({ hash: z.string(), state: z.enum(['in-force', 'waiting', 'not-proposed']) }).nullable(),
});
export type PolicyStatus = z.infer<typeof PolicyStatus>;
