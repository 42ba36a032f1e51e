import type { Database, RegistryLookTable, RegistryPackageTable } from '../schema.ts';
import { keyText } from '../storable-text.ts';
import type { PackageKey } from '../store.ts';
import type { Access } from '../tables.ts';
import { pagesOf, type Pages } from './paging.ts';
import { upsertRows, type Upsert } from './upsert-rows.ts';

const rowsAtOnce = 5000;

const packageRows: Upsert<'registry_package', RegistryPackageTable> = {
  table: 'registry_package',
  columns: {
    ecosystem: 'text',
    name_key: 'text',
    name: 'text',
    state: 'text',
    registry: 'text',
    record: 'text',
    summary: 'text',
    receipt: 'bigint',
    valid_at: 'bigint',
  },
  key: ['ecosystem', 'name_key'],
  onConflict: 'replace',
};

const lookRows: Upsert<'registry_look', RegistryLookTable> = {
  table: 'registry_look',
  columns: {
    ecosystem: 'text',
    name_key: 'text',
    name: 'text',
    registry: 'text',
    asked_at: 'bigint',
    good_at: 'bigint',
    etag: 'text',
    last_modified: 'text',
    failures: 'bigint',
    problem: 'text',
    wanted_at: 'bigint',
  },
  key: ['ecosystem', 'name_key'],
  onConflict: 'replace',
};

const hostRows: Upsert<'package_host', Database['package_host']> = {
  table: 'package_host',
  columns: { ecosystem: 'text', name_key: 'text', host: 'text' },
  key: ['ecosystem', 'name_key', 'host'],
  onConflict: 'keep',
};

type Keyed = 'registry_package' | 'registry_look' | 'package_host';

/** What registries say, of all packages or of these. */
export function loadRegistryPackages(access: Access, keys?: readonly PackageKey[]): Pages<RegistryPackageTable> {
  return keyed(access, 'registry_package', keys);
}

/** When registries were asked, about all packages or these. */
export function loadRegistryLooks(access: Access, keys?: readonly PackageKey[]): Pages<RegistryLookTable> {
  return keyed(access, 'registry_look', keys);
}

/** Where lockfiles take packages from, of all or of these. */
export function loadPackageHosts(access: Access, keys?: readonly PackageKey[]): Pages<Database['package_host']> {
  return keyed(access, 'package_host', keys);
}

/** Inserts or replaces by package. */
export async function putRegistryPackages(access: Access, rows: readonly RegistryPackageTable[]): Promise<void> {
  await upsertRows(access, packageRows, rows);
}

/** Inserts or replaces by package. */
export async function putRegistryLooks(access: Access, rows: readonly RegistryLookTable[]): Promise<void> {
  await upsertRows(access, lookRows, rows);
}

/** Adds those that are not there. */
export async function addPackageHosts(access: Access, rows: readonly Database['package_host'][]): Promise<void> {
  await upsertRows(access, hostRows, rows);
}

async function* keyed<Table extends Keyed>({ db, dialect }: Access, table: Table, keys?: readonly PackageKey[]): Pages<Database[Table]> {
  // One query for three tables of the same key: Kysely's types see one table at a time.
  const rows = db.selectFrom(table as 'registry_package').selectAll();
  if (keys !== undefined) {
    for (const [ecosystem, those] of Map.groupBy(keys, (key) => key.ecosystem)) {
      const names = those.map((key) => keyText(key.nameKey));
      const found = (slice: readonly string[]) =>
        rows
          .where('ecosystem', '=', keyText(ecosystem))
          .where((eb) => dialect.isOneOf(eb.ref('name_key'), slice))
          .execute();
      for await (const page of pagesOf(names, found)) yield page as unknown as readonly Database[Table][];
    }
    return;
  }
  const ecosystems = await rows.clearSelect().select('ecosystem').distinct().orderBy('ecosystem').execute();
  for (const { ecosystem } of ecosystems) {
    for (let after = ''; ;) {
      // By whole names, since a package may have several rows.
      const names = await rows
        .clearSelect()
        .select('name_key')
        .distinct()
        .where('ecosystem', '=', ecosystem)
        .where('name_key', '>', after)
        .orderBy('name_key')
        .limit(rowsAtOnce)
        .execute();
      const last = names.at(-1)?.name_key;
      if (last === undefined) break;
      const page = await rows
        .where('ecosystem', '=', ecosystem)
        .where('name_key', '>', after)
        .where('name_key', '<=', last)
        .orderBy('name_key')
        .execute();
      yield page as unknown as readonly Database[Table][];
      after = last;
    }
  }
}
