import { packageKey } from '#language/package-key.ts';
import { packageOfPurl } from '#language/purl.ts';
import type { EndOfLifeRow } from '#model/end-of-life.ts';
import { carriers } from './carriers.ts';

/** One release line of a product. */
export type Cycle = EndOfLifeRow['cycles'][number];

/** A product with the packages that carry its versions. */
export type EndOfLifeProduct = EndOfLifeRow;

/** Products by package: `ecosystem name`, the name normalised as its ecosystem does. */
export type EndOfLifeData = ReadonlyMap<string, EndOfLifeProduct>;

/** The release line of a version; null when it is in none that is known. */
export function cycleOf({ cycles }: EndOfLifeProduct, version: string): Cycle | null {
  const plain = version.replace(/^v/i, '');
  let found: Cycle | null = null;
  for (const cycle of cycles) {
    const isIn = plain === cycle.name || plain.startsWith(`${cycle.name}.`) || plain.startsWith(`${cycle.name}-`);
    if (isIn && cycle.name.length > (found?.name.length ?? 0)) found = cycle;
  }
  return found;
}

/** Products by the packages that carry them. Of a product that several rows tell of the first one counts. */
export function endOfLifeData(rows: readonly EndOfLifeRow[]): EndOfLifeData {
  const data = new Map<string, EndOfLifeProduct>();
  for (const row of rows) {
    for (const purl of carriers[row.product] ?? []) {
      const { ecosystem, name } = packageOfPurl(purl) ?? { ecosystem: null, name: '' };
      if (ecosystem === null) continue;
      const key = `${ecosystem} ${packageKey(ecosystem, name)}`;
      if (!data.has(key)) data.set(key, row);
    }
  }
  return data;
}
