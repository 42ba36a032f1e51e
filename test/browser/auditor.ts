import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

// What bin/guildhall-verify-ledger.js starts, before it is built.
const program = path.resolve(import.meta.dirname, '../../src/verifier/main.ts');

/** Unpacks a pack that was downloaded into a folder; gives the names of its files. */
export async function unpackInto(folder: string, archive: string): Promise<readonly string[]> {
  const zip = await promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open)(archive, { lazyEntries: true });
  const names: string[] = [];
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject).on('end', resolve);
    zip.on('entry', (entry: yauzl.Entry) => {
      const file = path.join(folder, entry.fileName);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      names.push(entry.fileName);
      zip.openReadStream(entry, (error, stream) => {
        if (error !== null) {
          reject(error);
          return;
        }
        stream
          .pipe(fs.createWriteStream(file))
          .on('error', reject)
          .on('close', () => zip.readEntry());
      });
    });
    zip.readEntry();
  });
  return names;
}

/** Runs the separate verifier over a ledger that was taken along; gives its exit code and what it said. */
export async function provedBy(args: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args]);
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout } = error as { readonly code: number; readonly stdout: string };
    return { code, said: stdout };
  }
}
