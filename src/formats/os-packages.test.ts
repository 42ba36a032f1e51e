import { describe, expect, it } from 'vitest';
import { edgeLines, problemLines, readText } from '../../test/format-fixtures.ts';
import { madeRpmHash, madeRpmHeader, madeRpmNdb, madeRpmSqlite, type MadeRpm } from '../../test/made-rpm.ts';
import type { Format } from '#model/format.ts';
import type { ReadingResult } from '#model/reading.ts';
import { apkInstalled } from './apk-installed.ts';
import { dpkgStatus } from './dpkg-status.ts';
import { homebrew } from './homebrew.ts';
import { pacmanDesc } from './pacman-desc.ts';
import { portagePackage } from './portage-package.ts';
import { rpmDb } from './rpm-db.ts';

const bookworm = 'ID=debian\nVERSION_ID="12"\n';
const dpkg = `Package: libssl3
Status: install ok installed
Source: openssl
Version: 3.0.11-1~deb12u2
Depends: libc6 (>= 2.34), debconf (>= 0.5) | debconf-2.0
Description: Secure Sockets Layer toolkit
 - shared libraries

Package: libc6
Status: install ok unpacked
Source: glibc (2.36-9)
Version: 2.36-9+b1

Package: cdebconf
Status: install ok installed
Version: 0.270
Provides: debconf-2.0

Package: gone
Status: deinstall ok config-files
Version: 1.0

Package: halfway
Status: install ok installed
`;
const apk = `P:libcrypto3
V:3.1.4-r5
L:Apache-2.0
o:openssl
D:so:libc.musl-x86_64.so.1 !libressl
p:so:libcrypto.so.3=3

P:musl
V:1.2.4-r2
L:MIT
o:musl
p:so:libc.musl-x86_64.so.1=1
F:lib
R:P:not-a-package

P:curl
V:8.4.0-r0
o:curl
D:so:libcrypto.so.3 cmd:gone
`;
const distroless = 'Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\n';

// Each line: ecosystem, purl or name, licences, direct or indirect where it is known.
const cases: readonly (readonly [
  name: string,
  format: Format,
  file: string,
  text: string,
  others: Readonly<Record<string, string>>,
  packages: readonly string[],
  problems: readonly string[],
])[] = [
  [
    'a Debian',
    dpkgStatus,
    'var/lib/dpkg/status',
    dpkg,
    { 'etc/os-release': bookworm },
    [
      'Debian:12 pkg:deb/debian/libssl3@3.0.11-1~deb12u2?distro=debian-12',
      'Debian:12 pkg:deb/debian/libc6@2.36-9%2Bb1?distro=debian-12',
      'Debian:12 pkg:deb/debian/cdebconf@0.270?distro=debian-12',
      'Debian:12 pkg:deb/debian/openssl@3.0.11-1~deb12u2?distro=debian-12',
      'Debian:12 pkg:deb/debian/glibc@2.36-9?distro=debian-12',
    ],
    ['error bad-package var/lib/dpkg/status:23'],
  ],
  [
    'one of Google’s distroless images',
    dpkgStatus,
    'rootfs/var/lib/dpkg/status.d/tzdata',
    distroless,
    { 'rootfs/usr/lib/os-release': bookworm },
    ['Debian:12 pkg:deb/debian/tzdata@2024a-0%2Bdeb12u1?distro=debian-12'],
    [],
  ],
  [
    'a Debian in the making',
    dpkgStatus,
    'var/lib/dpkg/status',
    distroless,
    { 'etc/os-release': 'ID=debian\nVERSION_CODENAME=trixie' },
    ['Debian:13 pkg:deb/debian/tzdata@2024a-0%2Bdeb12u1?distro=debian-13'],
    [],
  ],
  ['a system of which nothing says what it is', dpkgStatus, 'var/lib/dpkg/status', distroless, {}, ['- tzdata'], ['warning unknown-distribution']],
  [
    'a system OSV has nothing about',
    dpkgStatus,
    'var/lib/dpkg/status',
    distroless,
    { 'etc/os-release': "ID='kali'\nVERSION_ID=2024.1" },
    ['- pkg:deb/kali/tzdata@2024a-0%2Bdeb12u1?distro=kali-2024.1'],
    ['warning no-advisories'],
  ],
  ['an OpenWrt', dpkgStatus, 'usr/lib/opkg/status', distroless, {}, ['- pkg:opkg/tzdata@2024a-0%2Bdeb12u1'], []],
  ['what is no status', dpkgStatus, 'var/lib/dpkg/status', 'hello\n\nworld\n', {}, [], ['error not-this-format']],
  [
    'an Alpine',
    apkInstalled,
    'lib/apk/db/installed',
    apk,
    { 'usr/lib/os-release': 'ID=alpine\nVERSION_ID=3.18.4', 'etc/apk/world': 'curl>8\nmusl\n' },
    [
      'Alpine:v3.18 pkg:apk/alpine/libcrypto3@3.1.4-r5?distro=alpine-3.18 Apache-2.0 indirect',
      'Alpine:v3.18 pkg:apk/alpine/musl@1.2.4-r2?distro=alpine-3.18 MIT direct',
      'Alpine:v3.18 pkg:apk/alpine/curl@8.4.0-r0?distro=alpine-3.18 direct',
      'Alpine:v3.18 pkg:apk/alpine/openssl@3.1.4-r5?distro=alpine-3.18 indirect',
    ],
    [],
  ],
  [
    'a Wolfi',
    apkInstalled,
    'usr/lib/apk/db/installed',
    'P:glibc\nV:2.40-r1\n',
    { 'etc/os-release': 'ID=wolfi\nVERSION_ID="20230201"' },
    ['Wolfi pkg:apk/wolfi/glibc@2.40-r1'],
    [],
  ],
  [
    'what is no database of apk',
    apkInstalled,
    'lib/apk/db/installed',
    'asdf\n\nyolo\n',
    {},
    [],
    ['error bad-package lib/apk/db/installed:1', 'error bad-package lib/apk/db/installed:3'],
  ],
  [
    'an Arch Linux',
    pacmanDesc,
    'var/lib/pacman/local/zlib-1.3-1/desc',
    '%NAME%\nzlib\n\n%VERSION%\n1:1.3-1\n\n%REASON%\n1\n\n%LICENSE%\nZlib\n',
    { 'etc/os-release': 'ID=arch\nBUILD_ID=rolling' },
    ['- pkg:alpm/arch/zlib@1:1.3-1 Zlib indirect'],
    [],
  ],
  [
    'a Gentoo',
    portagePackage,
    'var/db/pkg/dev-libs/openssl-3.0.13-r2/PF',
    'openssl-3.0.13-r2\n',
    { 'var/db/pkg/dev-libs/openssl-3.0.13-r2/CATEGORY': 'dev-libs\n', 'var/db/pkg/dev-libs/openssl-3.0.13-r2/LICENSE': 'Apache-2.0\n' },
    ['- pkg:ebuild/dev-libs/openssl@3.0.13-r2 Apache-2.0'],
    [],
  ],
  ['a folder of Gentoo without a version', portagePackage, 'var/db/pkg/a/b/PF', 'Getopt-Long', {}, [], ['error not-this-format']],
  [
    'a Mac',
    homebrew,
    'usr/local/Cellar/rclone/1.67.0/INSTALL_RECEIPT.json',
    '{"homebrew_version":"4.3","installed_on_request":true,"runtime_dependencies":[{"full_name":"acme/tap/zlib","version":"1.3"}]}',
    {},
    ['- pkg:brew/rclone@1.67.0 direct', '- pkg:brew/zlib@1.3 indirect'],
    [],
  ],
];

describe('what is installed', () => {
  it.each(cases)('on %s is read as written beside it', (_, format, file, text, others, packages, problems) => {
    expect(format.matchesPath(file)).toBe(true);
    const result = readText(format, file, text, others);
    expect(linesOf(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('has edges to whatever provides what it needs, and to its source', () => {
    expect(edgeLines(readText(dpkgStatus, 'var/lib/dpkg/status', dpkg, { 'etc/os-release': bookworm }))).toEqual([
      'libssl3@3.0.11-1~deb12u2 -> libc6@2.36-9+b1',
      'libssl3@3.0.11-1~deb12u2 -> cdebconf@0.270',
      'libssl3@3.0.11-1~deb12u2 -> openssl@3.0.11-1~deb12u2',
      'libc6@2.36-9+b1 -> glibc@2.36-9',
    ]);
    expect(edgeLines(readText(apkInstalled, 'lib/apk/db/installed', apk))).toEqual([
      'libcrypto3@3.1.4-r5 -> musl@1.2.4-r2',
      'curl@8.4.0-r0 -> libcrypto3@3.1.4-r5',
    ]);
  });
});

const openssl: MadeRpm = {
  name: 'openssl-libs',
  version: '3.0.7',
  release: '27.el9',
  epoch: 1,
  licence: 'Apache-2.0',
  source: 'openssl-3.0.7-27.el9.src.rpm',
  provides: ['libcrypto.so.3()(64bit)'],
};
const curl: MadeRpm = {
  name: 'curl',
  version: '7.76.1',
  release: '29.el9',
  licence: 'MIT',
  source: 'curl-7.76.1-29.el9.src.rpm',
  // Long enough for pages of its own in each kind of database.
  requires: ['libcrypto.so.3()(64bit)', ...Array.from({ length: 400 }, (_, at) => `config(file-${String(at)})`)],
};
const key: MadeRpm = { name: 'gpg-pubkey', version: 'fd431d51', release: '4ae0493b' };
const headers = [openssl, curl, key].map(madeRpmHeader);

const databases: readonly (readonly [kind: string, file: string, bytes: Uint8Array])[] = [
  ['SQLite', 'var/lib/rpm/rpmdb.sqlite', madeRpmSqlite(headers)],
  ['NDB', 'usr/lib/sysimage/rpm/Packages.db', madeRpmNdb(headers)],
  ['Berkeley DB', 'var/lib/rpm/Packages', madeRpmHash(headers)],
  ['Berkeley DB of a big-endian machine', 'var/lib/rpm/Packages', madeRpmHash(headers, false)],
];

describe('a database of RPM', () => {
  const release = new TextEncoder().encode('NAME="Red Hat"\nID="rhel"\nVERSION_ID="9.4"\n');

  it.each(databases)('in %s gives its packages, their sources and edges', (_, path, bytes) => {
    expect(rpmDb.matchesPath(path)).toBe(true);
    const result = rpmDb.parse({ path, bytes }, { read: (wanted) => (wanted === 'etc/os-release' ? release : null) });
    expect(linesOf(result).toSorted()).toEqual([
      'Red Hat:enterprise_linux:9 pkg:rpm/redhat/curl@7.76.1-29.el9?distro=rhel-9 MIT',
      'Red Hat:enterprise_linux:9 pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?distro=rhel-9&epoch=1 Apache-2.0',
      'Red Hat:enterprise_linux:9 pkg:rpm/redhat/openssl@3.0.7-27.el9?distro=rhel-9&epoch=1',
    ]);
    expect(edgeLines(result)).toEqual(['curl@7.76.1-29.el9 -> openssl-libs@1:3.0.7-27.el9', 'openssl-libs@1:3.0.7-27.el9 -> openssl@1:3.0.7-27.el9']);
    expect(problemLines(result)).toEqual([]);
  });

  it.each(databases)('in %s, cut anywhere or with a byte changed, gives packages or problems and never an exception', (_, path, bytes) => {
    for (let at = 0; at < bytes.length; at += 61) {
      const cut = rpmDb.parse({ path, bytes: bytes.subarray(0, at) }, { read: () => null });
      expect(cut.packages.length + cut.problems.length).toBeGreaterThan(0);
      const changed = bytes.slice();
      changed[at] = 0xff;
      expect(() => rpmDb.parse({ path, bytes: changed }, { read: () => null })).not.toThrow();
    }
  });
});

function linesOf({ packages }: ReadingResult): readonly string[] {
  return packages.map(({ ecosystem, name, purl, licences, direct }) =>
    [ecosystem ?? '-', purl ?? name, ...licences, ...(direct === null ? [] : [direct ? 'direct' : 'indirect'])].join(' '),
  );
}
