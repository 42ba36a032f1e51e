import type { Estate } from '#estate/estate.ts';
import type { Store } from '#store/store.ts';
import { ConfigurationError } from './configuration-error.ts';
import { estateAsOf } from './estate-as-of.ts';
import { loadEstate } from './follow-estate.ts';

/** The estate now, or at the end of a UTC day written `YYYY-MM-DD`. */
export async function estateFor(store: Store, asOf: string | null): Promise<Estate> {
  return asOf === null ? loadEstate(store) : estateAsOf(store, startOfDay(asOf) / 86_400_000);
}

/** The first millisecond of a UTC day written `YYYY-MM-DD`. Throws a `ConfigurationError` on anything else. */
export function startOfDay(day: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(day) : Number.NaN;
  if (Number.isNaN(at)) throw new ConfigurationError(`${JSON.stringify(day)} is not a day. Write it as 2021-12-13.`);
  return at;
}
