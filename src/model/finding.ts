import type { SeverityLevel } from './advisory.ts';

/** One stretch of a finding. Times are Unix milliseconds; null `closedAt` means open. */
export type Episode = {
  /** From 1. */
  readonly number: number;
  readonly openedAt: number;
  readonly closedAt: number | null;
  readonly closedBecause: 'fixed' | 'withdrawn' | 'retracted' | 'not-affected' | null;
};

/** A judgement over facts. Every kind has this shape; `advisory` only for vulnerabilities. */
export type Finding = {
  readonly id: string;
  readonly rule: string;
  readonly component: string;
  readonly subject: string;
  readonly versions: readonly string[];
  readonly advisory: { readonly key: string; readonly ids: readonly string[] } | null;
  readonly severity: SeverityLevel;
  readonly episode: Episode;
  /** Valid time, UTC days (days since 1970-01-01), half open; null `until` means still exposed. */
  readonly exposure: { readonly from: number; readonly until: number | null };
  readonly reason: string;
  readonly fixedIn: string | null;
  readonly stale: boolean;
};
