import { describe, expect, it } from 'vitest';
import { differencesOf, keyOf, type OurFile, type OurView } from './peer-differences.ts';
import type { Found } from './peer-tools.ts';

const file = (path: string, format: string, standing: OurFile['standing'], ...packages: readonly string[]): OurFile => ({
  path,
  format,
  standing,
  packages: packages.map((each) => {
    const [ecosystem = '', name = '', version = '', scope = 'runtime'] = each.split(' ');
    return { ecosystem, name, version: version === '?' ? null : version, scope };
  }),
});

const view: OurView = {
  own: new Set(['shop', 'acme:web']),
  files: [
    file('package-lock.json', 'npm-package-lock', 'counted', 'npm left-pad 1.3.0', 'npm jest 29.0.0 development'),
    file('web/pom.xml', 'pom-xml', 'counted', 'Maven org.slf4j:slf4j-api 2.0.16', 'Maven org.acme:open ?'),
    file('requirements.txt', 'requirements-txt', 'counted', 'PyPI Flask ?'),
    file('package.json', 'package-json', 'covered', 'npm only-in-manifest 1.0.0'),
    file('testdata/package-lock.json', 'npm-package-lock', 'test-material', 'npm bad 0.0.1'),
    file('sboms/app.cdx.json', 'cyclonedx', 'counted', 'npm shipped 1.0.0'),
    file('go.mod', 'go-mod', 'counted', 'Go stdlib 1.26.5'),
    file('Gemfile.lock', 'gemfile-lock', 'counted', 'RubyGems ffi 1.17.4'),
  ],
};

const same = ['npm left-pad 1.3.0 package-lock.json', 'npm jest 29.0.0 package-lock.json', 'Maven org.slf4j:slf4j-api 2.0.16 web/pom.xml'];
const rest = ['npm shipped 1.0.0 sboms/app.cdx.json', 'Go stdlib 1.26.5 go.mod', 'RubyGems ffi 1.17.4 Gemfile.lock'];

function found(line: string): Found {
  const [ecosystem = '', name = '', version = '', path = ''] = line.split(' ').map((word) => word.replace('#', ' '));
  return { ecosystem, name, version: version === '-' ? '' : version, path };
}

function said(peer: readonly string[], reads = true): readonly string[] {
  return differencesOf(view, peer.map(found), () => reads).map((each) => `${each.only} ${each.name} ${each.cause ?? 'unexplained'}`);
}

describe('differences between two scanners', () => {
  it('are none where both found the same, however it is spelt', () => {
    expect(said([...same, ...rest])).toEqual([]);
    expect(keyOf(found('PyPI Zope.Interface 6.0'))).toBe(keyOf(found('PyPI zope-interface 6.0')));
    expect(keyOf(found('Go golang.org/x/net v0.1.0'))).toBe(keyOf(found('Go golang.org/x/net 0.1.0')));
    expect(keyOf(found('NuGet Serilog [4.2.0]'))).toBe(keyOf(found('NuGet serilog 4.2.0')));
    expect(keyOf(found('npm Left-Pad 1.3.0'))).not.toBe(keyOf(found('npm left-pad 1.3.0')));
  });

  const ofPeer: readonly (readonly [string, string])[] = [
    ['npm shop 1.0.0 package-lock.json', 'own-package'],
    ['Maven web:web 1.0.0 web/pom.xml', 'own-package'],
    ['Go ../api ? tests/go.mod', 'own-package'],
    ['GitHub#Actions actions/checkout v4 .github/workflows/ci.yml', 'actions'],
    ['Hackage lens 5.0 cabal.project.freeze', 'other-file'],
    ['npm bad 0.0.1 testdata/package-lock.json', 'test-material'],
    ['npm only-in-manifest 1.0.0 package.json', 'covered-manifest'],
    ['Maven org.acme:open - web/pom.xml', 'peer-names-no-version'],
    ['PyPI flask 2.0 requirements.txt', 'range-as-version'],
    ['npm missed 1.0.0 package-lock.json', 'unexplained'],
    ['Maven org.acme:missed - web/pom.xml', 'unexplained'],
  ];
  it.each(ofPeer)('of what a peer found alone, %s is %s', (line, cause) => {
    expect(said([...same, ...rest, line])).toEqual([`peer ${line.split(' ')[1] ?? ''} ${cause}`]);
  });

  it('of what we found alone are explained by what the peer says of the same file', () => {
    const without = (line: string) => [...same, ...rest].filter((each) => each !== line);
    expect(said(without(rest[0] ?? ''), false)).toEqual(['ours shipped peer-reads-no-such-file']);
    expect(said(without(rest[0] ?? ''))).toEqual(['ours shipped peer-read-nothing-there']);
    expect(said(without(rest[1] ?? ''))).toEqual(['ours stdlib go-toolchain']);
    expect(said([...without(rest[2] ?? ''), 'RubyGems ffi 1.17.4-arm64-darwin Gemfile.lock'])).toContain('ours ffi peer-reads-version-otherwise');
    expect(said([...without(same[2] ?? ''), 'Maven org.slf4j:slf4j-api UNKNOWN web/pom.xml'])).toContain(
      'ours org.slf4j:slf4j-api peer-resolves-no-version',
    );
    expect(said(without(same[1] ?? ''))).toEqual(['ours jest peer-leaves-out-development']);
    expect(said(without(same[0] ?? ''))).toEqual(['ours left-pad unexplained']);
  });
});
