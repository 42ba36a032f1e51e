import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import type { Format } from '#model/format.ts';
import { bazelModuleLock } from './bazel-module-lock.ts';
import { condaEnvironment } from './conda-environment.ts';
import { condaLock } from './conda-lock.ts';
import { condaMeta } from './conda-meta.ts';
import { mavenInstall } from './maven-install.ts';

// Each line: purl, range in brackets where no version is known, scope, host, whether a hash proves it (-: not said).
const cases: readonly [format: Format, file: string, packages: readonly string[], problems: readonly string[]][] = [
  [
    condaLock,
    'conda-lock.yml',
    [
      'pkg:conda/numpy@1.26.4 runtime conda.anaconda.org true',
      'pkg:conda/python@3.12.3 runtime - false',
      'pkg:pypi/ruff@0.4.4 development files.pythonhosted.org true',
    ],
    [],
  ],
  [
    condaEnvironment,
    'environment.yml',
    [
      'pkg:conda/python (=3.12) runtime - -',
      'pkg:conda/numpy@1.26.4 runtime - -',
      'pkg:conda/scipy (>=1.13) runtime - -',
      'pkg:conda/pip (*) runtime - -',
      'pkg:pypi/requests@2.32.3 runtime - -',
    ],
    ['warning bad-package'],
  ],
  [condaMeta, 'numpy.json', ['pkg:conda/numpy@1.26.4 runtime conda.anaconda.org true'], []],
  [
    mavenInstall,
    'maven_install.json',
    ['pkg:maven/com.google.guava/guava@33.2.0-jre runtime - true', 'pkg:maven/com.google.guava/failureaccess@1.0.2 runtime - false'],
    ['error bad-package'],
  ],
  [bazelModuleLock, 'MODULE.bazel.lock', ['pkg:bazel/rules_java@7.6.5 runtime bcr.bazel.build true'], []],
];

describe('what conda and Bazel lock', () => {
  it.each(cases)('$0.id gives the packages and problems written beside it', (format, file, packages, problems) => {
    const result = readFixture(format, 'real-world', file);
    const lines = result.packages.map(({ purl, range, scope, registry, hashed }) =>
      [String(purl), ...(range === undefined ? [] : [`(${range})`]), scope, registry ?? '-', String(hashed ?? '-')].join(' '),
    );
    expect(lines).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('edges stay within a platform', () => {
    expect(edgeLines(readFixture(condaLock, 'real-world', 'conda-lock.yml'))).toEqual(['numpy@1.26.4 -> python@3.12.3']);
  });

  it('the older forms of Bazel say the same', () => {
    const tree = { dependencies: [{ coord: 'a:b:jar:sources:1.0', sha256: 'aa', dependencies: ['c:d:2.0'] }, { coord: 'c:d:2.0' }] };
    const result = readText(mavenInstall, 'maven_install.json', JSON.stringify({ dependency_tree: tree }));
    expect([...packageLines(result), ...edgeLines(result)]).toEqual(['a:b 1.0 runtime', 'c:d 2.0 runtime', 'a:b@1.0 -> c:d@2.0']);
    const graph = { moduleDepGraph: { '<root>': { name: 'shop', version: '' }, 'rules_java@7.6.5': { name: 'rules_java', version: '7.6.5' } } };
    expect(packageLines(readText(bazelModuleLock, 'MODULE.bazel.lock', JSON.stringify(graph)))).toEqual(['rules_java 7.6.5 runtime']);
  });

  it.each([
    [condaLock, '', 'error not-this-format'],
    [condaEnvironment, 'a: 1', 'warning not-this-format'],
    [condaMeta, '{}', 'error not-this-format'],
    [mavenInstall, '{}', 'error not-this-format'],
    [bazelModuleLock, '{}', 'error not-this-format'],
  ])('what is none of them is said to be none (%#)', (format, text, problem) => {
    expect(problemLines(readText(format, 'file', text))).toEqual([problem]);
  });
});
