import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { csvLine, type CsvCell } from '#language/csv.ts';
import { readCursor, signCursor, type CursorScope, type RowKey } from './cursor.ts';

/** A list before it is cut into pages: rows that match the filters, in no order, and how each is placed and shown. */
export type Listing<Row, Item> = {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => RowKey;
  /** The first value of the key alone, where making the whole key of every row would take too long. */
  readonly rankOf?: (row: Row) => string | number;
  /** Order of the value sorted by, where code units or numbers are not meant. */
  readonly order?: (a: string, b: string) => number;
  /** Null when the row is gone since it was listed. */
  readonly view: (row: Row) => Item | null | Promise<Item | null>;
  readonly columns: readonly CsvColumn<Item>[];
  /** What the list says besides its rows: totals, facets. */
  readonly extra?: () => object;
};

/** A column of the download. */
export type CsvColumn<Item> = readonly [header: string, cellOf: (item: Item) => CsvCell];

/** A list that the store cuts into pages itself, in the order asked for: too long to be read for each of them. */
export type StoreListing<Row, Item> = Pick<Listing<Row, Item>, 'keyOf' | 'view' | 'columns' | 'extra'> & {
  /** At most `limit` rows behind a key, or the first ones. */
  readonly pageAfter: (after: RowKey | null, limit: number) => Promise<readonly Row[]>;
  readonly total: () => Promise<number>;
};

/** A listing whose rows and items nobody needs to name. */
export type AnyListing = Listing<never, never> | StoreListing<never, never>;

export type PageQuery = { readonly limit: number; readonly cursor?: string | undefined; readonly sort: string };

/** A type that hides what the rows are, so that handlers of all lists have one type. */
export function listing<Row, Item>(list: Listing<Row, Item> | StoreListing<Row, Item>): AnyListing {
  return list as unknown as AnyListing;
}

type Placed<Row> = { readonly row: Row; readonly key: RowKey };

/** One page: the rows after the cursor's key, so that rows that come and go neither shift nor double others. */
export async function pageOf<Row, Item>(
  list: Listing<Row, Item> | StoreListing<Row, Item>,
  query: PageQuery,
  scope: CursorScope,
  secret: Uint8Array,
): Promise<object> {
  const after = query.cursor === undefined ? null : readCursor(secret, scope, query.cursor);
  const best = 'pageAfter' in list ? await list.pageAfter(after, query.limit + 1) : bestOf(list, query, after);
  const shown = best.slice(0, query.limit);
  const items: Item[] = [];
  for (const row of shown) {
    const item = await list.view(row);
    if (item !== null) items.push(item);
  }
  const last = shown.at(-1);
  const next = best.length > query.limit && last !== undefined ? signCursor(secret, scope, list.keyOf(last)) : null;
  return { items, next, total: 'pageAfter' in list ? await list.total() : list.rows.length, ...list.extra?.() };
}

/** The rows behind a key, one more than a page has. */
function bestOf<Row, Item>(list: Listing<Row, Item>, query: PageQuery, after: RowKey | null): readonly Row[] {
  const compare = comparison(list, query.sort);
  const best: Placed<Row>[] = [];
  const sign = query.sort.startsWith('-') ? -1 : 1;
  for (const row of list.rows) {
    if (list.rankOf !== undefined && isBeyond(list.rankOf(row), sign, after, best, query.limit + 1)) continue;
    const key = list.keyOf(row);
    if (after === null || compare(key, after) > 0) keep(best, { row, key }, query.limit + 1, compare);
  }
  return best.map(({ row }) => row);
}

/** Every row as CSV, made as it is taken. */
export function csvOf<Row, Item>(list: Listing<Row, Item> | StoreListing<Row, Item>, sort: string): Readable {
  const { columns } = list;
  const head = csvLine(columns.map(([header]) => header));
  return Readable.from(linesOf(list, sort, head, (item) => csvLine(columns.map(([, cellOf]) => cellOf(item)))));
}

/** Every row as a JSON object on a line of its own, made as it is taken (https://jsonlines.org/). */
export function jsonLinesOf<Row, Item>(list: Listing<Row, Item> | StoreListing<Row, Item>, sort: string): Readable {
  return Readable.from(linesOf(list, sort, '', (item) => `${JSON.stringify(item)}\n`));
}

const linesAtOnce = 200;

async function* linesOf<Row, Item>(
  list: Listing<Row, Item> | StoreListing<Row, Item>,
  sort: string,
  head: string,
  lineOf: (item: Item) => string,
): AsyncGenerator<string> {
  let lines = head;
  for await (const rows of 'pageAfter' in list ? pagesOf(list) : portionsOf(list, sort)) {
    for (const row of rows) {
      const item = await list.view(row);
      if (item !== null) lines += lineOf(item);
    }
    yield lines;
    lines = '';
    // Other requests get their turn during a long download.
    await setImmediate();
  }
  if (lines !== '') yield lines;
}

function* portionsOf<Row, Item>(list: Listing<Row, Item>, sort: string): Generator<readonly Row[]> {
  const compare = comparison(list, sort);
  const placed = list.rows.map((row) => ({ row, key: list.keyOf(row) })).sort((a, b) => compare(a.key, b.key));
  for (let at = 0; at < placed.length; at += linesAtOnce) yield placed.slice(at, at + linesAtOnce).map(({ row }) => row);
}

async function* pagesOf<Row, Item>(list: StoreListing<Row, Item>): AsyncGenerator<readonly Row[]> {
  for (let after: RowKey | null = null; ;) {
    const rows: readonly Row[] = await list.pageAfter(after, linesAtOnce);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    after = list.keyOf(last);
  }
}

/** By the value sorted by, up or down, then by the natural keys, always up. */
function comparison(list: Pick<Listing<never, never>, 'order'>, sort: string): (a: RowKey, b: RowKey) => number {
  const sign = sort.startsWith('-') ? -1 : 1;
  const order = list.order;
  return (a, b) => {
    const [first, second] = [a[0] ?? '', b[0] ?? ''];
    const sorted = order === undefined ? compareValues(first, second) : order(String(first), String(second));
    if (sorted !== 0) return sorted * sign;
    for (let at = 1; at < a.length; at += 1) {
      const tie = compareValues(a[at] ?? '', b[at] ?? '');
      if (tie !== 0) return tie;
    }
    return 0;
  };
}

/** Code units for text, size for numbers. */
export function compareValues(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** True when the rank alone says that a row is not on the page: before the cursor, or behind the worst of a full page. */
function isBeyond(rank: string | number, sign: number, after: RowKey | null, best: readonly Placed<unknown>[], most: number): boolean {
  if (after !== null && compareValues(rank, after[0] ?? '') * sign < 0) return true;
  const worst = best.length === most ? best[most - 1]?.key[0] : undefined;
  return worst !== undefined && compareValues(rank, worst) * sign > 0;
}

/** Keeps the least `most` rows in order: a page of a large list needs no full sort. */
function keep<Row>(best: Placed<Row>[], placed: Placed<Row>, most: number, compare: (a: RowKey, b: RowKey) => number): void {
  const worst = best.at(-1);
  if (best.length === most && worst !== undefined && compare(placed.key, worst.key) >= 0) return;
  let low = 0;
  let high = best.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(best[middle]?.key ?? [], placed.key) <= 0) low = middle + 1;
    else high = middle;
  }
  best.splice(low, 0, placed);
  if (best.length > most) best.pop();
}
