import { describe, expect, it } from 'vitest';
import { schemeOf } from './scheme-of.ts';

describe('the version scheme', () => {
  it.each([
    ['npm', 'npm'],
    ['PyPI', 'pypi'],
    ['Maven:https://repo.example.com', 'maven'],
    ['Go', 'golang'],
    ['crates.io', 'cargo'],
    ['RubyGems', 'gem'],
    ['NuGet', 'nuget'],
    ['Packagist:https://packages.drupal.org/8', 'composer'],
    ['Hex', 'hex'],
    ['SwiftURL', 'swift'],
    ['Pub', 'pub'],
    ['Hackage', 'hackage'],
    ['GHC', 'hackage'],
    ['CRAN', 'cran'],
    ['Julia', 'julia'],
    ['opam', 'opam'],
    ['Debian:12', 'deb'],
    ['Ubuntu:Pro:22.04:LTS', 'deb'],
    ['Alpine:v3.19', 'apk'],
    ['Wolfi', 'apk'],
    ['Chainguard', 'apk'],
    ['Red Hat:enterprise_linux:9::appstream', 'rpm'],
    ['SUSE:Linux Enterprise Server 15 SP5', 'rpm'],
    ['openEuler:22.03-LTS-SP3', 'rpm'],
    ['Root:Alpine:3.18', 'apk'],
    ['Root:PyPI', 'pypi'],
    ['Echo', 'deb'],
    ['GitHub Actions', 'github'],
    ['ConanCenter', 'conan'],
    ['Bitnami', 'bitnami'],
    ['Echo:PyPI', 'pypi'],
    ['Docker Hardened Images:Debian:trixie', 'deb'],
  ])('of %s is %s', (ecosystem, id) => {
    expect(schemeOf(ecosystem)?.id).toBe(id);
  });

  it.each(['GIT', 'Android', 'Docker Hardened Images', 'Root', 'Root:npm', '', 'constructor', 'NPM'])('is unknown for %j', (ecosystem) => {
    expect(schemeOf(ecosystem)).toBeNull();
  });
});
