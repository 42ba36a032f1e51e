import { describe, expect, it } from 'vitest';
import { parseVers, printVers, readVers, sortedVers, versRange } from './vers.ts';
import { versOfRange } from './vers-of-range.ts';
import { cargo } from './versions/cargo.ts';
import { gem } from './versions/gem.ts';
import { maven } from './versions/maven.ts';
import { npm } from './versions/npm.ts';
import { pypi } from './versions/pypi.ts';

describe('vers', () => {
  it.each([
    ['vers:npm/1.2.3|>=2.0.0|<5.0.0', '1.2.3', true],
    ['vers:npm/1.2.3|>=2.0.0|<5.0.0', '1.2.4', false],
    ['vers:npm/1.2.3|>=2.0.0|<5.0.0', '5.0.0', false],
    ['vers:gem/>=2.2.0|!=2.2.1|<2.3.0', '2.2.1', false],
    ['vers:gem/>=2.2.0|!=2.2.1|<2.3.0', '2.2.2', true],
    ['vers:maven/>=1.0-beta1|<=1.7.5|>=7.0', '7.1', true],
    ['vers:maven/>=1.0-beta1|<=1.7.5|>=7.0', '2.0', false],
    ['vers:pypi/!=1.0', '2.0', true],
    ['vers:pypi/!=1.0', '1.0.0', false],
    ['vers:pypi/*', '0.1', true],
    ['vers:pypi/*', 'not a version', false],
    ['vers:npm/<2.0.0|>=1.0.0', '1.5.0', true],
    ['vers:npm/<1.0.0|<2.0.0', '1.5.0', true],
    ['vers:npm/>2.0.0', '2.0.0', false],
    ['vers:alpine/<1.2.3-r1', '1.2.3-r0', true],
    ['vers:debian/<1.0-1', '1.0~rc1-1', true],
    ['vers:intdot/>=1.2|<2', '1.10.0.0', true],
    ['vers:linux/>=5.4|<5.10.85', '5.10.85-rc1', true],
    ['vers:all/*', 'x', true],
    ['vers:none/*', 'x', false],
  ])('%s holds %s: %s', (text, version, inside) => {
    const read = readVers(text);
    expect(read.ok && versRange(read.vers)?.contains(version)).toBe(inside);
  });

  it.each([
    ['vers:npm/>=2.0.0|<1.0.0', 'constraints are not sorted by version'],
    ['vers:npm/>=1.0.0|<1.0.0', 'a version is repeated'],
    ['vers:npm/>=1.0.0|>=2.0.0', '>= cannot follow >='],
    ['vers:npm/1.0.0|<2.0.0', '< cannot follow ='],
    ['vers:NPM/1.0.0', 'scheme and type are not in lower case'],
    ['vers:npm/1.0.0|*', 'a version contains a character that must be percent-encoded'],
    ['vers:npm/', 'there are no constraints'],
    ['vers:npm/1.0.0|', 'trailing pipe is not permitted'],
    ['vers:npm/>=', 'a version is empty'],
    ['vers:npm/1%2e0', 'percent-encoding in version is not canonical'],
    ['npm/1.0', 'not of the form vers:type/constraints'],
  ])('in canonical form is not %s: %s', (text, error) => {
    expect(parseVers(text)).toStrictEqual({ ok: false, error: `non-canonical VERS: ${error}` });
  });

  it('is sorted and encoded when printed', () => {
    const read = readVers('vers:pypi/<3|1.0|>=2');
    expect(read.ok && printVers(sortedVers(read.vers))).toBe('vers:pypi/1.0|>=2|<3');
    expect(printVers({ type: 'generic', constraints: [{ operator: '=', version: '1|2%' }] })).toBe('vers:generic/1%7C2%25');
  });

  it.each([
    [npm, '^1.2.9 || 0.4.x', 'vers:npm/>=0.4.0|<0.5.0|>=1.2.9|<2.0.0'],
    [npm, '>=1.0.0 <2.0.0 || >=1.5.0', 'vers:npm/>=1.0.0'],
    [npm, '*', 'vers:npm/*'],
    [npm, '>2.0.0 <1.0.0', 'vers:none/*'],
    [cargo, '0.2', 'vers:cargo/>=0.2.0|<0.3.0'],
    [gem, '~> 2.2.0, != 2.2.1, < 2.3.0', 'vers:gem/>=2.2.0|!=2.2.1|<2.3.0'],
    [maven, '(,1.0],[1.2,)', 'vers:maven/<=1.0|>=1.2'],
    [pypi, '~=1.4.2', 'vers:pypi/>=1.4.2|<1.5.dev0'],
  ])('says of %o %s: %s', (scheme, text, expected) => {
    const range = scheme.parseRange(text);
    expect(range && versOfRange(scheme, range)).toBe(expected);
  });

  it('cannot say what only a comparison of texts can', () => {
    const range = pypi.parseRange('===1.0');
    expect(range && versOfRange(pypi, range)).toBeNull();
  });
});
