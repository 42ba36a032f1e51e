import { setImmediate } from 'node:timers/promises';

/** How long work goes on and whether it still is wanted. */
export type Running = {
  /** Aborted: the work ends at its next step by throwing the reason. */
  readonly stopped: AbortSignal;
  readonly tell: (done: number, of: number) => void;
};

/** Nobody stops it, nobody looks. */
export const untilDone: Running = { stopped: new AbortController().signal, tell: () => undefined };

const turnMs = 10;

/** Tells how far work is, and lets others have their turn when it took one. */
export function turns({ stopped, tell }: Running): (done: number, of: number) => Promise<void> {
  let since = performance.now();
  return async (done, of) => {
    if (performance.now() - since < turnMs) return;
    tell(done, of);
    await setImmediate();
    stopped.throwIfAborted();
    since = performance.now();
  };
}
