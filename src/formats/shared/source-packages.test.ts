import { describe, expect, it } from 'vitest';
import type { ReadPackage } from '#model/reading.ts';
import { sourceOfProperties, sourceOfPurl, withSourcePackages } from './source-packages.ts';

function debian(name: string, version: string): ReadPackage {
  return { ecosystem: 'Debian:12', name, version, purl: `pkg:deb/debian/${name}@${version}`, scope: 'runtime', direct: null, licences: ['MIT'] };
}

describe('the source package', () => {
  it.each([
    ['pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl', 'openssl', null],
    ['pkg:deb/debian/libc6@2.36-9+b1?upstream=glibc%402.36-9', 'glibc', '2.36-9'],
    ['pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?upstream=openssl-3.0.7-27.el9.src.rpm', 'openssl', '3.0.7-27.el9'],
    ['pkg:apk/alpine/libcrypto3@3.1.4-r5?upstream=openssl', 'openssl', null],
  ])('of %s is %s %s', (text, name, version) => {
    expect(sourceOfPurl(text)).toEqual({ name, version });
  });

  it.each(['pkg:deb/debian/tzdata@2024a', 'pkg:deb/debian/tzdata@2024a?upstream=', 'upstream=openssl'])('is not said by %s', (text) => {
    expect(sourceOfPurl(text)).toBeNull();
  });

  it("is read from Trivy's properties", () => {
    const property = (name: string, value: string) => ({ name: `aquasecurity:trivy:${name}`, value });
    const written = [
      property('SrcEpoch', '1'),
      property('SrcName', 'openssl'),
      property('SrcVersion', '3.0.11'),
      property('SrcRelease', '1~deb12u2'),
    ];
    expect(sourceOfProperties(written)).toEqual({ name: 'openssl', version: '1:3.0.11-1~deb12u2' });
    expect(sourceOfProperties([property('PkgType', 'debian')])).toBeNull();
  });

  it('has the epoch of the package that was built from it', () => {
    const libs: ReadPackage = {
      ...debian('bind-libs', '32:9.16-1.el9'),
      ecosystem: 'Red Hat:enterprise_linux:9',
      purl: 'pkg:rpm/redhat/bind-libs@9.16-1.el9',
    };
    const read = withSourcePackages([libs], [], [{ name: 'bind', version: '9.16-1.el9' }]);
    expect(read.packages[1]).toMatchObject({ name: 'bind', version: '32:9.16-1.el9', purl: 'pkg:rpm/redhat/bind@9.16-1.el9' });
  });

  it('is a package of its own, once, to which what was built from it points', () => {
    const packages = [debian('libssl3', '3.0.11-1'), debian('libssl-dev', '3.0.11-1'), debian('openssl', '3.0.11-1'), debian('libc6', '2.36-9+b1')];
    const openssl = { name: 'openssl', version: null };
    const read = withSourcePackages(packages, [[0, 3]], [openssl, openssl, openssl, { name: 'glibc', version: '2.36-9' }]);
    expect(read.packages.slice(4)).toEqual([{ ...debian('glibc', '2.36-9'), licences: [] }]);
    expect(read.edges).toEqual([
      [0, 3],
      [0, 2],
      [1, 2],
      [3, 4],
    ]);
  });
});
