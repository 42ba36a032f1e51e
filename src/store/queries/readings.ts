import type { ReadingResult } from '#model/reading.ts';
import type { ReadingTable } from '../schema.ts';
import { storableText } from '../storable-text.ts';
import type { NewReading } from '../store.ts';
import type { Access } from '../tables.ts';
import { hashOf, keepRaws, packRaw, readRaw } from './raw.ts';
import { upsertRows, type Upsert } from './upsert-rows.ts';

const readingRows: Upsert<'reading', ReadingTable> = {
  table: 'reading',
  columns: { key: 'text', format: 'text', format_version: 'bigint', path: 'text', main: 'text', inputs: 'text', read_at: 'bigint', result: 'text' },
  key: ['key'],
  onConflict: 'keep',
};

/** Keeps readings with their results by hash; one that is there stays as it is. */
export async function saveReadings(access: Access, readings: readonly NewReading[]): Promise<void> {
  if (readings.length === 0) return;
  const rows = readings.map(({ resultBytes, ...row }) => ({ ...row, result: hashOf(resultBytes), resultBytes }));
  const raws = await Promise.all(rows.map((row) => packRaw(row.result, row.resultBytes)));
  await keepRaws(access, raws, Math.max(...rows.map((row) => row.read_at)));
  await upsertRows(
    access,
    readingRows,
    rows.map(({ resultBytes: _kept, ...row }) => row),
  );
}

/** The reading, or null. */
export async function readingByKey({ db }: Access, key: string): Promise<ReadingTable | null> {
  return (await db.selectFrom('reading').selectAll().where('key', '=', key).executeTakeFirst()) ?? null;
}

/** Those of the keys that there are, in no order. */
export async function readingsByKeys({ db, dialect }: Access, keys: readonly string[]): Promise<readonly ReadingTable[]> {
  return db
    .selectFrom('reading')
    .selectAll()
    .where((eb) => dialect.isOneOf(eb.ref('key'), keys))
    .execute();
}

/** Every reading of these files at these paths, oldest first. */
export async function readingsOfMains(
  { db, dialect }: Access,
  files: readonly { readonly path: string; readonly main: string }[],
): Promise<readonly ReadingTable[]> {
  const wanted = new Set(files.map((file) => `${file.main} ${storableText(file.path)}`));
  const mains = [...new Set(files.map((file) => file.main))];
  const rows = await db
    .selectFrom('reading')
    .selectAll()
    .where((eb) => dialect.isOneOf(eb.ref('main'), mains))
    .orderBy('read_at')
    .orderBy('key')
    .execute();
  return rows.filter((row) => wanted.has(`${row.main} ${row.path}`));
}

/** What the reading says. Throws when the store has lost it. */
export async function resultOf(access: Access, { result }: Pick<ReadingTable, 'result'>): Promise<ReadingResult> {
  const bytes = await readRaw(access, result);
  if (bytes === null) throw new Error(`The store has lost the result ${result}: restore a backup.`);
  return JSON.parse(new TextDecoder().decode(bytes)) as ReadingResult;
}
