import { isUnreachable } from '#store/unreachable.ts';

/** Says that the store cannot be had at this moment, where another thread has met it. */
export class StoreAway extends Error {}

/** True when something failed because the store cannot be had at this moment: a fail-over, a restart, a cut connection. */
export function isStoreAway(error: unknown): boolean {
  return error instanceof StoreAway || isUnreachable(error);
}
