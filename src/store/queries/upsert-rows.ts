import { sql } from 'kysely';
import type { Cell, CellType } from '../dialect.ts';
import type { Database } from '../schema.ts';
import type { Access } from '../tables.ts';

/** Which rows go where, and what makes two of them the same. */
export type Upsert<Table extends keyof Database, Row> = {
  readonly table: Table;
  readonly columns: { readonly [Column in keyof Row & string]: CellType };
  readonly key: readonly (keyof Row & string)[];
  /** Whether the row that is there gives way; of rows given twice the last counts. */
  readonly onConflict: 'keep' | 'replace';
  /** Columns that stay as they are when a row is replaced; absent means none. */
  readonly staying?: readonly (keyof Row & string)[];
};

/** Inserts rows without bytes, any number of them in one statement. */
export async function upsertRows<Table extends keyof Database, Row extends Readonly<Record<keyof Row, Cell>>>(
  { db, dialect }: Access,
  { table, columns, key, onConflict, staying = [] }: Upsert<Table, Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  // One statement may touch a row only once.
  const distinct = new Map(rows.map((row) => [JSON.stringify(key.map((column) => row[column])), row]));
  const names = Object.keys(columns) as (keyof Row & string)[];
  const cells = [...distinct.values()].map((row) => names.map((name) => row[name]));
  const refs = names.map((name) => sql.ref(name));
  const replaced = names
    .filter((name) => !key.includes(name) && !staying.includes(name))
    .map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
  const action = onConflict === 'keep' ? sql`nothing` : sql`update set ${sql.join(replaced)}`;
  // SQLite takes `on conflict` after a select without `where` for a join condition.
  await sql`insert into ${sql.table(table)} (${sql.join(refs)})
    select ${sql.join(refs)} from ${dialect.rowList('given', columns, cells)} where true order by at
    on conflict (${sql.join(key.map((column) => sql.ref(column)))}) do ${action}`.execute(db);
}
