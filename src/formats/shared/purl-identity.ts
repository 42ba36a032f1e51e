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
  return { ecosystem, name: ecosystem === null ? named.name : parts.name, version: versionWithEpoch(parts), purl: plainPurl(parts, text) };
}

/** RPM's purls keep the epoch apart, and it comes first in the order. https://github.com/package-url/purl-spec/blob/main/types-doc/rpm-definition.md */
function versionWithEpoch({ type, version, qualifiers }: PurlParts): string | null {
  const epoch = qualifiers.get('epoch') ?? '';
  return type === 'rpm' && version !== null && /^[1-9]\d{0,9}$/.test(epoch) ? `${epoch}:${version}` : version;
}

const distributionTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);

/** Purls may name a release by its code name. https://www.debian.org/releases/, https://releases.ubuntu.com */
const codeNames: ReadonlyMap<string, string> = new Map([
  ['jessie', '8'],
  ['stretch', '9'],
  ['buster', '10'],
  ['bullseye', '11'],
  ['bookworm', '12'],
  ['trixie', '13'],
  ['forky', '14'],
  ['trusty', '14.04'],
  ['xenial', '16.04'],
  ['bionic', '18.04'],
  ['focal', '20.04'],
  ['jammy', '22.04'],
  ['noble', '24.04'],
]);

/** Distributions without releases, by their namespace. */
const rolling: ReadonlyMap<string, string> = new Map([
  ['apk/chainguard', 'Chainguard'],
  ['apk/cleanstart', 'CleanStart'],
  ['apk/minimos', 'MinimOS'],
  ['apk/wolfi', 'Wolfi'],
  ['deb/echo', 'Echo'],
]);

/** A purl type may ask for a qualifier, as `swid` does; then all are kept. */
function plainPurl(parts: PurlParts, text: string): string | null {
  return printPurl({ ...parts, qualifiers: new Map(), subpath: null }) ?? canonicalPurl(text);
}

/** Ecosystem with release as OSV spells it; null when the purl does not prove one. https://ossf.github.io/osv-schema/#defined-ecosystems */
function distributionOf({ type, namespace, qualifiers }: PurlParts): string | null {
  const place = `${type}/${namespace ?? ''}`;
  const unreleased = rolling.get(place);
  if (unreleased !== undefined) return unreleased;
  const distro = (qualifiers.get('distro') ?? '').toLowerCase();
  const release = distro.startsWith(`${namespace ?? ''}-`) ? distro.slice((namespace ?? '').length + 1) : distro;
  if (place === 'rpm/opensuse' || place === 'rpm/openeuler' || place === 'apk/alpaquita') return namedRelease(place, release);
  if (place === 'apk/alpine' && release === 'edge') return 'Alpine:edge';
  const [, major, minor] = /^(?:rhel-|sles-|photon-|azurelinux-)?v?(\d+)(?:\.(\d+))?(?:\.\d+)*$/.exec(codeNames.get(release) ?? release) ?? [];
  return major === undefined ? null : numberedRelease(place, major, minor);
}

function numberedRelease(place: string, major: string, minor: string | undefined): string | null {
  switch (place) {
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
    case 'rpm/redhat':
    case 'rpm/rhel':
      return `Red Hat:enterprise_linux:${major}`;
    case 'rpm/suse':
    case 'rpm/sles':
      return `SUSE:Linux Enterprise Server ${major}${minor === undefined || minor === '0' ? '' : ` SP${minor}`}`;
    case 'rpm/photon':
      return `Photon OS:${major}.${minor ?? '0'}`;
    case 'rpm/azurelinux':
      return `Azure Linux:${major}`;
    default:
      return null;
  }
}

/** Releases whose names say more than a number; openEuler's needs its service pack, since OSV names no release without. */
function namedRelease(place: string, release: string): string | null {
  if (place === 'apk/alpaquita') return /^(?:\d+|stream)$/.test(release) ? `Alpaquita:${release}` : null;
  if (place === 'rpm/openeuler') return /^\d+\.\d+-lts(?:-sp\d+)?$/.test(release) ? `openEuler:${release.toUpperCase()}` : null;
  const [, leap] = /^leap-(\d+\.\d+)$/.exec(release) ?? [];
  if (leap !== undefined) return `openSUSE:Leap ${leap}`;
  return release.startsWith('tumbleweed') ? 'openSUSE:Tumbleweed' : null;
}

/** Releases of April in even years have long-term support, and OSV says so in the ecosystem. */
function ubuntuOf(major: string, minor: string | undefined): string | null {
  if (minor === undefined) return null;
  return minor === '04' && Number(major) % 2 === 0 ? `Ubuntu:${major}.${minor}:LTS` : `Ubuntu:${major}.${minor}`;
}
