import { describe, expect, it } from 'vitest';
import { packageLines, problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { packageJson } from './package-json.ts';

const cases = [
  { name: 'empty', packages: [], problems: ['error not-json package.json:1'] },
  { name: 'not-this-format', packages: [], problems: ['error not-package-json'] },
  { name: 'one-package', packages: ['left-pad ?^1.3.0 runtime direct'], problems: [] },
  { name: 'development-only', packages: ['vitest ?^3.0.0 development direct'], problems: [] },
  {
    name: 'duplicate',
    packages: ['react ?^18.0.0 runtime direct', 'fsevents ?2.3.3 optional direct', 'react ?^18.0.0 || ^19.0.0 peer direct'],
    problems: [],
  },
  {
    name: 'odd-names',
    packages: ['__proto__ ?1.0.0 runtime direct', '@types/node ?* runtime direct', 'lodash ?^4.17.0 runtime direct'],
    problems: ['error bad-dependencies', 'error bad-dependencies', 'error bad-name'],
  },
  {
    name: 'real-world',
    packages: [
      'express ?4.18.2 runtime direct',
      'label-printer ?github:tea-shop/label-printer#v0.4.0 runtime direct',
      'receipt ?https://downloads.example.org/receipt-1.0.0.tgz runtime direct',
      'zod ?catalog: runtime direct',
      'react ?>=17 <20 peer direct',
      'typescript ?~5.9.0 development direct',
    ],
    problems: [],
  },
];

describe('package.json', () => {
  it.each(cases)('the case $name gives the packages and problems written beside it', ({ name, packages, problems }) => {
    const result = readFixture(packageJson, name, 'package.json');
    expect(packageLines(result)).toEqual(packages);
    expect(problemLines(result)).toEqual(problems);
  });

  it('an exactly pinned version is still only a range, since nothing says that it was installed', () => {
    const [pinned] = readText(packageJson, 'package.json', '{ "dependencies": { "express": "4.18.2" } }').packages;
    expect(pinned).toMatchObject({ version: null, range: '4.18.2', purl: 'pkg:npm/express' });
  });

  it('a Unity package is said to have no npm dependencies', () => {
    const result = readText(
      packageJson,
      'package.json',
      '{ "name": "com.acme.game", "unity": "2020.3", "dependencies": { "com.unity.mathematics": "1.0.0" } }',
    );
    expect(packageLines(result)).toEqual([]);
    expect(problemLines(result)).toEqual(['warning unity-package']);
  });

  it('the project itself is the subject, not a package', () => {
    expect(readText(packageJson, 'package.json', '{ "name": "@acme/till", "version": "1.0.0" }')).toEqual({
      packages: [],
      edges: [],
      problems: [],
      subject: { name: '@acme/till', version: '1.0.0', purl: 'pkg:npm/%40acme/till@1.0.0' },
    });
  });
});
