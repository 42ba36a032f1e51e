import { getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import { quoted, type Problem } from '#model/problem.ts';

/** What one entry of a zip may have. */
export type ZipLimits = { readonly entryBytes: number; readonly ratio: number; readonly ratioAfterBytes: number };

/** One entry of a zip: its bytes, or why they were refused. */
export type ZipEntry = { readonly name: string; readonly bytes: Uint8Array } | { readonly name: string; readonly problem: Problem };

/** The name of an entry as it is written, in whichever encoding. */
export function zipEntryName(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true).toWellFormed();
}

/** Unpacks one entry, counting what comes; a name that is no plain relative path, encryption and bombs are refused. */
export async function inflatedEntry(zip: ZipFile, entry: Entry, name: string, limits: ZipLimits): Promise<ZipEntry> {
  const no = (code: string, message: string): ZipEntry => ({ name, problem: { code, message, path: name, severity: 'error' } });
  if (name.length > 1_000 || validateFileName(name) !== null)
    return no('odd-name', `The entry ${quoted(name)} has a name that is no plain relative path.`);
  if (entry.isEncrypted()) return no('encrypted', `The entry ${quoted(name)} is encrypted.`);
  const parts: Buffer[] = [];
  let size = 0;
  try {
    const stream = await zip.openReadStreamPromise(entry);
    for await (const part of stream as AsyncIterable<Buffer>) {
      size += part.length;
      const ratio = size / Math.max(entry.compressedSize, 1);
      const bomb = size > limits.ratioAfterBytes && ratio > limits.ratio;
      if (bomb || size > limits.entryBytes) {
        stream.destroy();
        return bomb
          ? no('zip-bomb', `The entry ${quoted(name)} unpacks to more than ${String(limits.ratio)} times its size.`)
          : no('too-large', `The entry ${quoted(name)} unpacks to more than ${String(limits.entryBytes)} bytes.`);
      }
      parts.push(part);
    }
  } catch (error) {
    return no('broken-archive', `The entry ${quoted(name)} cannot be unpacked: ${quoted(String(error))}.`);
  }
  return { name, bytes: new Uint8Array(Buffer.concat(parts, size)) };
}
