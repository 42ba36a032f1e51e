import { sourceConflicts, type SourcedPackage, type SourceOfPackages } from '#analysis/sbom/conflicts.ts';
import { packageIdentity } from '#analysis/sbom/identity.ts';
import type { Estate, EstateEvidence } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { resultOf } from '#gateway/gateway.ts';
import { artifactHashText, hashAlgorithms, namesHashesOf, readArtifactHash, writtenForms } from '#language/artifact-hash.ts';
import type { ReadPackage, Scope } from '#model/reading.ts';
import type { SourceConflict } from '#model/source-conflict.ts';
import type { Context } from '../context.ts';
import { shownBy } from '../shown-by.ts';

type Asked = Pick<Context, 'store' | 'gateway'>;

/**
 * Where the lockfiles, manifests, SBOMs and images of a component disagree, the worst first. SBOMs are read again from their bytes, since only these tell of
 * hashes; a lockfile is then asked which of its packages bear the hashes that SBOMs give. The slot must be one that may be seen.
 */
export async function componentConflicts({ store, gateway }: Asked, estate: Estate, slot: number): Promise<readonly SourceConflict[]> {
  const evidences = evidencesOf(estate, slot).flatMap((each) => estate.evidence[each] ?? []);
  if (evidences.length < 2) return [];
  const read: Read[] = [];
  for (const evidence of evidences) {
    const found = await readOf({ store, gateway }, evidence);
    if (found !== null) read.push(found);
  }
  const given = new Map<string, readonly string[]>();
  for (const { source } of read)
    for (const each of source.packages) if (each.hashes.length > 0) given.set(keyOf(each), [...(given.get(keyOf(each)) ?? []), ...each.hashes]);
  const sources: SourceOfPackages[] = [];
  for (const each of read) sources.push(given.size === 0 ? each.source : await withHashes({ store, gateway }, each, given));
  return sourceConflicts(sources);
}

/** Hashes by package version, as those give them that do. */
type Given = ReadonlyMap<string, readonly string[]>;

type Read = {
  readonly source: SourceOfPackages;
  /** Bytes and format of a file that is asked about hashes; null for what gave its own. */
  readonly file: { readonly path: string; readonly raw: string; readonly format: string } | null;
  /** Those of its packages that have a hash, whatever it is. */
  readonly hashed: ReadonlySet<string>;
};

async function readOf({ store, gateway }: Asked, { kind, path, receipt }: EstateEvidence): Promise<Read | null> {
  const shown = await shownBy(store, { path, receipt });
  if (shown?.reading == null || shown.rawHash === null) return null;
  const isImage = shown.reading.format === 'image-contents';
  if (kind === 'sbom' && !isImage) {
    const bytes = await store.readRaw(shown.rawHash);
    const { document } = bytes === null ? { document: null } : await gateway.readSbom({ path, bytes, formatId: null });
    if (document !== null && document.components.length > 0) {
      const packages = document.components.flatMap((component): readonly SourcedPackage[] => {
        const { purl, name, version, scope, licences, hashes } = component;
        // Without a purl a name means nothing to a lockfile.
        if (purl === null) return [];
        const written = hashes.flatMap(({ value }) => {
          const hash = readArtifactHash(value);
          return hash === null ? [] : [artifactHashText(hash)];
        });
        const said = { licences: [...licences.declared, ...licences.concluded], hashes: written };
        return [{ identity: packageIdentity(component), name, version, isDevelopment: isDevelopment(scope), ...said }];
      });
      return { source: { kind, path, packages }, file: null, hashed: new Set() };
    }
  }
  const { packages } = await store.resultOf(shown.reading);
  return {
    source: { kind: isImage ? 'image' : kind, path, packages: packages.flatMap(sourced) },
    file: kind === 'lockfile' ? { path, raw: shown.rawHash, format: shown.reading.format } : null,
    hashed: new Set(packages.flatMap((each) => (each.hashed === true ? sourced(each).map(keyOf) : []))),
  };
}

/** A package by its purl without version; what has none is left out. */
function sourced({ purl, name, version, scope, licences }: ReadPackage): readonly SourcedPackage[] {
  if (purl === null) return [];
  const identity = packageIdentity({ purl, ecosystem: null, type: null, name });
  return [{ identity, name, version, isDevelopment: isDevelopment(scope), licences, hashes: [] }];
}

function isDevelopment(scope: Scope): boolean {
  return scope === 'development' || scope === 'test' || scope === 'build';
}

/**
 * The same source with the hashes that others give and it bears, and with a word where its hash is another one of the same algorithm. What bears one of them
 * bears those that are given of the same package version and stand in the file.
 */
async function withHashes({ store, gateway }: Asked, { source, file, hashed }: Read, given: Given): Promise<SourceOfPackages> {
  const bytes = file === null ? null : await store.readRaw(file.raw);
  if (file === null || bytes === null) return source;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const used = hashAlgorithms.filter((algorithm) => namesHashesOf(algorithm, text));
  if (used.length === 0) return source;
  const wanted = [...new Set([...given.values()].flat())].filter((hash) => used.some((algorithm) => hash.startsWith(`${algorithm}:`)));
  const job = { path: file.path, bytes, formatId: file.format, hashes: wanted };
  const reading = wanted.length === 0 ? null : await gateway.read(job, () => Promise.resolve(null));
  const bearing = new Set(reading === null ? [] : resultOf(reading).packages.flatMap(sourced).map(keyOf));
  const [only, ...more] = used;
  const packages = source.packages.map((each): SourcedPackage => {
    const key = keyOf(each);
    const own = bearing.has(key) ? (given.get(key) ?? []).filter((hash) => isWritten(hash, text)) : [];
    if (own.length > 0) return { ...each, hashes: own };
    // With hashes of several algorithms in a file nobody can say which of them this package has.
    return only !== undefined && more.length === 0 && hashed.has(key) ? { ...each, unlike: only } : each;
  });
  return { ...source, packages };
}

function isWritten(text: string, file: string): boolean {
  const hash = readArtifactHash(text);
  return hash !== null && writtenForms(hash).some((form) => file.includes(form));
}

function keyOf({ identity, version }: Pick<SourcedPackage, 'identity' | 'version'>): string {
  return `${identity}\0${version ?? ''}`;
}
