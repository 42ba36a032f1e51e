import { sql } from 'kysely';
import type { Access } from '../tables.ts';

/** What the store keeps about itself, as decimal numbers. */
type MetaKey =
  /** Which migrations have run. */
  | 'layout'
  /** Moves on restore and on a new layout. */
  | 'epoch'
  /** Moves when interned ids are given anew. */
  | 'generation'
  /** The oldest change after which the feed can be followed. */
  | 'trimmed'
  /** When a backup was last written, in Unix milliseconds. */
  | 'backup';

/** The value, or null when it was never written. */
export async function readMeta({ db }: Access, key: MetaKey): Promise<string | null> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

/** Writes the value, whether or not there was one. */
export async function writeMeta({ db }: Access, key: MetaKey, value: string): Promise<void> {
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Adds one to a number and gives the new one. A number never written counts as 0. */
export async function raiseMeta({ db }: Access, key: MetaKey): Promise<number> {
  const row = await db
    .insertInto('meta')
    .values({ key, value: '1' })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: sql`cast(cast(meta.value as bigint) + 1 as text)` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(row.value);
}
