/** Rows in portions that fit into memory, each asked for only when the one before was taken. */
export type Pages<Row> = AsyncIterable<readonly Row[]>;

const valuesAtOnce = 5000;

/** Pages by ascending key, until one is short. */
export async function* pagesByKey<Row, Key>(
  size: number,
  first: Key,
  pageAfter: (after: Key, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): Pages<Row> {
  for (let after = first; ;) {
    const page = await pageAfter(after, size);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    if (page.length < size) return;
    after = keyOf(last);
  }
}

/** One page for every 5,000 different values. */
export async function* pagesOf<Value, Row>(values: readonly Value[], rowsOf: (slice: readonly Value[]) => Promise<readonly Row[]>): Pages<Row> {
  const distinct = [...new Set(values)];
  for (let start = 0; start < distinct.length; start += valuesAtOnce) {
    const rows = await rowsOf(distinct.slice(start, start + valuesAtOnce));
    if (rows.length > 0) yield rows;
  }
}
