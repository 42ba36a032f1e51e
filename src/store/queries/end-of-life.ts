import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { EndOfLifeRow } from '#model/end-of-life.ts';
import type { Access } from '../tables.ts';
import { upsertRows } from './upsert-rows.ts';

/** What the feed says of the end of support, by product. */
export async function endOfLifeRows({ db }: Access): Promise<readonly EndOfLifeRow[]> {
  const rows = await db.selectFrom('end_of_life').selectAll().orderBy('product').execute();
  return rows.map(({ cycles, ...row }) => ({ ...row, cycles: storedJson(cycles) as EndOfLifeRow['cycles'] }));
}

/** Puts these in the place of all there were. */
export async function replaceEndOfLife(access: Access, rows: readonly EndOfLifeRow[]): Promise<void> {
  await access.db.deleteFrom('end_of_life').execute();
  const stored = rows.map(({ product, label, source, cycles }) => ({ product, label, source, cycles: canonicalJson(cycles) }));
  const columns = { product: 'text', label: 'text', source: 'text', cycles: 'text' } as const;
  await upsertRows(access, { table: 'end_of_life', columns, key: ['product'], onConflict: 'replace' }, stored);
}
