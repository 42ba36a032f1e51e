import { z } from 'zod';

/** Severity in five words; `unknown` may hide a high and is never folded into another. */
export const Severity = z.enum(['critical', 'high', 'unknown', 'medium', 'low']);
export type Severity = z.infer<typeof Severity>;

const count = z.number().int().nonnegative();

/** How many open findings there are of each severity. */
export const SeverityCounts = z.object({ critical: count, high: count, unknown: count, medium: count, low: count });
export type SeverityCounts = z.infer<typeof SeverityCounts>;
