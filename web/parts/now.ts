import { useSyncExternalStore } from 'react';

const stepMs = 30_000;
let now = new Date();
const listeners = new Set<() => void>();

setInterval(() => {
  now = new Date();
  for (const listener of listeners) listener();
}, stepMs);

/** The present time, moving every half minute, the same for every age on a page. */
export function useNow(): Date {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => now,
  );
}
