import { describe, expect, it } from 'vitest';
import type { RegistryAnswer } from '#model/registry.ts';
import { pickJson } from '../readers/picked-json.ts';
import { repositoryUrl } from '../registry/answer-parts.ts';
import { readRegistryAnswer } from '../registry/read-answer.ts';
import { registryProtocols } from './all.ts';
import { sparsePath } from './crates-io.ts';

const read = (protocol: string, name: string, said: unknown, part = 'package', of = '', modified: number | null = null): RegistryAnswer =>
  readRegistryAnswer(protocol, { name, part, of, modified, bytes: Buffer.from(typeof said === 'string' ? said : JSON.stringify(said)) });
const day = (text: string) => Date.parse(text);
const none: readonly never[] = [];

/** One answer of each protocol in its documented shape, and what it says. */
const answers: readonly { readonly name: string; readonly given: () => RegistryAnswer; readonly said: object }[] = [
  {
    name: 'npm: dates, licences in all shapes of the years, deprecation taken back, repository',
    given: () =>
      read('npm', '@acme/left-stack', {
        name: '@acme/left-stack',
        'dist-tags': { latest: '2.0.0', next: '3.0.0-rc.1' },
        readme: 'x'.repeat(5000),
        repository: { type: 'git', url: 'git+https://bot:secret@github.com/acme/left-stack.git' },
        time: { created: '2020-01-01T00:00:00.000Z', '1.0.0': '2020-01-01T00:00:00.000Z', '2.0.0': '2024-02-02T00:00:00.000Z' },
        versions: {
          '1.0.0': { version: '1.0.0', licenses: [{ type: 'MIT', url: 'https://x' }, 'BSD'], deprecated: 'use\u001b[31m 2.0.0' },
          '2.0.0': { version: '2.0.0', license: { type: 'Apache-2.0' }, deprecated: '' },
          '3.0.0-rc.1': { version: '3.0.0-rc.1', license: 'SEE LICENSE IN LICENSE.md' },
        },
      }),
    said: {
      versions: [
        {
          version: '1.0.0',
          released: day('2020-01-01'),
          licences: [
            { field: 'licenses.type', text: 'MIT' },
            { field: 'licenses', text: 'BSD' },
          ],
          warning: { kind: 'deprecated', reason: 'use [31m 2.0.0' },
        },
        { version: '2.0.0', released: day('2024-02-02'), licences: [{ field: 'license.type', text: 'Apache-2.0' }], warning: null },
        { version: '3.0.0-rc.1', licences: [{ field: 'license', text: 'SEE LICENSE IN LICENSE.md' }], warning: null },
      ],
      isWhole: true,
      latest: '2.0.0',
      repository: 'https://github.com/acme/left-stack',
      warning: null,
    },
  },
  {
    name: 'npm: a name that the registry holds after malware',
    given: () => read('npm', 'lodahs', { name: 'lodahs', time: {}, versions: { '0.0.1-security': { version: '0.0.1-security' } } }),
    said: { warning: { kind: 'malicious', reason: 'npm holds the name with a security placeholder.' } },
  },
  {
    name: 'npm: an unpublished package',
    given: () => read('npm', 'gone', { name: 'gone', time: { unpublished: { time: '2024-01-01' } } }),
    said: { versions: none, isWhole: true, warning: { kind: 'unpublished', reason: null } },
  },
  {
    name: 'PyPI: versions by their files, yanked when all of them are, quarantine',
    given: () =>
      read('pypi', 'Left_Stack', {
        meta: { 'api-version': '1.4', 'project-status': { status: 'quarantined', reason: 'malware' } },
        name: 'left-stack',
        versions: ['1.0', '1.1'],
        files: [
          { filename: 'left_stack-1.0-py3-none-any.whl', 'upload-time': '2022-01-02T00:00:00Z', yanked: false },
          { filename: 'left-stack-1.0.tar.gz', 'upload-time': '2022-01-01T00:00:00Z', yanked: 'late' },
          { filename: 'left-stack-1.1.0.tar.gz', 'upload-time': '2023-01-01T00:00:00Z', yanked: 'broken build' },
          { filename: 'readme.txt', 'upload-time': '2023-01-01T00:00:00Z', yanked: false },
        ],
      }),
    said: {
      versions: [
        { version: '1.0', released: day('2022-01-01'), warning: null },
        { version: '1.1', released: day('2023-01-01'), warning: { kind: 'yanked', reason: 'broken build' } },
      ],
      isWhole: true,
      warning: { kind: 'quarantined', reason: 'malware' },
      problems: [{ code: 'left-out', message: '1 files have a name from which no version can be told.', severity: 'warning' }],
    },
  },
  {
    name: 'PyPI: expression, free text, classifiers and files of a version, each as it stands',
    given: () =>
      read(
        'pypi',
        'left-stack',
        {
          info: {
            name: 'Left.Stack',
            license: 'MIT\nPermission is hereby…',
            license_expression: 'MIT OR Apache-2.0',
            license_files: ['LICENSE'],
            classifiers: ['License :: OSI Approved :: MIT License', 'Topic :: Software Development'],
            project_urls: { Homepage: 'https://left.example', Source: 'https://github.com/acme/left-stack/' },
          },
        },
        'version',
        '1.0',
      ),
    said: {
      versions: [
        {
          version: '1.0',
          licences: [
            { field: 'license_expression', text: 'MIT OR Apache-2.0' },
            { field: 'license', text: 'MIT Permission is hereby…' },
            { field: 'classifier', text: 'License :: OSI Approved :: MIT License' },
            { field: 'license_files', text: 'LICENSE' },
          ],
        },
      ],
      isWhole: false,
      repository: 'https://github.com/acme/left-stack/',
    },
  },
  {
    name: 'Maven: the list of versions',
    given: () =>
      read(
        'maven',
        'org.acme:left',
        '<metadata><versioning><release>2.0</release><versions><version>1.0</version><version>2.0</version></versions></versioning></metadata>',
      ),
    said: { versions: [{ version: '1.0' }, { version: '2.0' }], isWhole: true },
  },
  {
    name: 'Maven: a POM without a licence asks its parent, and says nothing of licences yet',
    given: () =>
      read(
        'maven',
        'org.acme:left',
        `<project><parent><groupId>org.acme</groupId><artifactId>root</artifactId><version>7</version></parent><scm><url>scm:git:git@github.com:acme/left.git</url></scm>
         <distributionManagement><relocation><artifactId>right</artifactId></relocation></distributionManagement></project>`,
        'version',
        '1.0',
        day('2021-05-05'),
      ),
    said: {
      versions: [{ version: '1.0', released: day('2021-05-05'), warning: { kind: 'deprecated', reason: 'It moved to right.' } }],
      repository: 'https://github.com/acme/left',
      asks: [{ part: 'parent-1', of: '1.0', path: 'org/acme/root/7/root-7.pom' }],
    },
  },
  {
    name: 'Maven: the licences of a parent are those of the version',
    given: () =>
      read(
        'maven',
        'org.acme:left',
        '<project><licenses><license><name>Apache 2</name><url>https://a/l</url></license></licenses></project>',
        'parent-1',
        '1.0',
      ),
    said: {
      versions: [
        {
          version: '1.0',
          licences: [
            { field: 'licenses.license.name', text: 'Apache 2' },
            { field: 'licenses.license.url', text: 'https://a/l' },
          ],
        },
      ],
      asks: none,
    },
  },
  {
    name: 'crates.io: licence expression, yank with reason, stable latest',
    given: () =>
      read('crates-io', 'ink_pot', {
        crate: { id: 'ink-pot', repository: 'http://github.com/acme/ink', max_stable_version: '0.3.0' },
        versions: [
          { num: '0.3.1', created_at: '2024-01-01T00:00:00Z', license: 'MIT/Apache-2.0', yanked: true, yank_message: 'unsound' },
          { num: '0.3.0', created_at: '2023-01-01T00:00:00Z', license: null, yanked: false },
        ],
      }),
    said: {
      versions: [
        {
          version: '0.3.1',
          released: day('2024-01-01'),
          licences: [{ field: 'license', text: 'MIT/Apache-2.0' }],
          warning: { kind: 'yanked', reason: 'unsound' },
        },
        { version: '0.3.0', released: day('2023-01-01'), licences: none, warning: null },
      ],
      latest: '0.3.0',
      repository: 'https://github.com/acme/ink',
    },
  },
  {
    name: 'a sparse index: versions and yanks, and no licence is not “none”',
    given: () =>
      read(
        'crates-io',
        'inkpot',
        '{"name":"inkpot","vers":"0.3.1","yanked":true,"pubtime":"2024-01-01T00:00:00Z"}\n{"name":"inkpot","vers":"0.3.0","yanked":false}\n',
        'index',
      ),
    said: {
      versions: [
        { version: '0.3.1', released: day('2024-01-01'), warning: { kind: 'yanked', reason: null } },
        { version: '0.3.0', warning: null },
      ],
      isWhole: true,
    },
  },
  {
    name: 'RubyGems: one version of several platforms is one version',
    given: () =>
      read('rubygems', 'nokogiri', [
        { number: '1.16.0', platform: 'java', created_at: '2024-01-02T00:00:00Z', licenses: ['MIT'] },
        { number: '1.16.0', platform: 'ruby', created_at: '2024-01-01T00:00:00Z', licenses: ['MIT'] },
        { number: '1.15.0', platform: 'ruby', created_at: '2023-01-01T00:00:00Z', licenses: null },
      ]),
    said: {
      versions: [
        { version: '1.16.0', released: day('2024-01-01'), licences: [{ field: 'licenses', text: 'MIT' }], warning: null },
        { version: '1.15.0', released: day('2023-01-01'), licences: none, warning: null },
      ],
      asks: [{ part: 'gem', of: '', path: 'api/v1/gems/nokogiri.json' }],
    },
  },
  {
    name: 'NuGet: expression, deprecation with its alternative, unlisted of the year 1900, pages by their last parts only',
    given: () =>
      read('nuget', 'Acme.Left', {
        items: [
          { '@id': 'https://evil.example/elsewhere/acme.left/page/1.0.0/1.9.0.json' },
          {
            items: [
              { catalogEntry: { id: 'Acme.Left', version: '2.0.0', published: '1900-01-01T00:00:00Z', listed: false, licenseUrl: 'https://l' } },
              {
                catalogEntry: {
                  id: 'acme.left',
                  version: '2.1.0',
                  published: '2024-01-01T00:00:00Z',
                  licenseExpression: 'MIT',
                  deprecation: { reasons: ['Legacy'], alternatePackage: { id: 'Acme.Right' } },
                },
              },
            ],
          },
        ],
      }),
    said: {
      versions: [
        {
          version: '2.0.0',
          licences: [{ field: 'licenseUrl', text: 'https://l' }],
          warning: { kind: 'yanked', reason: 'It is not listed any more.' },
        },
        {
          version: '2.1.0',
          released: day('2024-01-01'),
          licences: [{ field: 'licenseExpression', text: 'MIT' }],
          warning: { kind: 'deprecated', reason: 'Legacy Use Acme.Right.' },
        },
      ],
      isWhole: false,
      asks: [{ part: 'page', of: 'acme.left/page/1.0.0/1.9.0.json', path: 'acme.left/page/1.0.0/1.9.0.json' }],
    },
  },
  {
    name: 'Packagist: minified rows are what differs from the one before; abandoned is of the package',
    given: () =>
      read('packagist', 'acme/left', {
        minified: 'composer/2.0',
        packages: {
          'acme/left': [
            {
              version: 'v2.0.0',
              time: '2024-01-01T00:00:00+00:00',
              license: ['MIT', 'GPL-3.0-only'],
              abandoned: 'acme/right',
              source: { url: 'https://github.com/acme/left.git' },
            },
            { version: 'v1.0.0', time: '2023-01-01T00:00:00+00:00' },
            { version: 'v0.9.0', license: '__unset' },
          ],
        },
      }),
    said: {
      versions: [
        {
          version: 'v2.0.0',
          released: day('2024-01-01'),
          licences: [
            { field: 'license', text: 'MIT' },
            { field: 'license', text: 'GPL-3.0-only' },
          ],
          warning: null,
        },
        {
          version: 'v1.0.0',
          released: day('2023-01-01'),
          licences: [
            { field: 'license', text: 'MIT' },
            { field: 'license', text: 'GPL-3.0-only' },
          ],
          warning: null,
        },
        { version: 'v0.9.0', released: day('2023-01-01'), licences: none, warning: null },
      ],
      warning: { kind: 'deprecated', reason: 'Its makers abandoned it and name acme/right instead.' },
      repository: 'https://github.com/acme/left',
    },
  },
  {
    name: 'Go: the list is without v, and leads to the latest',
    given: () => read('go-proxy', 'github.com/Acme/Left/v2', 'v2.0.0\nv2.1.0-rc.1\n'),
    said: {
      versions: [{ version: '2.0.0' }, { version: '2.1.0-rc.1' }],
      isWhole: true,
      asks: [{ part: 'latest', of: '', path: 'github.com/!acme/!left/v2/@latest' }],
    },
  },
  {
    name: 'Go: the latest leads to its go.mod',
    given: () => read('go-proxy', 'github.com/Acme/Left', { Version: 'v1.4.0', Time: '2026-01-01T00:00:00Z' }, 'latest'),
    said: {
      versions: [{ version: '1.4.0', released: day('2026-01-01') }],
      latest: '1.4.0',
      repository: 'https://github.com/Acme/Left',
      asks: [{ part: 'mod', of: '1.4.0', path: 'github.com/!acme/!left/@v/v1.4.0.mod' }],
    },
  },
  {
    name: 'Go: what go.mod retracts and deprecates',
    given: () =>
      read(
        'go-proxy',
        'example.com/left',
        '// Deprecated: use example.com/right.\nmodule example.com/left\n\nretract v1.0.0 // wrong tag\nretract (\n\t// all of them\n\t[v1.1.0, v1.2.0]\n)\n',
        'mod',
        '1.4.0',
      ),
    said: {
      retracted: [
        { from: '1.0.0', until: '1.0.0', reason: 'wrong tag' },
        { from: '1.1.0', until: '1.2.0', reason: 'all of them' },
      ],
      warning: { kind: 'deprecated', reason: 'use example.com/right.' },
    },
  },
];

describe('answers of registries', () => {
  it.each(answers)('$name', ({ given, said }) => {
    expect(given()).toMatchObject(said);
  });

  const hostile: readonly (readonly [what: string, text: string])[] = [
    ['the page of a login', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['a page that is XML', '<html><body>Sign in</body></html>'],
    ['nothing', ''],
    ['half an answer', '{"name":"left","versions":{"1.0.0":{"versi'],
    ['JSON of something else', '{"error":"not today"}'],
    ['a list', '[1,2,3]'],
    ['null', 'null'],
    ['deep nesting', '['.repeat(100_000)],
    ['bytes', '\u0000\u0001\ufffd'],
  ];
  it.each(registryProtocols.flatMap((protocol) => hostile.map(([what, text]) => ({ id: protocol.id, what, text }))))(
    '$id refuses $what instead of taking it for no versions',
    ({ id, text }) => {
      const name = { maven: 'org.acme:left', 'go-proxy': 'example.com/left', packagist: 'acme/left' }[id] ?? 'left';
      const isEmptyList = id === 'go-proxy' && text === '';
      expect(read(id, name, text)).toMatchObject({ versions: none, isWhole: false, problems: isEmptyList ? none : [{ severity: 'error' }] });
    },
  );

  it('about another package is refused', () => {
    const other = read('npm', 'left', { name: 'right', versions: { '1.0.0': {} } });
    expect([other.versions, other.problems.map((each) => each.code)]).toEqual([none, ['other-package']]);
  });

  it('leads nowhere but below the registry, whatever a package is called', () => {
    const names = ['../admin', 'a/../../b', '@x/../y', 'https://evil.example', 'a b', 'a?b', 'a#b', '//evil', 'org..acme:x', 'a:b:c', '%2e%2e', ''];
    const asks = registryProtocols.flatMap((protocol) => names.flatMap((name) => protocol.first(name) ?? []));
    expect(asks.filter(({ path }) => /\.\.|^\/|:\/\/|[?# ]/.test(path))).toEqual(none);
  });
});

describe('helpers of answers', () => {
  it.each([
    ['git+ssh://git@github.com/acme/left.git', 'https://github.com/acme/left'],
    ['git@gitlab.com:acme/left.git', 'https://gitlab.com/acme/left'],
    ['github:acme/left', 'https://github.com/acme/left'],
    ['acme/left', 'https://github.com/acme/left'],
    ['javascript:alert(1)', null],
    ['https://user:pass@git.example.org/x?token=1#y', 'https://git.example.org/x'],
    ['file:///etc/passwd', null],
    ['http://localhost/x', null],
  ])('a repository written as %s is %s', (text, url) => {
    expect(repositoryUrl(text)).toBe(url);
  });

  it('a sparse index keeps crates by the length of their names', () => {
    expect(['a', 'ab', 'abc', 'Serde'].map(sparsePath)).toEqual(['1/a', '2/ab', '3/a/abc', 'se/rd/serde']);
  });

  it('picks what is wanted of a document and checks the rest as far as its end', () => {
    const text = '{"a":{"b":[{"c":1,"d":"x\\"}"},{"c":2}]},"skip":{"deep":[1,[2,{"c":3}]]},"e":null}';
    expect(pickJson(Buffer.from(text), { a: { b: { c: true } }, e: true })).toEqual({ ok: true, value: { a: { b: [{ c: 1 }, { c: 2 }] }, e: null } });
    expect(pickJson(Buffer.from('{"__proto__":{"x":1},"a":1}'), { '*': true })).toMatchObject({ ok: true });
    for (const bad of ['{"a":1', '{"a" 1}', '[1 2]', '{"a":1}}', '{,}', '"x'])
      expect(pickJson(Buffer.from(bad), { a: true })).toMatchObject({ ok: false, error: { code: 'not-json' } });
  });
});
