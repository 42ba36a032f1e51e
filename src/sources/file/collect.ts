import { basename, dirname, resolve } from 'node:path';
import { quoted } from '#model/problem.ts';
import { defaultMaxFileBytes, failedCollection, type Collection, type Wanted } from '../collection.ts';
import { provenanceOfFolder, type Provenance } from '../place-of.ts';
import { readRegularFile } from '../read-regular-file.ts';

/**
 * Looks at one lockfile or SBOM. The file is named, so it is always wanted; its neighbours are the files beside it, not below or above.
 * A link named by the user is refused like any other: name what it points at.
 */
export async function collectFile(source: { readonly file: string; readonly provenance?: Provenance }, wanted: Wanted): Promise<Collection> {
  const file = resolve(source.file);
  const name = basename(file);
  const { origin, place } = source.provenance ?? provenanceOfFolder(file);
  const limit = wanted.maxFileBytes ?? defaultMaxFileBytes;
  const bytes = await readRegularFile(file, limit, name);
  if (bytes === null) {
    const message = `There is no file ${quoted(source.file)}.`;
    return failedCollection('file', origin, place, wanted.now, { code: 'no-such-file', message, path: name, severity: 'error' });
  }
  if (!(bytes instanceof Uint8Array)) return failedCollection('file', origin, place, wanted.now, bytes);
  return {
    source: 'file',
    origin,
    place,
    revision: null,
    validAt: wanted.now,
    outcome: 'complete',
    entries: [{ path: name, state: 'read', objectId: null, bytes: () => Promise.resolve(bytes) }],
    paths: [name],
    problems: [],
    read: async (path) => (path.includes('/') ? null : path === name ? bytes : await readRegularFile(resolve(dirname(file), path), limit, path)),
    close: () => Promise.resolve(),
  };
}
