import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { byteSource } from '../archive/byte-source.ts';
import { openRandomFile, type RandomFile } from '../archive/file-source.ts';
import type { ArchiveLimits } from '../archive/limits.ts';
import { RefusedArchive } from '../archive/refused.ts';
import { tarEntries, type TarEntry } from '../archive/tar.ts';
import { packingOf, unpacked } from '../archive/unpacked.ts';

/** One file of an image's layout. */
export type Blob = { readonly size: number; chunks(): AsyncIterable<Uint8Array> };

/** Where the files of an image's layout lie: a folder, or a tar of one. */
export type BlobPlace = {
  /** Null when there is no such file. */
  blob(path: string): Promise<Blob | null>;
  close(): Promise<void>;
};

/** Opens a layout. Throws a `RefusedArchive` for what is no folder and no tar. */
export async function openBlobPlace(at: string, limits: ArchiveLimits): Promise<BlobPlace> {
  const found = await stat(at).catch(() => null);
  if (found?.isDirectory() === true) return folderPlace(at);
  const file = await openRandomFile(at);
  if (file === null) throw new RefusedArchive('no-such-file', 'There is no file that can be read at this path; a link is not followed.');
  const [head] = await Array.fromAsync(file.stretch(0, 16));
  return packingOf(head ?? new Uint8Array()) === 'none' ? tarPlace(file, limits) : packedPlace(file, at, limits);
}

function folderPlace(folder: string): BlobPlace {
  const opened: RandomFile[] = [];
  return {
    async blob(inside) {
      const file = await openRandomFile(path.join(folder, inside));
      if (file === null) return null;
      opened.push(file);
      return { size: file.size, chunks: () => file.stretch(0, file.size) };
    },
    async close() {
      for (const file of opened) await file.close();
    },
  };
}

type Held = { readonly kind: 'file'; readonly offset: number; readonly size: number } | { readonly kind: 'link'; readonly to: string };

/** The tar is listed once; its files are then read where they lie. */
async function tarPlace(file: RandomFile, limits: ArchiveLimits): Promise<BlobPlace> {
  const index = await indexOf(tarEntries(file.source(), limits)).catch(async (error: unknown) => {
    await file.close();
    throw error;
  });
  return {
    blob(inside) {
      const held = followed(index, inside);
      return Promise.resolve(held === null ? null : { size: held.size, chunks: () => file.stretch(held.offset, held.size) });
    },
    close: () => file.close(),
  };
}

/** A packed tar has no places: it is unpacked anew, up to the file that is asked for. */
async function packedPlace(file: RandomFile, at: string, limits: ArchiveLimits): Promise<BlobPlace> {
  await file.close();
  const entries = async function* (): AsyncGenerator<TarEntry> {
    const source = byteSource(unpacked(createReadStream(at, { highWaterMark: 256 * 1024 }), limits));
    try {
      yield* tarEntries(source, limits);
    } finally {
      await source.close();
    }
  };
  const index = await indexOf(entries());
  return {
    blob(inside) {
      const held = followed(index, inside);
      if (held === null) return Promise.resolve(null);
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        for await (const entry of entries()) {
          if (entry.kind !== 'file' || entry.path !== held.path) continue;
          yield* entry.bytes();
          return;
        }
      };
      return Promise.resolve({ size: held.size, chunks });
    },
    close: () => Promise.resolve(),
  };
}

async function indexOf(entries: AsyncIterable<TarEntry>): Promise<ReadonlyMap<string, Held>> {
  const index = new Map<string, Held>();
  for await (const entry of entries) {
    if (entry.kind === 'file') index.set(entry.path, { kind: 'file', offset: entry.offset, size: entry.size });
    else if (entry.kind === 'link') index.set(entry.path, { kind: 'link', to: path.posix.join(path.posix.dirname(entry.path), entry.to) });
    else if (entry.kind === 'hard-link') index.set(entry.path, { kind: 'link', to: entry.to });
  }
  return index;
}

/** Older archives keep a layer that several images share once, and link to it. */
function followed(
  index: ReadonlyMap<string, Held>,
  inside: string,
): { readonly path: string; readonly offset: number; readonly size: number } | null {
  let at = inside;
  for (let hops = 0; hops < 8; hops += 1) {
    const held = index.get(at);
    if (held === undefined) return null;
    if (held.kind === 'file') return { path: at, offset: held.offset, size: held.size };
    at = held.to;
  }
  return null;
}
