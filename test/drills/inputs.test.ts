import { describe, expect, it } from 'vitest';
import { drillInputs } from './inputs.ts';

type Details = { readonly failures: readonly { readonly format: string; readonly why: string }[] };

describe('broken documents', () => {
  it('end in a located problem or a reading', { timeout: 90_000 }, async () => {
    const { tried, failed, details } = await drillInputs({ mutations: 600, isWhole: false });
    expect((details as Details).failures).toEqual([]);
    expect([tried, failed]).toEqual([600, 0]);
  });

  it.each([
    ['throws', /^reader-failed: /],
    ['crash', /^crashed: /],
  ])('of a reader that %s are found', { timeout: 90_000 }, async (format, why) => {
    const parsers = new URL('../../src/gateway/fixtures/hostile-parsers.ts', import.meta.url);
    const corpus = [
      { format: 'good', path: 'a.good.lock', bytes: Buffer.from('good') },
      { format, path: `a.${format}.lock`, bytes: Buffer.from('text') },
    ];
    const { failed, details } = await drillInputs({ mutations: 4, isWhole: false, parsers, corpus });
    expect(failed).toBe(2);
    expect((details as Details).failures.map((each) => [each.format, why.test(each.why)])).toEqual([
      [format, true],
      [format, true],
    ]);
  });
});
