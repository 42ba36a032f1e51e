import { createHash, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { RawChunkTable, RawTable } from '../schema.ts';
import type { Access } from '../tables.ts';
import { upsertRows, type Upsert } from './upsert-rows.ts';

const chunkBytes = 1024 * 1024;
const smallBytes = 256 * 1024;
const chunksAtOnce = 8;
const options: zlib.ZstdOptions = { params: { [zlib.constants.ZSTD_c_compressionLevel]: 3 } };
const compressAside = promisify(zlib.zstdCompress) as (bytes: Uint8Array, options: zlib.ZstdOptions) => Promise<Buffer>;

const rawRows: Upsert<'raw', RawTable> = {
  table: 'raw',
  columns: { hash: 'text', bytes: 'bigint', chunks: 'bigint', kept_at: 'bigint', staged: 'bigint' },
  key: ['hash'],
  onConflict: 'replace',
  staying: ['bytes', 'chunks', 'kept_at'],
};

/** Bytes by their SHA-256 (hex), made ready to be kept. */
export type PackedRaw = { readonly hash: string; readonly bytes: number; readonly chunks: readonly Uint8Array[] };

/** SHA-256 in hex. */
export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Compresses, for anything large aside from the main thread: done before the transaction, so that none waits for it. Throws when the hash is another. */
export async function packRaw(hash: string, bytes: Uint8Array): Promise<PackedRaw> {
  if (hashOf(bytes) !== hash) throw new Error(`The bytes do not have the hash ${hash}: nothing was kept.`);
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    const chunk = bytes.subarray(start, start + chunkBytes);
    chunks.push(bytes.length <= smallBytes ? zlib.zstdCompressSync(chunk, options) : await compressAside(chunk, options));
  }
  return { hash, bytes: bytes.length, chunks };
}

/** Keeps what is not kept yet. An upload that waits for its receipt is thereby kept for good. */
export async function keepRaws({ db, dialect }: Access, raws: readonly PackedRaw[], keptAt: number): Promise<void> {
  const hashes = raws.map((raw) => raw.hash);
  const known = await db
    .selectFrom('raw')
    .select('hash')
    .where('staged', '=', 0)
    .where((eb) => dialect.isOneOf(eb.ref('hash'), hashes))
    .execute();
  const done = new Set(known.map((row) => row.hash));
  const missing = [...new Map(raws.map((raw) => [raw.hash, raw])).values()].filter((raw) => !done.has(raw.hash));
  if (missing.length === 0) return;
  await upsertRows(
    { db, dialect },
    rawRows,
    missing.map((raw) => ({ hash: raw.hash, bytes: raw.bytes, chunks: raw.chunks.length, kept_at: keptAt, staged: 0 })),
  );
  await insertChunks(
    { db, dialect },
    missing.flatMap(({ hash, chunks }) => chunks.map((data, part) => ({ hash, part, data }))),
  );
}

/** Keeps committed uploads for good. Throws when one of them was swept. */
export async function keepUploads({ db, dialect }: Access, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return;
  const kept = await db
    .updateTable('raw')
    .set({ staged: 0 })
    .where((eb) => dialect.isOneOf(eb.ref('hash'), hashes))
    .returning('hash')
    .execute();
  const lost = new Set(hashes).difference(new Set(kept.map((row) => row.hash)));
  if (lost.size > 0) throw new Error(`The upload ${[...lost].join(', ')} is not here, or no longer: send it again.`);
}

/** The bytes, or null when they are not kept. Throws when the store has lost a part of them. */
export async function readRaw({ db }: Access, hash: string): Promise<Uint8Array | null> {
  const raw = await db.selectFrom('raw').select(['bytes', 'chunks']).where('hash', '=', hash).executeTakeFirst();
  if (raw === undefined) return null;
  const rows = await db.selectFrom('raw_chunk').select('data').where('hash', '=', hash).orderBy('part').execute();
  const parts = rows.map((row) => zlib.zstdDecompressSync(row.data, { maxOutputLength: chunkBytes }));
  const bytes = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  if (parts.length !== raw.chunks || bytes.length !== raw.bytes) {
    throw new Error(`The store has lost a part of ${hash}: restore a backup.`);
  }
  return bytes;
}

/** How many bytes a hash stands for; 0 when they are not kept. */
export async function rawBytes({ db }: Access, hash: string): Promise<number> {
  return (await db.selectFrom('raw').select('bytes').where('hash', '=', hash).executeTakeFirst())?.bytes ?? 0;
}

/** Those of the hashes whose bytes are kept. */
export async function hasRaw({ db, dialect }: Access, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('raw')
    .select('hash')
    .where((eb) => dialect.isOneOf(eb.ref('hash'), hashes))
    .execute();
  return new Set(rows.map((row) => row.hash));
}

/** Runs one transaction. */
type Write = <T>(change: (access: Access) => Promise<T>) => Promise<T>;

/** An upload whose chunks are committed one by one under a name of its own until the hash is known. */
export type BegunRaw = {
  append(chunk: Uint8Array): Promise<void>;
  /** What came in, and the step that commits what is left of it under its hash. */
  finish(): Promise<{ readonly hash: string; readonly bytes: number; readonly keep: (access: Access) => Promise<void> }>;
  abort(): Promise<void>;
};

/** Begins an upload. */
export function beginRaw(write: Write, now: () => number): BegunRaw {
  const name = uploadName(now());
  const hash = createHash('sha256');
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let bytes = 0;
  let part = 0;

  /** The next chunk, compressed, or null when nothing waits. */
  const nextChunk = async (): Promise<RawChunkTable | null> => {
    if (waitingBytes === 0) return null;
    const all = waiting.length === 1 && waiting[0] !== undefined ? waiting[0] : Buffer.concat(waiting);
    const rest = all.subarray(chunkBytes);
    const data = await compressAside(all.subarray(0, chunkBytes), options);
    waiting = rest.length > 0 ? [rest] : [];
    waitingBytes = rest.length;
    part += 1;
    return { hash: name, part: part - 1, data };
  };
  return {
    async append(chunk) {
      hash.update(chunk);
      bytes += chunk.length;
      // Copied: the sender may use its buffer again.
      waiting.push(Uint8Array.from(chunk));
      waitingBytes += chunk.length;
      while (waitingBytes >= chunkBytes) {
        const full = await nextChunk();
        if (full !== null) await write((access) => insertChunks(access, [full]));
      }
    },
    async finish() {
      const last = await nextChunk();
      const digest = hash.digest('hex');
      return {
        hash: digest,
        bytes,
        async keep(access) {
          if (last !== null) await insertChunks(access, [last]);
          await nameUpload(access, name, { hash: digest, bytes, chunks: part, kept_at: now(), staged: 1 });
        },
      };
    },
    async abort() {
      await write(({ db }) => db.deleteFrom('raw_chunk').where('hash', '=', name).execute());
    },
  };
}

/** Deletes uploads begun before `before` that were not finished or that no receipt names; gives how many. */
export async function sweepOrphans({ db, dialect }: Access, before: number): Promise<number> {
  const unnamed = await db.deleteFrom('raw').where('staged', '=', 1).where('kept_at', '<', before).returning('hash').execute();
  const unfinished = await db
    .selectFrom('raw_chunk')
    .select('hash')
    .distinct()
    .where('hash', '>=', uploadPrefix)
    .where('hash', '<', `${uploadPrefix}${stamp(before)}`)
    .execute();
  const gone = [...unnamed, ...unfinished].map((row) => row.hash);
  await db
    .deleteFrom('raw_chunk')
    .where((eb) => dialect.isOneOf(eb.ref('hash'), gone))
    .execute();
  return gone.length;
}

async function nameUpload(
  { db }: Access,
  name: string,
  row: { hash: string; bytes: number; chunks: number; kept_at: number; staged: number },
): Promise<void> {
  // Locks the row against the sweep, also where it is kept already and nothing is updated.
  await db
    .insertInto('raw')
    .values(row)
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ kept_at: row.kept_at }).where('raw.staged', '=', 1))
    .execute();
  const known = await db.selectFrom('raw_chunk').select('part').where('hash', '=', row.hash).limit(1).executeTakeFirst();
  if (known === undefined) await db.updateTable('raw_chunk').set({ hash: row.hash }).where('hash', '=', name).execute();
  else await db.deleteFrom('raw_chunk').where('hash', '=', name).execute();
}

async function insertChunks({ db }: Access, chunks: readonly RawChunkTable[]): Promise<void> {
  for (let start = 0; start < chunks.length; start += chunksAtOnce) {
    await db
      .insertInto('raw_chunk')
      .values(chunks.slice(start, start + chunksAtOnce))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

// Times of equal length, so that names sort by time in any collation.
const uploadPrefix = 'upload:';

function stamp(time: number): string {
  return String(time).padStart(16, '0');
}

function uploadName(startedAt: number): string {
  return `${uploadPrefix}${stamp(startedAt)}:${randomBytes(16).toString('hex')}`;
}
