/** Remembers tasks from look to look. `seen` gives those that were left in every look of a while: whoever hands them out cannot be waited for. */
export type LeftLong = { seen(names: readonly string[]): ReadonlySet<string> };

/** `afterMs` is the while; `now` gives milliseconds. */
export function leftLong(afterMs: number, now: () => number): LeftLong {
  let since = new Map<string, number>();
  return {
    seen(names) {
      const at = now();
      since = new Map(names.map((name) => [name, since.get(name) ?? at]));
      return new Set(names.filter((name) => at - (since.get(name) ?? at) >= afterMs));
    },
  };
}
