import { z } from 'zod';

/** The nine justifications of CycloneDX (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_justification). */
export const Justification = z.enum([
  'code_not_present',
  'code_not_reachable',
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
  'protected_at_runtime',
  'protected_at_perimeter',
  'protected_by_mitigating_control',
]);
export type Justification = z.infer<typeof Justification>;

/** What one answers to a vulnerability (CycloneDX `analysis.response`). */
export const Response = z.enum(['can_not_fix', 'will_not_fix', 'update', 'rollback', 'workaround_available']);
export type Response = z.infer<typeof Response>;

/**
 * What was decided. `exploitable` says that it holds and is being worked on; `accepted` leaves it until a day; `workaround` pauses the clock until a day and
 * closes nothing; `fixed` is never decided: it is what the inventory says.
 */
export const Verdict = z.enum(['in-triage', 'exploitable', 'not-affected', 'false-positive', 'accepted', 'workaround']);
export type Verdict = z.infer<typeof Verdict>;
