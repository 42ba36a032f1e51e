import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { goMod } from './go-mod.ts';

const cases = [
  { name: 'empty', packages: [], problems: ['error empty'] },
  { name: 'not-this-format', packages: [], problems: ['error bad-line go.mod:1', 'warning unknown-directive go.mod:2'] },
  { name: 'one-package', packages: ['github.com/google/uuid 1.6.0 runtime direct', 'stdlib ?>=1.22 runtime direct'], problems: [] },
  { name: 'development-only', packages: ['golang.org/x/tools 0.30.0 runtime indirect', 'stdlib ?>=1.24 runtime direct'], problems: [] },
  { name: 'duplicate', packages: ['golang.org/x/text 0.14.0 runtime direct', 'stdlib ?>=1.17 runtime direct'], problems: [] },
  {
    name: 'odd-names',
    packages: [
      'github.com/BurntSushi/toml 1.3.2 runtime direct',
      'gopkg.in/yaml.v3 3.0.1 runtime direct',
      'github.com/go-chi/chi/v5 5.0.10+incompatible runtime direct',
      'golang.org/x/sys 0.0.0-20220715151400-c0bba94af5f8 runtime indirect',
      'stdlib ?>=1.21 runtime direct',
    ],
    problems: ['error bad-directive go.mod:10', 'error bad-directive go.mod:11', 'warning unknown-directive go.mod:15'],
  },
  {
    name: 'real-world',
    packages: [
      'github.com/google/uuid 1.5.0 runtime direct',
      'github.com/tea-shop/mux 1.8.1-shop runtime direct',
      'golang.org/x/net 0.17.0 runtime direct',
      'golang.org/x/text 0.13.0 runtime indirect',
      'stdlib 1.22.3 runtime direct',
    ],
    problems: [],
  },
  {
    name: 'go-1.16-with-go-sum',
    packages: ['github.com/sirupsen/logrus 1.9.3 runtime direct', 'golang.org/x/sys 0.2.0 runtime indirect', 'stdlib ?>=1.16 runtime direct'],
    problems: [],
  },
];

describe('go.mod', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(goMod, name, 'go.mod');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('a replacement of all versions counts where none of one version does', () => {
    const file =
      'module m\ngo 1.22\nrequire a.example.com v1.0.0\nreplace a.example.com => b.example.com v2.0.0\nreplace a.example.com v1.1.0 => c.example.com v3.0.0\n';
    expect(packageLines(readText(goMod, 'go.mod', file))[0]).toBe('b.example.com 2.0.0 runtime direct');
  });

  it('from Go 1.17 on go.sum is not asked, since go.mod lists all', () => {
    const asked: string[] = [];
    const bytes = new TextEncoder().encode('module m\ngo 1.17\n');
    goMod.parse({ path: 'go.mod', bytes }, { read: (path) => (asked.push(path), null) });
    expect(asked).toEqual([]);
  });

  it('a toolchain line gives the standard library a version, a go line only a lower bound', () => {
    expect(packageLines(readText(goMod, 'go.mod', 'module m\ngo 1.23.5\ntoolchain go1.23.6-custom\n'))).toEqual(['stdlib 1.23.6 runtime direct']);
    expect(packageLines(readText(goMod, 'go.mod', 'module m\ngo 1.23.5\ntoolchain default\n'))).toEqual(['stdlib ?>=1.23.5 runtime direct']);
  });
});
