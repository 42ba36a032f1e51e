import { keyText, storableText } from '../storable-text.ts';
import type { LicenceFileTable } from '../schema.ts';
import type { LicenceFileOfVersion } from '../store.ts';
import type { Access } from '../tables.ts';
import type { ClaimNotes } from './licence-claims.ts';
import { pagesByVersion } from './pages-by-version.ts';
import type { Pages } from './paging.ts';
import { upsertRows } from './upsert-rows.ts';

const rowsAtOnce = 5_000;

/** Files with licences in the trees of components, by component and path. */
export async function licenceFilesOf({ db, dialect }: Access, componentIds: readonly number[]): Promise<readonly LicenceFileTable[]> {
  return db
    .selectFrom('licence_file')
    .selectAll()
    .where((eb) => dialect.isOneOf(eb.ref('component_id'), componentIds))
    .orderBy('component_id')
    .orderBy('path')
    .execute();
}

/** Those that belong to package versions, by ascending one, all of one version on one page; of these versions when given. */
export function loadLicenceFiles(access: Access, { versionIds }: { readonly versionIds?: readonly number[] } = {}): Pages<LicenceFileOfVersion> {
  const rows = access.db
    .selectFrom('licence_file')
    .selectAll()
    .where('package_version_id', 'is not', null)
    .orderBy('package_version_id')
    .orderBy('component_id')
    .orderBy('path')
    .$castTo<LicenceFileOfVersion>();
  return pagesByVersion(access, 'licence_file', { versionIds, rowsAtOnce }, (isWanted) => rows.where(isWanted).execute());
}

/** Puts these in the place of all that a component had. The versions of which something else is said now are noted in `learnt`. */
export async function putLicenceFiles(
  access: Access,
  componentId: number,
  given: readonly Omit<LicenceFileTable, 'component_id'>[],
  learnt: ClaimNotes,
): Promise<void> {
  const rows = given.map((row) => ({ ...row, component_id: componentId, path: keyText(row.path), found: storableText(row.found) }));
  const before = new Map((await licenceFilesOf(access, [componentId])).map((row) => [row.path, row]));
  const changed = rows.filter((row) => !isSame(before.get(row.path), row));
  const kept = new Set(rows.map((row) => row.path));
  const gone = [...before.values()].filter((row) => !kept.has(row.path));
  for (const row of gone) await access.db.deleteFrom('licence_file').where('component_id', '=', componentId).where('path', '=', row.path).execute();
  await upsertRows(access, { table: 'licence_file', columns, key: ['component_id', 'path'], onConflict: 'replace' }, changed);
  for (const row of [...gone, ...changed, ...changed.flatMap(({ path }) => before.get(path) ?? [])])
    if (row.package_version_id !== null) learnt.claimed.add(row.package_version_id);
}

/** Deletes those of package versions. */
export async function deleteLicenceFilesOf({ db, dialect }: Access, versionIds: readonly number[]): Promise<void> {
  await db
    .deleteFrom('licence_file')
    .where((eb) => dialect.isOneOf(eb.ref('package_version_id'), versionIds))
    .execute();
}

const columns = {
  component_id: 'bigint',
  path: 'text',
  role: 'text',
  package_version_id: 'bigint',
  reading: 'text',
  list: 'text',
  found: 'text',
} as const;

function isSame(before: LicenceFileTable | undefined, row: LicenceFileTable): boolean {
  return before !== undefined && (Object.keys(columns) as (keyof typeof columns)[]).every((column) => before[column] === row[column]);
}
