import { sql } from 'kysely';
import type { Access } from '../tables.ts';

/** What the store keeps about itself, as decimal numbers but for the key. */
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
  | 'backup'
  /** Entry of the newest checkpoint of the ledger that was sent out of the office. */
  | 'checkpoint-sent'
  /** Signs cursors, in hex; not in a backup. */
  | 'cursor-key';

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

/** The value that is there, else this one, which then is. */
export async function keptMeta(access: Access, key: MetaKey, value: string): Promise<string> {
  await access.db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readMeta(access, key)) ?? value;
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
