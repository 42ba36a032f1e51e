import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { cyclonedx } from './cyclonedx.ts';

const cases = [
  { name: 'empty', packages: [], problems: ['warning no-packages'] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['lodash 4.17.21 runtime'], problems: [] },
  {
    name: 'development-only',
    packages: ['mocha 10.4.0 development', 'eslint 9.1.0 development', 'fsevents 2.3.3 optional'],
    problems: [],
  },
  {
    name: 'duplicate',
    packages: ['requests 2.31.0 runtime', 'requests 2.30.0 runtime', 'idna 3.7 runtime'],
    problems: ['warning duplicate-ref', 'warning unknown-ref'],
  },
  {
    name: 'odd-names',
    packages: ['@acme/ui 1.2.3 runtime', 'Nginx 1.21.1 runtime', 'org.example/no-purl ? runtime', 'bad-purl 1 runtime', '__proto__ 1 runtime'],
    problems: ['warning not-a-purl', 'error unnamed-component', 'warning unknown-word', 'warning bad-licence', 'error not-a-component'],
  },
  {
    name: 'real-world',
    packages: [
      'org.springframework:spring-core 6.1.6 runtime direct',
      'org.springframework:spring-jcl 6.1.6 runtime indirect',
      'com.google.guava:guava 33.1.0-jre runtime direct',
      'debian 12 runtime indirect',
    ],
    problems: [],
  },
];

describe('CycloneDX', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(cyclonedx, name, 'bom.json');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the main component is the subject and the time of writing is kept', () => {
    const result = readFixture(cyclonedx, 'real-world', 'bom.json');
    expect(result.subject).toEqual({ name: 'org.example:shop', version: '3.1.0', purl: 'pkg:maven/org.example/shop@3.1.0' });
    expect(result.createdAt).toBe('2024-05-02T09:30:00Z');
    expect(result.packages.map((pkg) => pkg.licences)).toEqual([['Apache-2.0'], [], ['The Apache Licence'], []]);
  });

  it.each([
    ['real-world', ['org.springframework:spring-core@6.1.6 -> org.springframework:spring-jcl@6.1.6']],
    ['duplicate', ['requests@2.31.0 -> idna@3.7']],
  ])('the dependency graph of %s becomes edges', (name, edges) => {
    expect(edgeLines(readFixture(cyclonedx, name, 'bom.json'))).toEqual(edges);
  });

  it.each([
    ['', 'error not-json bom.json:1'],
    ['{ "bomFormat": "CycloneDX",', 'error not-json bom.json:1'],
    ['{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": { "name": "a" } }', 'error not-a-list'],
    ['{ "bomFormat": "CycloneDX", "specVersion": {"toString": 1} }', 'warning unknown-version'],
    ['{ "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "12" }', 'warning bad-serial-number'],
    ['{ "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": { "timestamp": "2024-05-02" } }', 'warning bad-timestamp'],
    ['{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{ "name": "a" }] }', 'warning no-type'],
    [
      '{ "bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{ "name": "a", "type": "file", "hashes": [{ "alg": "MD5", "content": "x" }] }] }',
      'warning bad-hash',
    ],
  ])('%s is said to be wrong', (text, problem) => {
    expect(problemLines(readText(cyclonedx, 'bom.json', text))[0]).toBe(problem);
  });

  it("a distribution's package brings the source it was built from, with an edge to it", () => {
    const components = ['libssl3', 'libssl-dev'].map((name) => ({
      type: 'library',
      name,
      purl: `pkg:deb/debian/${name}@3.0.11-1?distro=debian-12&upstream=openssl`,
    }));
    const result = readText(cyclonedx, 'bom.json', JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }));
    expect(packageLines(result)).toEqual(['libssl3 3.0.11-1 runtime', 'libssl-dev 3.0.11-1 runtime', 'openssl 3.0.11-1 runtime']);
    expect(edgeLines(result)).toHaveLength(2);
  });

  it('ten thousand broken components give a bounded number of problems', () => {
    const components = Array.from({ length: 10_000 }, () => ({}));
    const result = readText(cyclonedx, 'bom.json', JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components }));
    expect(result.packages).toEqual([]);
    expect(result.problems).toHaveLength(201);
    expect(result.problems.at(-1)).toEqual({
      code: 'more-problems',
      message: '19801 more problems are not listed.',
      path: 'bom.json',
      severity: 'error',
    });
  });
});
