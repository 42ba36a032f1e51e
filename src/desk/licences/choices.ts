/** Which branches of a choice between licences are complied with, for versions of a package. */
export type LicenceChoice = {
  readonly id: string;
  /** Purl without version. */
  readonly package: string;
  /** Versions meant, native or `vers:`; null means all. */
  readonly range: string | null;
  /** The whole expression in normal form: of another one nothing was chosen. */
  readonly licence: string;
  /** What is left of it, in normal form; null takes back what was chosen before. */
  readonly rely: string | null;
  /** Name of the case of the council in which it was chosen; null without one. */
  readonly council: string | null;
  /** Number of the act, whose words say why. */
  readonly seq: number;
  readonly by: string;
  readonly at: number;
};

/** Choices by purl of the package, oldest first. */
export type LicenceChoices = Map<string, LicenceChoice[]>;

/** A choice that stands: what is left is named. */
export type StandingChoice = LicenceChoice & { readonly rely: string };

/** The choice that counts for a version under an expression in normal form: the newest that means it. Null where none does, or it was taken back. */
export function choiceFor(
  choices: LicenceChoices,
  packagePurl: string,
  licence: string | null,
  isInRange: (range: string) => boolean,
): StandingChoice | null {
  const found = choices.get(packagePurl)?.findLast((each) => each.licence === licence && (each.range === null || isInRange(each.range)));
  return found === undefined || found.rely === null ? null : { ...found, rely: found.rely };
}
