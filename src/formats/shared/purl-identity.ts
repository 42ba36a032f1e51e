import type { ReadPackage } from '#model/reading.ts';
import { canonicalPurl, packageOfPurl, parsePurl, printPurl, purlOf, type PurlParts } from '#language/purl.ts';

/**
 * What a purl written in an SBOM says of a package; null when the text is no purl. The purl given back has no qualifiers,
 * since architecture, file type and the like make no other package. A distribution's ecosystem needs its release, so it is
 * null where the `distro` qualifier does not prove one.
 */
export function identityOfPurl(text: string): Pick<ReadPackage, 'ecosystem' | 'name' | 'version' | 'purl'> | null {
  const parts = parsePurl(text);
  const named = parts === null ? null : packageOfPurl(text);
  if (parts === null || named === null) return null;
  if (!distributionTypes.has(parts.type)) {
    const purl = named.ecosystem === null ? plainPurl(parts, text) : purlOf(named.ecosystem, named.name, named.version);
    return { ...named, purl: purl ?? canonicalPurl(text) };
  }
  const ecosystem = distributionOf(parts);
  return { ecosystem, name: ecosystem === null ? named.name : parts.name, version: parts.version, purl: plainPurl(parts, text) };
}

const distributionTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/** Debian's purls may name a release by its code name. https://www.debian.org/releases/ */
const debianReleases: ReadonlyMap<string, string> = new Map([
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
]);

/** A purl type may ask for a qualifier, as `swid` does; then all are kept. */
function plainPurl(parts: PurlParts, text: string): string | null {
  return printPurl({ ...parts, qualifiers: new Map(), subpath: null }) ?? canonicalPurl(text);
}

/** Ecosystem with release as OSV spells it; null when the purl does not prove one. https://ossf.github.io/osv-schema/#defined-ecosystems */
function distributionOf({ type, namespace, qualifiers }: PurlParts): string | null {
  if (type === 'apk' && (namespace === 'wolfi' || namespace === 'chainguard')) return namespace === 'wolfi' ? 'Wolfi' : 'Chainguard';
  const distro = (qualifiers.get('distro') ?? '').toLowerCase();
  const release = distro.startsWith(`${namespace ?? ''}-`) ? distro.slice((namespace ?? '').length + 1) : distro;
  const [, major, minor] = /^v?(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(debianReleases.get(release) ?? release) ?? [];
  if (major === undefined) return null;
  switch (`${type}/${namespace ?? ''}`) {
    case 'deb/debian':
      return `Debian:${major}`;
    case 'deb/ubuntu':
      return ubuntuOf(major, minor);
    case 'apk/alpine':
      return minor === undefined ? null : `Alpine:v${major}.${minor}`;
    case 'rpm/almalinux':
    case 'rpm/alma':
      return `AlmaLinux:${major}`;
    case 'rpm/rocky':
    case 'rpm/rockylinux':
      return `Rocky Linux:${major}`;
    case 'rpm/mageia':
      return `Mageia:${major}`;
    default:
      return null;
  }
}

/** Releases of April in even years have long-term support, and OSV says so in the ecosystem. */
function ubuntuOf(major: string, minor: string | undefined): string | null {
  if (minor === undefined) return null;
  return minor === '04' && Number(major) % 2 === 0 ? `Ubuntu:${major}.${minor}:LTS` : `Ubuntu:${major}.${minor}`;
}
