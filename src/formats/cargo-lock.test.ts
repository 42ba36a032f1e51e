import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { cargoLock } from './cargo-lock.ts';

const cases = [
  { name: 'empty', packages: [], edges: [], problems: ['error empty'] },
  { name: 'not-this-format', packages: [], edges: [], problems: ['error not-toml Cargo.lock:1'] },
  { name: 'one-package', packages: ['libc 0.2.155 runtime direct'], edges: [], problems: [] },
  {
    name: 'development-only',
    packages: ['cc 1.0.0 build direct', 'criterion 0.5.1 development direct', 'plotters 0.3.5 development indirect'],
    edges: ['criterion@0.5.1 -> plotters@0.3.5'],
    problems: [],
  },
  { name: 'duplicate', packages: ['syn 1.0.109 runtime direct', 'syn 2.0.15 runtime direct'], edges: [], problems: [] },
  {
    name: 'odd-names',
    packages: ['wasi 0.10.2+wasi-snapshot-preview1 runtime direct', '__proto__ 1.0.0 runtime direct'],
    edges: [],
    problems: ['error bad-package'],
  },
  {
    name: 'real-world',
    packages: [
      'bitflags 1.3.2 optional indirect',
      'bitflags 2.4.1 runtime indirect',
      'label-printer 0.4.0 runtime direct',
      'nix 0.26.0 optional direct',
      'libc 0.2.155 runtime direct',
      'tempfile 3.8.0 development direct',
    ],
    edges: ['label-printer@0.4.0 -> bitflags@2.4.1', 'nix@0.26.0 -> bitflags@1.3.2', 'nix@0.26.0 -> libc@0.2.155', 'tempfile@3.8.0 -> libc@0.2.155'],
    problems: [],
  },
  { name: 'version-1', packages: ['libc 0.2.54 runtime direct'], edges: [], problems: [] },
];

describe('Cargo.lock', () => {
  it.each(cases)('the case $name gives the packages, edges and problems written beside it', ({ name, packages, edges, problems }) => {
    const result = readFixture(cargoLock, name, 'Cargo.lock');
    expect(packageLines(result)).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
  });

  it('a source tells crates of one name and version apart', () => {
    const crate = (name: string, source: string, needs = '') => `[[package]]\nname = "${name}"\nversion = "1.0.0"\nsource = "${source}"\n${needs}\n`;
    const lock = `version = 3\n${crate('a', 'registry+x', 'dependencies = ["b 1.0.0 (git+z)"]')}${crate('b', 'registry+x')}${crate('b', 'git+z', 'dependencies = ["c"]')}${crate('c', 'registry+x')}`;
    expect(edgeLines(readText(cargoLock, 'Cargo.lock', lock))).toEqual(['a@1.0.0 -> b@1.0.0', 'b@1.0.0 -> c@1.0.0']);
  });

  it('a version that is not known is said and the crates are read all the same', () => {
    const result = readText(cargoLock, 'Cargo.lock', 'version = 9\n[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+x"\n');
    expect(packageLines(result)).toEqual(['a 1.0.0 runtime']);
    expect(problemLines(result)).toEqual(['warning lockfile-version-unknown']);
  });
});
