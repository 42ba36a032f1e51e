import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionSchemes } from './all.ts';

/** What versions of any ecosystem are made of, hostile parts included. */
const part = fc.constantFrom(
  ...[
    '0',
    '1',
    '01',
    '2',
    '10',
    '9007199254740993',
    '.',
    '-',
    '_',
    '+',
    '~',
    '^',
    ':',
    '!',
    'v',
    'a',
    'b',
    'rc',
    'alpha',
    'beta',
    'p',
    'r',
    'x',
    'Z',
  ],
  ...['post', 'dev', 'sp', '_p', '_rc', '-r', '-SNAPSHOT', '.0', '.1', '.10', '..', ' ', '٣', 'é'],
);
const odd = fc
  .tuple(fc.constantFrom('0', '1', '1.0', '1.0.0', '1.2.3', '2:1'), fc.array(part, { maxLength: 5 }))
  .map(([start, rest]) => start + rest.join(''));

/** Where the ecosystem's own tool breaks the laws, and we follow it: ComparableVersion with empty parts and foreign signs. */
const lawless: Readonly<Record<string, RegExp>> = { maven: /[._-]{2}|[.-]$|[^0-9A-Za-z.-]/ };

describe.each(versionSchemes.map((scheme) => [scheme.id, scheme] as const))('the order of %s', (id, scheme) => {
  it('is total, antisymmetric and transitive over odd versions', () => {
    const versions = fc.sample(odd, { numRuns: 600, seed: 7 }).filter((text) => scheme.isVersion(text) && lawless[id]?.test(text) !== true);
    const sorted = [...new Set(versions)].slice(0, 120).sort((a, b) => scheme.compare(a, b) ?? 0);
    const faults: string[] = [];
    for (const [at, a] of sorted.entries()) {
      for (const b of sorted.slice(at)) {
        const forth = scheme.compare(a, b) ?? NaN;
        // What a sort put first is never after: a cycle or a broken equality shows here.
        if (!(forth <= 0) || forth + (scheme.compare(b, a) ?? NaN) !== 0) faults.push(`${a} ${b}: ${String(forth)}`);
      }
    }
    expect(faults).toStrictEqual([]);
  });

  it('does not throw, and is quick, for text of ten thousand characters', () => {
    const start = performance.now();
    for (const text of [
      '1.'.repeat(5000),
      '9'.repeat(10_000),
      '~'.repeat(10_000),
      '１'.repeat(10_000),
      `1-${'a1'.repeat(5000)}`,
      '_p'.repeat(5000),
    ]) {
      expect(scheme.compare(text, '1.0.0')).toBeNull();
      scheme.parseRange(`>=${text}`)?.contains('1.0.0');
      scheme.parseRange(text.slice(0, 8000))?.contains('1.0.0');
    }
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
