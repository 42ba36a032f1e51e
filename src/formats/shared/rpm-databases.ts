import { sqliteTable } from '#language/readers/sqlite.ts';
import type { Read } from '#language/readers/decoded.ts';

/** The headers in a database of RPM, by what its first bytes say it is: SQLite (RPM 4.16 and newer), NDB (SUSE) or Berkeley DB (older). */
export function rpmHeadersIn(bytes: Uint8Array): Read<readonly Uint8Array[]> {
  if (bytes.length >= 16 && Buffer.from(bytes.subarray(0, 6)).toString('latin1') === 'SQLite') return sqliteHeaders(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 32 && view.getUint32(0, true) === ndbMagic) return inBounds(() => ndbHeaders(bytes, view));
  const isLittle = bytes.length >= 512 && view.getUint32(12, true) === hashMagic;
  if (isLittle || (bytes.length >= 512 && view.getUint32(12) === hashMagic)) return inBounds(() => hashHeaders(bytes, view, isLittle));
  return {
    ok: false,
    error: { code: 'not-this-format', message: 'The file is no database of RPM: neither SQLite nor NDB nor a hash of Berkeley DB.' },
  };
}

/** The most headers of one database. */
const maxHeaders = 200_000;

function sqliteHeaders(bytes: Uint8Array): Read<readonly Uint8Array[]> {
  const rows = sqliteTable(bytes, 'Packages');
  if (!rows.ok) return rows;
  if (rows.value === null)
    return { ok: false, error: { code: 'not-this-format', message: 'The SQLite database has no table Packages as that of RPM has.' } };
  return { ok: true, value: rows.value.slice(0, maxHeaders).flatMap(([, blob]) => (blob instanceof Uint8Array ? [blob] : [])) };
}

function inBounds(read: () => readonly Uint8Array[]): Read<readonly Uint8Array[]> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, error: { code: 'damaged', message: 'The database of RPM is damaged: a page or an entry of it points nowhere.' } };
  }
}

const ndbMagic = 0x506d7052; // RpmP
const ndbSlotMagic = 0x746f6c53; // Slot
const ndbBlobMagic = 0x53626c42; // BlbS

/** Slots of sixteen bytes on the first pages, each with where its blob lies, in units of sixteen bytes. https://github.com/rpm-software-management/rpm/blob/master/lib/backend/ndb/rpmpkg.c */
function ndbHeaders(bytes: Uint8Array, view: DataView): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  const slotsEnd = Math.min(view.getUint32(12, true) * 4096, bytes.length);
  for (let slot = 32; slot + 16 <= slotsEnd && found.length < maxHeaders; slot += 16) {
    const [index, offset] = [view.getUint32(slot + 4, true), view.getUint32(slot + 8, true) * 16];
    if (view.getUint32(slot, true) !== ndbSlotMagic) throw new RangeError('no slot');
    if (index === 0) continue;
    if (view.getUint32(offset, true) !== ndbBlobMagic || view.getUint32(offset + 4, true) !== index) throw new RangeError('no blob');
    const size = view.getUint32(offset + 12, true);
    if (offset + 16 + size > bytes.length) throw new RangeError('a blob past the end');
    found.push(bytes.subarray(offset + 16, offset + 16 + size));
  }
  return found;
}

const hashMagic = 0x61561;
const pageKinds = { unsortedHash: 2, overflow: 7, hash: 13 };
const itemKinds = { plain: 1, offPage: 3 };
const pageHead = 26;

/** Pages of pairs of key and value; a value of any size lies on a chain of pages of its own. */
function hashHeaders(bytes: Uint8Array, view: DataView, isLittle: boolean): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  const pageSize = view.getUint32(20, isLittle);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0) throw new RangeError('no size of pages');
  const pages = Math.floor(bytes.length / pageSize);
  if (view.getUint32(32, isLittle) >= pages) throw new RangeError('cut off');
  for (let page = 1; page < pages && found.length < maxHeaders; page += 1) {
    const start = page * pageSize;
    const kind = view.getUint8(start + 25);
    if (kind !== pageKinds.hash && kind !== pageKinds.unsortedHash) continue;
    const items = view.getUint16(start + 20, isLittle);
    // The items grow from the end of the page; every second one is a value.
    for (let item = 1; item < items; item += 2) {
      const at = view.getUint16(start + pageHead + item * 2, isLittle);
      const before = view.getUint16(start + pageHead + (item - 1) * 2, isLittle);
      const itemKind = view.getUint8(start + at);
      if (itemKind === itemKinds.offPage) {
        found.push(
          chained(bytes, view, {
            isLittle,
            pageSize,
            pages,
            first: view.getUint32(start + at + 4, isLittle),
            size: view.getUint32(start + at + 8, isLittle),
          }),
        );
      } else if (itemKind === itemKinds.plain && before > at) {
        found.push(bytes.subarray(start + at + 1, start + before));
      }
    }
  }
  // Of the record that counts the others, and of nothing else, the value has four bytes.
  return found.filter((each) => each.length > 16);
}

type Chain = { readonly isLittle: boolean; readonly pageSize: number; readonly pages: number; readonly first: number; readonly size: number };

function chained(bytes: Uint8Array, view: DataView, { isLittle, pageSize, pages, first, size }: Chain): Uint8Array {
  if (size > bytes.length) throw new RangeError('larger than the file');
  const value = new Uint8Array(size);
  let filled = 0;
  for (let page = first; filled < size; page = view.getUint32(page * pageSize + 16, isLittle)) {
    const start = page * pageSize;
    if (page < 1 || page >= pages || view.getUint8(start + 25) !== pageKinds.overflow) throw new RangeError('no page of a chain');
    const held = Math.min(view.getUint16(start + 22, isLittle), pageSize - pageHead, size - filled);
    if (held === 0) throw new RangeError('an empty page of a chain');
    value.set(bytes.subarray(start + pageHead, start + pageHead + held), filled);
    filled += held;
  }
  return value;
}
