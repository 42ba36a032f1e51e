import type { Read } from './decoded.ts';

/** A value of a row; text is UTF-8. */
export type SqliteValue = null | number | string | Uint8Array;

/** The most of a database that is read; beyond it the reading fails. */
export const sqliteLimits = { rows: 1_000_000, depth: 20 };

type Database = { readonly bytes: Uint8Array; readonly view: DataView; readonly pageSize: number; readonly usable: number; readonly pages: number };

/**
 * The rows of one table of an SQLite file, in the order of their ids; null when there is no such table. Reads the b-tree of the table and nothing else: no
 * SQL, index, journal or code of the database takes part. https://www.sqlite.org/fileformat2.html
 */
export function sqliteTable(bytes: Uint8Array, table: string): Read<readonly (readonly SqliteValue[])[] | null> {
  const database = opened(bytes);
  if (database === null) return broken('The file is no SQLite database.');
  try {
    const schema = rowsFrom(database, 1);
    const root = schema.find(([kind, name]) => kind === 'table' && name === table)?.[3];
    if (root === undefined) return { ok: true, value: null };
    return { ok: true, value: rowsFrom(database, typeof root === 'number' ? root : 0) };
  } catch (error) {
    // A DataView throws a RangeError where a length or an offset points outside.
    if (error instanceof RangeError || error instanceof BrokenDatabase)
      return broken('The SQLite database is damaged: a page or a row of it points nowhere.');
    throw error;
  }
}

class BrokenDatabase extends Error {}

function broken(message: string): Read<never> {
  return { ok: false, error: { code: 'not-sqlite', message } };
}

function opened(bytes: Uint8Array): Database | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 512 || Buffer.from(bytes.subarray(0, 16)).toString('latin1') !== 'SQLite format 3\0') return null;
  const size = view.getUint16(16);
  const pageSize = size === 1 ? 65_536 : size;
  const isPower = pageSize >= 512 && (pageSize & (pageSize - 1)) === 0;
  const usable = pageSize - view.getUint8(20);
  // 1 is UTF-8; the two kinds of UTF-16 are not written by anybody whose files are read here.
  if (!isPower || usable < 480 || view.getUint32(56) > 1) return null;
  return { bytes, view, pageSize, usable, pages: Math.floor(bytes.length / pageSize) };
}

/** All rows below a page. Each page is met once, so that a tree that leads back into itself ends. */
function rowsFrom(database: Database, root: number): readonly (readonly SqliteValue[])[] {
  const rows: (readonly SqliteValue[])[] = [];
  const met = new Set<number>();
  const visit = (page: number, depth: number): void => {
    if (page < 1 || page > database.pages || met.has(page) || depth > sqliteLimits.depth) throw new BrokenDatabase();
    met.add(page);
    const { view } = database;
    const start = (page - 1) * database.pageSize;
    const head = page === 1 ? start + 100 : start;
    const kind = view.getUint8(head);
    const cells = view.getUint16(head + 3);
    if (kind !== 0x05 && kind !== 0x0d) throw new BrokenDatabase();
    const pointers = head + (kind === 0x05 ? 12 : 8);
    for (let at = 0; at < cells; at += 1) {
      const cell = start + view.getUint16(pointers + at * 2);
      if (kind === 0x05) visit(view.getUint32(cell), depth + 1);
      else if (rows.length < sqliteLimits.rows) rows.push(recordOf(payloadOf(database, cell)));
      else throw new BrokenDatabase();
    }
    if (kind === 0x05) visit(view.getUint32(head + 8), depth + 1);
  };
  visit(root, 0);
  return rows;
}

/** The bytes of a leaf's cell, those that lie on pages of their own included. */
function payloadOf(database: Database, cell: number): Uint8Array {
  const { bytes, view, usable, pageSize } = database;
  const [size, afterSize] = varint(view, cell);
  const [, start] = varint(view, afterSize);
  if (size > bytes.length) throw new BrokenDatabase();
  const most = usable - 35;
  if (size <= most) return inside(bytes, start, size);
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const wanted = least + ((size - least) % (usable - 4));
  const local = wanted <= most ? wanted : least;
  const payload = new Uint8Array(size);
  payload.set(inside(bytes, start, local));
  let filled = local;
  for (let page = view.getUint32(start + local); filled < size;) {
    if (page < 1 || page > database.pages) throw new BrokenDatabase();
    const at = (page - 1) * pageSize;
    const part = inside(bytes, at + 4, Math.min(size - filled, usable - 4));
    payload.set(part, filled);
    filled += part.length;
    page = view.getUint32(at);
  }
  return payload;
}

function recordOf(payload: Uint8Array): readonly SqliteValue[] {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const values: SqliteValue[] = [];
  const [end, first] = varint(view, 0);
  let at = end;
  for (let kindAt = first; kindAt < end;) {
    const [kind, next] = varint(view, kindAt);
    kindAt = next;
    const [value, size] = valueOf(payload, view, at, kind);
    values.push(value);
    at += size;
  }
  return values;
}

const integerSizes = [0, 1, 2, 3, 4, 6, 8];

function valueOf(payload: Uint8Array, view: DataView, at: number, kind: number): readonly [value: SqliteValue, size: number] {
  if (kind === 0) return [null, 0];
  if (kind === 7) return [view.getFloat64(at), 8];
  if (kind === 8 || kind === 9) return [kind - 8, 0];
  if (kind < 7) {
    const size = integerSizes[kind] ?? 0;
    let value = view.getInt8(at);
    for (let byte = 1; byte < size; byte += 1) value = value * 256 + view.getUint8(at + byte);
    return [value, size];
  }
  if (kind < 12) throw new BrokenDatabase();
  const size = Math.floor((kind - 12) / 2);
  const part = inside(payload, at, size);
  return [kind % 2 === 0 ? part : new TextDecoder().decode(part), size];
}

function inside(bytes: Uint8Array, start: number, size: number): Uint8Array {
  if (start + size > bytes.length) throw new BrokenDatabase();
  return bytes.subarray(start, start + size);
}

/** A number of one to nine bytes, and where it ends. */
function varint(view: DataView, start: number): readonly [value: number, next: number] {
  let value = 0;
  for (let at = 0; at < 8; at += 1) {
    const byte = view.getUint8(start + at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return [value, start + at + 1];
  }
  return [value * 256 + view.getUint8(start + 8), start + 9];
}
