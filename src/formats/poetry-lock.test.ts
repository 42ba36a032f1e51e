import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { poetryLock } from './poetry-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['idna 3.7 runtime'], problems: [] },
  { name: 'development-only', packages: ['pytest 8.2.0 development', 'black 24.4.0 development'], problems: [] },
  { name: 'duplicate', packages: ['numpy 1.26.4 runtime', 'numpy 2.0.0 runtime'], problems: [] },
  { name: 'odd-names', packages: ['ruamel.yaml.clib 0.2.8 optional', 'Checker 2.0.0 runtime'], problems: ['error unnamed-package'] },
  {
    name: 'real-world',
    packages: [
      'certifi 2024.2.2 runtime indirect',
      'iniconfig 2.0.0 development indirect',
      'psycopg 3.1.18 optional direct',
      'pytest 8.1.1 development direct',
      'requests 2.31.0 runtime direct',
      'urllib3 2.2.1 runtime indirect',
    ],
    problems: [],
  },
];

describe('poetry.lock', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(poetryLock, name, 'poetry.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('dependencies become edges, and pyproject.toml names the project', () => {
    const result = readFixture(poetryLock, 'real-world', 'poetry.lock');
    expect(edgeLines(result)).toEqual(['pytest@8.1.1 -> iniconfig@2.0.0', 'requests@2.31.0 -> certifi@2024.2.2', 'requests@2.31.0 -> urllib3@2.2.1']);
    expect(result.subject).toEqual({ name: 'parcel-tracker', version: '0.4.0', purl: null });
  });

  it('an empty file is said to be empty', () => {
    expect(problemLines(readText(poetryLock, 'poetry.lock', '\n'))).toEqual(['warning empty-file']);
  });

  it('a broken pyproject.toml does not keep the lockfile from being read', () => {
    const lock = '[[package]]\nname = "idna"\nversion = "3.7"\n';
    const result = readText(poetryLock, 'app/poetry.lock', lock, { 'app/pyproject.toml': 'name = ' });
    expect(packageLines(result)).toEqual(['idna 3.7 runtime']);
    expect(problemLines(result)).toEqual(['error not-toml app/pyproject.toml:1']);
  });

  it('values of the wrong type are no reason to fail', () => {
    const result = readText(
      poetryLock,
      'poetry.lock',
      'metadata = 1\n[[package]]\nname = "a"\nversion = 2\ndependencies = ["b"]\nsource = "c"\ngroups = 3\n',
    );
    expect(packageLines(result)).toEqual(['a ? runtime']);
    expect(problemLines(result)).toEqual(['warning no-version']);
  });
});
