import type { SeverityLevel } from '#model/advisory.ts';

/** Something that differs between two days, in one component: there at the later and not before, gone, or there in other versions. */
export type Change = {
  readonly what: 'appeared' | 'gone' | 'changed';
  readonly ref: string;
  readonly component: string;
  readonly team: string | null;
} & ({ readonly kind: 'component' } | PackageChange | FindingChange);

/** A package of the component, with its versions (or ranges, where only these are known) on either day. */
export type PackageChange = {
  readonly kind: 'package';
  readonly ecosystem: string;
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** A finding that opened or closed. */
export type FindingChange = {
  readonly kind: 'finding';
  readonly ecosystem: string;
  readonly name: string;
  /** The group's ids, CVE first. */
  readonly ids: readonly string[];
  readonly severity: SeverityLevel;
  readonly cause: FindingCause;
};

/** Why a finding opened or closed. `advisory-changed` is what is left: its records no longer say what they said. */
export const findingCauses = [
  'component-appeared',
  'package-appeared',
  'version-changed',
  'advisory-published',
  'component-gone',
  'package-gone',
  'advisory-changed',
] as const;
export type FindingCause = (typeof findingCauses)[number];

/** A component of which nothing was observed on one of the days: what it had then is not known, so nothing of it is a change. */
export type Unobserved = { readonly ref: string; readonly component: string; readonly team: string | null; readonly day: 'from' | 'to' | 'both' };
