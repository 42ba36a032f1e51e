import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { pnpmLock } from './pnpm-lock.ts';

const cases = [
  { name: 'empty', packages: [], edges: [], problems: ['error empty'] },
  { name: 'not-this-format', packages: [], edges: [], problems: ['error not-pnpm-lock'] },
  { name: 'one-package', packages: ['left-pad 1.3.0 runtime direct'], edges: [], problems: [] },
  {
    name: 'development-only',
    packages: ['fsevents 2.3.3 optional direct', 'split 1.0.1 development indirect', 'tap-dot 2.0.0 development direct'],
    edges: ['tap-dot@2.0.0 -> split@1.0.1'],
    problems: [],
  },
  {
    name: 'duplicate',
    packages: ['react 17.0.2 runtime indirect', 'react 18.2.0 development indirect', 'use-store 1.0.0 runtime direct'],
    edges: ['use-store@1.0.0 -> react@17.0.2', 'use-store@1.0.0 -> react@18.2.0'],
    problems: [],
  },
  {
    name: 'odd-names',
    packages: [
      '@tea-shop/ui 2.0.0-rc.1 runtime direct',
      '__proto__ 1.0.0 runtime indirect',
      'constructor 1.0.0 runtime indirect',
      'lodash 4.17.21 runtime direct',
    ],
    edges: ['@tea-shop/ui@2.0.0-rc.1 -> constructor@1.0.0'],
    problems: ['warning bad-package'],
  },
  {
    name: 'real-world',
    packages: [
      'debug 2.6.9 runtime indirect',
      'express 4.18.2 runtime direct',
      'fsevents 2.3.3 optional indirect',
      'label-printer 0.4.0 runtime direct',
      'ms 2.0.0 runtime indirect',
      'typescript 5.9.2 development direct',
    ],
    edges: ['debug@2.6.9 -> ms@2.0.0', 'express@4.18.2 -> debug@2.6.9', 'express@4.18.2 -> fsevents@2.3.3'],
    problems: [],
  },
  {
    name: 'version-5',
    packages: [
      'debug 2.6.9 runtime direct',
      'ms 2.0.0 runtime indirect',
      'react 17.0.2 runtime indirect',
      'tap-dot 2.0.0 development direct',
      'use-store 1.0.0 runtime direct',
    ],
    edges: ['debug@2.6.9 -> ms@2.0.0', 'use-store@1.0.0 -> react@17.0.2'],
    problems: [],
  },
  {
    name: 'version-6',
    packages: ['@tea-shop/ui 1.0.0 runtime direct', 'react 18.2.0 runtime indirect', 'label-printer 0.4.0 runtime direct'],
    edges: ['@tea-shop/ui@1.0.0 -> react@18.2.0'],
    problems: [],
  },
  { name: 'version-not-read', packages: [], edges: [], problems: ['error lockfile-version-not-read'] },
];

describe('pnpm-lock.yaml', () => {
  it.each(cases)('the case $name gives the packages, edges and problems written beside it', ({ name, packages, edges, problems }) => {
    const result = readFixture(pnpmLock, name, 'pnpm-lock.yaml');
    expect(packageLines(result)).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the first document of pnpm 11, which locks pnpm itself, gives no packages', () => {
    const tools =
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    packageManagerDependencies:\n      pnpm: { specifier: 11.0.0, version: 11.0.0 }\npackages:\n  pnpm@11.0.0: {}\nsnapshots:\n  pnpm@11.0.0: {}\n";
    const project =
      "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      ms: { specifier: 2.0.0, version: 2.0.0 }\npackages:\n  ms@2.0.0: {}\nsnapshots:\n  ms@2.0.0: {}\n";
    expect(packageLines(readText(pnpmLock, 'pnpm-lock.yaml', `---\n${tools}---\n${project}`))).toEqual(['ms 2.0.0 runtime direct']);
  });

  it('an address in a key loses its credentials', () => {
    const lock = "lockfileVersion: '9.0'\npackages:\n  'ms@git+https://user:secret@example.org/ms.git': {}\n";
    expect(packageLines(readText(pnpmLock, 'pnpm-lock.yaml', lock))).toEqual(['ms ?git+https://example.org/ms.git runtime indirect']);
  });
});
