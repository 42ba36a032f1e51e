/** What one side says and the other does not; null: it does not say. */
export type FieldChange = { readonly field: string; readonly before: string | null; readonly after: string | null };

/** One component that only one side has, or that both have and say differently. */
export type ComponentChange = {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Purl without version, else type and name. */
  readonly identity: string;
  readonly name: string;
  readonly ref: { readonly before: string | null; readonly after: string | null };
  readonly version: { readonly before: string | null; readonly after: string | null };
  /** What differs, version first; empty for those added and removed. */
  readonly fields: readonly FieldChange[];
};

/** An edge by the identities of both ends; `(subject)` is what the document describes. */
export type EdgeChange = { readonly kind: 'added' | 'removed'; readonly from: string; readonly to: string };

/** What changed from one SBOM to another. */
export type SbomDiff = {
  readonly document: readonly FieldChange[];
  /** By name, then by version. */
  readonly components: readonly ComponentChange[];
  readonly edges: readonly EdgeChange[];
  /** How many components both have and say the same of. */
  readonly same: number;
};
