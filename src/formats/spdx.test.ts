import { describe, expect, it } from 'vitest';
import { edgeLines, packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { spdx } from './spdx.ts';

const cases = [
  { name: 'empty', packages: [], problems: ['warning no-packages'] },
  { name: 'not-this-format', packages: [], problems: ['error not-this-format'] },
  { name: 'one-package', packages: ['lodash 4.17.21 runtime'], problems: [] },
  {
    name: 'development-only',
    packages: ['app 1.0.0 runtime indirect', 'mocha 10.4.0 development direct', 'junit 4.13.2 test direct'],
    problems: [],
  },
  {
    name: 'duplicate',
    packages: ['requests 2.31.0 runtime', 'requests 2.30.0 runtime', 'idna 3.7 runtime'],
    problems: ['warning duplicate-id', 'warning unknown-ref'],
  },
  {
    name: 'odd-names',
    packages: ['@acme/ui 1.2.3 runtime', 'bad-purl ? runtime', '__proto__ 1 runtime'],
    problems: ['warning not-a-purl', 'warning bad-licence', 'error unnamed-package', 'warning no-id'],
  },
  {
    name: 'real-world',
    packages: [
      'org.example:shop 3.1.0 runtime indirect',
      'org.springframework:spring-core 6.1.6 runtime direct',
      'org.springframework:spring-jcl 6.1.6 runtime indirect',
      'fonts ? runtime indirect',
    ],
    problems: [],
  },
];

describe('SPDX', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(spdx, name, 'sbom.spdx.json');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('the described package is the subject and the time of writing is kept', () => {
    const result = readFixture(spdx, 'real-world', 'sbom.spdx.json');
    expect(result.subject).toEqual({ name: 'org.example:shop', version: '3.1.0', purl: 'pkg:maven/org.example/shop@3.1.0' });
    expect(result.createdAt).toBe('2024-05-02T09:30:00Z');
  });

  it('NONE and NOASSERTION are no licences, and a concluded licence stands beside the declared one', () => {
    const result = readFixture(spdx, 'real-world', 'sbom.spdx.json');
    expect(result.packages.map((pkg) => pkg.licences)).toEqual([[], ['Apache-2.0', 'Apache-2.0 AND BSD-3-Clause'], [], []]);
  });

  it('relationships become edges whichever way round they are written; that the subject contains all is none', () => {
    expect(edgeLines(readFixture(spdx, 'real-world', 'sbom.spdx.json'))).toEqual([
      'org.example:shop@3.1.0 -> org.springframework:spring-core@6.1.6',
      'org.springframework:spring-core@6.1.6 -> org.springframework:spring-jcl@6.1.6',
    ]);
    expect(edgeLines(readFixture(spdx, 'duplicate', 'sbom.spdx.json'))).toEqual(['requests@2.31.0 -> idna@3.7']);
  });

  it.each([
    ['', 'error not-json sbom.json:1'],
    ['[]', 'error not-this-format'],
    ['{ "spdxVersion": "SPDX-2.3", "creationInfo": { "creators": "me" } }', 'warning no-creators'],
    ['{ "SPDXID": "SPDXRef-DOCUMENT" }', 'warning unknown-version'],
    ['{ "spdxVersion": "SPDX-2.3", "creationInfo": { "creators": [] }, "packages": {} }', 'error not-a-list'],
    ['{ "spdxVersion": "SPDX-2.3", "creationInfo": { "creators": [] }, "documentDescribes": ["SPDXRef-x"] }', 'warning no-packages'],
  ])('%s is said to be wrong', (text, problem) => {
    expect(problemLines(readText(spdx, 'sbom.json', text))[0]).toBe(problem);
  });
});
