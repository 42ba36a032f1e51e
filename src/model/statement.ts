/** What a statement may say of a vulnerability in something. `fixed` is never decided: it is what the inventory says. */
export const statementStates = ['in-triage', 'exploitable', 'not-affected', 'false-positive', 'accepted', 'workaround', 'fixed'] as const;
export type StatementState = (typeof statementStates)[number];

/** The nine justifications of CycloneDX (https://cyclonedx.org/docs/1.6/json/#vulnerabilities_items_analysis_justification). */
export const justifications = [
  'code_not_present',
  'code_not_reachable',
  'requires_configuration',
  'requires_dependency',
  'requires_environment',
  'protected_by_compiler',
  'protected_at_runtime',
  'protected_at_perimeter',
  'protected_by_mitigating_control',
] as const;
export type StatementJustification = (typeof justifications)[number];

/** What one answers to a vulnerability (CycloneDX `analysis.response`). */
export const statementResponses = ['can_not_fix', 'will_not_fix', 'update', 'rollback', 'workaround_available'] as const;
export type StatementResponse = (typeof statementResponses)[number];

/** What somebody says of one vulnerability in something, in whatever format: a VEX statement, an entry of an ignore file, an analysis of another tool. */
export type Statement = {
  /** Ids of the vulnerability, its aliases included: at least one. */
  readonly ids: readonly string[];
  readonly state: StatementState;
  /** What it is said of: a component's ref, a purl or a name, as written; null when the file says of nothing in particular, as an ignore file beside a lockfile. */
  readonly product: string | null;
  /** Purls of the packages in it that the vulnerability is in, with the version where it is said; empty: whatever is hit. */
  readonly packages: readonly string[];
  readonly justification: StatementJustification | null;
  readonly responses: readonly StatementResponse[];
  /** Free text. */
  readonly detail: string | null;
  /** When it was said first, ISO 8601 in UTC; null when the file does not say. */
  readonly at: string | null;
  /** When it ends, ISO 8601 in UTC; null when the file does not say. */
  readonly until: string | null;
  /** One-based line in the file, where known. */
  readonly line: number | null;
};
