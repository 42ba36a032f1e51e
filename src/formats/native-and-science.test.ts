import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import { cabalFreeze } from './cabal-freeze.ts';
import { conanLock } from './conan-lock.ts';
import { cpanfileSnapshot } from './cpanfile-snapshot.ts';
import { juliaManifest } from './julia-manifest.ts';
import { renvLock } from './renv-lock.ts';
import { stackLock } from './stack-lock.ts';

// Each line: purl, scope, whether it is asked for (-: not said), whether a hash proves it (-: not said). Then the edges.
const cases: readonly [format: Format, file: string, packages: readonly string[], edges: readonly string[], problems: readonly string[]][] = [
  [
    conanLock,
    'conan.lock',
    [
      'pkg:conan/libpng@1.6.43 runtime true true',
      'pkg:conan/zlib@1.3.1?channel=stable&user=acme runtime false false',
      'pkg:conan/cmake@3.29.3 build true true',
    ],
    ['libpng@1.6.43 -> zlib@1.3.1'],
    [],
  ],
  [
    renvLock,
    'renv.lock',
    [
      'pkg:cran/cli@3.6.2 runtime - true',
      'pkg:cran/dplyr@1.1.4 runtime - false',
      'Bioconductor BiocGenerics 0.50.0 runtime - true',
      'pkg:github/acme/tool@aabbccdd runtime - true',
      'pkg:generic/local@0.2.0 runtime - false',
    ],
    ['dplyr@1.1.4 -> cli@3.6.2'],
    [],
  ],
  [cabalFreeze, 'cabal.project.freeze', ['pkg:hackage/aeson@2.2.1.0 runtime - -', 'pkg:hackage/text@2.1.1 runtime - -'], [], []],
  [stackLock, 'stack.yaml.lock', ['pkg:hackage/jose-jwt@0.10.0 runtime true true', 'pkg:hackage/tool@1.2.3 runtime true true'], [], []],
  [
    juliaManifest,
    'Manifest.toml',
    [
      'pkg:julia/Dates@1.10.3?uuid=ade2ca70-3891-5945-98fb-dc099432e06a runtime - false',
      'pkg:julia/HTTP@1.10.6?uuid=cd3eb016-35fb-5094-929b-558a96fad6f3 runtime - true',
      'pkg:julia/Twin@1.0.0?uuid=22222222-2222-2222-2222-222222222222 runtime - false',
    ],
    ['HTTP@1.10.6 -> Dates@1.10.3', 'Twin@1.0.0 -> HTTP@1.10.6'],
    [],
  ],
  [
    cpanfileSnapshot,
    'cpanfile.snapshot',
    ['pkg:cpan/DAGOLDEN/HTTP-Tiny@0.088 runtime - -', 'pkg:cpan/ACME/LWP-Tool@v1.2.3-TRIAL runtime - -'],
    ['LWP-Tool@v1.2.3-TRIAL -> HTTP-Tiny@0.088'],
    [],
  ],
];

describe('lockfiles of Conan, R, Haskell, Julia and Perl', () => {
  it.each(cases)('$0.id gives the packages, edges and problems written beside it', (format, file, packages, edges, problems) => {
    const result = readFixture(format, 'real-world', file);
    const lines = result.packages.map(({ ecosystem, name, version, purl, scope, direct, hashed }) =>
      [purl ?? `${String(ecosystem)} ${name} ${String(version)}`, scope, String(direct ?? '-'), String(hashed ?? '-')].join(' '),
    );
    expect(lines).toEqual(packages);
    expect(edgeLines(result)).toEqual(edges);
    expect(problemLines(result)).toEqual(problems);
  });

  it('conan.lock of Conan 2 says what is only for building', () => {
    const text = '{"version":"0.5","requires":["zlib/1.3.1#aa%17.1","1.2.3#bb"],"build_requires":["cmake/3.29.3"],"python_requires":[]}';
    const result = readText(conanLock, 'conan.lock', text);
    expect(packageLines(result)).toEqual(['zlib 1.3.1 runtime', 'cmake 3.29.3 build']);
    expect(problemLines(result)).toEqual(['error bad-package']);
  });

  it('Manifest.toml of format 1 has packages without a version', () => {
    const text = '[[Dates]]\nuuid = "aa"\n[[HTTP]]\ndeps = ["Dates"]\nuuid = "bb"\nversion = "1.0.0"\n';
    const result = readText(juliaManifest, 'Manifest.toml', text);
    expect([...packageLines(result), ...edgeLines(result)]).toEqual(['Dates ?* runtime', 'HTTP 1.0.0 runtime', 'HTTP@1.0.0 -> Dates@']);
  });

  it.each([
    [conanLock, '{}', 'error not-this-format'],
    [renvLock, '[]', 'error not-this-format'],
    [renvLock, '{}', 'warning no-packages'],
    [cabalFreeze, 'text', 'error not-this-format'],
    [cabalFreeze, 'constraints: text', 'warning no-version file:1'],
    [stackLock, '', 'error not-this-format'],
    [juliaManifest, 'name = "x"', 'error not-this-format'],
    [cpanfileSnapshot, '', 'error not-this-format'],
    [cpanfileSnapshot, 'DISTRIBUTIONS\n  Moose\n    pathname: M/Moose.tar.gz', 'error no-version file:3'],
  ])('what is none of them is said to be none (%#)', (format, text, problem) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([problem]);
  });
});
