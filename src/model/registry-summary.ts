import type { DeclaredLicence, PackageWarning, RegistryRecord, VersionWarning } from './registry.ts';

/** What judging needs of what a registry says of a package. Days are UTC days. */
export type RegistrySummary = {
  /** The registry has no such package, or has it no more; the rest is what it said before. */
  readonly isAbsent: boolean;
  readonly latest: string | null;
  readonly warning: PackageWarning | null;
  readonly warnings: readonly VersionWarning[];
  /** Lists of licences as declared, word for word, each once; absent in what an older program folded. */
  readonly licences?: readonly (readonly string[])[];
  /** In version order: version, day of release, place in `warnings`, place in `licences`; null: not said, none. */
  readonly versions: readonly (readonly [version: string, released: number | null, warning: number | null, licences?: number | null])[];
};

const dayMs = 86_400_000;

/** The part of a record that judging needs. */
export function summaryOf(record: RegistryRecord | null, isAbsent: boolean): RegistrySummary {
  return {
    isAbsent,
    latest: record?.latest ?? null,
    warning: record?.warning ?? null,
    warnings: record?.warnings ?? [],
    licences: (record?.licences ?? []).map(textsOf),
    versions: (record?.versions ?? []).map(([version, released, licences, warning]) => [
      version,
      released === null ? null : Math.floor(released / dayMs),
      warning,
      licences,
    ]),
  };
}

/** What of a declared list says a licence: where there is an expression, that alone; names of files say none. */
function textsOf(declared: readonly DeclaredLicence[]): readonly string[] {
  const expressions = declared.filter(({ field }) => /^license_?expression$/i.test(field));
  const said = expressions.length > 0 ? expressions : declared.filter(({ field }) => field !== 'license_files');
  return [...new Set(said.map(({ text }) => text))];
}
