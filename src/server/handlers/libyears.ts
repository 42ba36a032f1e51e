import { purlOfPackage } from '#operations/ask-estate.ts';
import { libyearFormula, libyearsBy, type Libyears } from '#operations/registry/libyears.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

/** How far components or teams are behind the latest versions of what they use. */
export const libyears: Handler<'libyears'> = ({ estate, visibility, query }) => {
  const hasWords = wordsFilter(query.q);
  const nameOf = (row: Libyears): string => (row.component === null ? (row.team ?? '') : (estate.components[row.component]?.name ?? ''));
  const rows = libyearsBy(estate, visibility, { by: query.by, direct: query.direct !== 'false' }).filter(
    (row) => hasWords(nameOf(row)) && (query.team === undefined || row.team === query.team),
  );
  const sort = query.sort.replace(/^-/, '');
  const sumOf = (key: 'libyears' | 'majors' | 'known' | 'total'): number => rows.reduce((sum, row) => sum + row[key], 0);
  return listing({
    rows,
    keyOf: (row: Libyears) => [sort === 'name' ? nameOf(row) : sort === 'majors' ? row.majors : row.libyears, nameOf(row), row.component ?? 0],
    view: (row) => {
      const component = row.component === null ? undefined : estate.components[row.component];
      const worst = row.worst === null ? undefined : estate.packages[row.worst.package];
      return {
        component: component === undefined ? null : { ref: component.ref, name: component.name },
        team: row.team,
        libyears: row.libyears,
        majors: row.majors,
        known: row.known,
        total: row.total,
        worst:
          row.worst === null || worst === undefined
            ? null
            : {
                purl: purlOfPackage(worst.ecosystem, worst.name),
                version: row.worst.version,
                latest: row.worst.latest,
                libyears: row.worst.libyears,
              },
      };
    },
    columns,
    extra: () => ({
      formula: libyearFormula,
      sum: { libyears: sumOf('libyears'), majors: sumOf('majors'), known: sumOf('known'), total: sumOf('total') },
    }),
  });
};

const columns: readonly CsvColumn<ItemOf<'libyears'>>[] = [
  ['component', (row) => row.component?.ref ?? null],
  ['team', (row) => row.team],
  ['libyears', (row) => row.libyears],
  ['majors behind', (row) => row.majors],
  ['known', (row) => row.known],
  ['of', (row) => row.total],
  ['furthest behind', (row) => row.worst?.purl ?? null],
];
