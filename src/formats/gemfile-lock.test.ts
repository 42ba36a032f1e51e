import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture } from '../../test/format-fixtures.ts';
import { gemfileLock } from './gemfile-lock.ts';

const cases = [
  { name: 'empty', packages: [], problems: [] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['rake 13.2.1 runtime direct'], problems: [] },
  { name: 'development-only', packages: ['rspec 3.13.0 runtime direct'], problems: [] },
  { name: 'duplicate', packages: ['nokogiri 1.16.4 runtime direct', 'racc 1.7.3 runtime indirect'], problems: [] },
  {
    name: 'odd-names',
    packages: [
      'checker 2.0.0.pre.1 runtime direct',
      '__proto__ 1.0 runtime indirect',
      'rack 3.0.10 runtime indirect',
      'rack 3.0.11 runtime indirect',
    ],
    problems: [
      'warning no-version Gemfile.lock:10',
      'error merge-conflict Gemfile.lock:12',
      'error merge-conflict Gemfile.lock:14',
      'error merge-conflict Gemfile.lock:16',
    ],
  },
  {
    name: 'real-world',
    packages: ['minitest 5.22.3 runtime direct', 'rack 3.0.10 runtime direct', 'rack-session 2.0.0 runtime indirect', 'sinatra 4.0.0 runtime direct'],
    problems: [],
  },
];

describe('Gemfile.lock', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(gemfileLock, name, 'Gemfile.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('what a gem needs becomes an edge', () => {
    expect(edgeLines(readFixture(gemfileLock, 'real-world', 'Gemfile.lock'))).toEqual([
      'rack-session@2.0.0 -> rack@3.0.10',
      'sinatra@4.0.0 -> rack@3.0.10',
      'sinatra@4.0.0 -> rack-session@2.0.0',
    ]);
  });
});
