import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

describe('canonical JSON', () => {
  it.each([
    ['keys are sorted at every depth', { b: 1, a: { d: [{ z: 1, y: 2 }], c: null } }, '{"a":{"c":null,"d":[{"y":2,"z":1}]},"b":1}'],
    ['capital letters come before small ones', { a: 1, B: 2 }, '{"B":2,"a":1}'],
    ['absent members are left out', { a: undefined, b: 1 }, '{"b":1}'],
    ['the order of a list stays', [3, 1, 2], '[3,1,2]'],
    ['a key named __proto__ is kept', JSON.parse('{"a":1,"__proto__":{"x":1}}'), '{"__proto__":{"x":1},"a":1}'],
    ['a lone surrogate is escaped', '\ud800', '"\\ud800"'],
  ])('%s', (_name, value, expected) => {
    expect(canonicalJson(value)).toBe(expected);
  });

  it('numbers as keys come first and in order, as JavaScript has it, whatever the order they were written in', () => {
    expect(canonicalJson({ b: 1, 10: 1, 9: 1 })).toBe(canonicalJson({ 9: 1, 10: 1, b: 1 }));
  });
});
