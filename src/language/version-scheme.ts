/** One bound of a range: `{ operator: '>=', version: '1.2.0' }`. */
export type Comparator = { readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>='; readonly version: string };

/** A set of versions. `contains` is false for text that is no version of the scheme. */
export type VersionRange = {
  contains(version: string): boolean;
  /** The range as alternatives (or) of comparators (and), as far as bounds can say it: what `vers:` prints. Null when they cannot. */
  readonly alternatives: readonly (readonly Comparator[])[] | null;
};

/** A version taken apart by its scheme, for many comparisons; only `order` of the same scheme understands it. */
export type ParsedVersion = object;

/** One ecosystem's order of versions and its own notation for ranges. Pure; `compare` and `contains` must be fast: they run millions of times. */
export type VersionScheme = {
  /** Scheme name as `vers:` spells it: `npm`, `pypi`, `maven`, `golang`, `cargo`, `gem`, `nuget`, `composer`. */
  readonly id: string;
  /** Ecosystems as OSV spells them, without suffix. */
  readonly ecosystems: readonly string[];
  /** True when the text is a version of this scheme. */
  isVersion(text: string): boolean;
  /** -1, 0 or 1. Null when either text is no version of this scheme: then nothing may be concluded. */
  compare(a: string, b: string): -1 | 0 | 1 | null;
  /** The version taken apart, or null when the text is no version of this scheme. */
  parse(text: string): ParsedVersion | null;
  /** A version as advisories name the end of a range, where that may be shorter than one in use; absent where `parse` reads both. */
  parseBound?(text: string): ParsedVersion | null;
  /** -1, 0 or 1 for two versions that this scheme's `parse` gave. */
  order(a: ParsedVersion, b: ParsedVersion): -1 | 0 | 1;
  /** The ecosystem's own notation (`^1.2`, `>=2,<3`, `[1.0,2.0)`), or null when it does not parse. */
  parseRange(text: string): VersionRange | null;
};
