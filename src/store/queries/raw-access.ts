import type { RawAccessTable } from '../schema.ts';
import type { Access } from '../tables.ts';

/** Notes that somebody was given bytes. */
export async function noteRawAccess({ db }: Access, row: RawAccessTable): Promise<void> {
  await db.insertInto('raw_access').values(row).execute();
}

/** Who was given bytes, newest first. */
export async function rawAccesses({ db }: Access, limit: number): Promise<readonly RawAccessTable[]> {
  return db.selectFrom('raw_access').selectAll().orderBy('at', 'desc').orderBy('receipt').limit(limit).execute();
}

/** Takes the paths out of what was noted of receipts that go: who had them stays known. */
export async function blankRawAccesses({ db, dialect }: Access, receipts: readonly string[]): Promise<void> {
  await db
    .updateTable('raw_access')
    .set({ path: '' })
    .where((eb) => dialect.isOneOf(eb.ref('receipt'), receipts))
    .execute();
}
