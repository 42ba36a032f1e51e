import { once } from 'node:events';
import { open, type Entry, type ZipFile } from 'yauzl';
import type { Problem } from '#model/problem.ts';
import { inflatedEntry, zipEntryName, type ZipEntry } from './archive/zip.ts';

/** The most one archive may hold; headers are never believed, what is inflated is counted. */
export const archiveLimits = {
  entries: 2_000_000,
  entryBytes: 16 * 1024 * 1024,
  totalBytes: 16 * 1024 ** 3,
  ratio: 100,
  ratioAfterBytes: 1024 * 1024,
  batchBytes: 8 * 1024 * 1024,
};

export type ArchiveLimits = typeof archiveLimits;

/** An untrusted zip, read entry by entry and in order, without ever unpacking to disk. */
export type ArchiveReader = {
  readonly file: string;
  /** How many entries of any kind were passed. */
  position(): number;
  /** The next entries, at most `count` and about 8 MiB; `wanted` names the ones to inflate (null: all `.json`). `end` when there are no more. */
  next(
    count: number,
    wanted: ReadonlySet<string> | null,
  ): Promise<{ readonly entries: readonly ZipEntry[]; readonly end: boolean; readonly problems: readonly Problem[] }>;
  close(): void;
};

/** Opens a zip on disk and passes over its first `skip` entries. Throws when it is no zip. */
export async function openArchive(file: string, skip: number, limits: ArchiveLimits = archiveLimits): Promise<ArchiveReader> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    // Names are checked by us: yauzl's own check would end the whole archive at the first odd name.
    open(file, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, opened) => {
      if (error === null) resolve(opened);
      else reject(error);
    });
  });
  zip.on('error', () => undefined); // heard where an entry is awaited; without a listener it would end the process
  let position = 0;
  let inflated = 0;
  const nextEntry = async (): Promise<Entry | null> => {
    if (position >= zip.entryCount) return null;
    const arrived = once(zip, 'entry') as Promise<[Entry]>; // rejects on 'error'
    zip.readEntry();
    position += 1;
    return (await arrived)[0];
  };
  while (position < skip && (await nextEntry()) !== null);
  return {
    file,
    position: () => position,
    async next(count, wanted) {
      const entries: ZipEntry[] = [];
      for (let bytes = 0; entries.length < count && bytes < limits.batchBytes;) {
        if (position >= limits.entries)
          return {
            entries,
            end: true,
            problems: [refused('too-many-entries', `The archive has more than ${String(limits.entries)} entries; the rest was not read.`)],
          };
        const entry = await nextEntry();
        if (entry === null) return { entries, end: true, problems: [] };
        const name = zipEntryName(entry);
        if (wanted === null ? !name.endsWith('.json') : !wanted.has(name)) continue;
        const read = await inflatedEntry(zip, entry, name, limits);
        entries.push(read);
        if ('problem' in read) continue;
        bytes += read.bytes.length;
        inflated += read.bytes.length;
        if (inflated > limits.totalBytes)
          return {
            entries,
            end: true,
            problems: [refused('too-large', `The archive holds more than ${String(limits.totalBytes)} bytes; the rest was not read.`)],
          };
      }
      return { entries, end: position >= zip.entryCount, problems: [] };
    },
    close: () => {
      zip.close();
    },
  };
}

function refused(code: string, message: string): Problem {
  return { code, message, severity: 'error' };
}
