import { useSyncExternalStore } from 'react';
import { inWords } from './api.ts';

/** Something done that can be taken back: what was done, in words, and how to take it back. */
export type Undoable = { readonly said: string; readonly undo: () => Promise<void> | void };

const offeredMs = 10_000;
const remembered = 10;
let latest: readonly Undoable[] = [];
let shown: Undoable | { readonly said: string; readonly undo: null } | null = null;
let underWay: Promise<unknown> = Promise.resolve();
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

/** Offers to take something back: for ten seconds on the page, and by key as one of the last ten. */
export function offerUndo(undoable: Undoable): void {
  latest = [...latest, undoable].slice(-remembered);
  show(undoable);
}

/** What is taken back next waits until this is done or has failed: a key pressed at once means what was just sent, not what was before it. */
export function undoAfter(sent: Promise<unknown>): void {
  underWay = Promise.allSettled([underWay, sent]);
}

/** Says for ten seconds what was done and cannot, or need not, be taken back. */
export function announce(said: string): void {
  show({ said, undo: null });
}

/** What is said now; null when nothing is. `take` takes the latest back that was not yet. */
export function useUndo(): { readonly shown: typeof shown; readonly take: () => void } {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return { shown: now, take: () => void takeBack() };
}

async function takeBack(): Promise<void> {
  await underWay;
  const last = latest.at(-1);
  if (last === undefined) return;
  latest = latest.slice(0, -1);
  show(null);
  try {
    await last.undo();
    announce(`Taken back: ${last.said}`);
  } catch (error) {
    announce(`Not taken back: ${inWords(error)}`);
  }
}

function show(next: typeof shown): void {
  shown = next;
  clearTimeout(timer);
  if (next !== null) timer = setTimeout(() => show(null), offeredMs);
  for (const listener of listeners) listener();
}
