import { runsOf, sourceList, type SourceView } from '#operations/source-list.ts';
import type { Handler, ItemOf } from '../asked.ts';
import { wordsFilter, yesNo } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

const states = ['failing', 'never', 'watch', 'fresh'] as const;

/** Sources and feeds. */
export const sources: Handler<'sources'> = async ({ office, estate, visibility, query }) => {
  const all = await sourceList(office.store, estate, visibility, office.feeds, office.clock());
  const hasWords = wordsFilter(query.q);
  const rows = all.filter(
    (each) =>
      hasWords(each.origin) &&
      (query.source === undefined || each.source === query.source) &&
      (query.state === undefined || each.state === query.state) &&
      yesNo(query.trouble, each.state !== 'fresh' || each.problems > 0),
  );
  const sort = query.sort.replace(/^-/, '');
  return listing({
    rows,
    keyOf: (each: SourceView) => [sortValue(each, sort), each.origin],
    view: async (each) => ({ ...each, runs: await runsOf(office.store, each.origin) }),
    columns,
    extra: () => {
      const count = (state: SourceView['state']): number => rows.filter((each) => each.state === state).length;
      const problems = rows.reduce((sum, each) => sum + each.problems, 0);
      return { totals: { fresh: count('fresh'), watch: count('watch'), failing: count('failing'), never: count('never'), problems } };
    },
  });
};

function sortValue(each: SourceView, sort: string): string | number {
  if (sort === 'origin') return each.origin;
  if (sort === 'source') return each.source;
  if (sort === 'lastSuccess') return each.lastSuccess ?? '';
  return states.indexOf(each.state);
}

const columns: readonly CsvColumn<ItemOf<'sources'>>[] = [
  ['source', (each) => each.source],
  ['origin', (each) => each.origin],
  ['state', (each) => each.state],
  ['last success', (each) => each.lastSuccess],
  ['last tried', (each) => each.lastTried],
  ['revision', (each) => each.revision],
  ['items', (each) => each.items?.count ?? null],
  ['problems', (each) => each.problems],
  ['stale components', (each) => each.staleComponents],
  ['trouble', (each) => each.trouble],
];
