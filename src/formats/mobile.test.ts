import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { denoJson } from './deno-json.ts';
import { denoLock } from './deno-lock.ts';
import { packageResolved } from './package-resolved.ts';
import { podfileLock } from './podfile-lock.ts';
import { pubspecLock } from './pubspec-lock.ts';

describe('lockfiles of Deno, Dart, Swift and CocoaPods', () => {
  it('deno.lock gives packages of npm and JSR, their edges, and what the workspace asks for', () => {
    const result = readFixture(denoLock, 'real-world', 'deno.lock');
    expect(packageLines(result)).toEqual([
      'react-dom 18.2.0 runtime direct',
      'react 18.2.0 runtime indirect',
      'scheduler 0.23.2 runtime indirect',
      '@std/internal 1.0.5 runtime indirect',
      '@std/path 1.0.8 runtime direct',
    ]);
    expect(edgeLines(result)).toEqual([
      'react-dom@18.2.0 -> react@18.2.0',
      'react-dom@18.2.0 -> scheduler@0.23.2',
      '@std/path@1.0.8 -> @std/internal@1.0.5',
    ]);
    expect(result.packages.map(({ purl, hashed }) => `${purl ?? ''} ${String(hashed)}`).slice(2)).toEqual([
      'pkg:npm/scheduler@0.23.2 false',
      'pkg:jsr/%40std/internal@1.0.5 true',
      'pkg:jsr/%40std/path@1.0.8 true',
    ]);
    expect(problemLines(result)).toEqual([]);
  });

  it.each([
    ['2', { npm: { specifiers: { 'ms@2': 'ms@2.1.3' }, packages: { 'ms@2.1.3': { dependencies: { inner: 'ink@1.0.0' } }, 'ink@1.0.0': {} } } }],
    [
      '3',
      {
        packages: { specifiers: { 'npm:ms@2': 'npm:ms@2.1.3' }, npm: { 'ms@2.1.3': { dependencies: { inner: 'ink@1.0.0' } }, 'ink@1.0.0': {} } },
        workspace: { dependencies: ['npm:ms@2'] },
      },
    ],
    [
      '5',
      {
        specifiers: { 'npm:ms@2': '2.1.3' },
        npm: { 'ms@2.1.3': { optionalDependencies: ['ink'] }, 'ink@1.0.0': {} },
        workspace: { members: { a: { dependencies: ['npm:ms@2'] } } },
      },
    ],
  ])('deno.lock of version %s says the same', (version, tables) => {
    const result = readText(denoLock, 'deno.lock', JSON.stringify({ version, ...tables }));
    expect([...packageLines(result), ...edgeLines(result)]).toEqual([
      'ms 2.1.3 runtime direct',
      'ink 1.0.0 runtime indirect',
      'ms@2.1.3 -> ink@1.0.0',
    ]);
  });

  it('deno.json gives ranges', () => {
    const result = readFixture(denoJson, 'real-world', 'deno.json');
    expect(packageLines(result)).toEqual(['chalk ?5 runtime direct', '@std/path ?^1.0.0 runtime direct', 'chalk ?4.1.2 runtime direct']);
    expect(result.packages.map(({ purl }) => purl)).toEqual(['pkg:npm/chalk', 'pkg:jsr/%40std/path', 'pkg:npm/chalk']);
  });

  it('pubspec.lock gives scopes and origins, without the own packages', () => {
    const result = readFixture(pubspecLock, 'real-world', 'pubspec.lock');
    expect(packageLines(result)).toEqual(['http 1.2.1 runtime direct', 'lints 4.0.0 development direct', 'meta 1.15.0 runtime indirect']);
    expect(result.packages.map(({ registry, hashed }) => `${registry ?? ''} ${String(hashed)}`)).toEqual([
      'pub.dev true',
      'pub.dev false',
      'github.com true',
    ]);
  });

  it('Package.resolved names packages by their repository', () => {
    const result = readFixture(packageResolved, 'real-world', 'Package.resolved');
    expect(result.packages.map(({ ecosystem, purl }) => `${String(ecosystem)} ${String(purl)}`)).toEqual([
      'SwiftURL pkg:swift/github.com/apple/swift-nio@2.65.0',
      'SwiftURL pkg:swift/github.com/acme/parser@bb22',
      'null pkg:generic/mona.linkedlist@1.1.0',
    ]);
    const first = { package: 'NIO', repositoryURL: 'https://github.com/apple/swift-nio', state: { branch: null, revision: 'aa', version: '2.0.0' } };
    const old = readText(
      packageResolved,
      'Package.resolved',
      JSON.stringify({ object: { pins: [first, { package: 'Lost', state: {} }] }, version: 1 }),
    );
    expect(packageLines(old)).toEqual(['github.com/apple/swift-nio 2.0.0 runtime']);
    expect(problemLines(old)).toEqual(['error bad-package']);
  });

  it('Podfile.lock joins subspecs to their pod', () => {
    const result = readFixture(podfileLock, 'real-world', 'Podfile.lock');
    expect(packageLines(result)).toEqual([
      'Alamofire 5.9.1 runtime direct',
      'Firebase 10.25.0 runtime direct',
      'FirebaseAuth 10.25.0 runtime indirect',
    ]);
    expect(edgeLines(result)).toEqual(['Firebase@10.25.0 -> FirebaseAuth@10.25.0']);
    expect(result.packages.map(({ purl }) => purl)[1]).toBe('pkg:cocoapods/Firebase@10.25.0');
  });

  it.each([
    [denoLock, '{"version":"9"}', 'error lockfile-version-not-read'],
    [denoLock, '{}', 'error not-this-format'],
    [denoJson, '[]', 'error not-this-format'],
    [pubspecLock, 'text', 'error not-this-format'],
    [packageResolved, '{}', 'error not-this-format'],
    [podfileLock, '', 'error not-this-format'],
  ])('what is none of them is said to be none (%#)', (format, text, problem) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([problem]);
  });
});
