import { describe, expect, it } from 'vitest';
import type { VersionScheme } from '../version-scheme.ts';
import { versionSchemes } from './all.ts';
import { alpm } from './alpm.ts';
import { apk } from './apk.ts';
import { bitnami } from './bitnami.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { conan } from './conan.ts';
import { cran } from './cran.ts';
import { datetime } from './datetime.ts';
import { deb } from './deb.ts';
import { gentoo } from './gentoo.ts';
import { github } from './github.ts';
import { golang } from './golang.ts';
import { hackage } from './hackage.ts';
import { hex } from './hex.ts';
import { intdot } from './intdot.ts';
import { julia } from './julia.ts';
import { lexicographic } from './lexicographic.ts';
import { linux } from './linux.ts';
import { maven } from './maven.ts';
import { nginx } from './nginx.ts';
import { nuget } from './nuget.ts';
import { opam } from './opam.ts';
import { openssl } from './openssl.ts';
import { pub } from './pub.ts';
import { rpm } from './rpm.ts';
import { swift } from './swift.ts';

/** Versions in ascending order; those in one list are equal. */
const ascending: readonly (readonly [VersionScheme, readonly (readonly string[])[]])[] = [
  [
    maven,
    [
      ['1-alpha-1', '1a1', '1.0-alpha-1'],
      ['1-beta-1'],
      ['1-milestone-3', '1m3'],
      ['1-rc', '1.cr'],
      ['1-SNAPSHOT'],
      ['1', '1.0.0', '1-ga', '1.final', '01'],
      ['1-sp'],
      ['1-abc'],
      ['1-1'],
      ['1.0.1'],
      ['1.10'],
    ],
  ],
  [
    golang,
    [
      ['v1.2.3-0.20200101000000-abcdefabcdef', '1.2.3-0.20200101000000-abcdefabcdef'],
      ['v1.2.3-rc.1'],
      ['v1.2.3', '1.2.3'],
      ['v2.0.0+incompatible', 'v2.0.0', 'v2'],
    ],
  ],
  [linux, [['5.4', 'v5.4.0'], ['5.10-rc2'], ['5.10-rc10'], ['5.10'], ['5.10.85'], ['6.1']]],
  [intdot, [['1', '1.0', '01.0.0'], ['1.0.1'], ['1.2'], ['1.10']]],
  [cargo, [['1.0.0-alpha.2'], ['1.0.0-alpha.10'], ['1.0.0', '1.0.0+build']]],
  [nuget, [['1.0.0-beta2'], ['1.0.0-RC', '1.0.0-rc'], ['1.0', '1.0.0.0', '1.0.0+meta'], ['1.0.0.1'], ['1.0.01.1']]],
  [
    composer,
    [
      ['1.0-dev'],
      ['1.0.0-alpha1', '1.0a1'],
      ['1.0.0-beta', '1.0.0-b'],
      ['1.0-RC1', 'v1.0.0.0-rc1'],
      ['1.0', 'v1.0.0', '1.0.0.0', '1.0-stable'],
      ['1.0-p1', '1.0.0-patch1'],
      ['1.x-dev'],
      ['2.0.0'],
    ],
  ],
  [
    deb,
    [
      ['1.0~~', '0:1.0~~'],
      ['1.0~rc1-1'],
      ['1.0', '0:1.0-0', '1.0-00', '01.0'],
      ['1.0-1~bpo12+1'],
      ['1.0-1'],
      ['1.0-1+deb12u2'],
      ['1.0-1+deb12u10'],
      ['1.0-1.1'],
      ['1.0a-1'],
      ['1.0+dfsg-1'],
      ['1.10-1'],
      ['1:0.1-1'],
    ],
  ],
  [opam, [['4.14.0~rc1'], ['4.14.0', '4.014.0'], ['4.14.0+flambda'], ['4.14.0-1'], ['4.14.1'], ['v0.16.0']]],
  [
    rpm,
    [
      ['1.0~rc1-1'],
      ['1.0', '0:1.0', '1_0', '1.0.', '01.00'],
      ['1.0-1'],
      ['1.0-1.el9'],
      ['1.0-1.1'],
      ['1.0^20240101git-1'],
      ['1.0a-1'],
      ['1.0.1-1.el8_9.1', '1.0.1-1.el8.9.1'],
      ['1.0.1-2.module+el8.5.0+94+18674043'],
      ['1.0.1-10.el8'],
      ['1:0.1-1'],
    ],
  ],
  [
    apk,
    [
      ['1.01'],
      ['1.1_alpha'],
      ['1.1_alpha2'],
      ['1.1_beta-r5'],
      ['1.1_pre1'],
      ['1.1_rc1'],
      ['1.1'],
      ['1.1-r0'],
      ['1.1-r10'],
      ['1.1_git20240101-r0'],
      ['1.1_p1-r0'],
      ['1.1_p2'],
      ['1.1a'],
      ['1.1.1'],
      ['1.1.1w-r1'],
      ['1.10'],
    ],
  ],
  [cran, [['0.9'], ['0.75'], ['1.2-1', '1.02.1', '1.2.1'], ['1.2-1.0'], ['1.10']]],
  [hackage, [['0'], ['0.11.3.0'], ['1'], ['1.0'], ['1.0.0', '01.0.0'], ['1.10']]],
  [bitnami, [['2.4.58-rc.1'], ['2.4.58', '2.4.58-0'], ['2.4.58-1'], ['2.4.58-10'], ['2.4.58-10.el8'], ['2.4.59']]],
  [github, [['v4.0.0-beta.1'], ['v4.0.0', '4.0.0'], ['v4.1.0']]],
  [alpm, [['1.5rc1'], ['1.5', '1.5-1', '0:1.5', '01.5'], ['1.5-1.1'], ['1.5-2'], ['1.5.b'], ['1.5.1'], ['1.5..0'], ['1:0.1-1']]],
  [
    gentoo,
    [['1.01'], ['1.1_alpha', '1.1_alpha0'], ['1.1_rc1_p2'], ['1.1', '1.1-r0'], ['1.1-r1'], ['1.1_p1'], ['1.1b'], ['1.1.0'], ['1.2'], ['1.10']],
  ],
  [conan, [['2.6-'], ['2.6-alpha.3'], ['2.6-alpha.22'], ['2.6', '2.6.0.0'], ['2.6+b1', '2.6.0+b1.0'], ['2.6.1'], ['2.6.1k'], ['2.6.10'], ['2.6.z']]],
  [openssl, [['0.9.8zh'], ['1.0.2-beta1'], ['1.0.2'], ['1.0.2b'], ['1.0.2z'], ['1.0.2za'], ['3.0.0-alpha1'], ['3.0.0'], ['3.0.10']]],
  [nginx, [['1.4.7'], ['1.25.3'], ['1.25.10']]],
  [
    datetime,
    [
      ['2024-01-01T00:00:00+01:00', '2023-12-31T23:00:00z'],
      ['2024-01-01T00:00:00.05Z', '2024-01-01T00:00:00.0500Z'],
      ['2024-01-01T00:00:00.1Z'],
      ['2024-02-29T00:00:00Z'],
    ],
  ],
  [lexicographic, [['A'], ['a'], ['aa'], ['é'], ['\uff5e'], ['😀'], ['😁']]],
  [hex, [['1.0.0-rc.1'], ['1.0.0', '1.0.0+build'], ['1.0.1']]],
  [swift, [['v1.0.0-beta.1'], ['1.0.0', 'v1.0.0'], ['1.10.0']]],
  [pub, [['1.0.0-dev.29'], ['1.0.0'], ['1.0.0+9'], ['1.0.0+10'], ['1.0.0+a'], ['1.0.1']]],
  [julia, [['1.0.7-rc1'], ['1.0.7', 'v1.0.7'], ['1.0.7+0'], ['1.0.7+1'], ['1.0.7+10'], ['1.1', '1.1.0']]],
];

describe.each(ascending)('$id', (scheme, groups) => {
  const flat = groups.flatMap((group, rank) => group.map((text) => ({ text, rank })));

  it('orders versions as its own tool does', () => {
    for (const a of flat) {
      for (const b of flat) expect(scheme.compare(a.text, b.text), `${a.text} ${b.text}`).toBe(Math.sign(a.rank - b.rank));
    }
  });
});

describe('every scheme', () => {
  it.each(versionSchemes.map((scheme) => [scheme.id, scheme] as const))('%s answers hostile text at once', (_, scheme) => {
    const hostile = [
      '',
      ' ',
      '\0',
      '.',
      '-',
      '1.'.repeat(5000),
      `1${'-'.repeat(255)}`,
      '9'.repeat(256),
      '1-'.repeat(128),
      `${'1-a.'.repeat(60)}!`,
      '\u202e1.0.0',
    ];
    const start = performance.now();
    for (const text of hostile) {
      expect(scheme.compare(text, text)).toBe(scheme.isVersion(text) ? 0 : null);
      scheme.parseRange(text.repeat(20))?.contains(text);
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('ranges', () => {
  it.each<readonly [VersionScheme, string, string, boolean]>([
    [maven, '[1.0,2.0)', '2.0-rc1', true],
    [maven, '[1.0,2.0)', '2.0', false],
    [maven, '(,1.0],[1.2,)', '1.1', false],
    [maven, '(,1.0],[1.2,)', '1.2', true],
    [maven, '[1.5]', '1.5.0', true],
    [maven, '1.5', '1.6', false],
    [nuget, '1.0', '3.0', true],
    [nuget, '(1.0,)', '1.0.0', false],
    [nuget, '[1.0,2.0]', '2.0.0.0', true],
    [nuget, '1.2.*', '1.2.9', true],
    [nuget, '1.2.*', '1.3.0-beta', false],
    [cargo, '1.2', '1.9.0', true],
    [cargo, '0.2.3', '0.3.0', false],
    [cargo, '~1.2', '1.3.0', false],
    [cargo, '=1.2', '1.2.7', true],
    [cargo, '>=1.2, <1.5', '1.5.0', false],
    [cargo, '1.*', '1.4.0', true],
    [cargo, '1.2.3', '1.3.0-alpha', false],
    [composer, '^1.2', '1.9.9', true],
    [composer, '^0.3', '0.4.0', false],
    [composer, '~1.2', '1.9', true],
    [composer, '~1.2.3', '1.3.0', false],
    [composer, '1.0 - 2.0', '2.0.7', true],
    [composer, '1.0.0 - 2.0.0', '2.0.1', false],
    [composer, '1.2.*', '1.2.9', true],
    [composer, '>=1.0 <1.1 || >=1.2', '1.1.5', false],
    [composer, '<2.0', '2.0.0-beta1', false],
    [composer, '<2.0-stable', '2.0.0-beta1', true],
    [composer, '>=1.0@beta', '1.0.0-alpha1', false],
    [golang, '>=v1.2.0 <v1.3.0 || v2.0.0', '2.0.0', true],
    [golang, '1.2.3', 'v1.2.3+incompatible', true],
    [deb, '>= 1.0, << 1:2.0-1', '1:1.9-1', true],
    [deb, '>= 1.0~rc1', '1.0~beta', false],
    [rpm, '>= 1.0 < 1.0.1-2.el9', '1.0.1-1.el9', true],
    [rpm, '< 1.0~rc2', '1.0~rc1-1', true],
    [apk, '<1.1.1w-r1 || >=3.0.0', '1.1.1u-r3', true],
    [opam, '>= "4.08" & < "5.0"', '4.14.1', true],
    [bitnami, '<2.4.58', '2.4.58-1', false],
    [github, '<4.1.0', 'v4.0.1', true],
    [github, '<4.1.0', 'v4', false],
    [alpm, '>=1.5-1 <1.6', '1.5-3', true],
    [gentoo, '<1.1', '1.1_rc1', true],
    [conan, '>1 <2.0', '1.9', true],
    [conan, '>1 <2.0', '2.0-pre', false],
    [conan, '~ 2.5', '2.5.9', true],
    [conan, '~2.5', '2.6-pre', false],
    [conan, '^0.2.3 || 1.0.2u', '1.0.2u', true],
    [conan, '>=1', '1.0-pre', false],
    [conan, '>=1-', '1.0-pre', true],
    [conan, '*, include_prerelease', '1.0-pre', true],
    [openssl, '1.0.2a, 3.0.0', '3.0.0', true],
    [openssl, '>=1.0.2 <1.0.2zd', '1.0.2y', true],
    [nginx, '1.4.1+', '1.5.0', false],
    [nginx, '1.5.0+, 0.7.52-0.8.39', '1.9.0', true],
    [datetime, '>=2024-01-01T00:00:00Z', '2024-01-01T01:00:00+01:00', true],
    [cran, '(>= 1.2-1)', '1.2.1', true],
    [hackage, '>=1.2 && <1.4 || ==2.*', '2.7', true],
    [hackage, '^>=1.2.3', '1.3', false],
    [hackage, '^>=1', '1.0.9', true],
    [hex, '~> 2.0', '2.9.1', true],
    [hex, '~> 2.0', '3.0.0-rc.1', false],
    [hex, '~> 2.1.3', '2.2.0', false],
    [hex, '>= 1.0.0 and < 1.2.0 or == 2.0.0', '2.0.0', true],
    [pub, '^0.0.3', '0.0.9', true],
    [pub, '^1.2.3', '2.0.0-beta', false],
    [pub, '>=1.0.0-a <1.0.0', '1.0.0-b', true],
    [pub, 'any', '0.1.0', true],
    [julia, '0.2, 1', '1.9.0', true],
    [julia, '0.2, 1', '0.3.0', false],
    [julia, '~0.0.3', '0.0.4', false],
    [julia, '1.2 - 2', '2.9.9', true],
    [julia, '=1.2', '1.2.1', false],
    [swift, '.upToNextMajor(from: "1.2.3")', '1.9.0', true],
    [swift, '.upToNextMinor(from: "1.2.3")', '1.3.0', false],
    [swift, '"1.0.0"..<"2.0.0"', '2.0.0', false],
    [swift, '"1.0.0"..."2.0.0"', '2.0.0', true],
    [swift, 'exact: "1.2.3"', '1.2.4', false],
  ])('%o %j holds %s: %s', (scheme, range, version, inside) => {
    expect(scheme.parseRange(range)?.contains(version)).toBe(inside);
  });

  it.each<readonly [VersionScheme, string]>([
    [maven, '[1.0'],
    [maven, '[1.0,2.0,3.0]'],
    [maven, '${version}'],
    [nuget, '(1.0)'],
    [nuget, '[1.0],[2.0]'],
    [nuget, ''],
    [cargo, 'foo'],
    [cargo, '1.2 3.4'],
    [composer, 'dev-main'],
    [composer, '~>1.2'],
    [golang, '^1.2'],
    [deb, '>= '],
    [conan, '>1, loosely'],
    [conan, '~a'],
    [nginx, '1.x'],
    [openssl, '1.0.2,'],
    [deb, '>= latest'],
    [rpm, '1.0 => 2'],
    [hackage, '(>=1.2 && <1.4)'],
    [hex, '~> 2'],
    [julia, 'foo'],
    [swift, 'from: 1.2'],
    [golang, ''],
  ])('%o refuses %j', (scheme, range) => {
    expect(scheme.parseRange(range)).toBeNull();
  });

  it.each<readonly [VersionScheme, string]>([
    [composer, 'dev-main'],
    [maven, '${project.version}'],
    [maven, '[1.0,2.0)'],
    [golang, 'master'],
    [nuget, '1.2.3.4.5'],
    [deb, 'latest'],
    [github, 'v4'],
    [github, '11bd71901bbe5b1630ceea73d27597364c9af683'],
    [alpm, '1.0-'],
    [gentoo, '1.0_foo'],
    [conan, 'cci.20240101'],
    [datetime, '2024-02-30T00:00:00Z'],
    [deb, '1.0-'],
    [deb, '1:2:3-1:4'],
    [apk, '1.0-r'],
    [apk, '1.0_foo1'],
    [apk, '1.0ab'],
    [rpm, '...'],
    [cran, '1.0-beta'],
    [hackage, '1.0-beta'],
    [hex, '1.0'],
  ])('%o has no version %j, so that nothing is concluded from it', (scheme, text) => {
    expect(scheme.compare(text, '1.0.0')).toBeNull();
  });
});
