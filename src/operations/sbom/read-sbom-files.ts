import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openGateway } from '#gateway/gateway.ts';
import { emptySbom, type SbomDocument } from '#model/sbom.ts';

/** An SBOM file and what it says. */
export type SbomFile = { readonly file: string; readonly format: string | null; readonly document: SbomDocument };

/** Reads SBOM files without a store, in the order given; one that cannot be read is a document that says why. */
export async function* readSbomFiles(files: readonly string[]): AsyncGenerator<SbomFile> {
  const gateway = openGateway({ workers: 1, deadlineMs: 120_000 });
  try {
    for (const file of files) {
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null) {
        const message = 'The file cannot be read. Check the path and its permissions.';
        yield { file, format: null, document: emptySbom('other', [{ code: 'no-such-file', message, path: file, severity: 'error' }]) };
        continue;
      }
      yield { file, ...(await gateway.readSbom({ path: path.basename(file), bytes, formatId: null })) };
    }
  } finally {
    gateway.close();
  }
}
