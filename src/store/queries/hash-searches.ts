import type { HashSearchTable } from '../schema.ts';
import type { Access } from '../tables.ts';
import { upsertRows } from './upsert-rows.ts';

/** What was found in each evidence that was searched for the file of an incident, by component. */
export async function hashSearches({ db }: Access, incident: string): Promise<readonly HashSearchTable[]> {
  return db.selectFrom('hash_search').selectAll().where('incident', '=', incident).orderBy('component').orderBy('path').execute();
}

/** Inserts or replaces by incident and evidence. */
export async function putHashSearches(access: Access, rows: readonly HashSearchTable[]): Promise<void> {
  await upsertRows(access, { table: 'hash_search', columns, key: ['incident', 'component', 'kind', 'path'], onConflict: 'replace' }, rows);
}

const columns = {
  incident: 'text',
  component: 'text',
  kind: 'text',
  path: 'text',
  raw: 'text',
  outcome: 'text',
  found: 'text',
  searched_at: 'bigint',
} as const;

/** Forgets what was found in evidences that are gone. */
export async function deleteHashSearches(
  { db }: Access,
  rows: readonly Pick<HashSearchTable, 'incident' | 'component' | 'kind' | 'path'>[],
): Promise<void> {
  for (const { incident, component, kind, path } of rows)
    await db
      .deleteFrom('hash_search')
      .where((eb) => eb.and({ incident, component, kind, path }))
      .execute();
}
