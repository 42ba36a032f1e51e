import type { Estate } from '#estate/estate.ts';
import { levelCountsOf, spreadOf } from '#estate/questions/packages.ts';
import type { Visibility } from '#model/visibility.ts';
import { purlOfPackage } from '#operations/ask-estate.ts';
import type { ItemOf } from '../asked.ts';

/** A package as lists show it; null when there is none in the slot. `counts` are those of `findingsByPackage`. */
export function packageView(
  estate: Estate,
  visibility: Visibility,
  slot: number,
  counts: Uint32Array,
  covered: ReadonlySet<string>,
): ItemOf<'packages'> | null {
  const row = estate.packages[slot];
  if (row === undefined) return null;
  const isCovered = covered.has(row.ecosystem) || covered.has(row.ecosystem.split(':')[0] ?? '');
  return {
    purl: purlOfPackage(row.ecosystem, row.name),
    ecosystem: row.ecosystem === '' ? null : row.ecosystem,
    name: row.name,
    ...spreadOf(estate, visibility, slot),
    findings: isCovered ? levelCountsOf(counts, slot) : null,
  };
}
