import { problemList, type ProblemRowView } from '#operations/problem-list.ts';
import type { Handler, ItemOf } from '../asked.ts';
import type { RowKey } from '../cursor.ts';
import { wordsFilter } from '../filters.ts';
import { listing, type CsvColumn } from '../listing.ts';

/** What could not be read. */
export const problems: Handler<'problems'> = async ({ office, estate, visibility, query }) => {
  const slot = query.component === undefined ? null : (estate.componentByRef.get(query.component) ?? -1);
  const ref = slot === null ? null : (estate.components[slot]?.ref ?? '');
  const hasWords = wordsFilter(query.q);
  const all = await problemList(office.store, estate, visibility);
  const sort = query.sort.replace(/^-/, '');
  const keyOf = (each: ProblemRowView): RowKey => [
    sortValue(each, sort),
    each.origin,
    each.component?.ref ?? '',
    each.path ?? '',
    each.line ?? 0,
    each.code,
    each.message,
  ];
  const rows = all.filter(
    (each) =>
      (query.origin === undefined || each.origin === query.origin) &&
      (ref === null || each.component?.ref === ref) &&
      (query.severity === undefined || each.severity === query.severity) &&
      (query.q === undefined || hasWords(`${each.path ?? ''} ${each.message}`)),
  );
  return listing({
    // The same said twice is one row: pages need every row to have a place of its own.
    rows: [...new Map(rows.map((each) => [JSON.stringify(keyOf(each)), each])).values()],
    keyOf,
    view: (each) => each,
    columns,
  });
};

function sortValue(each: ProblemRowView, sort: string): string {
  return sort === 'path' ? (each.path ?? '') : sort === 'at' ? each.at : each.severity;
}

const columns: readonly CsvColumn<ItemOf<'problems'>>[] = [
  ['severity', (each) => each.severity],
  ['code', (each) => each.code],
  ['message', (each) => each.message],
  ['path', (each) => each.path],
  ['line', (each) => each.line],
  ['source', (each) => each.source],
  ['origin', (each) => each.origin],
  ['component', (each) => each.component?.ref ?? null],
  ['receipt', (each) => each.receipt],
  ['at', (each) => each.at],
];
