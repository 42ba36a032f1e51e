import { describe, expect, it } from 'vitest';
import type { RegistryAnswer, RegistryVersion } from '#model/registry.ts';
import { summaryOf } from '#model/registry-summary.ts';
import { registryProtocols } from '#language/registries/all.ts';
import { whyWithheld, type AskPolicy, type Withheld } from './may-ask.ts';
import { growingOf, recordOf, stillToAsk, withAnswer } from './record.ts';

const policy: AskPolicy = { unknownOrigin: 'withhold', privateNames: ['@acme/*', 'Maven:com.acme.*', 'PyPI:acme_*'], publicNames: ['org.apache.*'] };
const npmPublic = { base: 'https://registry.npmjs.org', hosts: new Set(['registry.npmjs.org', 'registry.yarnpkg.com']), hearsPrivateNames: false };
const mirror = { base: 'https://art.acme.example/npm', hosts: new Set(['registry.npmjs.org', 'art.acme.example']), hearsPrivateNames: false };
const inner = { ...mirror, hearsPrivateNames: true };

describe('who hears the name of a package', () => {
  const table: readonly (readonly [string, Parameters<typeof whyWithheld>, Withheld | null])[] = [
    [
      'one that a lockfile takes from the public registry',
      [{ ecosystem: 'npm', name: 'left', hosts: ['registry.npmjs.org'], isOwn: false }, npmPublic, policy],
      null,
    ],
    ['one of which no lockfile says anything', [{ ecosystem: 'npm', name: 'left', hosts: [], isOwn: false }, npmPublic, policy], 'unknown-origin'],
    [
      'the same where the office says to ask',
      [{ ecosystem: 'npm', name: 'left', hosts: [], isOwn: false }, npmPublic, { ...policy, unknownOrigin: 'ask' }],
      null,
    ],
    ['one that is called public', [{ ecosystem: 'Maven', name: 'org.apache.logging:log4j', hosts: [], isOwn: false }, npmPublic, policy], null],
    [
      'one of a private scope, though a lockfile takes it from the public registry',
      [{ ecosystem: 'npm', name: '@acme/ui', hosts: ['registry.npmjs.org'], isOwn: false }, npmPublic, policy],
      'private-name',
    ],
    [
      'the same in capital letters',
      [{ ecosystem: 'npm', name: '@ACME/ui', hosts: [], isOwn: false }, npmPublic, { ...policy, unknownOrigin: 'ask' }],
      'private-name',
    ],
    [
      'a private prefix with other dashes',
      [{ ecosystem: 'PyPI', name: 'Acme-Secrets', hosts: [], isOwn: false }, npmPublic, { ...policy, unknownOrigin: 'ask' }],
      'private-name',
    ],
    [
      'a private prefix of another ecosystem',
      [{ ecosystem: 'PyPI', name: 'com.acme.x', hosts: [], isOwn: false }, npmPublic, { ...policy, unknownOrigin: 'ask' }],
      null,
    ],
    [
      'one that some lockfile takes from inside',
      [
        { ecosystem: 'npm', name: 'left', hosts: ['registry.npmjs.org', 'npm.acme.example'], isOwn: false },
        npmPublic,
        { ...policy, unknownOrigin: 'ask' },
      ],
      'other-host',
    ],
    [
      'the same even when called public',
      [{ ecosystem: 'npm', name: 'left', hosts: ['npm.acme.example'], isOwn: false }, npmPublic, { ...policy, publicNames: ['*'] }],
      'other-host',
    ],
    [
      'one that a lockfile takes from the mirror that is asked',
      [{ ecosystem: 'npm', name: 'left', hosts: ['art.acme.example'], isOwn: false }, mirror, policy],
      null,
    ],
    [
      'a private one at a mirror that is not said to hear them',
      [{ ecosystem: 'npm', name: '@acme/ui', hosts: ['art.acme.example'], isOwn: false }, mirror, policy],
      'private-name',
    ],
    ['a private one at a mirror that may', [{ ecosystem: 'npm', name: '@acme/ui', hosts: ['npm.acme.example'], isOwn: true }, inner, policy], null],
    [
      'the name of a component of our own',
      [{ ecosystem: 'npm', name: 'web-shop', hosts: ['registry.npmjs.org'], isOwn: true }, npmPublic, { ...policy, unknownOrigin: 'ask' }],
      'own-name',
    ],
    [
      'an own one that is called public',
      [{ ecosystem: 'npm', name: 'our-lib', hosts: [], isOwn: true }, npmPublic, { ...policy, publicNames: ['npm:our-*'] }],
      null,
    ],
    ['any at a registry that is off', [{ ecosystem: 'npm', name: 'left', hosts: [], isOwn: false }, { ...inner, base: null }, policy], 'off'],
    ['any of an ecosystem without a registry', [{ ecosystem: 'npm', name: 'left', hosts: [], isOwn: false }, null, policy], 'no-registry'],
  ];
  it.each(table)('%s', (_, [asked, chosen, rules], why) => {
    expect(whyWithheld(asked, chosen, rules)).toBe(why);
  });
});

const maven = registryProtocols.find((each) => each.id === 'maven');
const npm = registryProtocols.find((each) => each.id === 'npm');
const said = (versions: readonly RegistryVersion[], more: Partial<RegistryAnswer> = {}): RegistryAnswer => ({
  versions,
  isWhole: true,
  asks: [],
  problems: [],
  ...more,
});

describe('which of what is declared says a licence', () => {
  const said = (...declared: readonly (readonly [field: string, text: string])[]) =>
    summaryOf({ ...empty, licences: [declared.map(([field, text]) => ({ field, text }))] }, false).licences;
  const empty = {
    layout: 1,
    ecosystem: '',
    name: '',
    registry: '',
    readBy: '',
    latest: null,
    warning: null,
    repository: null,
    licences: [],
    warnings: [],
    versions: [],
  } as const;
  it.each([
    [
      'an expression before all else',
      [
        ['license', 'MIT License'],
        ['license_expression', 'MIT'],
        ['classifier', 'License :: x'],
      ],
      ['MIT'],
    ],
    [
      'names beside classifiers, but no whole text',
      [
        ['license', 'x'.repeat(300)],
        ['classifier', 'License :: OSI Approved :: MIT License'],
      ],
      ['License :: OSI Approved :: MIT License'],
    ],
    ['a whole text where nothing else stands', [['license', 'x'.repeat(300)]], ['x'.repeat(300)]],
    [
      'the name of a POM, not its address',
      [
        ['licenses.license.name', 'Apache 2'],
        ['licenses.license.url', 'https://a'],
      ],
      ['Apache 2'],
    ],
    ['the address where there is no name', [['licenses.license.url', 'https://a']], ['https://a']],
    ['no names of files', [['license_files', 'LICENSE']], []],
  ] as const)('%s', (_, declared, texts) => {
    expect(said(...declared)).toEqual([texts]);
  });
});

describe('what is known of a package', () => {
  it('keeps what vanished as removed, and takes that back when it is there again', () => {
    const first = withAnswer(growingOf(null), said([{ version: '1.0.0', released: 1 }, { version: '1.1.0' }]), 'npm');
    const second = withAnswer(first, said([{ version: '1.1.0' }]), 'npm');
    expect(second.versions.get('1.0.0')).toEqual({ version: '1.0.0', released: 1, warning: { kind: 'removed', reason: null } });
    expect(withAnswer(second, said([{ version: '1.0.0' }]), 'npm').versions.get('1.0.0')?.warning).toBeNull();
  });

  it('goes through a record and back without loss, in version order, each licence once', () => {
    if (npm === undefined) throw new Error('npm is there');
    const mit = [{ field: 'license', text: 'MIT' }];
    const growing = withAnswer(
      growingOf(null),
      said([
        { version: '10.0.0', licences: mit, released: 5 },
        { version: '9.0.0', licences: mit },
        { version: '11.0.0-rc.1', licences: [] },
      ]),
      'npm',
    );
    const record = recordOf(npm, 'left', 'registry.npmjs.org', growing);
    expect(record).toMatchObject({
      latest: '10.0.0',
      licences: [mit, []],
      versions: [
        ['9.0.0', null, 0, null],
        ['10.0.0', 5, 0, null],
        ['11.0.0-rc.1', null, 1, null],
      ],
    });
    expect(recordOf(npm, 'left', 'registry.npmjs.org', growingOf(record))).toEqual(record);
  });

  it.each([
    ['the one the registry names', '1.0.0', ['1.0.0', '2.0.0'], '1.0.0'],
    ['not one it names that is a pre-release', '2.0.0-beta.1', ['1.0.0', '2.0.0-beta.1'], '1.0.0'],
    ['the pre-release where there is nothing else', '2.0.0-beta.1', ['2.0.0-beta.1'], '2.0.0-beta.1'],
    ['the highest one where it names none', undefined, ['1.10.0', '1.9.0'], '1.10.0'],
    ['none', undefined, [], null],
  ])('the latest is %s', (_, latest, versions, expected) => {
    if (npm === undefined) throw new Error('npm is there');
    const answer = said(
      versions.map((version) => ({ version })),
      latest === undefined ? {} : { latest },
    );
    expect(recordOf(npm, 'left', 'r', withAnswer(growingOf(null), answer, 'npm')).latest).toBe(expected);
  });

  it('retractions are of versions from one to another, and are taken back', () => {
    const listed = said(['1.0.0', '1.1.0', '1.2.0'].map((version) => ({ version })));
    const taken = said([], { isWhole: false, retracted: [{ from: '1.0.0', until: '1.1.0', reason: 'wrong' }] });
    const once = withAnswer(withAnswer(growingOf(null), listed, 'Go'), taken, 'Go');
    expect([...once.versions.values()].map((each) => each.warning?.kind)).toEqual(['retracted', 'retracted', undefined]);
    expect([...withAnswer(once, { ...taken, retracted: [] }, 'Go').versions.values()].map((each) => each.warning?.kind ?? null)).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('asks only of versions in use and the latest what is not known yet', () => {
    if (maven === undefined) throw new Error('Maven is there');
    const growing = withAnswer(
      growingOf(null),
      said([{ version: '1.0', released: 1, licences: [] }, { version: '1.1' }, { version: '2.0' }]),
      'Maven',
    );
    expect(stillToAsk(maven, 'a:b', growing, ['1.0', '1.0-gone']).map((each) => each.path)).toEqual([
      'a/b/1.0-gone/b-1.0-gone.pom',
      'a/b/2.0/b-2.0.pom',
    ]);
  });
});
