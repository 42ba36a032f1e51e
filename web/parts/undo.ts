import { useSyncExternalStore } from 'react';

/** Something done that can be taken back: what was done, in words, and how to take it back. */
export type Undoable = { readonly said: string; readonly undo: () => void };

const offeredMs = 10_000;
let offered: Undoable | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Offers for ten seconds to take something back; what was offered before can no longer be. */
export function offerUndo(undoable: Undoable): void {
  setOffered(undoable);
  clearTimeout(timer);
  timer = setTimeout(() => setOffered(null), offeredMs);
}

/** What is offered now; null when nothing is. `take` does it. */
export function useUndo(): { readonly offered: Undoable | null; readonly take: () => void } {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offered,
  );
  return {
    offered: now,
    take: () => {
      offered?.undo();
      setOffered(null);
    },
  };
}

function setOffered(next: Undoable | null): void {
  offered = next;
  for (const listener of listeners) listener();
}
