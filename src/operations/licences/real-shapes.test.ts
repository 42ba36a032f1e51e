import { describe, expect, it } from 'vitest';
import { licenceFound, saidTogether } from '#analysis/licences/licence-found.ts';
import { licenceFile } from '#formats/licence-file.ts';
import { licenceTexts } from '../reports/licence-text.ts';
import { licenceList } from './licence-list.ts';

const texts = licenceTexts();
const text = (id: string): string => texts(id)?.text ?? '';
const until = (whole: string, mark: string): string => whole.slice(0, whole.indexOf(mark) + mark.length);
const end = 'END OF TERMS AND CONDITIONS';
const apache = until(text('Apache-2.0'), end);
const gpl = text('GPL-3.0-only');
const lesser = text('LGPL-3.0-only');

function said(written: string, path = 'LICENSE'): readonly string[] {
  const { licence } = licenceFile.parse({ path, bytes: Buffer.from(written) }, { read: () => null });
  return licence === undefined ? [] : saidTogether([{ path, found: licenceFound(licenceList().index(), licence) }]);
}

describe('licence files as they are met', () => {
  it.each<[name: string, written: string, expected: readonly string[]]>([
    [
      'MIT with a head, holders and another spelling of their name',
      `The MIT License (MIT)\n\nCopyright (c) 2010-2020 A, B\n(c) C\n\n${text('MIT').replace('MIT License', '').replace('AUTHORS OR COPYRIGHT HOLDERS', 'AUTHOR')}`,
      ['MIT'],
    ],
    ['MIT as Markdown', `# License\n\n${text('MIT').replace(/^/gm, '> ')}`, ['MIT']],
    ['Apache without its appendix', apache, ['Apache-2.0']],
    ['Apache with its holder filled in', text('Apache-2.0').replace('[yyyy] [name of copyright owner]', '2021 The Firm'), ['Apache-2.0']],
    [
      'BSD with the name of a university',
      text('BSD-3-Clause').replace('the copyright holder nor', 'the University of Nowhere nor'),
      ['BSD-3-Clause'],
    ],
    ['BSD of two clauses is not that of three', text('BSD-2-Clause'), ['BSD-2-Clause']],
    [
      'ISC with its author',
      text('ISC')
        .replace(/ISC DISCLAIMS/, 'THE AUTHOR DISCLAIMS')
        .replace(/SHALL ISC BE/, 'SHALL THE AUTHOR BE'),
      ['ISC'],
    ],
    ['GPL 3 without how to apply it', until(gpl, end), ['GPL-3.0-only']],
    ['LGPL 3 without the GPL to which it adds', lesser.slice(0, lesser.indexOf('GNU GENERAL PUBLIC LICENSE', 100)), ['LGPL-3.0-only']],
    ['LGPL 3 with it', lesser, ['LGPL-3.0-only']],
    ['wrapped at forty', text('MPL-2.0').replace(/([^\n]{30,40}) /g, '$1\n'), ['MPL-2.0']],
    ['two one after the other', `${apache}\n\n${'-'.repeat(40)}\n\nThe folder parts is under:\n\n${text('MIT')}`, ['Apache-2.0', 'MIT']],
    [
      'GPL 2 with the Classpath exception',
      `${text('GPL-2.0-only')}\n\n${text('Classpath-exception-2.0')}`,
      ['GPL-2.0-only WITH Classpath-exception-2.0'],
    ],
    [
      'a choice with both texts',
      `Licensed under either of the Apache License, Version 2.0 or the MIT license at your option.\n\n${apache}\n\n${text('MIT')}`,
      ['Apache-2.0 OR MIT'],
    ],
    [
      'a short notice of GPL',
      'This program is free software; you can redistribute it under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.',
      ['GPL-2.0-or-later'],
    ],
    ['a text that was cut off', text('MIT').slice(0, 400), ['terms that are not recognised']],
    ['a title that its terms are not', 'MIT License\n\nYou may use this work for research and nothing else.', ['terms that are not recognised']],
    ['a reference that is taken back', 'Licensed under the MIT License, but not for commercial use.', ['terms that are not recognised']],
    [
      'terms of a firm',
      'All rights are kept. Nobody may copy, change or hand on this work unless the firm has agreed to it in writing.',
      ['terms that are not recognised'],
    ],
  ])('%s', (_name, written, expected) => {
    expect(said(written)).toEqual(expected);
  });
});
