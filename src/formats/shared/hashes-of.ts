import { asString } from '#language/readers/json.ts';
import type { ReadPackage } from '#model/reading.ts';

/** Hashes of a package's artifacts as its file writes them; several in one text stand apart by spaces. Nothing where there is none. */
export function hashesOf(written: readonly unknown[]): Pick<ReadPackage, 'hashes'> {
  const hashes = written.flatMap((each) => (asString(each) ?? '').split(/\s+/)).filter((each) => each !== '');
  return hashes.length === 0 ? {} : { hashes };
}
