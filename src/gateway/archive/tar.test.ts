import { randomBytes } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { madeTar, paxRecords, type MadeEntry } from '../../../test/made-image.ts';
import { byteSource } from './byte-source.ts';
import { archiveLimits, type ArchiveLimits } from './limits.ts';
import { RefusedArchive } from './refused.ts';
import { tarEntries } from './tar.ts';
import { unpacked } from './unpacked.ts';

/** In pieces of odd length, so that every header is cut somewhere. */
async function* pieces(bytes: Uint8Array, size = 97): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

/** Each entry as a line: what it is, its path, and its content, target or problem. What ended the archive comes last. */
async function linesOf(bytes: Uint8Array, limits: Partial<ArchiveLimits> = {}): Promise<readonly string[]> {
  const lines: string[] = [];
  const all = { ...archiveLimits, ...limits };
  try {
    for await (const entry of tarEntries(byteSource(unpacked(pieces(bytes), all)), all)) {
      if (entry.kind === 'file') lines.push(`file ${entry.path} ${Buffer.concat(await Array.fromAsync(entry.bytes())).toString()}`);
      else if (entry.kind === 'refused') lines.push(`refused ${entry.problem.code}`);
      else lines.push(`${entry.kind} ${entry.path}${'to' in entry ? ` -> ${entry.to}` : ''}`);
    }
  } catch (error) {
    if (!(error instanceof RefusedArchive)) throw error;
    lines.push(`ended ${error.problem.code}`);
  }
  return lines;
}

const long = `${'folder/'.repeat(30)}name`;
const file = (path: string, more: Partial<MadeEntry> = {}): MadeEntry => ({ path, content: 'x', ...more });

describe('a tar', () => {
  it.each<readonly [string, readonly MadeEntry[], readonly string[]]>([
    [
      'plain files and folders',
      [file('./a/b'), { path: 'a/', kind: 'folder' }, { path: './', kind: 'folder' }],
      ['file a/b x', 'folder a', 'folder '],
    ],
    [
      'links inside it',
      [
        { path: 'a/l', kind: 'link', to: '../b' },
        { path: 'l', kind: 'link', to: '/usr/lib' },
        { path: 'h', kind: 'hard-link', to: 'a/b' },
      ],
      ['link a/l -> ../b', 'link l -> /usr/lib', 'hard-link h -> a/b'],
    ],
    [
      'names of any length by pax',
      [{ path: 'p', kind: 'pax', content: paxRecords({ path: long, size: '1' }) }, file('short', { size: 0 }), file('next')],
      [`file ${long} x`, 'file next x'],
    ],
    [
      'names of any length by GNU',
      [
        { path: '././@LongLink', kind: 'long-name', content: `${long}\0` },
        file('short'),
        { path: '././@LongLink', kind: 'long-link', content: `${long}\0` },
        { path: 'l', kind: 'link' },
      ],
      [`file ${long} x`, `link l -> ${long}`],
    ],
    [
      'absolute paths and those that leave it',
      [file('/etc/passwd'), file('../x'), file('a/../../x'), file('C:\\x'), file('good')],
      ['refused absolute-path', 'refused leaves-archive', 'refused leaves-archive', 'refused absolute-path', 'file good x'],
    ],
    [
      'links that lead out',
      [
        { path: 'l', kind: 'link', to: '../../etc' },
        { path: 'a/l', kind: 'link', to: '/../x' },
        { path: 'h', kind: 'hard-link', to: '../b' },
      ],
      ['refused link-out', 'refused link-out', 'refused link-out'],
    ],
    [
      'odd names',
      [file('a\nb'), { path: 'p', kind: 'pax', content: paxRecords({ path: 'n'.repeat(5_000) }) }, file('short')],
      ['refused odd-name', 'refused name-too-long'],
    ],
    [
      'devices, and files with holes',
      [
        { path: 'dev/sda', kind: 'device' },
        file('s', { kind: 'sparse' }),
        { path: 'p', kind: 'pax', content: paxRecords({ 'GNU.sparse.major': '1' }) },
        file('t'),
      ],
      ['other dev/sda', 'refused sparse', 'refused sparse'],
    ],
    ['a pax header that says a wrong length', [{ path: 'p', kind: 'pax', content: '999 path=x\n' }, file('x')], ['ended broken-archive']],
  ])('with %s gives what is written beside it', async (_, entries, lines) => {
    const tar = madeTar(entries);
    expect(await linesOf(tar)).toEqual(lines);
    expect(await linesOf(gzipSync(tar))).toEqual(lines);
    expect(await linesOf(zstdCompressSync(tar))).toEqual(lines);
  });

  it.each<readonly [string, Uint8Array, Partial<ArchiveLimits>, string]>([
    ['more entries', madeTar([file('a'), file('b'), file('c')]), { entries: 2 }, 'too-many-entries'],
    ['an entry of more bytes', madeTar([file('a', { content: 'x'.repeat(100) })]), { entryBytes: 99 }, 'too-large'],
    ['an entry that says it has more bytes than any', madeTar([file('a', { size: 0o77777777777 })]), { entryBytes: 1_000_000 }, 'too-large'],
    ['more bytes in all', madeTar([file('a', { content: 'x'.repeat(5_000) })]), { totalBytes: 4_000 }, 'too-large'],
    [
      'a header of more bytes',
      madeTar([{ path: 'p', kind: 'pax', content: paxRecords({ path: 'a'.repeat(2_000) }) }, file('a')]),
      { headerBytes: 1_000 },
      'too-large',
    ],
    [
      'more than so many times its size',
      gzipSync(madeTar([file('a', { content: Buffer.alloc(3_000_000) })])),
      { ratio: 10, ratioAfterBytes: 1_000_000 },
      'zip-bomb',
    ],
    [
      'more than so many times its size in zstd',
      zstdCompressSync(madeTar([file('a', { content: Buffer.alloc(3_000_000) })])),
      { ratio: 10, ratioAfterBytes: 1_000_000 },
      'zip-bomb',
    ],
    ['bzip2', Buffer.from('BZh91AY&SY'), {}, 'unknown-packing'],
    ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0]), {}, 'unknown-packing'],
    ['no tar', Buffer.alloc(1_024, 'hello'), {}, 'broken-archive'],
    ['half an entry', madeTar([file('a', { content: 'x'.repeat(2_000) })]).subarray(0, 1_500), {}, 'cut-off'],
    ['half a gzip', gzipSync(madeTar([file('a', { content: randomBytes(9_000) })])).subarray(0, 5_000), {}, 'broken-archive'],
  ])('with %s ends with its problem', async (_, bytes, limits, code) => {
    expect((await linesOf(bytes, limits)).at(-1)).toBe(`ended ${code}`);
  });

  it('cut anywhere or with a byte changed ends, and never otherwise than by what it is', async () => {
    const tar = madeTar([file('a'), { path: 'p', kind: 'pax', content: paxRecords({ path: long }) }, file('b', { content: 'y'.repeat(700) })]);
    for (let at = 0; at < tar.length; at += 13) {
      await linesOf(tar.subarray(0, at));
      const changed = Buffer.from(tar);
      changed[at] = 0xff;
      await linesOf(changed);
    }
  });
});
