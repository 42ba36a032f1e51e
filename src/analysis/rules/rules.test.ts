import { describe, expect, it } from 'vitest';
import type { SbomStanding } from '#model/sbom-standing.ts';
import { behindOf } from '../registry/libyears.ts';
import { releaseFactsOf } from '../registry/release-facts.ts';
import type { ComponentFacts, FileFacts, Judged, LicensedVersion, MatchFacts, ReleaseFacts, Rule, UseFacts, VersionFacts } from '../rule.ts';
import { builtInEndOfLife } from '../end-of-life/built-in.ts';
import { rules } from './all.ts';
import { councilCondition } from './council-condition.ts';
import { endOfLife } from './end-of-life.ts';
import { foreignRegistry } from './foreign-registry.ts';
import { licenceChanged } from './licence-changed.ts';
import { licenceNotAllowed } from './licence-not-allowed.ts';
import { licenceUnknown } from './licence-unknown.ts';
import { maliciousPackage } from './malicious-package.ts';
import { noOwner } from './no-owner.ts';
import { notScanned } from './not-scanned.ts';
import { outdated } from './outdated.ts';
import { sbomQualityLow } from './sbom-quality-low.ts';
import { sbomSignatureFails } from './sbom-signature-fails.ts';
import { unpinned } from './unpinned.ts';
import { vulnerability } from './vulnerability.ts';
import { withdrawn } from './withdrawn.ts';

const day = (text: string): number => Date.parse(text) / 86_400_000;
const today = day('2024-06-01');
const django: VersionFacts = { ecosystem: 'PyPI', name: 'Django', version: '3.2.25', later: [], releases: null, endOfLife: builtInEndOfLife };
const component: ComponentFacts = {
  owner: 'payments',
  firstSeen: day('2023-01-01'),
  confirmed: today,
  unknownLicences: { count: 0, some: [], total: 4 },
  conditions: [],
};
const lockfile: FileFacts = {
  path: 'package-lock.json',
  kind: 'lockfile',
  entries: 4,
  ranges: { count: 0, some: [] },
  supply: null,
  owner: 'payments',
  sbom: null,
};
const match: MatchFacts = { key: 'GHSA-1', malicious: false, title: 'A fault' };

const signature = (state: SbomStanding['signature']['state']): SbomStanding['signature'] => ({ state, key: null, because: '' });
const sbom: SbomStanding = {
  isSbom: true,
  ...{
    component: 'component:test/shop',
    path: 'bom.json',
    raw: 'r',
    receipt: 'r',
    validAt: 0,
    form: 'CycloneDX 1.6',
    createdAt: null,
    components: 4,
  },
  ...{ scores: { ntia: 80, bsi: 40, completeness: 70, all: 60 }, signature: signature('none') },
};
const standing = (said: Partial<SbomStanding>): Partial<FileFacts> => ({ kind: 'sbom', path: 'bom.json', sbom: { ...sbom, ...said } });

/** A judgement in a few words: kind, then subjects with the day since when. */
function words(judged: Judged): string {
  if (judged.kind !== 'found') return judged.kind;
  const found = judged.findings.map(
    ({ subject, since }) => `${subject} ${since === null ? '-' : new Date(since * 86_400_000).toISOString().slice(0, 10)}`,
  );
  return `found ${found.join(', ')}`;
}

describe('rules', () => {
  it('are named like their files, and their defaults pass their own schemas', () => {
    expect(rules.map((rule) => rule.id)).toEqual([
      'council-condition',
      'end-of-life',
      'foreign-registry',
      'licence-changed',
      'licence-not-allowed',
      'licence-unknown',
      'malicious-package',
      'no-owner',
      'not-scanned',
      'outdated',
      'sbom-quality-low',
      'sbom-signature-fails',
      'unpinned',
      'vulnerability',
      'withdrawn',
    ]);
    for (const rule of rules) expect(rule.settings.safeParse({}).success).toBe(true);
  });

  it.each<[rule: Rule, settings: object, because: string]>([
    [endOfLife, { daysBefore: -1 }, 'a number below the least'],
    [notScanned, { day: 3 }, 'a setting that there is not'],
    [foreignRegistry, { hosts: 'registry.npmjs.org' }, 'one word for a list'],
  ])('refuse settings: %#', (rule, settings) => {
    expect(rule.settings.safeParse(settings).success).toBe(false);
  });
});

describe('end of life', () => {
  it.each<[name: string, facts: Partial<VersionFacts>, settings: object, expected: string]>([
    ['is found since the day support ended', {}, {}, 'found django 3.2 2024-04-01'],
    ['is not found before that day', { version: '4.2.1' }, {}, 'fine'],
    ['is found before that day where asked for', { version: '4.2.1' }, { daysBefore: 800 }, 'found django 4.2 2024-02-20'],
    ['is unknown for a release line that no data names', { version: '6.9.0' }, {}, 'unknown'],
    ['is unknown for a package that no data names, never fine', { name: 'left-pad' }, {}, 'unknown'],
    ['tells 1.1 from 1.11', { version: '1.1.4' }, {}, 'unknown'],
  ])('%s', (_, facts, settings, expected) => {
    expect(words(endOfLife.judge({ ...django, ...facts }, endOfLife.settings.parse(settings), today))).toBe(expected);
  });
});

/** What a registry says that lists these versions, the last one being the latest. */
function registered(versions: ReleaseFacts['versions'], more: Partial<ReleaseFacts> = {}): ReleaseFacts {
  const own = versions.find(([version]) => version === django.version);
  const [version, released] = versions.at(-1) ?? ['0', null];
  const said = { isAbsent: false, isListed: own !== undefined, released: own?.[1] ?? null, latest: { version, released }, warning: null };
  return { ...said, packageWarning: null, versions, ...more };
}

describe('withdrawn', () => {
  const listed: ReleaseFacts['versions'] = [['3.2.25', null, null]];
  it.each<[name: string, facts: Partial<VersionFacts>, settings: object, expected: string]>([
    ['is unknown until the registry was asked', {}, {}, 'unknown'],
    ['is fine where no warning stands', { releases: registered(listed) }, {}, 'fine'],
    ['is found by a yank', { releases: registered(listed, { warning: { kind: 'yanked', reason: 'broken' } }) }, {}, 'found yanked -'],
    [
      'is found by what is said of the package, too',
      { releases: registered(listed, { packageWarning: { kind: 'malicious', reason: null }, warning: { kind: 'removed', reason: null } }) },
      {},
      'found malicious -, removed -',
    ],
    [
      'is said once where package and version say the same',
      { releases: registered(listed, { packageWarning: { kind: 'deprecated', reason: null }, warning: { kind: 'deprecated', reason: null } }) },
      {},
      'found deprecated -',
    ],
    ['is found by a version that the registry does not list', { releases: registered([]) }, {}, 'found removed -'],
    ['is unknown for the same where registries keep no whole list', { ecosystem: 'Go', releases: registered([]) }, {}, 'unknown'],
    ['is found by a package that the registry does not have', { releases: registered([], { isAbsent: true }) }, {}, 'found removed -'],
    [
      'is not found by a kind that does not count',
      { releases: registered(listed, { warning: { kind: 'deprecated', reason: null } }) },
      { kinds: ['yanked'] },
      'fine',
    ],
  ])('%s', (_, facts, settings, expected) => {
    expect(words(withdrawn.judge({ ...django, ...facts }, settings as never, today))).toBe(expected);
  });
});

describe('libyears', () => {
  const at = (from: number | null, latest: number | null) =>
    behindOf(
      '3.2.25',
      registered([
        ['3.2.25', from, null],
        ['4.0', latest, null],
      ]),
    );
  it('are the years between the two releases, never less than none, and unknown without both days', () => {
    expect(at(day('2020-01-01'), day('2024-01-01'))).toEqual({ libyears: 1461 / 365.25, majors: 1 });
    expect(at(day('2024-01-01'), day('2020-01-01'))?.libyears).toBe(0);
    expect([at(null, 1), at(1, null), behindOf('1', null)]).toEqual([null, null, null]);
  });

  it('know a version that is written otherwise', () => {
    const summary = {
      isAbsent: false,
      latest: '2.0',
      warning: null,
      warnings: [],
      versions: [
        ['1.0.0', 10, null],
        ['2.0', 20, null],
      ],
    } as const;
    expect(releaseFactsOf('PyPI', summary)('1.0')).toMatchObject({ isListed: true, released: 10, latest: { version: '2.0', released: 20 } });
  });
});

describe('outdated', () => {
  const later = [
    { version: '4.0', since: day('2022-01-01'), from: 'estate' as const },
    { version: '5.0', since: day('2024-01-01'), from: 'estate' as const },
    { version: '5.1', since: day('2023-12-01'), from: 'advisory' as const },
  ];
  const releases = registered([
    ['3.2.25', day('2020-01-01'), null],
    ['3.3', day('2024-01-01'), null],
  ]);
  const fourth: ReleaseFacts = registered([
    ['3.2.25', null, null],
    ['5.0', day('2022-02-02'), null],
    ['6.0', null, null],
  ]);
  it.each<[name: string, facts: Partial<VersionFacts>, settings: object, expected: string]>([
    ['is found since the first version that is majors ahead was known', { later }, {}, 'found outdated 2023-12-01'],
    ['is found from as many majors on as the settings say', { later }, { majors: 1 }, 'found outdated 2022-01-01'],
    ['is unknown while nobody asked the registry', {}, {}, 'unknown'],
    ['is found by the years between releases once it was asked', { releases }, {}, 'found outdated 2024-01-01'],
    ['is fine where the registry says so', { releases }, { libyears: 5 }, 'fine'],
    ['is unknown where the registry gives no dates and no majors lie between', { releases: registered([['3.2.25', null, null]]) }, {}, 'unknown'],
    ['is found by majors since the first release that was so far ahead, dates or not', { releases: fourth }, {}, 'found outdated 2022-02-02'],
  ])('%s', (_, facts, settings, expected) => {
    expect(words(outdated.judge({ ...django, ...facts }, outdated.settings.parse(settings), today))).toBe(expected);
  });

  it('says what it was compared with', () => {
    const judged = outdated.judge({ ...django, later }, outdated.settings.parse({}), today);
    expect(judged).toMatchObject({ findings: [{ reason: 'Django 3.2.25 is at least 2 majors behind 5.1, which an advisory names.' }] });
  });
});

describe('component rules', () => {
  it.each<[name: string, rule: typeof noOwner, facts: Partial<ComponentFacts>, settings: object, expected: string]>([
    ['a component with an owner has one', noOwner, {}, {}, 'fine'],
    ['one without has none since it was first seen', noOwner, { owner: null }, {}, 'found owner 2023-01-01'],
    ['one shown today was scanned', notScanned, {}, {}, 'fine'],
    ['one shown 29 days ago was scanned', notScanned, { confirmed: day('2024-05-03') }, {}, 'fine'],
    ['one shown 30 days ago was not', notScanned, { confirmed: day('2024-05-02') }, {}, 'found scan 2024-06-01'],
    ['nor was one shown 7 days ago where 7 are allowed', notScanned, { confirmed: day('2024-05-25') }, { days: 7 }, 'found scan 2024-06-01'],
    ['one that could never be shown was not scanned', notScanned, { confirmed: null }, {}, 'found scan 2023-01-01'],
  ])('%s', (_, rule, facts, settings, expected) => {
    expect(words(rule.judge({ ...component, ...facts }, rule.settings.parse(settings), today))).toBe(expected);
  });
});

describe('file rules', () => {
  const some = { count: 2, some: ['ink', 'ms'] };
  const hosts = { 'npm.evil.example': some, 'registry.npmjs.org': { count: 9, some: ['a'] } };
  it.each<[name: string, rule: typeof unpinned, facts: Partial<FileFacts>, settings: object, expected: string]>([
    ['ranges are found', unpinned, { ranges: some, kind: 'manifest' }, {}, 'found package-lock.json ranges -'],
    ['ranges are left out where the settings say so', unpinned, { ranges: some, kind: 'manifest' }, { ranges: false }, 'fine'],
    ['entries without a hash are found', unpinned, { supply: { withoutHash: some, hosts: null } }, {}, 'found package-lock.json hashes -'],
    ['a lockfile whose reader does not tell of hashes is unknown', unpinned, {}, {}, 'unknown'],
    ['a lockfile whose entries all have one is fine', unpinned, { supply: { withoutHash: { count: 0, some: [] }, hosts: null } }, {}, 'fine'],
    ['the SBOM of a supplier is not asked for hashes', unpinned, { kind: 'sbom', ranges: some }, {}, 'fine'],
    [
      'a host not in the list is foreign',
      foreignRegistry,
      { supply: { withoutHash: null, hosts } },
      {},
      'found package-lock.json npm.evil.example -',
    ],
    [
      'a host below one of the list is not',
      foreignRegistry,
      { supply: { withoutHash: null, hosts } },
      { hosts: ['*.evil.example', 'registry.npmjs.org'] },
      'fine',
    ],
    [
      'a host that only ends alike is',
      foreignRegistry,
      { supply: { withoutHash: null, hosts: { 'notevil.example': some } } },
      { hosts: ['*.evil.example'] },
      'found package-lock.json notevil.example -',
    ],
    ['a file that does not say is unknown', foreignRegistry, {}, {}, 'unknown'],
    ['a lockfile is no SBOM', sbomQualityLow, {}, {}, 'fine'],
    ['an SBOM that was not judged yet is unknown', sbomQualityLow, { kind: 'sbom' }, {}, 'unknown'],
    ['an SBOM under the least score is found', sbomQualityLow, standing({}), { least: 61 }, 'found bom.json quality -'],
    ['one that has it is fine', sbomQualityLow, standing({}), { least: 60 }, 'fine'],
    ['one profile may be asked for', sbomQualityLow, standing({}), { profile: 'bsi', least: 60 }, 'found bom.json quality -'],
    ['a team may be asked for more than others', sbomQualityLow, standing({}), { least: 10, teams: { payments: 90 } }, 'found bom.json quality -'],
    ['another team is not', sbomQualityLow, standing({}), { least: 10, teams: { shipping: 90 } }, 'fine'],
    ['nothing is asked of the contents of an image', sbomQualityLow, standing({ isSbom: false, scores: null }), {}, 'fine'],
    ['one that could not be read is found', sbomQualityLow, standing({ scores: null }), { least: 0 }, 'found bom.json quality -'],
    ['a signature that fails is found', sbomSignatureFails, standing({ signature: signature('fails') }), {}, 'found bom.json signature -'],
    ['one that was not looked at is not', sbomSignatureFails, standing({ signature: signature('not-verified') }), {}, 'fine'],
    [
      'unless the policy asks for signatures',
      sbomSignatureFails,
      standing({ signature: signature('none') }),
      { unverified: true },
      'found bom.json signature -',
    ],
    ['one that was proved never is', sbomSignatureFails, standing({ signature: signature('verified') }), { unverified: true }, 'fine'],
  ])('%s', (_, rule, facts, settings, expected) => {
    expect(words(rule.judge({ ...lockfile, ...facts }, rule.settings.parse(settings), today))).toBe(expected);
  });

  it('say how many packages and name a few', () => {
    const judged = unpinned.judge({ ...lockfile, supply: { withoutHash: some, hosts: null } }, unpinned.settings.parse({}), today);
    expect(judged).toMatchObject({ findings: [{ reason: 'package-lock.json has no hash for 2 of 4 packages (ink, ms).' }] });
  });
});

describe('conditions of the council', () => {
  const asked = { place: 'IP-3, round 1, condition 1', case: 'IP-3', permits: 'pkg:npm/ghost', since: day('2024-05-01'), due: day('2024-06-02') };
  const condition = { ...asked, isShown: false, late: 'told' } as const;
  it.each<[name: string, over: Partial<ComponentFacts['conditions'][number]>, reason: string]>([
    ['that are not due yet are found', {}, 'IP-3 permits pkg:npm/ghost on a condition that is due on 2024-06-02.'],
    ['that are late say so', { due: today }, 'IP-3 permits pkg:npm/ghost on a condition that was due on 2024-06-01 and is not met.'],
    [
      'that wait for a second person say so',
      { isShown: true },
      'IP-3 permits pkg:npm/ghost on a condition that is due on 2024-06-02. It was shown to be met and waits for a second person.',
    ],
    [
      'say what follows when they are late',
      { late: 'ends' },
      'IP-3 permits pkg:npm/ghost on a condition that is due on 2024-06-02. The approval is out of force when it is late.',
    ],
    [
      'say what followed',
      { late: 'asked-again', due: today },
      'IP-3 permits pkg:npm/ghost on a condition that was due on 2024-06-01 and is not met. The council is asked again.',
    ],
  ])('%s', (_, over, reason) => {
    const judged = councilCondition.judge({ ...component, conditions: [{ ...condition, ...over }] }, councilCondition.settings.parse({}), today);
    expect(judged).toMatchObject({ findings: [{ subject: 'IP-3, round 1, condition 1', reason, since: day('2024-05-01') }] });
  });

  it('are fine where there are none', () => {
    expect(words(councilCondition.judge(component, councilCondition.settings.parse({}), today))).toBe('fine');
  });
});

describe('what advisories say', () => {
  it.each<[name: string, rule: typeof vulnerability, facts: Partial<MatchFacts>, expected: string]>([
    ['a vulnerable package is a vulnerability', vulnerability, {}, 'found GHSA-1 -'],
    ['and no malicious package', maliciousPackage, {}, 'fine'],
    ['a malicious package is one', maliciousPackage, { malicious: true }, 'found GHSA-1 -'],
    ['and no vulnerability', vulnerability, { malicious: true }, 'fine'],
  ])('%s', (_, rule, facts, expected) => {
    expect(words(rule.judge({ ...match, ...facts }, {}, today))).toBe(expected);
  });
});

const busl: UseFacts = {
  ecosystem: 'Go',
  name: 'vault',
  version: '1.15.0',
  verdict: {
    ...{ verdict: 'denied', because: 'No open source.', licence: 'BUSL-1.1', category: 'source-available', rule: 'source-available' },
    ...{ relyOn: ['BUSL-1.1'], obligations: [], asks: [], between: null, artifact: null },
  },
  refusal: null,
  policy: 'ip-policy@2',
  unread: null,
  earlier: [],
  changes: null,
};

describe('licence rules', () => {
  const verdict = (over: Partial<UseFacts['verdict']>): UseFacts => ({ ...busl, verdict: { ...busl.verdict, ...over } });
  it.each<[name: string, facts: UseFacts, settings: object, expected: string]>([
    ['a denied use is found', busl, {}, 'found BUSL-1.1 -'],
    ['a use for review is found', verdict({ verdict: 'review' }), {}, 'found BUSL-1.1 -'],
    ['a use for review is fine where that is not asked for', verdict({ verdict: 'review' }), { review: false }, 'fine'],
    ['an allowed use is fine', verdict({ verdict: 'allowed' }), {}, 'fine'],
    ['an unknown one is unknown', verdict({ verdict: 'unknown', asks: ['licence'] }), {}, 'unknown'],
    ['what the council refused is found', { ...busl, refusal: 'denied by the council' }, { review: false }, 'found BUSL-1.1 -'],
  ])('licence-not-allowed: %s', (_name, facts, settings, expected) => {
    expect(words(licenceNotAllowed.judge(facts, licenceNotAllowed.settings.parse(settings), today))).toBe(expected);
  });

  const mpl: LicensedVersion = { version: '1.14.0', licence: 'MPL-2.0', category: 'file-copyleft' };
  it.each<[name: string, earlier: readonly LicensedVersion[], over: Partial<UseFacts['verdict']>, expected: string]>([
    ['a change of category is found', [mpl], {}, 'found MPL-2.0 -> BUSL-1.1 -'],
    [
      'the last version before it counts',
      [{ ...mpl, version: '1.0.0', licence: 'MIT', category: 'permissive' }, mpl],
      {},
      'found MPL-2.0 -> BUSL-1.1 -',
    ],
    ['no change is fine', [{ version: '1.14.9', licence: 'BUSL-1.1', category: 'source-available' }], {}, 'fine'],
    ['unknown before says nothing', [{ version: '1.14.9', licence: null, category: null }], {}, 'fine'],
    ['a change that is allowed is fine', [mpl], { verdict: 'allowed' }, 'fine'],
    ['an unknown licence is unknown', [mpl], { licence: null }, 'unknown'],
  ])('licence-changed: %s', (_name, earlier, over, expected) => {
    const facts = { ...verdict(over), earlier };
    expect(words(licenceChanged.judge(facts, licenceChanged.settings.parse({}), today))).toBe(expected);
  });

  it.each([
    ['a change that the policy names is found', ['file-copyleft'], ['source-available'], 'found MPL-2.0 -> BUSL-1.1 -'],
    ['one that it does not name is fine', ['file-copyleft'], ['strong-copyleft'], 'fine'],
  ])('licence-changed: %s', (_name, from, to, expected) => {
    const facts = { ...busl, earlier: [mpl], changes: [{ from, to, because: 'We leave.' }] };
    expect(words(licenceChanged.judge(facts, licenceChanged.settings.parse({}), today))).toBe(expected);
  });

  it.each([
    ['all known is fine', 0, 4, {}, 'fine'],
    ['one unknown is found', 1, 4, {}, 'found licences -'],
    ['fewer than asked for are fine', 3, 4, { atLeast: 4 }, 'fine'],
    ['a component that shows nothing is unknown', 0, 0, {}, 'unknown'],
  ] as const)('licence-unknown: %s', (_name, count, total, settings, expected) => {
    const facts = { ...component, unknownLicences: { count, some: ['left 1.0.0'], total } };
    expect(words(licenceUnknown.judge(facts, licenceUnknown.settings.parse(settings), today))).toBe(expected);
  });
});
