import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { composerLock } from './composer-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['psr/log 3.0.0 runtime'], problems: [] },
  { name: 'development-only', packages: ['phpunit/phpunit 11.1.3 development'], problems: [] },
  { name: 'duplicate', packages: ['psr/log 3.0.0 runtime'], problems: [] },
  {
    name: 'odd-names',
    packages: ['acme/branch dev-feature/x runtime', 'Symfony/Console v7.0.6 runtime'],
    problems: ['error unnamed-package', 'error unnamed-package'],
  },
  {
    name: 'real-world',
    packages: ['monolog/monolog 3.6.0 runtime direct', 'psr/log 3.0.0 runtime indirect', 'phpunit/phpunit 11.1.3 development direct'],
    problems: [],
  },
];

describe('composer.lock', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(composerLock, name, 'composer.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('what a package requires becomes an edge, and its licences are kept', () => {
    const result = readFixture(composerLock, 'real-world', 'composer.lock');
    expect(edgeLines(result)).toEqual(['monolog/monolog@3.6.0 -> psr/log@3.0.0']);
    expect(result.packages.map((pkg) => pkg.licences)).toEqual([['MIT'], ['MIT'], ['BSD-3-Clause']]);
  });
});
