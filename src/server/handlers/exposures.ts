import type { Exposure } from '#estate/questions/exposures.ts';
import { exposures as exposuresTo, exposureViews } from '#operations/exposure.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { afterAll, teamFilter, wantedPackage, wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';
import { Refusal } from '../refusal.ts';

const dayMs = 86_400_000;
/** Behind every day that a row ends on. */
const notOver = 2 ** 20;

/** Who was exposed to an advisory, since when, until when, and what ended it. */
export const exposures: Handler<'exposures'> = async ({ office, estate, visibility, query }) => {
  const slot = query.package === undefined ? undefined : (wantedPackage(estate, query.package).slot ?? -1);
  const day = query.asOf === undefined ? null : Date.parse(query.asOf) / dayMs;
  const question = { advisory: query.advisory, day, ...(slot === undefined ? {} : { package: slot }) };
  const found = await exposuresTo(office.store, estate, visibility, question);
  if (found === null) throw new Refusal(404, 'No advisory here bears this id.');
  const hasTeam = teamFilter(query);
  const hasWords = wordsFilter(query.q);
  const componentOf = (row: Exposure) => estate.components[row.component];
  const rows = found.exposures.filter((row) => hasTeam(componentOf(row)?.team ?? null) && hasWords(componentOf(row)?.ref ?? ''));
  const now = office.clock();
  const sort = query.sort.replace(/^-/, '');
  const ranks: Readonly<Record<string, (row: Exposure) => string | number>> = {
    component: (row) => componentOf(row)?.name ?? '',
    team: (row) => componentOf(row)?.team ?? afterAll,
    from: (row) => row.from,
    until: (row) => row.until ?? notOver,
    days: (row) => (row.until ?? Math.floor(now / dayMs)) - row.from,
  };
  const group = estate.groups[estate.groupByAnyId.get(query.advisory) ?? -1];
  return listing({
    rows,
    keyOf: (row: Exposure) => [
      ranks[sort]?.(row) ?? '',
      componentOf(row)?.ref ?? '',
      estate.packages[row.package]?.ecosystem ?? '',
      estate.packages[row.package]?.name_key ?? '',
      row.certainty,
      row.from,
    ],
    view: exposureViews(office.store, estate, now),
    columns,
    extra: () => ({
      advisory: { ...found.advisory, severity: group?.severity.level ?? 'unknown' },
      components: {
        exposed: componentsAmong(rows.filter((row) => row.certainty === 'affected')),
        still: componentsAmong(rows.filter((row) => row.certainty === 'affected' && row.until === null)),
        perhaps: componentsAmong(rows.filter((row) => row.certainty === 'unknown')),
      },
      notObserved: found.notObserved.length,
    }),
  });
};

function componentsAmong(rows: readonly Exposure[]): number {
  return new Set(rows.map((row) => row.component)).size;
}

const columns: readonly CsvColumn<ItemOf<'exposures'>>[] = [
  ['component', (each) => each.component.ref],
  ['name', (each) => each.component.name],
  ['team', (each) => each.team],
  ['purl', (each) => each.package.purl],
  ['certainty', (each) => each.certainty],
  ['versions', (each) => each.versions.join(' ')],
  ['in use since', (each) => each.usedFrom],
  ['exposed from', (each) => each.from],
  ['until', (each) => each.until],
  ['days', (each) => each.days],
  ['known from', (each) => each.knownFrom],
  ['then', (each) => each.after?.join(' ') ?? null],
  ['revision', (each) => each.endedBy?.revision ?? null],
];
