import type { Database } from '../schema.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, pagesOf, type Pages } from './paging.ts';

const packedRows = 1000;

/** Packed findings by component. */
export function loadFindingPacks(
  { db, dialect }: Access,
  { componentIds }: { readonly componentIds?: readonly number[] } = {},
): Pages<Database['finding_pack']> {
  const rows = db.selectFrom('finding_pack').selectAll().orderBy('component_id');
  if (componentIds !== undefined)
    return pagesOf(componentIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('component_id'), slice)).execute());
  return pagesByKey(
    packedRows,
    0,
    (after, limit) => rows.where('component_id', '>', after).limit(limit).execute(),
    (row) => row.component_id,
  );
}

/** Inserts or replaces by component. */
export async function putFindingPacks({ db }: Access, rows: readonly Database['finding_pack'][]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('finding_pack')
      .values(row)
      .onConflict((conflict) => conflict.column('component_id').doUpdateSet(row))
      .execute();
  }
}
