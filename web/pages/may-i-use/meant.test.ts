import { describe, expect, it } from 'vitest';
import { meantBy } from './meant.ts';

const known = [
  { title: 'lodash', detail: 'pkg:npm/lodash' },
  { title: 'requests', detail: 'pkg:npm/requests' },
  { title: 'requests', detail: 'pkg:pypi/requests' },
  { title: '@acme/ui', detail: 'pkg:npm/%40acme/ui' },
];

describe('which package is meant', () => {
  it.each([
    ['a purl', 'pkg:npm/lodash@4.17.21', '', { kind: 'one', purl: 'pkg:npm/lodash@4.17.21' }],
    ['a purl with a version beside it', 'pkg:npm/lodash@1.0.0', '2.0.0', { kind: 'one', purl: 'pkg:npm/lodash@2.0.0' }],
    ['a name in use', ' Lodash ', '', { kind: 'one', purl: 'pkg:npm/lodash' }],
    ['a scope is no version', '@acme/ui', '', { kind: 'one', purl: 'pkg:npm/%40acme/ui' }],
    ['a scope and a version', '@acme/ui@2.1.0', '', { kind: 'one', purl: 'pkg:npm/%40acme/ui@2.1.0' }],
    ['a name of two ecosystems', 'requests@2.0.0', '', { kind: 'several', purls: ['pkg:npm/requests@2.0.0', 'pkg:pypi/requests@2.0.0'] }],
    ['what is no purl', 'pkg:nothing', '', { kind: 'no-purl' }],
  ])('%s', (_, text, version, expected) => {
    expect(meantBy(text, version, known)).toEqual(expected);
  });

  it('a name that nobody uses is asked where it is from', () => {
    const meant = meantBy('left-pad@1.3.0', '', known);
    expect(meant).toMatchObject({ kind: 'not-here' });
    expect(meant.kind === 'not-here' && meant.purls.slice(0, 2)).toEqual([
      ['npm', 'pkg:npm/left-pad@1.3.0'],
      ['PyPI', 'pkg:pypi/left-pad@1.3.0'],
    ]);
  });
});
