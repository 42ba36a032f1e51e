import { compare, satisfies } from '@renovatebot/pep440';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pypi } from './pypi.ts';

const number = fc.integer({ min: 0, max: 4 }).map(String);
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const suffix = fc.constantFrom(
  '',
  '',
  '',
  'a1',
  'b2',
  'rc1',
  'alpha',
  '.post1',
  '-1',
  '.dev0',
  'rc1.dev2',
  '.post1.dev3',
  '+local.1',
  '+2',
  'a1.post2',
);
const version = fc.tuple(fc.constantFrom('', '', '1!', 'v'), release, suffix).map((parts) => parts.join(''));

describe('PyPI versions', () => {
  it('are ordered as PEP 440 orders them', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(pypi.compare(a, b), `${a} ${b}`).toBe(Math.sign(compare(a, b)));
      }),
      { numRuns: 10_000 },
    );
  });

  it('without suffixes are in a range exactly when pep440 says so', () => {
    const specifier = fc
      .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '~='), fc.tuple(number, number, number))
      .map(([operator, parts]) => operator + parts.join('.'));
    // The oracle does not fill `4` up to 4.0 before it looks for `4.0.*`, which PEP 440 asks for.
    const three = fc.tuple(number, number, number).map((parts) => parts.join('.'));
    const range = fc.array(specifier, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(','));
    fc.assert(
      fc.property(range, three, (text, one) => {
        expect(pypi.parseRange(text)?.contains(one), `${one} in ${text}`).toBe(satisfies(one, text));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['~=1.4.2', '1.4.9', true],
    ['~=1.4.2', '1.5', false],
    ['==1.4.*', '1.4.7.post1', true],
    ['!=1.4.*', '1.5', true],
    ['>=1.0', '2.0rc1', false],
    ['>=1.0rc1', '2.0rc1', true],
    ['<3.2', '3.2rc1', false],
    ['>3.2', '3.2.post1', false],
    ['==1.0', '1.0+local', true],
    ['==1.0+local', '1.0', false],
    ['===1.0', '1.0.0', false],
    ['>=1.0,<2 || ==3.0', '3.0', true],
    ['<1 ||', '3.0', false],
    ['', '1.0', true],
  ])('of the range %j: %s is in it, %s', (text, one, inside) => {
    expect(pypi.parseRange(text)?.contains(one)).toBe(inside);
  });

  it.each(['0.1-bulbasaur', 'trunk', '1.0-final-final', '1..0', ''])('do not include the legacy text %j', (text) => {
    expect(pypi.compare(text, '1.0')).toBeNull();
  });

  it.each(['~=1', '>1.*', '>=1.0+local', '>=', 'foo', '>=1.0;<2', '||'])('have no range %j', (text) => {
    expect(pypi.parseRange(text)).toBeNull();
  });
});
