import { describe, expect, it } from 'vitest';
import { unpackSequences } from '#language/spdx/licence-sequences.ts';
import { problemLines, readFixture, readText } from '../../test/format-fixtures.ts';
import { licenceFile } from './licence-file.ts';

const prose = 'You may use this work for whatever you like, and hand it on with this note, and nobody promises you anything about it in return.';
const readBytes = (bytes: Uint8Array, path = 'LICENSE') => licenceFile.parse({ path, bytes }, { read: () => null });

describe('the names of licence files', () => {
  it.each([
    ...[
      'LICENSE',
      'License',
      'licence.md',
      'LICENSE.txt',
      'LICENSE-MIT',
      'LICENSE-APACHE',
      'LICENSE.BSD',
      'LICENSE-2.0.txt',
      'COPYING',
      'COPYING.LESSER',
    ],
    ...['UNLICENSE', 'NOTICE', 'notice.txt', 'COPYRIGHT', 'MIT-LICENSE', 'MIT-LICENSE.txt', 'docs/LICENSE', 'LICENSES/LGPL-2.1-or-later.txt'],
  ])('%s is one', (path) => {
    expect(licenceFile.matchesPath(path)).toBe(true);
  });

  it.each([
    ...['license.go', 'license.json', 'LICENSE.js', 'licenses.csv', 'LICENSE-generator.ts', 'copying-machine.md', 'README.md', 'LICENSES/tool.py'],
    ...['LICENSE-3RD-PARTY.txt', 'license-scanning.md', 'notice-board.md', `${'a'.repeat(200)}LICENSE`],
  ])('%s is none', (path) => {
    expect(licenceFile.matchesPath(path)).toBe(false);
  });
});

describe('what a licence file holds', () => {
  it('is read with its lines of copyright, identifiers and package', () => {
    const result = readFixture(licenceFile, 'real-world', 'node_modules/tea/LICENSE');
    expect({ ...result.licence, sequences: unpackSequences(result.licence?.sequences ?? '').length }).toMatchObject({
      sequences: 60,
      copyright: ['Copyright (c) 2019-2024 The Tea Shop', 'Copyright (c) 2021 Anna Example <anna@example.org>'],
      identifiers: ['LicenseRef-tea-shop'],
    });
    expect(result.licence?.beginning).toMatch(/^Tea Shop Terms, version 1\n\nCopyright/);
    expect([result.licence?.notice, result.subject, result.problems]).toEqual([
      undefined,
      { name: 'tea', version: '1.2.0', purl: 'pkg:npm/tea@1.2.0' },
      [],
    ]);
  });

  it.each<[line: string, copyright: readonly string[]]>([
    [' * Copyright (C) 2001 Ben\u202e Example \u0007', ['Copyright (C) 2001 Ben Example']],
    ['© 2020 Tea GmbH', ['© 2020 Tea GmbH']],
    ['Copyright [yyyy] [name of copyright owner]', []],
    ['Copyright (c) <year> <copyright holders>', []],
    ['(c) You must keep the notices of it.', []],
    ['copyright notice and this permission notice', []],
    ['Copyright 2020', []],
    [`Copyright 2020 ${'a'.repeat(400)}`, []],
  ])('%j: %j', (line, copyright) => {
    expect(readText(licenceFile, 'LICENSE', `${prose}\n${line}\n`).licence?.copyright).toEqual(copyright);
  });

  it('of a NOTICE is kept, as far as there is room, and of other files how they begin', () => {
    const long = `${prose}\n`.repeat(200);
    expect(readText(licenceFile, 'NOTICE', `The Tea Shop\n\n\n\nwith parts.`).licence?.notice).toBe('The Tea Shop\n\nwith parts.');
    const { licence } = readText(licenceFile, 'NOTICE.txt', long);
    expect([licence?.notice?.length, licence?.notice?.endsWith('…'), licence?.beginning.length]).toEqual([10_000, true, 2_000]);
  });
});

describe('the package to which a licence file belongs', () => {
  it.each<[path: string, purl: string | null, others: Readonly<Record<string, string>>]>([
    [
      'a/node_modules/@tea/pot/LICENSE',
      'pkg:npm/%40tea/pot@2.0.0',
      { 'a/node_modules/@tea/pot/package.json': '{"name":"@tea/pot","version":"2.0.0"}' },
    ],
    ['node_modules/tea/lib/LICENSE', null, { 'node_modules/tea/package.json': '{"name":"tea","version":"2.0.0"}' }],
    ['node_modules/tea/LICENSE', null, {}],
    ['node_modules/tea/LICENSE', null, { 'node_modules/tea/package.json': '[7]' }],
    ['lib/site-packages/tea_pot-1.4.dist-info/LICENSE', 'pkg:pypi/tea-pot@1.4', {}],
    ['lib/tea_pot-1.4.dist-info/licenses/COPYING', 'pkg:pypi/tea-pot@1.4', {}],
    ['vendor/bundle/ruby/3.3.0/gems/tea-pot-1.4.0-x86_64-linux/MIT-LICENSE', 'pkg:gem/tea-pot@1.4.0', {}],
    [
      'vendor/example.com/tea/pot/LICENSE',
      'pkg:golang/example.com/tea/pot@v1.4.0',
      { 'vendor/modules.txt': '# example.com/tea v1.0.0\n# example.com/tea/pot v1.4.0\n' },
    ],
    [
      'vendor/example.com/tea/LICENSE',
      'pkg:golang/example.com/cup@v2.0.0',
      { 'vendor/modules.txt': '# example.com/tea v1.0.0 => example.com/cup v2.0.0\n' },
    ],
    ['vendor/example.com/tea/LICENSE', null, { 'vendor/modules.txt': '# example.com/tea v1.0.0 => ../tea\n' }],
    ['vendor/tea/LICENSE-MIT', 'pkg:cargo/tea@0.3.0', { 'vendor/tea/Cargo.toml': '[package]\nname = "tea"\nversion = "0.3.0"\n' }],
    [
      'vendor/shop/tea/LICENSE',
      'pkg:composer/shop/tea@1.0.0',
      { 'vendor/composer/installed.json': '{"packages":[{"name":"Shop/Tea","version":"v1.0.0"}]}' },
    ],
    ['third_party/tea-1.0.0/LICENSE', null, {}],
    ['LICENSE', null, {}],
  ])('%s: %s', (path, purl, others) => {
    expect(readText(licenceFile, path, prose, others).subject?.purl ?? null).toBe(purl);
  });
});

describe('files that are no licence', () => {
  it.each<[name: string, bytes: Uint8Array, problems: readonly string[], isRead: boolean]>([
    ['without words', Buffer.from(' \n\n--\n'), ['warning empty'], false],
    ['with bytes that no text has', Buffer.from(`${prose}\0\u0001\u0002`), ['error not-text'], false],
    ['of more than 2 MiB', Buffer.alloc(2 * 1024 * 1024 + 1, 'a '), ['error too-large'], false],
    ['in an old encoding, which is said', Buffer.from(`© 2001 Zoë\n${prose}`, 'latin1'), ['warning not-utf-8'], true],
    ['in UTF-16', Buffer.from(`\ufeff${prose}`, 'utf16le'), [], true],
    ['of very many words', Buffer.from('tea pot cup '.repeat(40_000)), ['warning too-long'], true],
    ['of one endless line', Buffer.from(`Copyright ${'('.repeat(500_000)}`), [], true],
  ])('%s', (_name, bytes, problems, isRead) => {
    const result = readBytes(bytes);
    expect([problemLines(result), result.licence !== undefined]).toEqual([problems, isRead]);
    expect(unpackSequences(result.licence?.sequences ?? '').length).toBeLessThanOrEqual(60_000);
  });

  it('of a long row of stars is read at once', () => {
    const begun = performance.now();
    const text = `Copyright 2020 Tea GmbH${'*'.repeat(200_000)}!\n * end of it ***/\n`;
    expect(readText(licenceFile, 'LICENSE', text).problems).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
