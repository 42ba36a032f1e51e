import type { ReadingTable, RawTable } from '../schema.ts';
import type { Access } from '../tables.ts';
import { deleteLicenceClaims } from './licence-claims.ts';
import { deleteLicenceFilesOf } from './licence-files.ts';
import { raiseMeta } from './meta.ts';

/** Deletes receipts, with what is said of reading them. */
export async function deleteReceipts({ db, dialect }: Access, seqs: readonly number[]): Promise<void> {
  for (const table of ['receipt_work', 'receipt'] as const) {
    await db
      .deleteFrom(table)
      .where((eb) => dialect.isOneOf(eb.ref('seq'), seqs))
      .execute();
  }
}

/** Deletes readings; gives them. */
export async function deleteReadings({ db, dialect }: Access, keys: readonly string[]): Promise<readonly ReadingTable[]> {
  return db
    .deleteFrom('reading')
    .where((eb) => dialect.isOneOf(eb.ref('key'), keys))
    .returningAll()
    .execute();
}

/** Deletes bytes; gives which there were. */
export async function deleteRaws({ db, dialect }: Access, hashes: readonly string[]): Promise<readonly Pick<RawTable, 'hash' | 'bytes'>[]> {
  await db
    .deleteFrom('raw_chunk')
    .where((eb) => dialect.isOneOf(eb.ref('hash'), hashes))
    .execute();
  return db
    .deleteFrom('raw')
    .where((eb) => dialect.isOneOf(eb.ref('hash'), hashes))
    .returning(['hash', 'bytes'])
    .execute();
}

/** Those of the hashes that a receipt has as its tree, a reading as its file or result, or an advisory as its record. */
export async function rawsNamed({ db, dialect }: Access, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const named = new Set<string>();
  for (const [table, column] of [
    ['receipt', 'tree'],
    ['reading', 'main'],
    ['reading', 'result'],
    ['advisory', 'raw'],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select((eb) => eb.ref(column as never).as('hash'))
      .distinct()
      .where((eb) => dialect.isOneOf(eb.ref(column as never), hashes))
      .execute();
    for (const { hash } of rows as readonly { readonly hash: string }[]) named.add(hash);
  }
  return named;
}

/** Deletes a source or feed from the list of what is looked at. */
export async function deleteSource({ db }: Access, origin: string): Promise<void> {
  await db.deleteFrom('source').where('origin', '=', origin).execute();
}

/** Deletes package versions with their matches, and packages that then have none. Ids that any process remembers are no longer believed. */
export async function deleteVersions(access: Access, ids: readonly number[]): Promise<void> {
  const { db, dialect } = access;
  await db
    .deleteFrom('advisory_match')
    .where((eb) => dialect.isOneOf(eb.ref('package_version_id'), ids))
    .execute();
  await deleteLicenceClaims(access, ids);
  await deleteLicenceFilesOf(access, ids);
  const rows = await db
    .deleteFrom('package_version')
    .where((eb) => dialect.isOneOf(eb.ref('id'), ids))
    .returning('package_id')
    .execute();
  const packages = [...new Set(rows.map((row) => row.package_id))];
  await db
    .deleteFrom('package')
    .where((eb) => dialect.isOneOf(eb.ref('id'), packages))
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('package_version').select('package_version.id').whereRef('package_version.package_id', '=', 'package.id'))),
    )
    .execute();
  await raiseMeta(access, 'generation');
}
