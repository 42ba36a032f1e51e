import { DatabaseSync } from 'node:sqlite';

/** A package as its RPM header describes it. */
export type MadeRpm = {
  readonly name: string;
  readonly version: string;
  readonly release: string;
  readonly epoch?: number;
  readonly licence?: string;
  readonly source?: string;
  readonly provides?: readonly string[];
  readonly requires?: readonly string[];
};

/** The header of a package, as a database of RPM holds it. */
export function madeRpmHeader({ name, version, release, epoch, licence, source, provides, requires }: MadeRpm): Buffer {
  const entries: Buffer[] = [];
  const parts: Buffer[] = [];
  let size = 0;
  const add = (tag: number, type: number, count: number, data: Buffer): void => {
    const entry = Buffer.alloc(16);
    for (const [at, value] of [tag, type, size, count].entries()) entry.writeUInt32BE(value, at * 4);
    entries.push(entry);
    parts.push(data);
    size += data.length;
  };
  const text = (tag: number, value: string | undefined): void => {
    if (value !== undefined) add(tag, 6, 1, Buffer.from(`${value}\0`));
  };
  if (epoch !== undefined) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(epoch);
    add(1003, 4, 1, number);
  }
  text(1000, name);
  text(1001, version);
  text(1002, release);
  text(1014, licence);
  text(1044, source);
  if (provides !== undefined) add(1047, 8, provides.length, Buffer.from(provides.map((each) => `${each}\0`).join('')));
  if (requires !== undefined) add(1049, 8, requires.length, Buffer.from(requires.map((each) => `${each}\0`).join('')));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(entries.length, 0);
  head.writeUInt32BE(size, 4);
  return Buffer.concat([head, ...entries, ...parts]);
}

/** `rpmdb.sqlite` with these headers, written by SQLite itself. */
export function madeRpmSqlite(headers: readonly Uint8Array[]): Uint8Array {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL); CREATE TABLE Name (key TEXT, hnum INTEGER)');
  const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
  for (const header of headers) insert.run(header);
  const bytes = database.serialize();
  database.close();
  return bytes;
}

/** `Packages.db` of NDB with these headers. */
export function madeRpmNdb(headers: readonly Uint8Array[]): Uint8Array {
  const page = Buffer.alloc(4096);
  page.write('RpmP', 0, 'latin1');
  for (const [at, value] of [0, 1, 1, headers.length + 1].entries()) page.writeUInt32LE(value, 4 + at * 4);
  const blobs: Buffer[] = [];
  let offset = page.length;
  for (let slot = 32; slot < page.length; slot += 16) page.write('Slot', slot, 'latin1');
  for (const [at, header] of headers.entries()) {
    const blob = Buffer.alloc(Math.ceil((16 + header.length + 12) / 16) * 16);
    blob.write('BlbS', 0, 'latin1');
    for (const [field, value] of [at + 1, 1, header.length].entries()) blob.writeUInt32LE(value, 4 + field * 4);
    blob.set(header, 16);
    // From the end of the first page on, so that the order of slots is not that of blobs.
    const slot = page.length - 16 * (at + 1);
    for (const [field, value] of [at + 1, offset / 16, blob.length / 16].entries()) page.writeUInt32LE(value, slot + 4 + field * 4);
    blobs.push(blob);
    offset += blob.length;
  }
  return Buffer.concat([page, ...blobs]);
}

/** `Packages` as a hash of Berkeley DB with these headers; those over half a page lie on pages of their own. */
export function madeRpmHash(headers: readonly Uint8Array[], isLittle = true): Uint8Array {
  const size = 512;
  const pages: Buffer[] = [];
  const u16 = (page: Buffer, value: number, at: number): number => (isLittle ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at));
  const u32 = (page: Buffer, value: number, at: number): number => (isLittle ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at));
  const newPage = (kind: number): Buffer => {
    const page = Buffer.alloc(size);
    u32(page, pages.length, 8);
    page.writeUInt8(kind, 25);
    pages.push(page);
    return page;
  };
  const meta = newPage(8);
  u32(meta, 0x61561, 12);
  u32(meta, size, 20);
  for (const [at, header] of [Buffer.alloc(4), ...headers].entries()) {
    const page = newPage(13);
    const key = Buffer.from([1, at, 0, 0, 0]);
    const isOff = header.length > size / 2;
    const value = isOff ? Buffer.alloc(12) : Buffer.concat([Buffer.from([1]), header]);
    if (isOff) {
      value.writeUInt8(3, 0);
      u32(value, pages.length, 4);
      u32(value, header.length, 8);
      for (let from = 0; from < header.length; from += size - 26) {
        const part = header.subarray(from, from + size - 26);
        const overflow = newPage(7);
        u16(overflow, part.length, 22);
        u32(overflow, from + part.length < header.length ? pages.length : 0, 16);
        overflow.set(part, 26);
      }
    }
    u16(page, 2, 20);
    u16(page, size - key.length, 26);
    u16(page, size - key.length - value.length, 28);
    page.set(key, size - key.length);
    page.set(value, size - key.length - value.length);
  }
  u32(meta, pages.length - 1, 32);
  return Buffer.concat(pages);
}
