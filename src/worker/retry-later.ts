/** Which tasks failed here and are to be left alone for a while, so that one that cannot be done neither stops the others nor fills the log. */
export type Later = {
  mayTry(name: string): boolean;
  failed(name: string): void;
  wentWell(name: string): void;
};

const firstPauseMs = 2000;
const longestPauseMs = 5 * 60_000;

/** Remembers failures: the pause doubles with each, up to five minutes. `now` gives milliseconds. */
export function retryLater(now: () => number): Later {
  const failures = new Map<string, { readonly count: number; readonly until: number }>();
  return {
    mayTry: (name) => (failures.get(name)?.until ?? 0) <= now(),
    failed(name) {
      const count = (failures.get(name)?.count ?? 0) + 1;
      failures.set(name, { count, until: now() + Math.min(longestPauseMs, firstPauseMs * 2 ** (count - 1)) });
    },
    wentWell(name) {
      failures.delete(name);
    },
  };
}
