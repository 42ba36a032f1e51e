import fs from 'node:fs';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { StoreLocation } from '#store/open-store.ts';

/** Where a text is found, in any letters' case: every column of every table, and on SQLite the bytes of the database, its log and its index file. */
export async function placesHolding(location: StoreLocation, text: string): Promise<readonly string[]> {
  return 'dataDir' in location ? inSqlite(location.dataDir, text) : inPostgres(location.databaseUrl, text);
}

/** True when the bytes of a file, as they are or unpacked, hold the text. */
export function fileHolds(file: string, text: string): boolean {
  const bytes = fs.readFileSync(file);
  return holds(bytes, text) || holds(unpacked(bytes), text);
}

function inSqlite(dataDir: string, text: string): readonly string[] {
  const places = fs
    .readdirSync(dataDir)
    .filter((name) => fs.statSync(path.join(dataDir, name)).isFile() && fileHolds(path.join(dataDir, name), text));
  const db = new Sqlite(path.join(dataDir, 'guildhall.db'), { readonly: true });
  try {
    const tables = db.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as readonly string[];
    for (const table of tables)
      for (const row of db.prepare(`select * from "${table}"`).iterate())
        if (rowHolds(row as Readonly<Record<string, unknown>>, text)) places.push(`table ${table}`);
  } finally {
    db.close();
  }
  return places;
}

async function inPostgres(url: string, text: string): Promise<readonly string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
    );
    const places: string[] = [];
    for (const { name } of tables.rows) {
      const schema = await client.query<{ schema: string }>('select schemaname as schema from pg_tables where tablename = $1', [name]);
      const { rows } = await client.query<Readonly<Record<string, unknown>>>(`select * from "${schema.rows[0]?.schema ?? 'public'}"."${name}"`);
      if (rows.some((row) => rowHolds(row, text))) places.push(`table ${name}`);
    }
    return places;
  } finally {
    await client.end();
  }
}

function rowHolds(row: Readonly<Record<string, unknown>>, text: string): boolean {
  return Object.values(row).some((value) =>
    value instanceof Uint8Array ? holds(value, text) || holds(unpacked(value), text) : holds(Buffer.from(JSON.stringify(value ?? null)), text),
  );
}

function holds(bytes: Uint8Array, text: string): boolean {
  return Buffer.from(bytes).toString('latin1').toLowerCase().includes(text.toLowerCase());
}

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return zstdDecompressSync(bytes);
  } catch {
    return bytes; // not packed
  }
}
