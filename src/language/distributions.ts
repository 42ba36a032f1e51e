/** Where a distribution's packages are among purls; `distro` is the value of that qualifier, null where the distribution has no releases. */
export type DistributionPlace = { readonly type: string; readonly namespace: string; readonly distro: string | null };

/** Distributions without releases, by purl type and namespace. https://ossf.github.io/osv-schema/#defined-ecosystems */
const rolling: ReadonlyMap<string, string> = new Map([
  ['apk/chainguard', 'Chainguard'],
  ['apk/cleanstart', 'CleanStart'],
  ['apk/minimos', 'MinimOS'],
  ['apk/wolfi', 'Wolfi'],
  ['deb/echo', 'Echo'],
]);

const placeOfRolling: ReadonlyMap<string, DistributionPlace> = new Map(
  [...rolling].map(([place, ecosystem]) => {
    const [type = '', namespace = ''] = place.split('/');
    return [ecosystem, { type, namespace, distro: null }];
  }),
);

/** Purls and systems in the making may name a release by its code name. https://www.debian.org/releases/, https://releases.ubuntu.com */
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

/**
 * The ecosystem with its release as OSV spells it, by purl type, namespace and `distro` qualifier (`debian-12`, `rhel-9.4`, `bookworm`);
 * null when they do not prove one.
 */
export function ecosystemOfDistribution(type: string, namespace: string | null, distro: string | null): string | null {
  const place = `${type}/${namespace ?? ''}`;
  const unreleased = rolling.get(place);
  if (unreleased !== undefined) return unreleased;
  const said = (distro ?? '').toLowerCase();
  const release = said.startsWith(`${namespace ?? ''}-`) ? said.slice((namespace ?? '').length + 1) : said;
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

/** How a release is written in an ecosystem of OSV and in a purl: the namespace, and `distro` with the release put in. */
const released: readonly (readonly [ecosystem: RegExp, type: string, namespace: string, distro: string])[] = [
  [/^Debian:(\d+)$/, 'deb', 'debian', 'debian-$1'],
  [/^Ubuntu:(?:Pro:)?(\d+\.\d+)(?::LTS)?$/, 'deb', 'ubuntu', 'ubuntu-$1'],
  [/^Alpine:v?(\d+\.\d+|edge)$/, 'apk', 'alpine', 'alpine-$1'],
  [/^Alpaquita:(\d+|stream)$/, 'apk', 'alpaquita', 'alpaquita-$1'],
  [/^AlmaLinux:(\d+)$/, 'rpm', 'almalinux', 'almalinux-$1'],
  [/^Rocky Linux:(\d+)$/, 'rpm', 'rocky', 'rocky-$1'],
  [/^Mageia:(\d+)$/, 'rpm', 'mageia', 'mageia-$1'],
  [/^Red Hat:enterprise_linux:(\d+)(?::.*)?$/, 'rpm', 'redhat', 'rhel-$1'],
  [/^SUSE:Linux Enterprise Server (\d+)$/, 'rpm', 'suse', 'sles-$1'],
  [/^SUSE:Linux Enterprise Server (\d+) SP(\d+)$/, 'rpm', 'suse', 'sles-$1.$2'],
  [/^openSUSE:Leap (\d+\.\d+)$/, 'rpm', 'opensuse', 'opensuse-leap-$1'],
  [/^openSUSE:Tumbleweed$/, 'rpm', 'opensuse', 'opensuse-tumbleweed'],
  [/^openEuler:(\d+\.\d+-LTS(?:-SP\d+)?)$/, 'rpm', 'openeuler', 'openeuler-$1'],
  [/^Photon OS:(\d+\.\d+)$/, 'rpm', 'photon', 'photon-$1'],
  [/^Azure Linux:(\d+)$/, 'rpm', 'azurelinux', 'azurelinux-$1'],
];

/** Where purls keep the packages of a distribution's release; null for what is none, and for a distribution without its release. */
export function placeOfDistribution(ecosystem: string): DistributionPlace | null {
  const unreleased = placeOfRolling.get(ecosystem);
  if (unreleased !== undefined) return unreleased;
  for (const [pattern, type, namespace, distro] of released) {
    if (pattern.test(ecosystem)) return { type, namespace, distro: ecosystem.replace(pattern, distro).toLowerCase() };
  }
  return null;
}

/** Types of purls that distributions use. */
export const distributionTypes: ReadonlySet<string> = new Set(['deb', 'apk', 'rpm']);
