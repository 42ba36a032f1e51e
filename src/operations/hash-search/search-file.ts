import { resultOf, type Gateway } from '#gateway/gateway.ts';
import { namesHashesOf, readArtifactHash, writtenForms } from '#language/artifact-hash.ts';
import { purlOf } from '#language/purl.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { HashSearchTable } from '#store/schema.ts';
import type { StoreReads } from '#store/store.ts';

/** A package that a file names with a hash; `purl` without version, null where it is of no ecosystem known here. */
export type FoundPackage = { readonly hash: string; readonly name: string; readonly version: string | null; readonly purl: string | null };

/** What one file says of the hashes: `no-hashes` has none of their kind, so that it cannot say that it does not name them. */
export type FileSearched = { readonly outcome: HashSearchTable['outcome']; readonly found: readonly FoundPackage[] };

type Searched = { readonly path: string; readonly format: string | null; readonly raw: string; readonly tree: readonly TreeEntry[] };

/**
 * Looks for hashes in the bytes of one file, however they are written, and has its format say of which packages they are. Bytes are only searched here;
 * they are parsed in the gateway. A hash that stands in the file but at no package gives `found` without any.
 */
export async function searchFile(
  { store, gateway }: { readonly store: Pick<StoreReads, 'readRaw'>; readonly gateway: Gateway },
  { path, format, raw, tree }: Searched,
  hashes: readonly string[],
): Promise<FileSearched> {
  const bytes = await store.readRaw(raw);
  if (bytes === null) return { outcome: 'unreadable', found: [] };
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = hashes.flatMap((text) => {
    const hash = readArtifactHash(text);
    return hash === null ? [] : [{ text, hash }];
  });
  const named = read.filter(({ hash }) => writtenForms(hash).some((form) => content.includes(form, 0, 'latin1')));
  const found: FoundPackage[] = [];
  const rawAt = new Map(tree.map((entry) => [entry.path, entry.state === 'read' ? entry.hash : null]));
  const neighbours = (at: string): Promise<Uint8Array | null> => {
    const neighbour = rawAt.get(at) ?? null;
    return neighbour === null ? Promise.resolve(null) : store.readRaw(neighbour);
  };
  for (const { text } of named) {
    const reading = await gateway.read({ path, bytes, formatId: format, hashes: [text] }, neighbours);
    for (const { ecosystem, name, version } of resultOf(reading).packages)
      found.push({ hash: text, name, version, purl: ecosystem === null ? null : purlOf(ecosystem, name, null) });
  }
  if (named.length > 0) return { outcome: 'found', found };
  const text = content.toString('latin1');
  return { outcome: read.every(({ hash }) => namesHashesOf(hash.algorithm, text)) ? 'none' : 'no-hashes', found };
}
