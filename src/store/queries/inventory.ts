import { sql } from 'kysely';
import type { ComponentTable, Database, EvidenceTable, PackageTable, PackageVersionTable } from '../schema.ts';
import { keyText } from '../storable-text.ts';
import type { OpenEvidence, PackageKey } from '../store.ts';
import type { Access } from '../tables.ts';
import { pagesByKey, pagesOf, type Pages } from './paging.ts';

const smallRows = 20_000;
const factRows = 2000;
const packedRows = 1000;
const openColumns = [
  'id',
  'component_id',
  'kind',
  'path',
  'format',
  'open',
  'receipt',
  'valid_at',
  'seen_at',
  'ended',
  'stale_since',
  'problems',
  'supply',
  'fold_key',
] as const satisfies readonly (keyof OpenEvidence)[];

/** Packages by ascending id. */
export function loadPackages({ db, dialect }: Access, { ids }: { readonly ids?: readonly number[] } = {}): Pages<PackageTable> {
  const rows = db.selectFrom('package').selectAll().orderBy('id');
  if (ids !== undefined) return pagesOf(ids, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('id'), slice)).execute());
  return pagesByKey(
    smallRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** Package versions by ascending id. */
export function loadVersions(
  { db, dialect }: Access,
  { ids, packageIds }: { readonly ids?: readonly number[]; readonly packageIds?: readonly number[] } = {},
): Pages<PackageVersionTable> {
  const rows = db.selectFrom('package_version').selectAll().orderBy('id');
  if (ids !== undefined) return pagesOf(ids, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('id'), slice)).execute());
  if (packageIds !== undefined) return pagesOf(packageIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('package_id'), slice)).execute());
  return pagesByKey(
    smallRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** Those of the packages that there are, in no order. */
export async function packagesByKey({ db, dialect }: Access, keys: readonly PackageKey[]): Promise<readonly PackageTable[]> {
  const cells = keys.map((key) => [keyText(key.ecosystem), keyText(key.nameKey)]);
  const given = dialect.rowList('given', { ecosystem: 'text', name_key: 'text' }, cells);
  const found = await sql<PackageTable>`select distinct package.* from ${given}
    left join package on package.ecosystem = given.ecosystem and package.name_key = given.name_key where package.id is not null`.execute(db);
  return found.rows;
}

/** Components by ascending id, without those of which only the identity is left. */
export function loadComponents({ db, dialect }: Access, { ids }: { readonly ids?: readonly number[] } = {}): Pages<ComponentTable> {
  const rows = db.selectFrom('component').selectAll().where('removed', '=', 0).orderBy('id');
  if (ids !== undefined) return pagesOf(ids, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('id'), slice)).execute());
  return pagesByKey(
    factRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** Every ref that components, or these components, ever had. */
export function loadComponentRefs(
  { db, dialect }: Access,
  { componentIds }: { readonly componentIds?: readonly number[] } = {},
): Pages<Database['component_ref']> {
  const rows = db.selectFrom('component_ref').selectAll().orderBy('ref');
  if (componentIds !== undefined)
    return pagesOf(componentIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('component_id'), slice)).execute());
  return pagesByKey(
    smallRows,
    '',
    (after, limit) => rows.where('ref', '>', after).limit(limit).execute(),
    (row) => row.ref,
  );
}

/** By any ref it ever had, or null. */
export async function componentByRef({ db }: Access, ref: string): Promise<ComponentTable | null> {
  const row = await db
    .selectFrom('component_ref')
    .innerJoin('component', 'component.id', 'component_ref.component_id')
    .selectAll('component')
    .where('component_ref.ref', '=', keyText(ref))
    .executeTakeFirst();
  return row ?? null;
}

/** Components of one origin by ascending id. */
export async function componentsOf({ db }: Access, origin: string): Promise<readonly ComponentTable[]> {
  return db.selectFrom('component').selectAll().where('origin', '=', keyText(origin)).orderBy('id').execute();
}

/** Inserts or replaces by first ref; gives the id. When it was first seen stays. */
export async function putComponent({ db }: Access, row: Omit<ComponentTable, 'id'>): Promise<number> {
  const { known_at, ...rest } = row;
  const kept = { ...rest, ref: keyText(row.ref), origin: keyText(row.origin) };
  const { id } = await db
    .insertInto('component')
    .values({ ...kept, known_at })
    .onConflict((conflict) => conflict.column('ref').doUpdateSet(kept))
    .returning('id')
    .executeTakeFirstOrThrow();
  await putComponentRefs({ db }, id, [row.ref]);
  return id;
}

/** Adds refs; gives those that belong to another component. */
export async function putComponentRefs({ db }: Pick<Access, 'db'>, componentId: number, refs: readonly string[]): Promise<readonly string[]> {
  const refused = [];
  for (const ref of refs) {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('component_ref')
      .values({ ref: keyText(ref), component_id: componentId })
      .onConflict((conflict) =>
        conflict.column('ref').doUpdateSet({ component_id: componentId }).where('component_ref.component_id', '=', componentId),
      )
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 0n) refused.push(ref);
  }
  return refused;
}

/** Deletes evidence, files with licences and findings of components, which stay. */
export async function emptyComponents({ db, dialect }: Access, ids: readonly number[]): Promise<void> {
  for (const table of ['evidence', 'licence_file', 'finding_pack'] as const) {
    await db
      .deleteFrom(table)
      .where((eb) => dialect.isOneOf(eb.ref('component_id'), ids))
      .execute();
  }
}

/** Deletes components with their refs, evidence, files with licences and findings. */
export async function deleteComponents({ db, dialect }: Access, ids: readonly number[]): Promise<void> {
  for (const table of ['component_ref', 'evidence', 'licence_file', 'finding_pack'] as const) {
    await db
      .deleteFrom(table)
      .where((eb) => dialect.isOneOf(eb.ref('component_id'), ids))
      .execute();
  }
  await db
    .deleteFrom('component')
    .where((eb) => dialect.isOneOf(eb.ref('id'), ids))
    .execute();
}

/** Inventories without closed segments and edges, by ascending id. */
export function loadEvidence(
  { db, dialect }: Access,
  { ids, componentIds }: { readonly ids?: readonly number[]; readonly componentIds?: readonly number[] } = {},
): Pages<OpenEvidence> {
  const rows = db.selectFrom('evidence').select(openColumns).orderBy('id');
  if (ids !== undefined) return pagesOf(ids, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('id'), slice)).execute());
  if (componentIds !== undefined)
    return pagesOf(componentIds, (slice) => rows.where((eb) => dialect.isOneOf(eb.ref('component_id'), slice)).execute());
  return pagesByKey(
    packedRows,
    0,
    (after, limit) => rows.where('id', '>', after).limit(limit).execute(),
    (row) => row.id,
  );
}

/** All evidence of one component, whole, by ascending id. */
export async function evidenceOf({ db }: Access, componentId: number): Promise<readonly EvidenceTable[]> {
  return db.selectFrom('evidence').selectAll().where('component_id', '=', componentId).orderBy('id').execute();
}

/** Inserts or replaces by component, kind and path; gives the id. */
export async function putEvidence({ db }: Access, row: Omit<EvidenceTable, 'id'>): Promise<number> {
  const kept = { ...row, path: keyText(row.path) };
  const { id } = await db
    .insertInto('evidence')
    .values(kept)
    .onConflict((conflict) => conflict.columns(['component_id', 'kind', 'path']).doUpdateSet(kept))
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Deletes evidence. */
export async function deleteEvidence({ db, dialect }: Access, ids: readonly number[]): Promise<void> {
  await db
    .deleteFrom('evidence')
    .where((eb) => dialect.isOneOf(eb.ref('id'), ids))
    .execute();
}
