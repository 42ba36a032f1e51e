import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments, type Document } from 'yaml';
import { readSimpleYaml } from './simple-yaml.ts';

const simple = [
  { name: 'a table of tables', text: 'a:\n  b: 1\n  c:\n    d: x\ne: y\n', value: [{ a: { b: 1, c: { d: 'x' } }, e: 'y' }] },
  {
    name: 'scalars that are no text',
    text: 'a: 1.5\nb: true\nc: null\nd:\ne: 1.2.3\nf: "1"\n',
    value: [{ a: 1.5, b: true, c: null, d: null, e: '1.2.3', f: '1' }],
  },
  { name: 'quotes', text: "'@a/b@1.0.0': 'it''s'\n\"c\": \"d: e\"\n", value: [{ '@a/b@1.0.0': "it's", c: 'd: e' }] },
  {
    name: 'flow collections',
    text: "a: {b: sha512-x==, c: '>=18', d: [x64, arm64]}\ne: []\nf: {}\n",
    value: [{ a: { b: 'sha512-x==', c: '>=18', d: ['x64', 'arm64'] }, e: [], f: {} }],
  },
  { name: 'lists of scalars', text: 'a:\n- b\n- c\nd:\n  - 1\n', value: [{ a: ['b', 'c'], d: [1] }] },
  {
    name: 'blocks of text',
    text: 'a: |-\n  one\n   # two\n\n  three\nb: |\n  one\n\nc: >-\n  one\n  two\n\n  three\nd: >\n  one\ne: 1\n',
    value: [{ a: 'one\n # two\n\nthree', b: 'one\n', c: 'one two\nthree', d: 'one\n', e: 1 }],
  },
  { name: 'comments and several documents', text: '# first\na: 1\n---\nb: 2\n', value: [{ a: 1 }, { b: 2 }] },
];

const notSimple = [
  'a: &x 1\nb: *x\n',
  'a: |+\n  text\n\n',
  'a: |2\n   text\n',
  'a: >-\n  text\n    deeper\n',
  'a: |-\nb: 1\n',
  'a: !!str 1\n',
  'a: one\n  two\n',
  '- a: 1\n',
  'a: [b\n',
  '{ a: 1 }\n',
  'a: "\\n"\n',
  '__proto__: 1\n',
  'a: 0x1f\n',
  '? a\n: b\n',
  'a: b # c\n',
  'a:\tb\n',
];

describe('YAML as programs write it', () => {
  it.each(simple)('$name is read as the full parser reads it', ({ text, value }) => {
    expect(readSimpleYaml(text)).toEqual(value);
    expect(fullValues(text)).toEqual(value);
  });

  it.each(notSimple)('%j is left to the full parser', (text) => {
    expect(readSimpleYaml(text)).toBeNull();
  });

  it('where it answers, it answers as the full parser does', () => {
    const part = fc.constantFrom(
      ...[
        ':',
        ': ',
        '\n',
        '\n  ',
        '\n    ',
        '- ',
        '-',
        'a',
        'b: 1',
        '{',
        '}',
        '[',
        ']',
        ', ',
        "'",
        '"',
        '#',
        ' #',
        ' ',
        '~',
        '1',
        '.',
        'null',
        'true',
        '&x',
        '*x',
      ],
      ...[
        '!',
        '|',
        '>',
        '?',
        '@',
        '%',
        '---\n',
        'key:',
        'k: v',
        '\r\n',
        '\r',
        ': |-\n',
        ': |\n  ',
        ': >-\n  ',
        ': >\n ',
        '\n\n',
        '1e3',
        '0x1',
        '.inf',
        '{a: b}',
        '[a, b]',
        '\u00a0',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const values = readSimpleYaml(text);
        if (values !== null) expect(values).toEqual(fullValues(text));
      }),
      { numRuns: 10_000 },
    );
  });
});

function fullValues(text: string): unknown {
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false, strict: false });
  const list: readonly Document[] = Array.isArray(documents) ? (documents as Document[]) : [];
  return list.some((each) => each.errors.length > 0) ? 'not valid' : list.map((each): unknown => each.toJS());
}
