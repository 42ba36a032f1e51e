import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { goSum } from './go-sum.ts';

const cases = [
  { name: 'empty', packages: [], problems: ['error empty'] },
  { name: 'not-this-format', packages: [], problems: ['error bad-line go.sum:1'] },
  { name: 'one-package', packages: ['github.com/google/uuid 1.6.0 runtime'], problems: ['warning no-go-mod'] },
  { name: 'development-only', packages: ['github.com/stretchr/testify 1.9.0 runtime'], problems: ['warning no-go-mod'] },
  { name: 'duplicate', packages: ['golang.org/x/sys 0.2.0 runtime'], problems: ['warning no-go-mod'] },
  {
    name: 'odd-names',
    packages: ['github.com/!burnt!sushi/toml 1.0.0 runtime', 'gopkg.in/yaml.v2 2.4.0 runtime'],
    problems: ['error bad-line go.sum:2', 'warning no-go-mod'],
  },
  { name: 'real-world', packages: [], problems: [] },
];

describe('go.sum', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(goSum, name, 'go.sum');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });
});
