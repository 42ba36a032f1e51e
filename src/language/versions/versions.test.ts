import { describe, expect, it } from 'vitest';
import type { VersionScheme } from '../version-scheme.ts';
import { versionSchemes } from './all.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { golang } from './golang.ts';
import { maven } from './maven.ts';
import { nuget } from './nuget.ts';

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
  ])('%o has no version %j, so that nothing is concluded from it', (scheme, text) => {
    expect(scheme.compare(text, '1.0.0')).toBeNull();
  });
});
