import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { uvLock } from './uv-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['idna 3.7 runtime'], problems: [] },
  { name: 'development-only', packages: ['ruff 0.4.1 development direct'], problems: [] },
  {
    name: 'duplicate',
    packages: ['numpy 1.26.4 runtime direct', 'numpy 2.0.0 runtime indirect', 'pandas 2.2.2 runtime direct'],
    problems: [],
  },
  {
    name: 'odd-names',
    packages: ['ruamel-yaml-clib 0.2.8 runtime', 'checker 2.0.0 runtime'],
    problems: ['error unnamed-package'],
  },
  {
    name: 'real-world',
    packages: [
      'click 8.1.7 runtime indirect',
      'iniconfig 2.0.0 development indirect',
      'psycopg 3.1.18 optional direct',
      'pydantic 2.7.0 runtime direct',
      'pytest 8.1.1 development direct',
      'uvicorn 0.29.0 runtime direct',
      'websockets 12.0 runtime indirect',
    ],
    problems: [],
  },
];

describe('uv.lock', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(uvLock, name, 'uv.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('a dependency that names a version leads to that version only', () => {
    expect(edgeLines(readFixture(uvLock, 'duplicate', 'uv.lock'))).toEqual(['pandas@2.2.2 -> numpy@2.0.0']);
  });

  it('extras that something asks for become edges', () => {
    expect(edgeLines(readFixture(uvLock, 'real-world', 'uv.lock'))).toEqual([
      'pytest@8.1.1 -> iniconfig@2.0.0',
      'uvicorn@0.29.0 -> click@8.1.7',
      'uvicorn@0.29.0 -> websockets@12.0',
    ]);
  });

  it('text that is no TOML is said to be none', () => {
    expect(problemLines(readText(uvLock, 'uv.lock', 'this is no lockfile'))).toEqual(['error not-toml uv.lock:1']);
  });
});
