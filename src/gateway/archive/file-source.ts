import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { ByteSource } from './byte-source.ts';

const chunkBytes = 256 * 1024;

/** A regular file that is read in any order; what is passed over is not read. */
export type RandomFile = {
  readonly size: number;
  /** The bytes of a stretch as they come. */
  stretch(offset: number, length: number): AsyncGenerator<Uint8Array>;
  /** Its bytes from the beginning. */
  source(): ByteSource;
  close(): Promise<void>;
};

/** Opens a file without following a link at its end. Null when it is no regular file or cannot be read. */
export async function openRandomFile(file: string): Promise<RandomFile | null> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return null;
  const stat = await handle.stat().catch(() => null);
  if (stat?.isFile() !== true) {
    await handle.close();
    return null;
  }
  const stretch = (offset: number, length: number): AsyncGenerator<Uint8Array> => stretchOf(handle, offset, Math.min(length, stat.size - offset));
  return {
    size: stat.size,
    stretch,
    source() {
      let at = 0;
      return {
        async take(count) {
          const buffer = Buffer.alloc(Math.max(0, Math.min(count, stat.size - at)));
          const { bytesRead } = buffer.length === 0 ? { bytesRead: 0 } : await handle.read(buffer, 0, buffer.length, at);
          at += bytesRead;
          return buffer.subarray(0, bytesRead);
        },
        skip(count) {
          const passed = Math.max(0, Math.min(count, stat.size - at));
          at += passed;
          return Promise.resolve(passed);
        },
        async *stream(count) {
          for await (const chunk of stretch(at, count)) {
            at += chunk.length;
            yield chunk;
          }
        },
        close: () => Promise.resolve(),
      };
    },
    close: () => handle.close(),
  };
}

async function* stretchOf(handle: FileHandle, offset: number, length: number): AsyncGenerator<Uint8Array> {
  for (let left = length, at = offset; left > 0;) {
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, left));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    left -= bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
