import { describe, expect, it } from 'vitest';
import { identityOfPurl } from './purl-identity.ts';

describe('the identity in a purl', () => {
  it.each([
    ['pkg:npm/%40acme/ui@1.2.3', 'npm', '@acme/ui', '1.2.3', 'pkg:npm/%40acme/ui@1.2.3'],
    ['pkg:maven/org.slf4j/slf4j-api@2.0.13?type=jar', 'Maven', 'org.slf4j:slf4j-api', '2.0.13', 'pkg:maven/org.slf4j/slf4j-api@2.0.13'],
    ['pkg:golang/golang.org/x/net@v0.24.0', 'Go', 'golang.org/x/net', '0.24.0', 'pkg:golang/golang.org/x/net@v0.24.0'],
    ['pkg:deb/debian/tzdata@2024a?arch=all&distro=debian-12', 'Debian:12', 'tzdata', '2024a', 'pkg:deb/debian/tzdata@2024a'],
    ['pkg:deb/debian/tzdata@2024a?distro=bookworm', 'Debian:12', 'tzdata', '2024a', 'pkg:deb/debian/tzdata@2024a'],
    ['pkg:deb/debian/tzdata@2024a', null, 'tzdata', '2024a', 'pkg:deb/debian/tzdata@2024a'],
    ['pkg:deb/ubuntu/tzdata@2024a?distro=ubuntu-22.04', 'Ubuntu:22.04:LTS', 'tzdata', '2024a', 'pkg:deb/ubuntu/tzdata@2024a'],
    ['pkg:deb/ubuntu/tzdata@2024a?distro=ubuntu-23.10', 'Ubuntu:23.10', 'tzdata', '2024a', 'pkg:deb/ubuntu/tzdata@2024a'],
    ['pkg:apk/alpine/musl@1.2.5-r0?distro=3.22.1', 'Alpine:v3.22', 'musl', '1.2.5-r0', 'pkg:apk/alpine/musl@1.2.5-r0'],
    ['pkg:apk/alpine/musl@1.2.5-r0?distro=alpine-3.18', 'Alpine:v3.18', 'musl', '1.2.5-r0', 'pkg:apk/alpine/musl@1.2.5-r0'],
    ['pkg:rpm/rocky/curl@7.76.1?distro=rocky-9.3', 'Rocky Linux:9', 'curl', '7.76.1', 'pkg:rpm/rocky/curl@7.76.1'],
    ['pkg:deb/ubuntu/tzdata@2024a?distro=jammy', 'Ubuntu:22.04:LTS', 'tzdata', '2024a', 'pkg:deb/ubuntu/tzdata@2024a'],
    ['pkg:apk/alpine/musl@1.2.5-r0?distro=edge', 'Alpine:edge', 'musl', '1.2.5-r0', 'pkg:apk/alpine/musl@1.2.5-r0'],
    ['pkg:apk/wolfi/musl@1.2.5-r0', 'Wolfi', 'musl', '1.2.5-r0', 'pkg:apk/wolfi/musl@1.2.5-r0'],
    ['pkg:rpm/redhat/curl@7.76.1-29.el9?distro=rhel-9.4', 'Red Hat:enterprise_linux:9', 'curl', '7.76.1-29.el9', 'pkg:rpm/redhat/curl@7.76.1-29.el9'],
    [
      'pkg:rpm/redhat/bind@9.16-1.el9?distro=rhel-9&epoch=32',
      'Red Hat:enterprise_linux:9',
      'bind',
      '32:9.16-1.el9',
      'pkg:rpm/redhat/bind@9.16-1.el9',
    ],
    ['pkg:rpm/suse/curl@8.0?distro=sles-15.5', 'SUSE:Linux Enterprise Server 15 SP5', 'curl', '8.0', 'pkg:rpm/suse/curl@8.0'],
    ['pkg:rpm/opensuse/curl@8.0?distro=opensuse-leap-15.5', 'openSUSE:Leap 15.5', 'curl', '8.0', 'pkg:rpm/opensuse/curl@8.0'],
    ['pkg:rpm/openeuler/curl@8.0?distro=openeuler-22.03-LTS-SP3', 'openEuler:22.03-LTS-SP3', 'curl', '8.0', 'pkg:rpm/openeuler/curl@8.0'],
    ['pkg:rpm/openeuler/curl@8.0?distro=openeuler-22.03', null, 'openeuler/curl', '8.0', 'pkg:rpm/openeuler/curl@8.0'],
    ['pkg:rpm/redhat/curl@7.76.1?arch=src', null, 'redhat/curl', '7.76.1', 'pkg:rpm/redhat/curl@7.76.1'],
    ['pkg:generic/openssl@1.1.1', null, 'openssl', '1.1.1', 'pkg:generic/openssl@1.1.1'],
  ])('%s is %s %s %s', (text, ecosystem, name, version, purl) => {
    expect(identityOfPurl(text)).toEqual({ ecosystem, name, version, purl });
  });

  it.each(['', 'lodash@1', 'pkg:', 'pkg:npm', 'npm:lodash'])('%j is no purl', (text) => {
    expect(identityOfPurl(text)).toBeNull();
  });
});
