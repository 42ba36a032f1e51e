import { formats } from '#formats/all.ts';

/** A document that is made to hurt its reader. `bytes` is a function, since all of them together are large. */
export type Bomb = { readonly name: string; readonly format: string; readonly path: string; bytes(): Buffer };

const many = 200_000;

/** JSON in any format that reads it. `{}` and so on are no attacks, but readers fall over them. */
const json: readonly (readonly [name: string, text: () => string])[] = [
  ['a million open lists', () => '['.repeat(1_000_000)],
  ['a million nested lists', () => `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  ['a hundred thousand nested objects', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['two hundred thousand keys', () => `{${Array.from({ length: many }, (_, at) => `"k${String(at)}":1`).join(',')}}`],
  [
    'keys of the prototype',
    () =>
      '{"__proto__":{"a":1},"constructor":{"prototype":{}},"packages":{"__proto__":{"version":"1"}},"dependencies":{"__proto__":{"version":"1"}}}',
  ],
  ['a text of a megabyte', () => `{"name":"${'x'.repeat(1_000_000)}"}`],
  ['a number beyond all numbers', () => '{"version":1e999999,"lockfileVersion":1e999999}'],
  ['half a character', () => '{"name":"\\ud800","version":"\\udfff"}'],
  ['one key a hundred thousand times', () => `{${'"a":{},'.repeat(100_000)}"a":1}`],
  ['null', () => 'null'],
  ['a list of nulls', () => `[${'null,'.repeat(1000)}null]`],
  ['a text', () => '"x"'],
];

const yaml: readonly (readonly [name: string, text: () => string])[] = [
  [
    'aliases of aliases',
    () =>
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
        .split('')
        .map((key, at) => `${key}: &${key} [${`*${'abcdefghi'.charAt(at)},`.repeat(9)}]`)
        .join('\n')}\n`,
  ],
  ['an alias of itself', () => 'a: &a\n  b: *a\npackages: *a\n'],
  ['deep flow lists', () => `a: ${'['.repeat(100_000)}`],
  ['deep indents', () => Array.from({ length: 3_000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
  ['merged prototypes', () => 'a: &a {__proto__: {b: 1}}\npackages:\n  <<: *a\n'],
  ['twenty thousand documents', () => '---\na: 1\n'.repeat(20_000)],
  ['tags of programs', () => 'a: !!js/function "function(){}"\nb: !!python/object/apply:os.system ["id"]\n'],
  ['tabs and nothing else', () => '\t'.repeat(many)],
];

const toml: readonly (readonly [name: string, text: () => string])[] = [
  ['deep lists', () => `a = ${'['.repeat(100_000)}`],
  ['deep tables', () => `a = ${'{a='.repeat(50_000)}`],
  ['a key of ten thousand parts', () => `${'a.'.repeat(10_000)}a = 1`],
  ['tables of the prototype', () => '[__proto__]\na = 1\n[constructor.prototype]\nb = 2\n[[package]]\n__proto__ = "x"\n'],
  ['fifty thousand tables', () => Array.from({ length: 50_000 }, (_, at) => `[t${String(at)}]\n`).join('')],
  ['a text without an end', () => `a = """${'x'.repeat(many)}`],
];

const xml: readonly (readonly [name: string, text: () => string])[] = [
  [
    'entities of entities',
    () =>
      '<!DOCTYPE a [<!ENTITY b "xxxxxxxxxx"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><project>&d;</project>',
  ],
  ['an entity of a file', () => '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><project><artifactId>&b;</artifactId></project>'],
  ['an entity of the network', () => '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd"><project/>'],
  ['a hundred thousand open elements', () => '<a>'.repeat(100_000)],
  ['a hundred thousand nested elements', () => `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
  ['fifty thousand attributes', () => `<project ${Array.from({ length: 50_000 }, (_, at) => `a${String(at)}="1"`).join(' ')}/>`],
  ['a section without an end', () => `<project><![CDATA[${'x'.repeat(many)}`],
  ['a comment without an end', () => `<project><!--${'-'.repeat(many)}`],
  ['character references', () => `<project>${'&#x41;'.repeat(many)}</project>`],
];

/** Signs that make a careless expression try all ways; in front of each a beginning that gets the reader to look. */
const runs = [
  ' ',
  '\t',
  '-',
  '.',
  'a',
  '1',
  '(',
  '"',
  "'",
  '@',
  ':',
  '/',
  '\\',
  '#',
  '*',
  '\n',
  '\r',
  '1.',
  'a.',
  'a ',
  '= ',
  '{}',
  '[]',
  '\0',
  '\u202e',
  '\ud83d\ude00',
];

/** Every bomb for every format that could meet it. */
export function bombs(): readonly Bomb[] {
  return formats.flatMap((format): Bomb[] => {
    const bomb = (name: string, text: () => string): Bomb => ({ name, format: format.id, path: 'file', bytes: () => Buffer.from(text()) });
    const documents = [...json, ...yaml, ...toml, ...xml].map(([name, text]) => bomb(name, text));
    const lines = runs.map((sign) => bomb(`${JSON.stringify(sign)} two hundred thousand times`, () => sign.repeat(many / sign.length)));
    const words = runs.map((sign) => bomb(`a word and ${JSON.stringify(sign)}`, () => `name: a${sign.repeat(many / sign.length)}!`));
    return [...documents, ...lines, ...words];
  });
}
