import { gt, lt, satisfies } from '@renovatebot/ruby-semver';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gem } from './gem.ts';

const number = fc.integer({ min: 0, max: 4 }).map(String);
const word = fc.constantFrom('a', 'b1', 'rc2', 'pre');
const version = fc
  .tuple(fc.array(number, { minLength: 1, maxLength: 4 }), fc.option(word, { nil: null, freq: 3 }))
  .map(([numbers, suffix]) => [...numbers, ...(suffix === null ? [] : [suffix])].join('.'));

describe('RubyGems versions', () => {
  it('are ordered as Gem::Version orders them', () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(gem.compare(a, b), `${a} ${b}`).toBe(Number(gt(a, b)) - Number(lt(a, b)));
      }),
      { numRuns: 10_000 },
    );
  });

  it('are in a requirement exactly when Gem::Requirement says so', () => {
    const requirement = fc.tuple(fc.constantFrom('=', '!=', '<', '<=', '>', '>=', '~>'), version).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(requirement, version, (text, one) => {
        expect(gem.parseRange(text)?.contains(one), `${one} in ${text}`).toBe(satisfies(one, text));
      }),
      { numRuns: 10_000 },
    );
  });

  it.each([
    ['~> 2.0.8, != 2.0.9', '2.0.9', false],
    ['~> 2', '2.9', true],
    ['~> 2.1', '3.0.0.rc1', false],
    ['>= 1.0 < 2 || = 3.0', '3.0', true],
  ])('of the requirement %j: %s is in it, %s', (text, one, inside) => {
    expect(gem.parseRange(text)?.contains(one)).toBe(inside);
  });

  it.each(['', 'a', '1beta', '1..2', '1 2'])('do not include %j', (text) => {
    expect(gem.isVersion(text)).toBe(false);
  });
});
