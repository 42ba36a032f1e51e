import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { npmPackageLock } from './npm-package-lock.ts';

const cases = [
  { name: 'empty', packages: [], edges: [], problems: ['error not-json package-lock.json:1'] },
  { name: 'not-this-format', packages: [], edges: [], problems: ['error not-package-lock'] },
  { name: 'one-package', packages: ['left-pad 1.3.0 runtime direct'], edges: [], problems: [] },
  {
    name: 'development-only',
    packages: ['fsevents 2.3.3 optional direct', 'split 1.0.1 development indirect', 'tap-dot 2.0.0 development direct'],
    edges: ['tap-dot@2.0.0 -> split@1.0.1'],
    problems: [],
  },
  {
    name: 'duplicate',
    packages: ['a 1.0.0 runtime direct', 'ms 2.1.2 runtime indirect', 'b 1.0.0 development direct', 'ms 0.7.1 development indirect'],
    edges: ['a@1.0.0 -> ms@2.1.2', 'b@1.0.0 -> ms@2.1.2'],
    problems: [],
  },
  {
    name: 'odd-names',
    packages: [
      '__proto__ 1.0.0 runtime direct',
      '@acme/ui 2.0.0-rc.1+build.5 runtime direct',
      'constructor 1.0.0 runtime direct',
      'lodash 4.17.21 runtime direct',
    ],
    edges: ['@acme/ui@2.0.0-rc.1+build.5 -> constructor@1.0.0'],
    problems: ['error bad-package', 'error bad-package', 'error bad-entry'],
  },
  {
    name: 'real-world',
    packages: [
      'ms 2.0.0 runtime direct',
      'debug 4.3.4 development direct',
      'express 4.18.2 runtime direct',
      'debug 2.6.9 runtime indirect',
      'label-printer 0.4.0 runtime direct',
      'ms 2.1.2 development indirect',
      'qs 6.11.0 runtime indirect',
      'side-channel 1.0.4 runtime indirect',
      'react 18.2.0 peer direct',
    ],
    edges: [
      'debug@4.3.4 -> ms@2.1.2',
      'express@4.18.2 -> debug@2.6.9',
      'express@4.18.2 -> qs@6.11.0',
      'debug@2.6.9 -> ms@2.0.0',
      'qs@6.11.0 -> side-channel@1.0.4',
    ],
    problems: [],
  },
  {
    name: 'version-1',
    packages: [
      'debug 2.6.9 runtime direct',
      'ms 2.0.0 runtime indirect',
      'label-printer ?git+https://git.example.org/label-printer.git#5f2c0a9d8e7b6a5f4e3d2c1b0a9f8e7d6c5b4a39 runtime indirect',
      'lodash 4.17.21 runtime indirect',
      'ms 2.1.2 development direct',
    ],
    edges: ['debug@2.6.9 -> ms@2.0.0'],
    problems: [],
  },
];

describe('package-lock.json', () => {
  it.each(cases)('the case $name gives the packages, edges and problems written beside it', ({ name, packages, edges, problems }) => {
    const result = readFixture(npmPackageLock, name, 'package-lock.json');
    expect(packageLines(result)).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
  });

  it('package-lock.json says nothing where npm-shrinkwrap.json lies beside it, as npm sees it', () => {
    const lock = '{ "lockfileVersion": 3, "packages": { "node_modules/ms": { "version": "2.0.0" } } }';
    const result = readText(npmPackageLock, 'app/package-lock.json', lock, { 'app/npm-shrinkwrap.json': lock });
    expect(packageLines(result)).toEqual([]);
    expect(problemLines(result)).toEqual(['warning shadowed']);
    expect(packageLines(readText(npmPackageLock, 'app/npm-shrinkwrap.json', lock))).toEqual(['ms 2.0.0 runtime']);
  });

  it('a nested package wins over the one at the top for those below it only', () => {
    const lock = `{ "lockfileVersion": 3, "packages": {
      "node_modules/a": { "version": "1.0.0", "dependencies": { "b": "1", "c": "2" } },
      "node_modules/a/node_modules/b": { "version": "1.0.0", "dependencies": { "c": "2" } },
      "node_modules/a/node_modules/c": { "version": "2.0.0" },
      "node_modules/c": { "version": "3.0.0", "dependencies": { "b": "9" } },
      "node_modules/b": { "version": "9.0.0" }
    } }`;
    const edges = ['a@1.0.0 -> b@1.0.0', 'a@1.0.0 -> c@2.0.0', 'b@1.0.0 -> c@2.0.0', 'c@3.0.0 -> b@9.0.0'];
    expect(edgeLines(readText(npmPackageLock, 'package-lock.json', lock))).toEqual(edges);
  });

  it('version 1 without package.json leaves open what is direct', () => {
    const lock = '{ "lockfileVersion": 1, "dependencies": { "ms": { "version": "2.0.0" } } }';
    expect(packageLines(readText(npmPackageLock, 'package-lock.json', lock))).toEqual(['ms 2.0.0 runtime']);
  });

  it('JSON that is no object, or a table that is none, is said', () => {
    expect(problemLines(readText(npmPackageLock, 'package-lock.json', 'null'))).toEqual(['error not-package-lock']);
    expect(problemLines(readText(npmPackageLock, 'package-lock.json', '{ "lockfileVersion": 3, "packages": [] }'))).toEqual(['error bad-field']);
  });
});
