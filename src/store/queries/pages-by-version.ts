import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely';
import type { Access } from '../tables.ts';
import { pagesByKey, pagesOf, type Pages } from './paging.ts';

/** What says by `package_version_id` which rows a page holds. */
export type OfVersions = RawBuilder<SqlBool> | Expression<SqlBool>;

/**
 * Rows by ascending package version, all of one version on one page, of about so many rows each; of these versions when given.
 * `rowsOf` gives the rows that the condition picks, in the order of their versions.
 */
export function pagesByVersion<Row extends { readonly package_version_id: number }>(
  { db, dialect }: Access,
  table: 'licence_claim' | 'licence_file',
  { versionIds, rowsAtOnce }: { readonly versionIds: readonly number[] | undefined; readonly rowsAtOnce: number },
  rowsOf: (isWanted: OfVersions) => Promise<readonly Row[]>,
): Pages<Row> {
  const version = sql.ref<number>('package_version_id');
  if (versionIds !== undefined) return pagesOf(versionIds, (slice) => rowsOf(dialect.isOneOf(version, slice)));
  return pagesByKey(
    0,
    0,
    async (after) => {
      const last = await sql<{ last: number | null }>`select max(package_version_id) as last from
        (select package_version_id from ${sql.table(table)} where package_version_id > ${after} order by package_version_id limit ${rowsAtOnce}) as next`.execute(
        db,
      );
      const until = last.rows[0]?.last ?? null;
      return until === null ? [] : rowsOf(sql<SqlBool>`${version} > ${after} and ${version} <= ${until}`);
    },
    (row) => row.package_version_id,
  );
}
