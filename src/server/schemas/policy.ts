import { z } from 'zod';
import { Policy } from '#desk/policy/policy.ts';
import { Severity } from './severity.ts';

const count = z.number().int().nonnegative();

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

/** A policy to look at before it is proposed. */
export const PreviewWanted = z.strictObject({ policy: Policy });
export type PreviewWanted = z.infer<typeof PreviewWanted>;

const Asks = z.enum(['none', 'act', 'attend', 'track']);
const asks = z.object({ none: count, act: count, attend: count, track: count });
const PreviewCount = z.object({ use: z.enum(['on', 'metric', 'off']), found: count, asks });

/** What a policy would change, over the estate as it is and as it was. */
export const PolicyPreview = z.object({
  hash: z.string(),
  differences: z.array(Difference),
  /** What this build does not understand; such a policy cannot be proposed. */
  problems: z.array(z.object({ place: z.string(), message: z.string() })),
  rules: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      severity: Severity.nullable(),
      /** `found` counts also what is only a metric; only what is dealt with asks for something. */
      before: PreviewCount,
      after: PreviewCount,
      teams: z.array(z.object({ team: z.string().nullable(), before: count, after: count })),
      /** Findings that ask for something else than before. */
      moves: z.array(
        z.object({
          from: Asks,
          to: Asks,
          findings: count,
          samples: z.array(
            z.object({
              component: z.string(),
              name: z.string(),
              team: z.string().nullable(),
              package: z.string().nullable(),
              what: z.string(),
              /** Null for a finding that there is not yet. */
              id: z.string().nullable(),
            }),
          ),
        }),
      ),
      /** At the ends of the past twelve months and today, as known now; null where a past day cannot be told. */
      past: z.array(z.object({ day: z.iso.date(), before: count, after: count, beforeAct: count, afterAct: count })).nullable(),
      pastUnknown: z.string().nullable(),
    }),
  ),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;
