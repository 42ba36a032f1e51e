import { describe, expect, it } from 'vitest';
import { BrokenPart, readJsonParts } from './json-parts.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string) => new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));

/** Head and elements of `list`, or the code and line of what is wrong. */
function taken(bytes: Uint8Array, within: string | null = null): unknown {
  const read = readJsonParts(bytes, ['list'], within);
  if (!read.ok) return `${read.error.code}:${String(read.error.line)}`;
  if (read.value === null) return null;
  try {
    const list = read.value.list('list');
    return [read.value.head, list === null ? null : [...list]];
  } catch (error) {
    if (error instanceof BrokenPart) return `${error.unreadable.code}:${String(error.unreadable.line)}`;
    throw error;
  }
}

describe('the parts of a JSON document', () => {
  it.each([
    ['{"a":1,"list":[1,{"b":"]"},"\\"",[]],"c":{"d":null}}', [{ a: 1, c: { d: null } }, [1, { b: ']' }, '"', []]]],
    [' \n{ "list" : [ ] }\n', [{}, []]],
    ['{}', [{}, []]],
    ['{"list":null}', [{ list: null }, []]],
    ['{"list":{"a":1}}', [{ list: { a: 1 } }, null]],
    ['{"list":[1],"list":[2]}', [{}, [2]]],
    ['{"list":[1],"list":7}', [{ list: 7 }, null]],
    ['[1]', null],
    ['7', null],
    ['', 'not-json:1'],
    ['\n\n', 'not-json:3'],
    ['{"a":1,\n"list":[1,\n{"b":x}]}', 'not-json:3'],
    ['{"a":1,\n"list":[1\n2]}', 'not-json:3'],
    ['{"a":1,\n"list":[1,]}', 'not-json:2'],
    ['{"a":1,"list":[1', 'not-json:1'],
    ['{"a":1}\n}', 'not-json:2'],
    ['{"a":1,}', 'not-json:1'],
    ['{"a" 1}', 'not-json:1'],
    ['{"a":"\\', 'not-json:1'],
    [`{"list":[${'['.repeat(250)}${']'.repeat(250)}]}`, 'too-deep:1'],
  ])('of %j are %j', (text, expected) => {
    expect(taken(bytesOf(text))).toEqual(expected);
    if (/^[\0-\x7f]*$/.test(text) && !text.includes('[[[')) expect(taken(utf16(text))).toEqual(expected);
  });

  it('may be those of a member', () => {
    expect(taken(bytesOf('{"x":1,"sbom":{"a":1,"list":[2]}}'), 'sbom')).toEqual([{ a: 1 }, [2]]);
    expect(taken(bytesOf('{"x":1}'), 'sbom')).toBeNull();
  });

  it('that are no text are said to be none', () => {
    expect(taken(new Uint8Array([...bytesOf('{"list":["'), 0xc3, 0x28, ...bytesOf('"]}')]))).toBe('not-text:1');
  });

  it('the mark of UTF-8 is passed over, and __proto__ is a name like others', () => {
    expect(taken(new Uint8Array([0xef, 0xbb, 0xbf, ...bytesOf('{"a":1}')]))).toEqual([{ a: 1 }, []]);
    const read = readJsonParts(bytesOf('{"__proto__":{"a":1}}'), []);
    expect(read.ok && Object.keys(read.value?.head ?? {})).toEqual(['__proto__']);
  });
});
