/** Wakes the loop while it waits, and ends it. */
export type Bell = {
  readonly stopped: AbortSignal;
  wake(): void;
  stop(): void;
  /** Resolves when somebody woke it, also if that was during the last step, or when the time is over. */
  pause(ms: number): Promise<void>;
};

/** A bell that nobody has rung yet. */
export function newBell(): Bell {
  const stop = new AbortController();
  let isWoken = false;
  let ring: () => void = () => undefined;
  const wake = (): void => {
    isWoken = true;
    ring();
  };
  return {
    stopped: stop.signal,
    wake,
    stop() {
      stop.abort();
      wake();
    },
    async pause(ms) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          ring = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isWoken = false;
    },
  };
}
