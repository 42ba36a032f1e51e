import { describe, expect, it } from 'vitest';
import { escapedProps } from './escaped-props.ts';

describe('what an element shows', () => {
  it('has its bidi and control characters as escapes, in text, in lists of text and in titles', () => {
    expect(escapedProps({ title: '\u202ea', 'aria-label': 'b\u0007', children: 'c\u2066' })).toEqual({
      title: '\\u{202e}a',
      'aria-label': 'b\\u{7}',
      children: 'c\\u{2066}',
    });
    expect(escapedProps({ children: ['in ', 'lod\u200bash', ['\u202e']] })).toEqual({ children: ['in ', 'lod\\u{200b}ash', ['\\u{202e}']] });
  });

  it('keeps addresses, values and line breaks as they are', () => {
    const props = { href: '/packages/\u202e', value: '\u202e', children: 'two\nlines' };
    expect(escapedProps(props)).toBe(props);
  });
});
