import type { PackageWarning, RegistryRecord, VersionWarning } from './registry.ts';

/** What judging needs of what a registry says of a package. Days are UTC days. */
export type RegistrySummary = {
  /** The registry has no such package, or has it no more; the rest is what it said before. */
  readonly isAbsent: boolean;
  readonly latest: string | null;
  readonly warning: PackageWarning | null;
  readonly warnings: readonly VersionWarning[];
  /** In version order: version, day of release, place in `warnings`; null: not said, none. */
  readonly versions: readonly (readonly [version: string, released: number | null, warning: number | null])[];
};

const dayMs = 86_400_000;

/** The part of a record that judging needs. */
export function summaryOf(record: RegistryRecord | null, isAbsent: boolean): RegistrySummary {
  return {
    isAbsent,
    latest: record?.latest ?? null,
    warning: record?.warning ?? null,
    warnings: record?.warnings ?? [],
    versions: (record?.versions ?? []).map(([version, released, , warning]) => [
      version,
      released === null ? null : Math.floor(released / dayMs),
      warning,
    ]),
  };
}
