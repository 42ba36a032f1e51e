import { describe, expect, it } from 'vitest';
import { escaped, escapedProse } from './escaped.ts';

describe('text from outside', () => {
  it.each([
    ['turned around', '\u202etxt.exe', '\\u{202e}txt.exe'],
    ['isolated and popped', 'a\u2066b\u2069', 'a\\u{2066}b\\u{2069}'],
    ['coloured for a terminal', '\u001b[31mred', '\\u{1b}[31mred'],
    ['with a second line', 'one\ntwo', 'one\\u{a}two'],
    ['with invisible letters', 'log\u200b4j\ufeff', 'log\\u{200b}4j\\u{feff}'],
    ['of other scripts, which is nothing to escape', 'библиотека 图书馆 مكتبة', 'библиотека 图书馆 مكتبة'],
  ])('%s is shown with its escapes', (_, text, shown) => {
    expect(escaped(text)).toBe(shown);
  });

  it('of several lines keeps them', () => {
    expect(escapedProse('one\n\ttwo\u202e\u0007')).toBe('one\n\ttwo\\u{202e}\\u{7}');
  });
});
