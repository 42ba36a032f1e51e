import { z } from 'zod';
import { justifications, statementResponses } from '#model/statement.ts';

/** The nine justifications of CycloneDX (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_justification). */
export const Justification = z.enum(justifications);
export type Justification = z.infer<typeof Justification>;

/** What one answers to a vulnerability (CycloneDX `analysis.response`). */
export const Response = z.enum(statementResponses);
export type Response = z.infer<typeof Response>;

/**
 * What was decided. `exploitable` says that it holds and is being worked on; `accepted` leaves it until a day; `workaround` pauses the clock until a day and
 * closes nothing; `fixed` is never decided: it is what the inventory says.
 */
export const Verdict = z.enum(['in-triage', 'exploitable', 'not-affected', 'false-positive', 'accepted', 'workaround']);
export type Verdict = z.infer<typeof Verdict>;
