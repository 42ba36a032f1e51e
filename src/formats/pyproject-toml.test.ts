import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { pyprojectToml } from './pyproject-toml.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-toml pyproject.toml:1'] },
  { name: 'one-package', packages: ['requests 2.31.0 runtime direct'], problems: [] },
  {
    name: 'development-only',
    packages: ['ruff ?>=0.4 development direct', 'pytest 8.2.0 development direct', 'sphinx 7.3.7 development direct'],
    problems: [],
  },
  { name: 'duplicate', packages: ['Flask_Login 0.6.3 runtime direct'], problems: [] },
  {
    name: 'odd-names',
    packages: ['uvicorn ?>=0.29 runtime direct', 'checker ?git+https://git.example.org/tools/checker.git@v2 runtime direct'],
    problems: ['error not-a-requirement', 'warning dynamic-dependencies'],
  },
  {
    name: 'real-world',
    packages: [
      'requests ?^2.31 runtime direct',
      'idna 3.7 runtime direct',
      'psycopg ?^3.1 optional direct',
      'numpy 1.26.4 runtime direct',
      'numpy ?^2.0 runtime direct',
      'pytest ?* development direct',
    ],
    problems: [],
  },
];

describe('pyproject.toml', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(pyprojectToml, name, 'pyproject.toml');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the project it names is the subject', () => {
    expect(readFixture(pyprojectToml, 'real-world', 'pyproject.toml').subject).toEqual({ name: 'parcel-tracker', version: '0.4.0', purl: null });
  });
});
