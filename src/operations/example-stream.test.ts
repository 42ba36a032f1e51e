import { describe, expect, it } from 'vitest';
import { exampleStream, readExampleHistory } from './example-stream.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const first = { person: 'Ida Brandt <ida@northgate.example>', seconds: 1612948320, message: 'First', remove: [] };

describe('the stream for git fast-import', () => {
  it('writes author, committer, date, message and files in the order of their paths', () => {
    const files = new Map([
      ['package.json', bytes('{}')],
      ['a/b.txt', bytes('grün')],
    ]);
    expect(Buffer.from(exampleStream([{ ...first, files }])).toString()).toBe(
      [
        'feature done',
        'commit refs/heads/main',
        'author Ida Brandt <ida@northgate.example> 1612948320 +0000',
        'committer Ida Brandt <ida@northgate.example> 1612948320 +0000',
        'data 6\nFirst\n',
        'M 100644 inline a/b.txt',
        'data 5\ngrün',
        'M 100644 inline package.json',
        'data 2\n{}',
        'done\n',
      ].join('\n'),
    );
  });

  it('takes paths away before it lays files down', () => {
    const stream = Buffer.from(exampleStream([{ ...first, files: new Map([['yarn.lock', bytes('')]]), remove: ['package-lock.json'] }])).toString();
    expect(stream).toContain('D package-lock.json\nM 100644 inline yarn.lock\n');
  });

  it.each(['../outside', '/etc/passwd', '.git/config', 'a//b', 'line\nbreak', 'with "quotes"', ''])('refuses the path %j', (path) => {
    expect(() => exampleStream([{ ...first, files: new Map([[path, bytes('')]]) }])).toThrow('cannot be committed');
  });
});

describe('a history', () => {
  it('is read with its people and commits', () => {
    const history = readExampleHistory(
      bytes(
        'people: { ida: Ida <ida@x.example> }\nrepositories: [{ name: shop, commits: [{ step: 1-first, date: 2021-02-10T09:12:00Z, author: ida, message: First }] }]\n',
      ),
    );
    expect(history.repositories[0]?.commits[0]).toEqual({
      step: '1-first',
      date: '2021-02-10T09:12:00Z',
      author: 'ida',
      message: 'First',
      remove: [],
    });
  });

  it.each([
    [
      'a step that leaves its folder',
      'people: {}\nrepositories: [{ name: shop, commits: [{ step: ../x, date: 2021-02-10T09:12:00Z, author: ida, message: m }] }]',
    ],
    ['a date that is none', 'people: {}\nrepositories: [{ name: shop, commits: [{ step: x, date: yesterday, author: ida, message: m }] }]'],
    ['a key nobody knows', 'people: {}\nrepositories: []\nrepos: []'],
    ['no mapping', '- 1'],
  ])('with %s is refused', (_, text) => {
    expect(() => readExampleHistory(bytes(text))).toThrow('The history of the example estate is not right');
  });
});
