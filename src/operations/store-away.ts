import { isUnreachable } from '#store/unreachable.ts';

/** True when something failed because the store cannot be had at this moment: a fail-over, a restart, a cut connection. */
export function isStoreAway(error: unknown): boolean {
  return isUnreachable(error);
}
