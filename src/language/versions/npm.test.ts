import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import { npm } from './npm.ts';

const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 20 }));
const prerelease = fc.constantFrom('', '', '', '-0', '-alpha', '-alpha.1', '-beta.2', '-rc.10', '-rc.9');
const version = fc.tuple(number, number, number, prerelease).map(([a, b, c, suffix]) => `${String(a)}.${String(b)}.${String(c)}${suffix}`);
const part = fc.oneof(number.map(String), fc.constantFrom('x', '*', 'X'));
const partial = fc.oneof(
  version,
  part,
  fc.tuple(part, part).map((parts) => parts.join('.')),
  fc.tuple(part, part, part).map((parts) => parts.join('.')),
);
const operator = fc.constantFrom('', '=', '<', '<=', '>', '>=', '~', '~>', '^', '>= ', '~ ', '^ ');
const comparator = fc.tuple(operator, partial).map((parts) => parts.join(''));
const range = fc
  .array(
    fc.oneof(
      fc.array(comparator, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
      fc.tuple(partial, partial).map((ends) => ends.join(' - ')),
    ),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((alternatives) => alternatives.join(' || '));

describe('npm versions', () => {
  it('are ordered as node-semver orders them', () => {
    fc.assert(
      fc.property(version, version, (a, b) => npm.compare(a, b) === semver.compare(a, b)),
      { numRuns: 5000 },
    );
  });

  it('leave out what is named beside everything, as node-semver does', () => {
    expect(npm.parseRange('x || 0.0.0 - 0.3.0-rc.10')?.contains('0.3.0-rc.10')).toBe(false);
  });

  it('are in a range exactly when node-semver says so', () => {
    fc.assert(
      fc.property(range, version, (text, one) => {
        const ours = npm.parseRange(text);
        expect(ours === null, text).toBe(semver.validRange(text) === null);
        expect(ours?.contains(one) ?? false, `${one} in ${text}`).toBe(semver.satisfies(one, text));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '',
    '1',
    '1.2',
    '01.2.3',
    '1.2.3.4',
    '1.2.3-',
    '1.2.3-a..b',
    '1.2.3+',
    '1.2.3-01',
    'latest',
    '9007199254740992.0.0',
    `1.2.${'3'.repeat(300)}`,
  ])('do not include %j', (text) => {
    expect(npm.isVersion(text)).toBe(false);
    expect(npm.compare(text, '1.0.0')).toBeNull();
  });

  it.each([
    ['^1.2.3', '2.0.0-rc.1', false],
    ['^1.2.3-rc.1', '1.2.3-rc.2', true],
    ['^1.2.3-rc.1', '1.2.4-rc.2', false],
    ['^0.0.3', '0.0.4', false],
    ['1.2 - 2', '2.9.9', true],
    ['', '1.0.0', true],
    ['*', '1.0.0-beta', false],
  ])('of the range %j: %s is in it, %s', (text, one, inside) => {
    expect(npm.parseRange(text)?.contains(one)).toBe(inside);
  });

  it.each(['1.x.5', 'a.b.c', '>>1', '^', '1,2', '1 | 2', 'git+ssh://example.com/a.git'])('have no range %j', (text) => {
    expect(npm.parseRange(text)).toBeNull();
  });
});
