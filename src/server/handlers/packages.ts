import type { Estate } from '#estate/estate.ts';
import { findingsByPackage, levelCountsOf, packagesInUse, resolvedPackage, spreadOf, unusedPackage, weightOf } from '#estate/questions/packages.ts';
import { severityLevels } from '#model/advisory.ts';
import type { Visibility } from '#model/visibility.ts';
import type { Asked, Handler, ItemOf } from '../asked.ts';
import { wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { packageView } from '../views/package-view.ts';

/** Packages in use. */
export const packages: Handler<'packages'> = (asked) => {
  const { estate, visibility, findings, query, office } = asked;
  const use = packagesInUse(estate, visibility);
  const counts = findingsByPackage(estate, findings);
  const rows = filtered(asked, use, counts);
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (slot: number) => [
      sortValue(estate, visibility, slot, sort, counts),
      estate.packages[slot]?.name ?? '',
      estate.packages[slot]?.ecosystem ?? '',
    ],
    view: (slot) => packageView(estate, visibility, slot, counts, office.estate.coveredEcosystems()),
    columns,
    extra: () => ({ base: use.reduce((sum, each) => sum + Number(each !== unusedPackage), 0), facets: { ecosystem: ecosystemFacet(estate, rows) } }),
  });
};

function filtered({ estate, query }: Asked<'packages'>, use: Uint8Array, counts: Uint32Array): readonly number[] {
  const hasWords = wordsFilter(query.q);
  const rows: number[] = [];
  use.forEach((each, slot) => {
    const row = estate.packages[slot];
    if (each === unusedPackage || row === undefined || !hasWords(row.name)) return;
    if (query.ecosystem !== undefined && row.ecosystem !== query.ecosystem) return;
    if (query.severity !== undefined && levelCountsOf(counts, slot)[query.severity] === 0) return;
    if (yesNo(query.resolved, each === resolvedPackage)) rows.push(slot);
  });
  return rows;
}

function sortValue(estate: Estate, visibility: Visibility, slot: number, sort: string, counts: Uint32Array): string | number {
  if (sort === 'ecosystem') return estate.packages[slot]?.ecosystem ?? '';
  if (sort === 'versions') return spreadOf(estate, visibility, slot).versions;
  if (sort === 'components') return spreadOf(estate, visibility, slot).components;
  if (sort === 'findings') return weightOf(levelCountsOf(counts, slot));
  return estate.packages[slot]?.name ?? '';
}

function ecosystemFacet(estate: Estate, rows: readonly number[]): readonly { readonly value: string; readonly count: number }[] {
  const groups = new Map<string, number>();
  for (const slot of rows) {
    const ecosystem = estate.packages[slot]?.ecosystem ?? '';
    if (ecosystem !== '') groups.set(ecosystem, (groups.get(ecosystem) ?? 0) + 1);
  }
  return [...groups].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const columns: readonly CsvColumn<ItemOf<'packages'>>[] = [
  ['purl', (each) => each.purl],
  ['ecosystem', (each) => each.ecosystem],
  ['name', (each) => each.name],
  ['versions', (each) => each.versions],
  ['components', (each) => each.components],
  ['unresolved', (each) => each.unresolved],
  ...severityLevels.map((level): CsvColumn<ItemOf<'packages'>> => [level, (each) => each.findings?.[level] ?? null]),
];
