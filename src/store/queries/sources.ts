import type { SourceTable } from '../schema.ts';
import { keyText } from '../storable-text.ts';
import type { Access } from '../tables.ts';

/** Every source and feed. */
export async function sources({ db }: Access): Promise<readonly SourceTable[]> {
  return db.selectFrom('source').selectAll().orderBy('origin').execute();
}

/** How one source or feed stands, or null. */
export async function sourceOf({ db }: Access, origin: string): Promise<SourceTable | null> {
  return (await db.selectFrom('source').selectAll().where('origin', '=', keyText(origin)).executeTakeFirst()) ?? null;
}

/** Inserts or replaces by origin. */
export async function putSource({ db }: Access, row: SourceTable): Promise<void> {
  const kept = { ...row, origin: keyText(row.origin) };
  await db
    .insertInto('source')
    .values(kept)
    .onConflict((conflict) => conflict.column('origin').doUpdateSet(kept))
    .execute();
}
