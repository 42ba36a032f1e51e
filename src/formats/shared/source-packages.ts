import type { ReadingResult, ReadPackage } from '#model/reading.ts';
import { asArray, asObject, asString } from '#language/readers/json.ts';
import { parsePurl, printPurl } from '#language/purl.ts';

/** The source package a distribution's package was built from, which is what its advisories name. A null version is that of the package itself. */
export type SourcePackage = { readonly name: string; readonly version: string | null };

/**
 * The readings' packages with the source packages they were built from: each a package of its own, once, of the same release, with an edge from the package
 * to it, so that advisories about the source match and why it is there is seen. `sources` stand beside `packages`, null where none is known.
 * A source of the package's own name adds nothing.
 */
export function withSourcePackages(
  packages: readonly ReadPackage[],
  edges: ReadingResult['edges'],
  sources: readonly (SourcePackage | null)[],
): Pick<ReadingResult, 'packages' | 'edges'> {
  if (sources.every((source) => source === null)) return { packages, edges };
  const all = [...packages];
  const links = [...edges];
  const indexes = new Map(packages.map((pkg, index) => [keyOf(pkg), index]));
  for (const [index, pkg] of packages.entries()) {
    const source = sources[index] ?? null;
    if (source === null || pkg.ecosystem === null || source.name === pkg.name) continue;
    const built = sourceOf(pkg, source);
    const known = indexes.get(keyOf(built));
    if (known === undefined) indexes.set(keyOf(built), all.push(built) - 1);
    links.push([index, known ?? all.length - 1]);
  }
  return { packages: all, edges: links };
}

/**
 * What a purl says of the source: `upstream=openssl`, `upstream=openssl@3.0.11-1`, for RPM the file name `upstream=openssl-3.0.7-27.el9.src.rpm`.
 * Null when it says nothing.
 */
export function sourceOfPurl(text: string): SourcePackage | null {
  if (!text.includes('upstream=')) return null;
  const upstream = parsePurl(text)?.qualifiers.get('upstream') ?? '';
  const rpm = sourceOfRpm(upstream);
  if (rpm !== null) return rpm;
  const [name = '', version] = upstream.split('@', 2);
  return name === '' ? null : { name, version: version ?? null };
}

/** The source in the name of its file: `openssl-3.0.7-27.el9.src.rpm`. Null when the text is no such name. */
export function sourceOfRpm(file: string): SourcePackage | null {
  const [, name, version] = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(file) ?? [];
  return name === undefined || version === undefined ? null : { name, version };
}

/** What Trivy says of the source in a CycloneDX component's properties; null when it says nothing. */
export function sourceOfProperties(properties: unknown): SourcePackage | null {
  const found = new Map<string, string>();
  for (const each of asArray(properties)) {
    const property = asObject(each);
    const [, key] = /^aquasecurity:trivy:Src(Name|Version|Release|Epoch)$/.exec(asString(property?.['name']) ?? '') ?? [];
    const value = asString(property?.['value']) ?? '';
    if (key !== undefined && value !== '') found.set(key, value);
  }
  const [name, version, release, epoch] = ['Name', 'Version', 'Release', 'Epoch'].map((key) => found.get(key));
  if (name === undefined) return null;
  const whole = version === undefined ? null : `${epoch === undefined ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}`;
  return { name, version: whole };
}

function sourceOf(pkg: ReadPackage, source: SourcePackage): ReadPackage {
  // An RPM file's name leaves out the epoch, which its packages share with it.
  const [epoch = ''] = /^\d+:/.exec(pkg.version ?? '') ?? [];
  const version = source.version === null || source.version.includes(':') ? (source.version ?? pkg.version) : epoch + source.version;
  const parts = pkg.purl === null ? null : parsePurl(pkg.purl);
  return {
    ecosystem: pkg.ecosystem,
    name: source.name,
    version,
    purl:
      parts === null
        ? null
        : printPurl({ ...parts, name: source.name, version: parts.type === 'rpm' && version !== null ? version.replace(/^\d+:/, '') : version }),
    scope: pkg.scope,
    direct: pkg.direct === null ? null : false,
    licences: [],
  };
}

function keyOf({ ecosystem, name, version }: ReadPackage): string {
  return `${ecosystem ?? ''}\0${name}\0${version ?? ''}`;
}
