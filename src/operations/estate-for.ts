import type { Estate } from '#estate/estate.ts';
import type { Store } from '#store/store.ts';
import { ConfigurationError } from './configuration.ts';
import { estateAsOf } from './estate-as-of.ts';
import { loadEstate } from './follow-estate.ts';

/** The estate now, or at the end of a UTC day written `YYYY-MM-DD`. */
export async function estateFor(store: Store, asOf: string | null): Promise<Estate> {
  if (asOf === null) return loadEstate(store);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? Date.parse(asOf) : Number.NaN;
  if (Number.isNaN(at)) throw new ConfigurationError(`${JSON.stringify(asOf)} is not a day. Write it as 2021-12-13.`);
  return estateAsOf(store, at / 86_400_000);
}
