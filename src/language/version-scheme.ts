/** A set of versions. `contains` is false for text that is no version of the scheme. */
export type VersionRange = {
  contains(version: string): boolean;
};

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
  /** The ecosystem's own notation (`^1.2`, `>=2,<3`, `[1.0,2.0)`), or null when it does not parse. */
  parseRange(text: string): VersionRange | null;
};
