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

const longestName = 200;

/**
 * What of a declared list says a licence: where there is an expression, that alone. Names of files say none, the address of a licence only where it has no
 * name, a whole text in the place of a name only where nothing else stands.
 */
function textsOf(declared: readonly DeclaredLicence[]): readonly string[] {
  const has = (field: string): boolean => declared.some((each) => each.field === field);
  const isPassedOver = ({ field, text }: DeclaredLicence): boolean =>
    field === 'license_files' ||
    (field === 'licenses.license.url' && has('licenses.license.name')) ||
    (field === 'license' && text.length > longestName && has('classifier'));
  const expressions = declared.filter(({ field }) => /^license_?expression$/i.test(field));
  const said = expressions.length > 0 ? expressions : declared.filter((each) => !isPassedOver(each));
  return [...new Set(said.map(({ text }) => text))];
}
