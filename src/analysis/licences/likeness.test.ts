import { describe, expect, it } from 'vitest';
import { licenceLike, likenessIndex } from './likeness.ts';

// Made-up licences: the texts of the SPDX list are judged by `npm run conformance`.
const sentence = (words: string): string =>
  `You may ${words} this work for any purpose as long as you keep this note with every copy that you hand on.`;
const body = 'There is no promise that the work is good for anything, and its makers answer for no harm that comes of it, however it comes about.';
const open = `Example Open Terms\n\n${sentence('use')}\n\n${body}`;
const shared = `Example Shared Terms\n\n${sentence('change')}\n\nWhat you make of it you hand on under these terms, with its source, to everybody who has it from you.\n\n${body}`;
const index = likenessIndex([
  { id: 'Open-1.0', text: open },
  { id: 'Open-1.0-too', text: open.toUpperCase() },
  { id: 'Shared-1.0', text: shared },
]);

describe('likeness of licence texts', () => {
  it.each<[name: string, text: string, ids: readonly string[] | null]>([
    ['the very text is it, with every id that bears it', open, ['Open-1.0', 'Open-1.0-too']],
    ['another text is another licence', shared, ['Shared-1.0']],
    ['a copyright line makes no difference', `Copyright (c) 2024 Jane Doe\n\n${shared}`, ['Shared-1.0']],
    [
      'wrapping, case and comment marks make none',
      shared
        .split(' ')
        .map((word) => ` * ${word}`)
        .join('\n')
        .toUpperCase(),
      ['Shared-1.0'],
    ],
    ['a replaced word is a small change', shared.replace('harm', 'damage'), ['Shared-1.0']],
    ['a line before and one behind are small changes', `This file is part of Example.\n${shared}\nWrite to us.`, ['Shared-1.0']],
    [
      'a condition that somebody added makes it another text',
      `${open}\nBut the grant above does not hold for whoever sells the work, rents it out or offers what it does to third parties over a network, against money or not, unless the makers have agreed to it in writing before.`,
      null,
    ],
    ['half of a text is not the text', shared.slice(0, 160), null],
    ['what is no licence is none', 'Install it with npm install example and read the guide to begin.', null],
    ['nothing is nothing', '', null],
  ])('%s', (_name, text, ids) => {
    expect(licenceLike(index, text)?.ids ?? null).toEqual(ids);
  });
});
