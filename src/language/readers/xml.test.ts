import { describe, expect, it } from 'vitest';
import { readXml, type XmlElement } from './xml.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const shown = ({ name, attributes, children, text }: XmlElement): unknown => [name, attributes, text, children.map(shown)];

/** The tree, or the code and line of what is wrong. */
function read(text: string): unknown {
  const document = readXml(bytesOf(text));
  return document.ok ? shown(document.value) : `${document.error.code}:${String(document.error.line)}`;
}

describe('XML', () => {
  it.each([
    ['<a x="1"><n:b xmlns:n="urn:n">t &amp; &#65;</n:b></a>', ['a', { x: '1' }, '', [['b', { 'xmlns:n': 'urn:n' }, 't & A', []]]]],
    ['<a><![CDATA[<!DOCTYPE html>]]><!-- <!DOCTYPE a> --></a>', ['a', {}, '<!DOCTYPE html>', []]],
    ['<a __proto__="x"/>', ['a', Object.fromEntries([['__proto__', 'x']]), '', []]],
    ['<!DOCTYPE a>\n<a/>', 'doctype:1'],
    ['<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>', 'doctype:2'],
    ['<!doctype a><a/>', 'not-xml:1'],
    ['<a>&b;</a>', 'not-xml:1'],
    ['<a>\n<b></a>', 'not-xml:2'],
    ['<a/><b/>', 'not-xml:1'],
    ['', 'not-xml:1'],
    [`${'<a>'.repeat(201)}${'</a>'.repeat(201)}`, 'not-xml:1'],
    [`<a ${Array.from({ length: 1_001 }, (_, at) => `a${String(at)}=""`).join(' ')}/>`, 'not-xml:1'],
  ])('of %j gives its tree or what is wrong', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('gives what is taken when it ends, and keeps the rest', () => {
    const taken: string[] = [];
    const document = readXml(bytesOf('<a><b><c>1</c><c>2<b/></c></b><c>3</c></a>'), (path, element) => {
      if (path.join('/') !== 'a/b/c') return false;
      taken.push(`${element.text} ${String(element.children.length)}`);
      return true;
    });
    expect(taken).toEqual(['1 0', '2 1']);
    expect(document.ok && shown(document.value)).toEqual([
      'a',
      {},
      '',
      [
        ['b', {}, '', []],
        ['c', {}, '3', []],
      ],
    ]);
  });
});
