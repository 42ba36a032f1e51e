import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { nugetPackagesLock } from './nuget-packages-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['Newtonsoft.Json 13.0.3 runtime direct'], problems: [] },
  { name: 'development-only', packages: ['xunit 2.7.0 runtime direct'], problems: [] },
  { name: 'duplicate', packages: ['Serilog 3.1.1 runtime direct'], problems: [] },
  {
    name: 'odd-names',
    packages: [
      '__proto__ 1.0.0 runtime indirect',
      'Unresolved ?[1.0.0, ) runtime direct',
      'Central 2.0.0 runtime indirect',
      'Text ? runtime indirect',
    ],
    problems: ['warning no-version', 'warning no-version'],
  },
  { name: 'real-world', packages: ['Serilog.Sinks.File 5.0.0 runtime direct', 'Serilog 2.10.0 runtime indirect'], problems: [] },
];

describe('packages.lock.json', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(nugetPackagesLock, name, 'packages.lock.json');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('dependencies within a framework become edges', () => {
    expect(edgeLines(readFixture(nugetPackagesLock, 'real-world', 'packages.lock.json'))).toEqual(['Serilog.Sinks.File@5.0.0 -> Serilog@2.10.0']);
  });
});
