import { describe, expect, it } from 'vitest';
import { readYamlDocuments } from './yaml.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('YAML', () => {
  it.each([
    ['JSON', '{"a": [1, "b"], "c": null}', [{ a: [1, 'b'], c: null }]],
    ['flow that is no JSON', "{a: [1, 'b'], c: ~}", [{ a: [1, 'b'], c: null }]],
    ['brackets in texts', `a: '${'['.repeat(300)}'\nb: x${'['.repeat(300)}\n`, [{ a: '['.repeat(300), b: `x${'['.repeat(300)}` }]],
    ['an alias', 'a: &x [1]\nb: *x\n', [{ a: [1], b: [1] }]],
    ['two documents', 'a: &x 1\n---\nb: 2\n', [{ a: 1 }, { b: 2 }]],
  ])('of %s is read', (_, text, value) => {
    expect(readYamlDocuments(bytes(text))).toEqual({ ok: true, value });
  });

  it.each([
    ['open brackets', '['.repeat(300_000), 'too-deep', undefined],
    ['deep JSON', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, 'too-deep', undefined],
    ['lists side by side', '[]'.repeat(100_000), 'not-yaml', 1],
    ['lists below each other', '[a]\n'.repeat(100_000), 'not-yaml', 2],
    ['an alias of nothing', 'b: *x\n', 'not-yaml', undefined],
  ])('of %s is refused at once', (_, text, code, line) => {
    const begun = performance.now();
    const read = readYamlDocuments(bytes(text));
    expect(read.ok ? null : read.error.code).toBe(code);
    if (line !== undefined) expect(read.ok ? null : read.error.line).toBe(line);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
