import { createHash } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { ArchiveLimits } from './limits.ts';
import { RefusedArchive } from './refused.ts';

/** How bytes are packed, by how they begin. */
export function packingOf(head: Uint8Array): 'gzip' | 'zstd' | 'other' | 'none' {
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  if (begins(0x1f, 0x8b)) return 'gzip';
  // A skippable frame may come first, as in an image that can be read in parts.
  if (begins(0x28, 0xb5, 0x2f, 0xfd) || ((head[0] ?? 0) >> 4 === 5 && begins(head[0] ?? 0, 0x2a, 0x4d, 0x18))) return 'zstd';
  return begins(0xfd, 0x37, 0x7a, 0x58, 0x5a) || begins(0x42, 0x5a, 0x68) ? 'other' : 'none';
}

/** The bytes unpacked where they are gzip or zstd. Throws a `RefusedArchive` when they grow beyond the limits, are damaged, or packed otherwise. */
export async function* unpacked(chunks: AsyncIterable<Uint8Array>, limits: ArchiveLimits): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const first = await source.next();
  if (first.done === true) return;
  let taken = 0;
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    for (let next = first as IteratorResult<Uint8Array, unknown>; next.done !== true; next = await source.next()) {
      taken += next.value.length;
      yield next.value;
    }
  };
  const packing = packingOf(first.value);
  if (packing === 'other') throw new RefusedArchive('unknown-packing', 'The archive is packed with bzip2 or xz, which is not read. Unpack it first.');
  let size = 0;
  try {
    for await (const chunk of packing === 'none' ? rest() : through(rest(), packing === 'gzip' ? createGunzip() : createZstdDecompress())) {
      size += chunk.length;
      if (size > limits.totalBytes)
        throw new RefusedArchive('too-large', `The archive unpacks to more than ${String(limits.totalBytes)} bytes; it was not read.`);
      if (packing !== 'none' && size > limits.ratioAfterBytes && size > taken * limits.ratio)
        throw new RefusedArchive('zip-bomb', `The archive unpacks to more than ${String(limits.ratio)} times its size; it was not read.`);
      yield chunk;
    }
  } finally {
    await source.return?.();
  }
}

async function* through(chunks: AsyncIterable<Uint8Array>, transform: Transform): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks, { objectMode: false, highWaterMark: 256 * 1024 });
  // An error of the source must come out here and not end the process.
  source.on('error', (error) => transform.destroy(error));
  // One that comes after the reading was given up is nobody's.
  transform.on('error', () => undefined);
  try {
    yield* source.pipe(transform) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof RefusedArchive) throw error;
    throw new RefusedArchive('broken-archive', 'The archive is damaged: it cannot be unpacked to its end.');
  } finally {
    source.destroy();
    transform.destroy();
  }
}

/** Chunks that are hashed and counted as they pass; `digest` and `size` are right once all have. */
export function hashed(
  chunks: AsyncIterable<Uint8Array>,
  algorithm: string,
): { readonly chunks: AsyncIterable<Uint8Array>; digest(): string; size(): number } {
  const hash = createHash(algorithm);
  let size = 0;
  const passing = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  return { chunks: passing(), digest: () => `${algorithm}:${hash.digest('hex')}`, size: () => size };
}
