import { describe, expect, it } from 'vitest';
import { compareLine } from './compare-line.ts';
import { readRange } from './in-range.ts';
import { maven } from './versions/maven.ts';
import { npm } from './versions/npm.ts';

describe('a range from the command line', () => {
  it.each([
    [npm, '^1.2', '1.9.0', true],
    [npm, 'vers:npm/>=1.0.0|<2.0.0', '1.9.0', true],
    [npm, 'vers:all/*', '1.9.0', true],
    [npm, '[{"introduced":"0"},{"fixed":"1.2.0"}]', '1.2.0', false],
    [npm, '{"events":[{"introduced":"1.0.0"},{"last_affected":"1.2.0"}]}', '1.2.0', true],
    [npm, '[{"type":"SEMVER","events":[{"introduced":"0"}]}]', 'latest', false],
    [maven, '[1.0,2.0)', '1.5', true],
    [maven, '<2.15.0', '2.13.3', true],
    [maven, '<2.15.0', '2.15.0', false],
    [maven, '>=2.13, <2.15.0', '2.12.4', false],
  ])('%o %s holds %s: %s', (scheme, text, version, inside) => {
    const read = readRange(scheme, text);
    expect(read.ok && read.range.contains(version)).toBe(inside);
  });

  it.each([
    'vers:pypi/1.0',
    'vers:npm/',
    '[]',
    '[{}]',
    '[{"fixed":"1.0.0"}]',
    '[{"introduced":"0"},{"fixed":"x"}]',
    '[{',
    '{"events":[]}',
    '{}',
    'no range',
  ])('is refused with a reason: %s', (text) => {
    expect(readRange(npm, text)).toMatchObject({ ok: false, error: expect.stringMatching(/\w/) as unknown });
  });
});

describe('a line of two versions', () => {
  it.each([
    ['1.0.0\t1.0.1', '-1'],
    ['1.0.0\t1.0.0+build', '0'],
    ['1.0.0\t1.0.0-rc.1', '1'],
    ['1.0.0\tlatest', 'error: "latest" is no npm version'],
    ['main\tlatest', 'error: "main" is no npm version'],
    ['1.0.0', 'error: a line is two versions with a tab between them'],
  ])('%j gives %s', (line, expected) => {
    expect(compareLine(npm, line)).toBe(expected);
  });
});
