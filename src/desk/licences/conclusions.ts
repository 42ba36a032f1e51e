/** What counsel concluded of versions of a package. Times are Unix milliseconds. */
export type LicenceConclusion = {
  readonly id: string;
  /** Purl without version. */
  readonly package: string;
  /** Versions meant, native or `vers:`; null means all. */
  readonly range: string | null;
  /** Normal form. */
  readonly licence: string;
  /** Number of the act, whose words say what counsel looked at. */
  readonly seq: number;
  readonly by: string;
  readonly at: number;
  /** When it ends; null means never. */
  readonly until: number | null;
};

/** Conclusions that were not taken back, by purl of the package, oldest first. */
export type Conclusions = Map<string, LicenceConclusion[]>;

/** The conclusion that counts for a version: the newest that stands and means it. `isInRange` says whether the version lies in a range. */
export function conclusionFor(
  conclusions: Conclusions,
  packagePurl: string,
  now: number,
  isInRange: (range: string) => boolean,
): LicenceConclusion | null {
  const standing = conclusions
    .get(packagePurl)
    ?.findLast((each) => (each.until === null || each.until > now) && (each.range === null || isInRange(each.range)));
  return standing ?? null;
}
