import type { Estate } from '#estate/estate.ts';
import type { Gateway } from '#gateway/gateway.ts';
import type { Store } from '#store/store.ts';

/** What an operation works with. Time and randomness come from here, so that tests can fix them. */
export type Context = {
  readonly store: Store;
  readonly gateway: Gateway;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** 26 characters of base32, for ids that clients see. */
  readonly randomId: () => string;
  /** The estate this process holds, if any, however far behind: who uses a package version is then found without reading every inventory. */
  readonly users?: () => Estate | null;
  /** How long a process that does not answer is believed to be at work; half a minute when absent. */
  readonly leaseMs?: number;
};
