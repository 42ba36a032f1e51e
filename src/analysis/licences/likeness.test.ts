import { describe, expect, it } from 'vitest';
import { licenceSequences, packSequences } from '#language/spdx/licence-sequences.ts';
import { licenceWords } from '#language/spdx/licence-words.ts';
import { licenceFound, notRecognised, saidTogether } from './licence-found.ts';
import { likenessIndex } from './likeness.ts';

// Made-up licences: the texts of the SPDX list are judged by `npm run conformance` and by the fold's test.
const sentence = (words: string): string =>
  `You may ${words} this work for any purpose as long as you keep this note with every copy that you hand on.`;
const body = 'There is no promise that the work is good for anything, and its makers answer for no harm that comes of it, however it comes about.';
const open = `Example Open Terms\n\n${sentence('use')}\n\n${body}`;
const shared = `Example Shared Terms\n\n${sentence('change')}\n\nWhat you make of it you hand on under these terms, with its source, to everybody who has it from you.\n\n${body}`;
const ended = `Example Ended Terms\n\nWhoever has a copy may read it aloud, sing it and put it to music, in public and at home, and need not ask anybody.\n\nEND OF TERMS AND CONDITIONS\n\nHow to apply these terms: put a line at the head of each of your files that says where the terms are, and your name.`;
const granted = `Example Granted Terms\n\nTake it, give it away, keep it, and let nobody tell you otherwise while the sun stands over the sea.\n\n${body}`;
const index = likenessIndex([
  { id: 'MIT', text: open },
  { id: 'MIT-0', text: open.toUpperCase() },
  { id: 'Zlib', text: shared },
  { id: 'Ruby', text: ended },
  { id: 'Vim', text: granted },
]);
const more =
  'But the grant above does not hold for whoever sells the work, rents it out or offers what it does to third parties over a network, against money or not, unless the makers have agreed to it in writing before.';

const found = (text: string, identifiers: readonly string[] = []) =>
  licenceFound(index, { sequences: packSequences(licenceSequences(licenceWords(text))), copyright: [], identifiers, beginning: text });
const together = (...files: readonly (readonly [path: string, text: string | null])[]) =>
  saidTogether(files.map(([path, text]) => ({ path, found: text === null ? null : found(text) })));

describe('likeness of licence texts', () => {
  it.each<[name: string, text: string, said: readonly string[]]>([
    ['the very text is it, by the shortest of the ids that bear it', open, ['MIT']],
    ['another text is another licence', shared, ['Zlib']],
    ['a copyright line makes no difference', `Copyright (c) 2024 Jane Doe\n\n${shared}`, ['Zlib']],
    [
      'wrapping, case and comment marks make none',
      shared
        .split(' ')
        .map((word) => ` * ${word}`)
        .join('\n')
        .toUpperCase(),
      ['Zlib'],
    ],
    ['a replaced word is a small change', shared.replace('harm', 'damage'), ['Zlib']],
    ['a line before and one behind are small changes', `This file is part of Example.\n${shared}\nWrite to us.`, ['Zlib']],
    ['what stands behind the end of the terms may be left out', ended.slice(0, ended.indexOf('How to')), ['Ruby']],
    ['several texts in one file are all found', `${ended}\n\n---\nParts of it are under\n\n${shared}`, ['Ruby', 'Zlib']],
    ['texts that share a sentence are both found', `${granted}\n\n${shared}`, ['Vim', 'Zlib']],
    ['half of a text is not the text', shared.slice(0, 160), []],
    ['what is no licence is none', 'Install it with npm install example and read the guide to begin.', []],
    ['nothing is nothing', '', []],
  ])('%s', (_name, text, said) => {
    expect(found(text).said.toSorted()).toEqual(said);
  });

  it('says how like a text is, and what is nearest where none is near enough', () => {
    expect([found(open).texts, found(open).nearest]).toEqual([[{ ids: ['MIT', 'MIT-0'], likeness: 1 }], null]);
    expect(found(shared.replace('harm', 'damage')).texts[0]?.likeness).toBeCloseTo(0.96, 1);
    const half = found(shared.slice(0, 160));
    expect([half.texts, half.nearest?.ids, half.isMore]).toEqual([[], ['Zlib'], true]);
  });
});

describe('what files with licences say', () => {
  it.each<[name: string, said: readonly string[], files: readonly (readonly [path: string, text: string | null])[]]>([
    ['a condition that somebody added makes it more than the text', ['MIT', notRecognised], [['LICENSE', `${open}\n${more}`]]],
    ['a text that nobody knows is unknown', [notRecognised], [['LICENSE', more]]],
    ['a file that could not be read is unknown', [notRecognised], [['COPYING', null]]],
    [
      'a notice need be no licence',
      ['Zlib'],
      [
        ['LICENSE', shared],
        ['NOTICE', more],
      ],
    ],
    [
      'two files say both',
      ['MIT', 'Zlib'],
      [
        ['LICENSE-A', open],
        ['LICENSE-B', shared],
      ],
    ],
    [
      'a file that says one may be chosen speaks for the texts beside it',
      ['MIT OR Zlib'],
      [
        ['LICENSE', 'This work is made available under the terms of either of the licences in the files beside this one.'],
        ['LICENSE.a', open],
        ['LICENSE.b', shared],
      ],
    ],
  ])('%s', (_name, said, files) => {
    expect(together(...files)).toEqual(said);
  });

  it.each<[name: string, text: string, said: readonly string[]]>([
    [
      'Licensed under the Apache License, Version 2.0',
      'Licensed under the Apache License, Version 2.0 (the "License"); see the License for limits.',
      ['Apache-2.0'],
    ],
    [
      'Apache or MIT at your option',
      'Licensed under either of\n * Apache License, Version 2.0\n * MIT license\nat your option.',
      ['Apache-2.0 OR MIT'],
    ],
    ['two names without a choice are not guessed', 'Code is under the MIT License, text under the ISC License.', []],
    [
      'GPL 2 or later',
      'It is free software under the GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.',
      ['GPL-2.0-or-later'],
    ],
    ['GPL 3 alone', 'Distributed under the terms of the GNU General Public License version 3.', ['GPL-3.0-only']],
    ['LGPL 2.1', 'Under the GNU Lesser General Public License, version 2.1.', ['LGPL-2.1-only']],
    ['MPL', 'This is subject to the terms of the Mozilla Public License, v. 2.0.', ['MPL-2.0']],
    ['a family is no licence', 'Under a BSD licence.', []],
  ])('of a short text: %s', (_name, text, said) => {
    expect(found(text).said).toEqual(said);
  });

  it('an SPDX-License-Identifier is taken word for word, and a text that it names says no more', () => {
    expect(found('See below.', ['MIT OR Zlib']).said).toEqual(['MIT OR Zlib']);
    expect(found(open, ['MIT OR Zlib']).said).toEqual(['MIT OR Zlib']);
    expect(found(shared, ['MIT']).said).toEqual(['MIT', 'Zlib']);
  });
});
