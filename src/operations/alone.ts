import { setTimeout as pause } from 'node:timers/promises';
import type { Lease, Store } from '#store/store.ts';
import type { Context } from './context.ts';
import { isGone, newHolder } from './holder.ts';

// Renewed three times as often; work of a machine that vanished is taken over after this long, that of a process that ended here at once.
const leaseMs = 30_000;
const askEveryMs = 50;

/**
 * Runs `work` while nobody else on this store works on `name`; null when somebody does. The context it gets writes only as long as that is so:
 * a process that was taken for dead and goes on finds its transactions refused.
 */
export async function alone<T>(context: Context, name: string, work: (context: Context) => Promise<T>): Promise<{ readonly result: T } | null> {
  const { store } = context;
  const ms = context.leaseMs ?? leaseMs;
  const lease = await store.leases.take(name, newHolder(), ms, isGone);
  if (lease === null) return null;
  const renewing = setInterval(() => {
    // When it fails the next write finds out.
    store.leases.renew(lease, ms).catch(() => undefined);
  }, ms / 3);
  try {
    return { result: await work({ ...context, store: fenced(store, lease) }) };
  } finally {
    clearInterval(renewing);
    // One that cannot be given back ends by itself.
    await store.leases.release(lease).catch(() => undefined);
  }
}

/** The same, waiting until whoever works on it is done. */
export async function onceAlone<T>(context: Context, name: string, work: (context: Context) => Promise<T>): Promise<T> {
  for (;;) {
    const done = await alone(context, name, work);
    if (done !== null) return done.result;
    await pause(askEveryMs);
  }
}

function fenced(store: Store, lease: Lease): Store {
  return {
    ...store,
    write: (change) =>
      store.write(async (tx) => {
        await tx.holdLease(lease);
        return change(tx);
      }),
  };
}
