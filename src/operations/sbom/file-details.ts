import { resultOf } from '#gateway/gateway.ts';
import type { EstateEvidence } from '#estate/estate.ts';
import { readArtifactHash, type HashAlgorithm } from '#language/artifact-hash.ts';
import { packageKey } from '#language/package-key.ts';
import { storedJson } from '#language/readers/json.ts';
import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import type { SbomCompleteness, SbomComponent, SbomDocument, SbomHash } from '#model/sbom.ts';
import type { Context } from '../context.ts';
import { hashesOf } from '../observed-evidence.ts';
import { shownBy, shownByBefore, type ShownBy } from '../shown-by.ts';

/** What a file says of one package beside what an inventory holds. */
export type PackageDetails = { readonly hashes: readonly SbomHash[] } & Partial<
  Pick<SbomComponent, 'type' | 'purl' | 'cpes' | 'supplier' | 'authors' | 'copyright' | 'description' | 'links'>
>;

/** What one lockfile, manifest or SBOM says. `keys` are its packages by {@link keyOfPackage}, `edges` pairs of places in it. */
export type FileDetails = {
  readonly keys: readonly string[];
  readonly edges: readonly (readonly [from: number, to: number])[];
  /** Beside `keys`: whether it is named by the component itself; null where the file cannot tell. */
  readonly isDirect: readonly (boolean | null)[];
  readonly packages: ReadonlyMap<string, PackageDetails>;
  readonly completeness: SbomCompleteness;
  readonly lifecycles: readonly string[];
  readonly subject: SbomComponent | null;
  /** Why it does not say all it could; null when it does. */
  readonly gap: string | null;
};

/** One key for a package version whatever spelling its name has. `range` counts where there is no version. */
export function keyOfPackage(ecosystem: string, name: string, version: string | null, range: string): string {
  return [ecosystem, packageKey(ecosystem, name), version ?? '', version === null ? range : ''].join('\0');
}

/** What a file of a component says; its bytes are read again, in the gateway, by the format that read them. `day` is the past day asked about, null now. */
export async function detailsInFile(context: Pick<Context, 'store' | 'gateway'>, evidence: EstateEvidence, day: number | null): Promise<FileDetails> {
  const { store } = context;
  const shown = day === null ? await shownBy(store, evidence) : await shownByBefore(store, evidence, day + 1);
  const text = shown?.reading == null ? null : await store.readRaw(shown.reading.result);
  if (shown?.reading == null || text === null) return { ...nothing, gap: `What was read of ${evidence.path} is not kept.` };
  const result = storedJson(Buffer.from(text).toString()) as ReadingResult;
  const keys = result.packages.map((each) => keyOfPackage(each.ecosystem ?? '', each.name, each.version, each.range ?? ''));
  const said = {
    keys,
    edges: result.edges,
    isDirect: result.packages.map(({ direct }) => direct),
    subject: null,
    gap: null,
  };
  const bytes = shown.rawHash === null ? null : await store.readRaw(shown.rawHash);
  if (evidence.kind === 'sbom') {
    if (bytes === null) return { ...said, packages: new Map(), completeness: 'unknown', lifecycles: [] };
    const { document } = await context.gateway.readSbom({ path: evidence.path, bytes, formatId: shown.reading.format });
    const { completeness, lifecycles, subject } = document;
    return { ...said, packages: ofDocument(document), completeness, lifecycles, subject };
  }
  const hashed = bytes === null ? [] : await hashedPackages(context, evidence, shown, shown.reading.format, bytes);
  return {
    ...said,
    packages: new Map(hashed.map((each) => [keyOfPackage(each.ecosystem ?? '', each.name, each.version, ''), { hashes: onlyHashes(each) }])),
    completeness: evidence.kind === 'lockfile' && (result.edges.length > 0 || keys.length === 0) ? 'complete' : 'unknown',
    lifecycles: ['pre-build'],
  };
}

const nothing: FileDetails = {
  ...{ keys: [], edges: [], isDirect: [], packages: new Map(), completeness: 'unknown', lifecycles: [], subject: null, gap: null },
};

function ofDocument({ components }: SbomDocument): ReadonlyMap<string, PackageDetails> {
  const packages = new Map<string, PackageDetails>();
  for (const each of components) {
    const key = keyOfPackage(each.ecosystem ?? '', each.name, each.version, each.range ?? '');
    if (packages.has(key)) continue;
    const { type, purl, cpes, supplier, authors, copyright, description, hashes, links } = each;
    packages.set(key, { type, purl, cpes, supplier, authors, copyright, description, hashes, links });
  }
  return packages;
}

async function hashedPackages(
  { store, gateway }: Pick<Context, 'store' | 'gateway'>,
  { path }: EstateEvidence,
  { receipt }: ShownBy,
  formatId: string,
  bytes: Uint8Array,
): Promise<readonly ReadPackage[]> {
  const rawAt = hashesOf(await store.treeOf(receipt));
  const neighbours = (at: string): Promise<Uint8Array | null> => {
    const raw = rawAt.get(at) ?? null;
    return raw === null ? Promise.resolve(null) : store.readRaw(raw);
  };
  return resultOf(await gateway.read({ path, bytes, formatId, hashes: 'all' }, neighbours)).packages;
}

const algorithms: Readonly<Record<HashAlgorithm, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha512: 'SHA-512' };

/** A file with several hashes of one algorithm names several artifacts, as of a wheel for each system: none of them is the hash of the package. */
function onlyHashes({ hashes = [] }: ReadPackage): readonly SbomHash[] {
  const byAlgorithm = new Map<string, Set<string>>();
  for (const text of hashes) {
    const hash = readArtifactHash(text);
    if (hash === null) continue;
    const algorithm = algorithms[hash.algorithm];
    byAlgorithm.set(algorithm, (byAlgorithm.get(algorithm) ?? new Set()).add(hash.hex));
  }
  return [...byAlgorithm]
    .flatMap(([algorithm, values]) => [...values].slice(0, values.size === 1 ? 1 : 0).map((value) => ({ algorithm, value })))
    .sort((a, b) => (a.algorithm < b.algorithm ? -1 : 1));
}
