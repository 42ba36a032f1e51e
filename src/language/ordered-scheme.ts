import type { VersionRange, VersionScheme } from './version-scheme.ts';

/** Longer text is no version: nothing real is, and the work per comparison stays bounded. */
const maxVersionLength = 256;

/** Longer text is no range. */
const maxRangeLength = 8192;

type Definition<V extends object> = {
  readonly id: string;
  readonly ecosystems: readonly string[];
  /** The version taken apart, or null; the text is 1 to 256 characters long. */
  parse(text: string): V | null;
  parseBound?(text: string): V | null;
  order(a: V, b: V): -1 | 0 | 1;
  /** The native range, or null; the text is trimmed and at most 8,192 characters long. */
  parseRange(text: string): VersionRange | null;
};

/** A scheme from its parser and its order; the length caps are kept here, once for all. */
export function orderedScheme<V extends object>({ id, ecosystems, parse, parseBound, order, parseRange }: Definition<V>): VersionScheme {
  const bounded = (text: string): V | null => (text.length > 0 && text.length <= maxVersionLength ? parse(text) : null);
  let last: { readonly text: string; readonly version: V | null } = { text: '', version: null };
  return {
    id,
    ecosystems,
    // A version is held against many records in a row, so the last one is kept.
    parse(text) {
      if (text !== last.text) last = { text, version: bounded(text) };
      return last.version;
    },
    ...(parseBound === undefined ? {} : { parseBound: (text) => (text.length > 0 && text.length <= maxVersionLength ? parseBound(text) : null) }),
    // TypeScript lets a method take a narrower parameter; sound here, since only this scheme's own `parse` makes what it is given.
    order,
    isVersion: (text) => bounded(text) !== null,
    compare(a, b) {
      const left = bounded(a);
      if (left === null) return null;
      if (a === b) return 0;
      const right = bounded(b);
      return right === null ? null : order(left, right);
    },
    parseRange: (text) => (text.length > maxRangeLength ? null : parseRange(text.trim())),
  };
}
