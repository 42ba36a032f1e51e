import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import zlib from 'node:zlib';
import { z } from 'zod';
import { canonicalJson } from '#language/canonical-json.ts';

/**
 * An archive is one zstd stream of frames: four bytes of length (big endian), one byte of kind, the payload. `J` is canonical JSON: first the
 * header, then records, last the end with the number of frames before it and their SHA-256. `B` is one chunk of the raw item before it, zstd.
 */
export type Frame = { readonly kind: 'J'; readonly value: unknown } | { readonly kind: 'B'; readonly bytes: Uint8Array };

/** Version of this layout; an archive of a newer one is refused. */
export const archiveVersion = 1;

const longestFrame = 256 * 1024 * 1024;
const headBytes = 5;

const Header = z.object({ format: z.literal('guildhall-backup'), version: z.int(), createdAt: z.int(), epoch: z.int() });
const End = z.object({ end: z.object({ frames: z.int(), sha256: z.string() }) });

/** When the archive was made, in Unix milliseconds, and the epoch of the store it is of. */
export type ArchiveHeader = Pick<z.infer<typeof Header>, 'createdAt' | 'epoch'>;

/** Sends header and frames, and resolves when all are sent. */
export type Send = (header: ArchiveHeader, frames: AsyncIterable<Frame>) => Promise<void>;

/** The bytes of an archive; `feed` calls `send` once, while what it reads from stays open. */
export async function* archiveOf(feed: (send: Send) => Promise<void>): AsyncGenerator<Uint8Array> {
  const packed = zlib.createZstdCompress();
  const sending = feed((header, frames) => pipeline(Readable.from(bytesOf(header, frames)), packed));
  // What goes wrong before the first frame reaches the reader of the archive too.
  sending.catch((error: unknown) => packed.destroy(error as Error));
  try {
    for await (const chunk of packed) yield chunk as Uint8Array;
    await sending;
  } finally {
    packed.destroy();
    await sending.catch(() => undefined);
  }
}

/** The header and the frames between header and end. Throws a sentence for people when the archive is no archive, newer, cut or altered. */
export async function* framesOf(
  archive: AsyncIterable<Uint8Array>,
): AsyncGenerator<Frame | { readonly kind: 'header'; readonly header: ArchiveHeader }> {
  const digest = createHash('sha256');
  let count = 0;
  let ended = false;
  for await (const { head, payload } of split(unpacked(archive))) {
    if (ended) throw new Error('There is something behind the end of the archive: take the file as it was written.');
    const value: unknown = head[4] === kindCode.J ? JSON.parse(payload.toString()) : null;
    const end = End.safeParse(value);
    if (end.success) {
      if (end.data.end.frames !== count || end.data.end.sha256 !== digest.digest('hex'))
        throw new Error('The archive was altered after it was written: its check sum does not fit.');
      ended = true;
      continue;
    }
    digest.update(head).update(payload);
    count += 1;
    if (count === 1) yield { kind: 'header', header: headerOf(value) };
    else if (head[4] === kindCode.J) yield { kind: 'J', value };
    else yield { kind: 'B', bytes: payload };
  }
  if (!ended) throw new Error('The archive is cut: its end is missing. Take a complete one.');
}

const kindCode = { J: 0x4a, B: 0x42 } as const;

async function* bytesOf(header: ArchiveHeader, frames: AsyncIterable<Frame>): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  let count = 0;
  const counted = (bytes: Uint8Array) => {
    digest.update(bytes);
    count += 1;
    return bytes;
  };
  yield counted(encoded({ kind: 'J', value: { format: 'guildhall-backup', version: archiveVersion, ...header } }));
  for await (const frame of frames) yield counted(encoded(frame));
  yield encoded({ kind: 'J', value: { end: { frames: count, sha256: digest.digest('hex') } } });
}

function encoded(frame: Frame): Uint8Array {
  const payload = frame.kind === 'J' ? Buffer.from(canonicalJson(frame.value)) : frame.bytes;
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(payload.length);
  head[4] = kindCode[frame.kind];
  return Buffer.concat([head, payload]);
}

function headerOf(value: unknown): ArchiveHeader {
  const header = Header.safeParse(value);
  if (!header.success) throw new Error('The file is not a Guildhall backup.');
  if (header.data.version > archiveVersion) {
    throw new Error(
      `The archive has layout ${String(header.data.version)}, this Guildhall knows layouts up to ${String(archiveVersion)}: use the newer version.`,
    );
  }
  return { createdAt: header.data.createdAt, epoch: header.data.epoch };
}

async function* unpacked(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const plain = zlib.createZstdDecompress();
  const reading = pipeline(Readable.from(archive), plain);
  reading.catch(() => undefined); // the same error comes out of `plain`
  try {
    for await (const chunk of plain) yield chunk as Buffer;
  } catch (error) {
    throw new Error('The archive cannot be unpacked: it is cut, altered or no Guildhall backup.', { cause: error });
  } finally {
    plain.destroy();
  }
}

async function* split(plain: AsyncIterable<Buffer>): AsyncGenerator<{ readonly head: Buffer; readonly payload: Buffer }> {
  let parts: Buffer[] = [];
  let waiting = 0;
  let wanted = headBytes;
  for await (const chunk of plain) {
    parts.push(chunk);
    waiting += chunk.length;
    while (waiting >= wanted) {
      const all = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
      parts = [all];
      const length = all.readUInt32BE(0);
      if (length > longestFrame) throw new Error('The file is not a Guildhall backup, or was altered.');
      wanted = headBytes + length;
      if (waiting < wanted) break;
      yield { head: all.subarray(0, headBytes), payload: all.subarray(headBytes, wanted) };
      parts = [all.subarray(wanted)];
      waiting -= wanted;
      wanted = headBytes;
    }
  }
  if (waiting > 0) throw new Error('The archive is cut in the middle of a record. Take a complete one.');
}
