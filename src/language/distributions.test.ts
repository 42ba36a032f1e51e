import { describe, expect, it } from 'vitest';
import { placeOfDistribution } from './distributions.ts';
import { packageOfPurl, purlOf } from './purl.ts';

describe('a package of a distribution', () => {
  it.each([
    ['Debian:12', 'openssl', '3.0.11-1', 'pkg:deb/debian/openssl@3.0.11-1?distro=debian-12'],
    ['Ubuntu:22.04:LTS', 'openssl', '3.0.2-0ubuntu1', 'pkg:deb/ubuntu/openssl@3.0.2-0ubuntu1?distro=ubuntu-22.04'],
    ['Ubuntu:23.10', 'openssl', '3.0.10-1', 'pkg:deb/ubuntu/openssl@3.0.10-1?distro=ubuntu-23.10'],
    ['Alpine:v3.22', 'musl', '1.2.5-r0', 'pkg:apk/alpine/musl@1.2.5-r0?distro=alpine-3.22'],
    ['Alpine:edge', 'musl', '1.2.5-r0', 'pkg:apk/alpine/musl@1.2.5-r0?distro=alpine-edge'],
    ['Alpaquita:23', 'musl', '1.2.5-r0', 'pkg:apk/alpaquita/musl@1.2.5-r0?distro=alpaquita-23'],
    ['Wolfi', 'glibc', '2.40-r1', 'pkg:apk/wolfi/glibc@2.40-r1'],
    ['Chainguard', 'glibc', '2.40-r1', 'pkg:apk/chainguard/glibc@2.40-r1'],
    ['MinimOS', 'glibc', '2.40-r1', 'pkg:apk/minimos/glibc@2.40-r1'],
    ['AlmaLinux:9', 'bind', '32:9.16-1.el9', 'pkg:rpm/almalinux/bind@9.16-1.el9?distro=almalinux-9&epoch=32'],
    ['Rocky Linux:9', 'curl', '7.76.1-29.el9', 'pkg:rpm/rocky/curl@7.76.1-29.el9?distro=rocky-9'],
    ['Red Hat:enterprise_linux:9', 'curl', '7.76.1-29.el9', 'pkg:rpm/redhat/curl@7.76.1-29.el9?distro=rhel-9'],
    ['SUSE:Linux Enterprise Server 15 SP5', 'curl', '8.0.1', 'pkg:rpm/suse/curl@8.0.1?distro=sles-15.5'],
    ['SUSE:Linux Enterprise Server 15', 'curl', '8.0.1', 'pkg:rpm/suse/curl@8.0.1?distro=sles-15'],
    ['openSUSE:Leap 15.6', 'curl', '8.6.0', 'pkg:rpm/opensuse/curl@8.6.0?distro=opensuse-leap-15.6'],
    ['openSUSE:Tumbleweed', 'curl', '8.6.0', 'pkg:rpm/opensuse/curl@8.6.0?distro=opensuse-tumbleweed'],
    ['openEuler:22.03-LTS-SP3', 'curl', '7.79.1', 'pkg:rpm/openeuler/curl@7.79.1?distro=openeuler-22.03-lts-sp3'],
    ['Photon OS:5.0', 'curl', '8.1.2', 'pkg:rpm/photon/curl@8.1.2?distro=photon-5.0'],
    ['Azure Linux:3', 'curl', '8.8.0', 'pkg:rpm/azurelinux/curl@8.8.0?distro=azurelinux-3'],
    ['Mageia:9', 'curl', '7.88.1', 'pkg:rpm/mageia/curl@7.88.1?distro=mageia-9'],
    ['Echo', 'curl', '7.88.1', 'pkg:deb/echo/curl@7.88.1'],
  ])('of %s called %s %s is %s, and the purl names it', (ecosystem, name, version, purl) => {
    expect(purlOf(ecosystem, name, version)).toBe(purl);
    expect(packageOfPurl(purl)).toEqual({ ecosystem, name, version, purl });
  });

  it.each([
    ['Debian', null],
    ['Red Hat:enterprise_linux:9::appstream', 'rhel-9'],
    ['Ubuntu:Pro:22.04:LTS', 'ubuntu-22.04'],
    ['SUSE:Linux Enterprise Module for Basesystem 15 SP5', null],
    ['npm', null],
  ])('of %s has the distro %s', (ecosystem, distro) => {
    expect(placeOfDistribution(ecosystem)?.distro ?? null).toBe(distro);
  });
});
