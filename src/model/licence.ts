/** Who says under which licence a package version is. `licence-file` is by likeness of a text, `counsel` what a person concluded. */
export const licenceSources = ['lockfile', 'manifest', 'sbom', 'registry', 'licence-file', 'counsel'] as const;
export type LicenceSource = (typeof licenceSources)[number];

/** What its makers declare, what was detected in a text, what counsel concluded: never mixed. */
export type LicenceKind = 'declared' | 'detected' | 'concluded';

/** What one source says of one package version: word for word, each entry once, in its order. Never empty. */
export type LicenceClaim = { readonly source: LicenceSource; readonly said: readonly string[] };

/** Of which kind what a source says is. */
export function licenceKindOf(source: LicenceSource): LicenceKind {
  return source === 'counsel' ? 'concluded' : source === 'licence-file' ? 'detected' : 'declared';
}

/** How something that the firm makes reaches somebody. */
export const deliveries = [
  'internal',
  'saas',
  'browser',
  'mobile',
  'client-sdk',
  'client-image',
  'other-legal-entity',
  'outsourcer',
  'published',
] as const;
export type Delivery = (typeof deliveries)[number];

export const linkings = ['static', 'dynamic'] as const;
export type Linking = (typeof linkings)[number];

/** One thing that a component makes and that is delivered. Null is not known, and asked of its owner; it is never taken for harmless. */
export type Artifact = {
  /** Its name within the component. */
  readonly name: string;
  /** Every way in which it is delivered; empty: nobody said. */
  readonly deliveries: readonly Delivery[];
  readonly linking: Linking | null;
  /** Whether open source in it is changed here. */
  readonly modified: boolean | null;
  /** Licence under which it is given out, an SPDX expression; null when it is given out under none of its own, or nobody said. */
  readonly outbound: string | null;
};

/** What the policy says of a use, from best to worst. `unknown` is asked about, never allowed. */
export const policyVerdicts = ['allowed', 'conditions', 'review', 'unknown', 'denied'] as const;
export type PolicyVerdict = (typeof policyVerdicts)[number];

/** What of a use is not known and would decide it. */
export type LicenceQuestion = 'licence' | 'delivery' | 'linking' | 'modified';

/** What a verdict does to a build, from least to most. */
export const gates = ['watch', 'warn', 'block'] as const;
export type Gate = (typeof gates)[number];
