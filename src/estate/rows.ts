import type { SeverityLevel } from '#model/advisory.ts';
import type { LicenceSource } from '#model/licence.ts';

/** What the estate is loaded from and kept up to date with; the shapes of the store's folded rows. Ids are the store's, and stay inside. */
export type PackageRow = { readonly id: number; readonly ecosystem: string; readonly name_key: string; readonly name: string };
export type VersionRow = { readonly id: number; readonly package_id: number; readonly version: string; readonly range: string };
export type ComponentRow = {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly origin: string;
  readonly dir: string;
  readonly facts: string;
  readonly team: string | null;
  readonly revision: string | null;
  readonly valid_at: number | null;
  readonly confirmed_at: number | null;
  readonly stale_since: number | null;
  /** When it was first seen, Unix milliseconds. */
  readonly known_at: number;
  /** When it was retired, Unix milliseconds; null while it lives. */
  readonly retired_at: number | null;
};
export type EvidenceRow = {
  readonly id: number;
  readonly component_id: number;
  readonly kind: string;
  readonly path: string;
  readonly format: string | null;
  readonly open: Uint8Array;
  readonly receipt: number;
  readonly valid_at: number;
  /** When a receipt last showed it; 0 when none ever could. */
  readonly seen_at: number;
  readonly ended: number;
  readonly stale_since: number | null;
  readonly problems: string;
  /** model/supply.ts as JSON. */
  readonly supply: string;
};
export type MatchRow = {
  readonly package_version_id: number;
  readonly advisory_id: number;
  readonly kind: 'affected' | 'unknown';
  readonly by: 'range' | 'versions';
  readonly range: string;
  readonly fixed_in: string | null;
  readonly known_until: number | null;
};

/** One record of an advisory source, as judged. */
export type AdvisoryRow = {
  readonly id: number;
  readonly record: string;
  readonly groupKey: string;
  readonly aliases: readonly string[];
  readonly summary: string;
  /** ISO 8601; null when it does not say. */
  readonly published: string | null;
  readonly modified: string;
  readonly withdrawn: boolean;
  readonly malicious: boolean;
  readonly severity: {
    readonly level: SeverityLevel;
    readonly score: number | null;
    readonly version: string | null;
    readonly vector: string | null;
  };
};

/** What other feeds say of a CVE. */
export type EnrichmentRow = {
  readonly cve: string;
  readonly kev_added: string | null;
  readonly epss: number | null;
  readonly epss_percentile: number | null;
  readonly epss_date: string | null;
};

/** An open finding of an observed rule, by natural keys; `ecosystem` and `name_key` are empty where it is about no package. */
export type RuleFindingRow = {
  readonly component: string;
  readonly rule: string;
  readonly ecosystem: string;
  readonly name_key: string;
  readonly subject: string;
  readonly episode: number;
  readonly opened_at: number;
  /** UTC day. */
  readonly since: number;
  readonly reason: string;
  readonly severity: SeverityLevel;
  /** Of the rule, for people. */
  readonly title: string;
};
export type FindingPackRow = { readonly component_id: number; readonly open: Uint8Array };

/** What a registry says of a package: a `RegistrySummary` as JSON. */
export type RegistryRow = { readonly ecosystem: string; readonly name_key: string; readonly summary: string };
/** What one kind of file says of the licence of a package version; `said` is JSON of a list of texts. */
export type LicenceClaimRow = { readonly package_version_id: number; readonly source: LicenceSource; readonly said: string };
