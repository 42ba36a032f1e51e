import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** Bytes of every record in a folder laid out like OSV's bucket (`<Ecosystem>/all.zip`), zip by zip in name order. Throws when a zip is broken. */
export async function* recordsInBucket(folder: string): AsyncGenerator<Uint8Array> {
  for (const ecosystem of readdirSync(folder).sort()) {
    const path = join(folder, ecosystem, 'all.zip');
    if (existsSync(path)) yield* filesInZip(path);
  }
}

async function* filesInZip(path: string): AsyncGenerator<Uint8Array> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false }, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  try {
    for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
      if (entry.fileName.endsWith('.json')) yield await bytesOf(zip, entry);
    }
  } finally {
    zip.close();
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | null> {
  return new Promise((resolve, reject) => {
    const settle = (entry: Entry | null, error?: Error) => {
      zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      if (error === undefined) resolve(entry);
      else reject(error);
    };
    zip.once('entry', (entry: Entry) => {
      settle(entry);
    });
    zip.once('end', () => {
      settle(null);
    });
    zip.once('error', (error: Error) => {
      settle(null, error);
    });
    zip.readEntry();
  });
}

function bytesOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(error);
      else buffer(stream).then(resolve, reject);
    });
  });
}
