import { quoted, type Problem } from '#model/problem.ts';
import type { ByteSource } from './byte-source.ts';
import { entryPath, staysInside } from './entry-path.ts';
import type { ArchiveLimits } from './limits.ts';
import { RefusedArchive } from './refused.ts';

/** One entry of a tar whose path is sound, or why one was passed over. `bytes` are read, or passed over, before the next entry is asked for. */
export type TarEntry =
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly size: number;
      /** Whether anybody may run it. */
      readonly isExecutable: boolean;
      /** Where its bytes begin in the tar. */
      readonly offset: number;
      bytes(): AsyncGenerator<Uint8Array>;
    }
  | { readonly kind: 'folder' | 'other'; readonly path: string }
  /** `to` as written; of a hard link the path of another entry. */
  | { readonly kind: 'link' | 'hard-link'; readonly path: string; readonly to: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

const block = 512;

/**
 * The entries of a tar (ustar, pax, GNU) in their order, as they come. Sparse files, files in several parts, devices and links that lead out are refused one
 * by one; throws a `RefusedArchive` where a limit is broken or the archive is damaged. https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html
 */
export async function* tarEntries(source: ByteSource, limits: ArchiveLimits): AsyncGenerator<TarEntry> {
  const common = new Map<string, string>();
  let said = new Map<string, string>();
  let at = 0;
  for (let entries = 0; ;) {
    const header = await source.take(block);
    if (header.length === 0 || header.every((byte) => byte === 0)) return;
    if (header.length < block) throw cutOff();
    at += block;
    const fields = headerFields(header);
    if (fields === null) throw new RefusedArchive('broken-archive', 'The archive is no tar, or damaged: the sum of a header is wrong.');
    const { type } = fields;
    const isExtension = 'xgLK'.includes(type);
    const size = isExtension ? fields.size : (numberIn(said.get('size') ?? common.get('size')) ?? fields.size);
    if (!Number.isSafeInteger(size) || size < 0 || size > limits.entryBytes)
      throw new RefusedArchive(
        'too-large',
        `An entry of the archive says that it has more than ${String(limits.entryBytes)} bytes; it was not read.`,
      );
    const padded = Math.ceil(size / block) * block;
    if (isExtension) {
      if (size > limits.headerBytes)
        throw new RefusedArchive('too-large', `A header of the archive has more than ${String(limits.headerBytes)} bytes.`);
      const text = await source.take(padded);
      if (text.length < padded) throw cutOff();
      said = extended(type, text.subarray(0, size), said, common);
      at += padded;
      continue;
    }
    entries += 1;
    if (entries > limits.entries)
      throw new RefusedArchive('too-many-entries', `The archive has more than ${String(limits.entries)} entries; it was not read.`);
    const names = { ...fields, ...namesIn(said, common) };
    const isSparse = type === 'S' || [...said.keys(), ...common.keys()].some((key) => key.startsWith('GNU.sparse.'));
    said = new Map();
    let left = size;
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of source.stream(left)) {
        left -= chunk.length;
        yield chunk;
      }
    };
    yield entryOf(names, { isSparse, size, offset: at, bytes, limits });
    at += padded;
    const pad = padded - size;
    if ((await source.skip(left)) < left || (await source.skip(pad)) < pad) throw cutOff();
  }
}

function cutOff(): RefusedArchive {
  return new RefusedArchive('cut-off', 'The archive ends in the middle of an entry.');
}

type Names = { readonly name: string; readonly linkName: string; readonly type: string; readonly mode: number };
type Body = {
  readonly isSparse: boolean;
  readonly size: number;
  readonly offset: number;
  readonly bytes: () => AsyncGenerator<Uint8Array>;
  readonly limits: ArchiveLimits;
};

function entryOf({ name, linkName, type, mode }: Names, { isSparse, size, offset, bytes, limits }: Body): TarEntry {
  const path = entryPath(name, limits.nameBytes);
  if (typeof path !== 'string') return { kind: 'refused', problem: path };
  const refused = (code: string, why: string): TarEntry => ({
    kind: 'refused',
    problem: { code, message: `The entry ${quoted(path)} ${why}; it was passed over.`, path, severity: 'error' },
  });
  if (isSparse) return refused('sparse', 'is stored with holes');
  switch (type) {
    case '0':
    case '7':
    case '\0':
      // Old tars mark a folder by the slash at its end.
      return name.endsWith('/') ? { kind: 'folder', path } : { kind: 'file', path, size, isExecutable: (mode & 0o111) !== 0, offset, bytes };
    case '5':
      return { kind: 'folder', path };
    case '1': {
      const to = entryPath(linkName, limits.nameBytes);
      return typeof to === 'string' ? { kind: 'hard-link', path, to } : refused('link-out', 'is a hard link that leads out of the archive');
    }
    case '2':
      return staysInside(path, linkName) ? { kind: 'link', path, to: linkName } : refused('link-out', 'is a link that leads out of the archive');
    case '3':
    case '4':
    case '6':
      return { kind: 'other', path };
    default:
      return refused('unknown-entry', `is of a kind (${quoted(type)}) that is not read`);
  }
}

/** The fields of a header; null when its sum is wrong. */
function headerFields(header: Uint8Array): (Names & { readonly size: number }) | null {
  const text = (from: number, length: number): string => textIn(header.subarray(from, from + length));
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 0x20 : byte;
  if (Number.parseInt(text(148, 8), 8) !== sum) return null;
  const isUstar = text(257, 5) === 'ustar';
  const prefix = isUstar && header[262] === 0 ? text(345, 155) : '';
  return {
    name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`,
    linkName: text(157, 100),
    type: String.fromCharCode(header[156] ?? 0),
    mode: Number.parseInt(text(100, 8), 8) || 0,
    size: sizeIn(header.subarray(124, 136)),
  };
}

/** Octal digits, or a number of eight bytes and more where the first bit is set. */
function sizeIn(field: Uint8Array): number {
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(textIn(field).trim() || '0', 8);
  let value = (field[0] ?? 0) & 0x7f;
  for (const byte of field.subarray(1)) value = value * 256 + byte;
  return value;
}

function textIn(field: Uint8Array): string {
  const end = field.indexOf(0);
  return Buffer.from(end === -1 ? field : field.subarray(0, end)).toString('utf8');
}

/** What a header of its own says of the entry that follows, or (`g`) of all that follow. */
function extended(type: string, bytes: Uint8Array, said: ReadonlyMap<string, string>, common: Map<string, string>): Map<string, string> {
  const next = new Map(said);
  if (type === 'L') return next.set('path', textIn(bytes));
  if (type === 'K') return next.set('linkpath', textIn(bytes));
  const target = type === 'g' ? common : next;
  for (let at = 0; at < bytes.length;) {
    // `27 path=some/long/name` and a line feed: its own length in bytes first.
    const space = bytes.indexOf(0x20, at);
    const length = Number(Buffer.from(bytes.subarray(at, Math.max(at, space))).toString('latin1'));
    if (space === -1 || !Number.isSafeInteger(length) || length <= space - at + 1 || at + length > bytes.length)
      throw new RefusedArchive('broken-archive', 'The archive is damaged: an extended header says a wrong length.');
    const record = Buffer.from(bytes.subarray(space + 1, at + length - 1)).toString('utf8');
    const equals = record.indexOf('=');
    if (equals > 0) target.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return next;
}

function namesIn(said: ReadonlyMap<string, string>, common: ReadonlyMap<string, string>): Partial<Names> {
  const [name, linkName] = ['path', 'linkpath'].map((key) => said.get(key) ?? common.get(key));
  return { ...(name === undefined ? {} : { name }), ...(linkName === undefined ? {} : { linkName }) };
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : null;
}
