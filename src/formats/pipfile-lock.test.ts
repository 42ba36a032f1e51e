import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { pipfileLock } from './pipfile-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['idna 3.7 runtime'], problems: [] },
  { name: 'development-only', packages: ['pytest 8.2.0 development', 'sphinx 7.3.7 development'], problems: [] },
  { name: 'duplicate', packages: ['idna 3.7 runtime'], problems: [] },
  {
    name: 'odd-names',
    packages: [
      '__proto__ 1.0 runtime',
      'checker ?git+https://git.example.org/tools/checker.git@v2 runtime',
      'Ruamel.Yaml 0.18.6 runtime',
      'starred ?* runtime',
    ],
    problems: ['warning no-version'],
  },
  {
    name: 'real-world',
    packages: ['certifi 2024.2.2 runtime indirect', 'requests 2.31.0 runtime direct', 'pytest 8.2.0 development direct'],
    problems: [],
  },
];

describe('Pipfile.lock', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(pipfileLock, name, 'Pipfile.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the lockfile does not say which package needs which', () => {
    expect(edgeLines(readFixture(pipfileLock, 'real-world', 'Pipfile.lock'))).toEqual([]);
  });
});
