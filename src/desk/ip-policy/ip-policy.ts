import { z } from 'zod';
import { obligationTriggers, type IpPolicy as Document } from '#model/ip-policy.ts';
import { deliveries, gates, linkings, policyVerdicts } from '#model/licence.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'An id is of small letters, digits and hyphens.');
const line = z.string().min(1).max(500);
const licence = z.string().min(1).max(200);
const ids = z.array(id).max(100);
const purl = z.string().startsWith('pkg:').max(500);
const gate = z.enum(gates);
const byTier = <Schema extends z.ZodType>(of: Schema) => z.record(z.string().min(1).max(40), of);

/** The IP policy as people write it: checked where it enters, `ip-policy-problems.ts` says what of it makes no sense. */
export const IpPolicy: z.ZodType<Document> = z.strictObject({
  format: z.literal(1),
  template: z.string().min(1).max(100),
  categories: z.array(z.strictObject({ id, title: line, means: line, licences: z.array(licence).max(1000) })).max(100),
  rules: z
    .array(
      z.strictObject({
        id,
        categories: ids.optional(),
        licences: z.array(licence).max(1000).optional(),
        deliveries: z.array(z.enum(deliveries)).min(1).optional(),
        linking: z.array(z.enum(linkings)).min(1).optional(),
        modified: z.boolean().optional(),
        verdict: z.enum(policyVerdicts),
        obligations: ids,
        because: line,
        gates: byTier(gate).optional(),
      }),
    )
    .max(500),
  otherwise: z.enum(['conditions', 'review', 'unknown', 'denied']),
  development: z.enum(['internal', 'as-delivered']),
  obligations: z
    .array(
      z.strictObject({
        id,
        title: line,
        asks: line,
        when: z.enum(obligationTriggers),
        shownBy: line.optional(),
        givesSource: z.boolean().optional(),
      }),
    )
    .max(200),
  outbound: z.array(z.strictObject({ licence, notWith: z.array(licence).max(1000), because: line })).max(200),
  alternatives: z.array(z.strictObject({ instead: purl, use: z.array(purl).min(1).max(20) })).max(2000),
  approvalDays: z.number().int().min(1).max(732).optional(),
  gates: byTier(z.partialRecord(z.enum(policyVerdicts), gate)),
  changes: z
    .array(z.strictObject({ from: ids.min(1), to: ids.min(1), because: line }))
    .max(200)
    .optional(),
});
