import { describe, expect, it } from 'vitest';
import { suggestExpression } from './suggest.ts';

describe('what an old licence name may mean', () => {
  it.each([
    ['Apache 2', 'Apache-2.0', 'name'],
    ['Apache License, Version 2.0', 'Apache-2.0', 'name'],
    ['The Apache Software License, Version 2.0', 'Apache-2.0', 'name'],
    ['http://www.apache.org/licenses/LICENSE-2.0.txt', 'Apache-2.0', 'name'],
    ['MIT License', 'MIT', 'name'],
    ['License :: OSI Approved :: MIT License', 'MIT', 'name'],
    ['The MIT License (MIT)', 'MIT', 'name'],
    ['BSD', 'BSD-3-Clause', 'family'],
    ['New BSD License', 'BSD-3-Clause', 'name'],
    ['GPLv3', 'GPL-3.0-only', 'name'],
    ['GNU General Public License v2.0', 'GPL-2.0-only', 'name'],
    ['GNU Lesser General Public License', 'LGPL-2.1-or-later', 'family'],
    ['Eclipse Public License - v 2.0', 'EPL-2.0', 'name'],
    ['MIT/Apache-2.0', 'Apache-2.0 OR MIT', 'name'],
    ['Dual license: MIT', null, null],
    ['SEE LICENSE IN LICENSE.txt', null, null],
    ['', null, null],
    ['a'.repeat(10_000), null, null],
  ])('%.60s is suggested as %s', (text, expression, from) => {
    expect(suggestExpression(text)).toEqual(expression === null ? null : { expression, from });
  });
});
