import { describe, expect, it } from 'vitest';
import { readJsonc } from './jsonc.ts';

const read = (text: string) => readJsonc(new TextEncoder().encode(text));

describe('JSON with comments', () => {
  it.each([
    ['trailing commas', '{"a": [1, 2,], "b": {"c": 3,},}', { a: [1, 2], b: { c: 3 } }],
    ['comments', '// first\n{"a": 1, /* two\nlines */ "b": 2, // last\n}', { a: 1, b: 2 }],
    ['what only looks like them', '{"a": "// no, /* no */ ,]", "b": "\\",}"}', { a: '// no, /* no */ ,]', b: '",}' }],
  ])('%s are read', (_, text, value) => {
    expect(read(text)).toEqual({ ok: true, value });
  });

  it.each(['{"a": 1,,}', '{, "a": 1}', '{"a": 1 "b": 2}', '{"a": "', '/* {'])('%j stays an error', (text) => {
    expect(read(text).ok).toBe(false);
  });

  it('what is wrong besides is said', () => {
    expect(read('{\n// one\n"a": 1,\n"b": nope\n}')).toMatchObject({ ok: false, error: { code: 'not-json' } });
  });
});
