/** One event of an OSV range, exactly one key. */
export type OsvEvent = { readonly introduced: string } | { readonly fixed: string } | { readonly last_affected: string } | { readonly limit: string };

export type AdvisoryRange = { readonly type: 'SEMVER' | 'ECOSYSTEM' | 'GIT'; readonly events: readonly OsvEvent[] };

/** One `affected` entry: a package and where it is hit. */
export type AffectedPackage = {
  /** As written, suffixes included (`Debian:12`). */
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly AdvisoryRange[];
  /** Versions affected whether or not a range covers them. */
  readonly versions: readonly string[];
};

export type Severity = { readonly type: string; readonly score: string };

/** One record of an advisory source in OSV's shape, the fields we use. Times are ISO 8601 as written. */
export type Advisory = {
  readonly id: string;
  readonly modified: string;
  /** Null when the record does not say. */
  readonly published: string | null;
  /** Null means it stands. */
  readonly withdrawn: string | null;
  readonly aliases: readonly string[];
  /** Shown, never joined on. */
  readonly related: readonly string[];
  readonly summary: string;
  readonly details: string;
  readonly severity: readonly Severity[];
  /** `CRITICAL`, `HIGH`, `MODERATE`/`MEDIUM`, `LOW` as a database wrote it; null when it did not. Used only where there is no vector. */
  readonly severityWord: string | null;
  readonly affected: readonly AffectedPackage[];
  readonly references: readonly string[];
};

/** Severity of a group in five words; `unknown` is not `low`. */
export type SeverityLevel = 'critical' | 'high' | 'medium' | 'low' | 'unknown';

/** Most severe first, unknown between high and medium since it may hide a high. */
export const severityLevels: readonly SeverityLevel[] = ['critical', 'high', 'unknown', 'medium', 'low'];
