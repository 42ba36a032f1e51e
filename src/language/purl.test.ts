import { describe, expect, it } from 'vitest';
import { canonicalPurl, packageOfPurl, parsePurl, purlOf } from './purl.ts';

describe('a purl', () => {
  it.each([
    ['npm', '@acme/ui', '1.2.3', 'pkg:npm/%40acme/ui@1.2.3'],
    ['npm', 'left-pad', null, 'pkg:npm/left-pad'],
    ['PyPI', 'Zope.Interface_X', '5.0', 'pkg:pypi/zope-interface-x@5.0'],
    ['Maven', 'org.apache.logging.log4j:log4j-core', '2.14.1', 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'],
    ['Go', 'github.com/gin-gonic/gin', '1.9.0', 'pkg:golang/github.com/gin-gonic/gin@v1.9.0'],
    ['Go', 'stdlib', '1.21.0', 'pkg:golang/stdlib@v1.21.0'],
    ['crates.io', 'serde', '1.0.0+meta', 'pkg:cargo/serde@1.0.0%2Bmeta'],
    ['RubyGems', 'rails', '7.0', 'pkg:gem/rails@7.0'],
    ['NuGet', 'Newtonsoft.Json', '13.0.1', 'pkg:nuget/Newtonsoft.Json@13.0.1'],
    ['Packagist', 'Symfony/Console', 'v6.0.0', 'pkg:composer/symfony/console@v6.0.0'],
    ['Packagist:https://packages.drupal.org/8', 'drupal/core', null, 'pkg:composer/drupal/core'],
    ['SwiftURL', 'github.com/apple/swift-nio', '2.0.0', 'pkg:swift/github.com/apple/swift-nio@2.0.0'],
    ['Debian:12', 'curl', '7.88.1-10', 'pkg:deb/debian/curl@7.88.1-10?distro=debian-12'],
  ])('of %s %s %s is %s', (ecosystem, name, version, expected) => {
    expect(purlOf(ecosystem, name, version)).toBe(expected);
  });

  it.each([
    ['Linux', 'kernel'],
    ['Maven', 'no-group'],
    ['Packagist', 'ext-json'],
    ['npm', ''],
    ['constructor', 'a'],
  ])('is not made of %s %s', (ecosystem, name) => {
    expect(purlOf(ecosystem, name, null)).toBeNull();
  });

  it.each([
    ['pkg:npm/%40acme/ui@1.2.3', 'npm', '@acme/ui', '1.2.3'],
    ['pkg:npm/@acme/ui', 'npm', '@acme/ui', null],
    ['pkg:maven/org.example/core@1.0?type=jar#sub/path', 'Maven', 'org.example:core', '1.0'],
    ['pkg:golang/github.com/gin-gonic/gin@v1.9.0', 'Go', 'github.com/gin-gonic/gin', '1.9.0'],
    ['pkg:pypi/Django_Rest@4.0', 'PyPI', 'django-rest', '4.0'],
    ['pkg:deb/debian/curl@7.88.1-10?distro=debian-12', 'Debian:12', 'curl', '7.88.1-10'],
    ['pkg:deb/kali/curl@1', null, 'kali/curl', '1'],
    ['pkg:github/Acme/Tool@main', null, 'acme/tool', 'main'],
  ])('%s names %s %s %s', (text, ecosystem, name, version) => {
    expect(packageOfPurl(text)).toStrictEqual({ ecosystem, name, version, purl: canonicalPurl(text) });
  });

  it('is printed in its canonical form', () => {
    expect(canonicalPurl('pkg:NPM/@Acme/ui@1.0?Zed=1&alpha=a/b&empty=#/./src//')).toBe('pkg:npm/%40Acme/ui@1.0?alpha=a%2Fb&zed=1#src');
  });

  it.each([
    '',
    'npm/left-pad',
    'pkg:',
    'pkg:npm',
    'pkg:npm/',
    'pkg:3d/a',
    'pkg:npm/a%ZZ',
    'pkg:npm/a%2',
    'pkg:npm/a?1x=2',
    'pkg:npm/a?x',
    'pkg:npm/a?x=1&X=2',
    'pkg:gem/ns/rails',
    'pkg:maven/core@1',
    'pkg:swid/Acme@1',
    `pkg:npm/${'a'.repeat(5000)}`,
  ])('is not %j', (text) => {
    expect(parsePurl(text)).toBeNull();
  });

  it('keeps names and qualifiers that are named like properties of every object', () => {
    expect(packageOfPurl('pkg:npm/__proto__@1')?.name).toBe('__proto__');
    expect(canonicalPurl('pkg:npm/a?constructor=x')).toBe('pkg:npm/a?constructor=x');
  });
});
