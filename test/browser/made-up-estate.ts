import type { z } from 'zod';
import { describedFormats } from '#operations/known-formats.ts';
import { qualityFormula } from '#model/sbom-quality.ts';
import type { RouteName, routes } from '#server/schemas/routes.ts';

type ReplyOf<Name extends RouteName> = (typeof routes)[Name]['reply'] extends z.ZodType ? z.infer<(typeof routes)[Name]['reply']> : null;

const now = Date.now();
const hourMs = 3_600_000;
const ago = (hours: number) => new Date(now - hours * hourMs).toISOString();
const dayAgo = (days: number) => ago(days * 24).slice(0, 10);
const none = { critical: 0, high: 0, unknown: 0, medium: 0, low: 0 };

const receipt: ReplyOf<'receipt'> = {
  id: 'r7k2m4',
  source: 'git',
  origin: 'git.northgate.example/payments/gateway',
  revision: 'a41f9c2e7b0d4416a1d2e6f0a9c3b7d85e112233',
  outcome: 'partial',
  validAt: ago(30),
  receivedAt: ago(5),
  confirmedAt: ago(1),
  paths: 3,
  sboms: [
    {
      ...{ component: 'component:made.up/shop', path: 'bom.json', score: 46 },
      signature: { state: 'fails', key: null, because: 'No key under provenance.keys signed it.' },
    },
  ],
  mayReadRaw: true,
  tree: [
    { path: 'package-lock.json', state: 'read', hash: '9f2c'.repeat(16) },
    { path: 'services/ledger/pom.xml', state: 'unreadable', hash: null },
    { path: 'yarn.lock', state: 'absent', hash: null },
  ],
  problems: [
    {
      code: 'not-xml',
      message: 'The file ends inside the element "dependencies". Check that it was committed whole.',
      path: 'services/ledger/pom.xml',
      line: 88,
      severity: 'error',
    },
  ],
};
const { tree: _tree, paths: _paths, problems: _problems, ...receiptSummary } = receipt;
const osvReceipt = {
  ...receiptSummary,
  id: 'o1',
  source: 'osv' as const,
  origin: 'osv.example/Maven',
  revision: 'W/"88-f2"',
  outcome: 'complete' as const,
};

const teams = ['Payments', 'Markets Data', 'Client Portal', 'Platform', 'Treasury', null];
const component = (index: number): ReplyOf<'components'>['items'][number] => {
  const names = [
    'payments-gateway',
    'market-data-feed',
    'client-portal-bff',
    'build-images',
    'treasury-ledger',
    'swift-adapter',
    'kyc-orchestrator',
    'trade-capture',
    'card-authoriser',
  ];
  const team = teams[index % teams.length] ?? null;
  const unread = index === 6;
  return {
    ref: `component:git.northgate.example-${(team ?? 'legacy').toLowerCase().replace(' ', '-')}/${names[index]}`,
    name: names[index] ?? `component-${index}`,
    namespace: `git.northgate.example-${(team ?? 'legacy').toLowerCase().replace(' ', '-')}`,
    owner: team === null ? null : { team, how: 'codeowners', path: '.github/CODEOWNERS', line: 4 },
    source: { source: 'git', origin: `git.northgate.example/${names[index]}` },
    ecosystems: unread ? [] : index % 2 === 0 ? ['npm', 'Maven'] : ['PyPI'],
    packages: unread ? null : 412 - index * 31,
    findings: unread
      ? null
      : index === 3
        ? none
        : { critical: Math.max(0, 4 - index), high: 11 - index, unknown: index % 3, medium: 28 - index, low: 19 },
    problems: index % 4 === 0 ? 2 : 0,
    staleSince: index === 5 ? ago(9 * 24) : null,
    readAt: unread ? null : ago(2 + index),
    revision: unread ? null : 'a41f9c2e7b0d4416a1d2e6f0a9c3b7d85e112233',
    validAt: unread ? null : ago(40),
    testMaterial: index === 8,
    retiredAt: null,
  };
};
const components = Array.from({ length: 9 }, (_, index) => component(index));
const gateway = components[0] as ReplyOf<'components'>['items'][number];

const log4j = 'pkg:maven/org.apache.logging.log4j/log4j-core';
const finding = (index: number): ReplyOf<'findings'>['items'][number] => {
  const severities = ['critical', 'critical', 'high', 'high', 'unknown', 'medium', 'medium', 'low'] as const;
  const severity = severities[index % severities.length] ?? 'low';
  const user = components[index % 6] as (typeof components)[number];
  const names = [
    'org.apache.logging.log4j:log4j-core',
    'org.springframework:spring-beans',
    'lodash',
    'requests',
    'sepa-schema-gen',
    '@northgate/ui-kit',
  ];
  const name = names[index % names.length] ?? 'lodash';
  return {
    id: `f${index}q7x2mcd5lo3naa`.slice(0, 16),
    episode: index === 0 ? 2 : 1,
    rule: 'vulnerable',
    subject: index === 5 ? 'pkg:npm/%40northgate/ui-kit' : log4j,
    package: { purl: index === 5 ? 'pkg:npm/%40northgate/ui-kit' : log4j, ecosystem: 'Maven', name },
    versions: index === 4 ? [] : ['2.14.1'],
    component: { ref: user.ref, name: user.name },
    team: user.owner?.team ?? null,
    advisory: { key: 'CVE-2021-44228', ids: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'] },
    title: `Remote code execution in ${name}`,
    severity,
    cvss: severity === 'unknown' ? null : { version: '3.1', score: 10, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', source: 'GHSA' },
    epss: severity === 'unknown' ? null : { score: 0.944, percentile: 0.999, date: dayAgo(1) },
    kev: index < 2 ? { added: '2021-12-10' } : null,
    opened: ago(20 + index * 30),
    exposure: { from: '2021-12-10', until: null },
    state: 'open',
    reason: 'Version 2.14.1 lies in a range that the advisory names as affected.',
    fix: index === 4 ? null : '2.15.0',
    staleSince: user.staleSince,
    triage: 'open',
    action: index < 4 ? 'act' : 'attend',
    risk: 97 - index,
    due: index < 4 ? ago(24 * (index - 2)) : null,
    overdue: index === 3,
    clock: index < 4 ? 'running' : 'none',
    planned: null,
    assignee: null,
    ownerCertainty: user.owner === null ? 'none' : 'declared',
    stages: { source: 'affected', built: 'unknown', deployed: 'unknown' },
  };
};
const findings = Array.from({ length: 24 }, (_, index) => finding(index));
const first = findings[0] as ReplyOf<'findings'>['items'][number];
const fact = (evidence: ReplyOf<'finding'>['facts'][number]['evidence'], via: string[]): ReplyOf<'finding'>['facts'][number] => ({
  purl: `${log4j}@2.14.1`,
  version: '2.14.1',
  range: null,
  evidence,
  scope: 'runtime',
  direct: false,
  via,
  since: dayAgo(200),
  reading: { format: 'pom-xml', formatVersion: 1, readAt: ago(5) },
  receipt: receiptSummary,
  rawHash: '9f2c'.repeat(16),
});

const source = (index: number): ReplyOf<'sources'>['items'][number] => ({
  id: `s${index}`,
  source: (['git', 'git', 'osv', 'kev', 'epss', 'folder'] as const)[index] ?? 'git',
  origin:
    [
      'git.northgate.example/payments/gateway',
      'git.northgate.example/legacy/swift-adapter',
      'osv.example',
      'kev.example/known.json',
      'epss.example/scores.csv.gz',
      'drop folder',
    ][index] ?? 'x',
  state: (['watch', 'failing', 'fresh', 'fresh', 'fresh', 'never'] as const)[index] ?? 'fresh',
  lastSuccess: index === 5 ? null : index === 1 ? ago(9 * 24) : ago(1 + index),
  lastTried: ago(1),
  revision: index === 0 ? receipt.revision : null,
  items: index === 5 ? null : { count: 12 + index * 1200, noun: index < 2 ? 'components' : 'records', rowsQuery: index < 2 ? '/components' : null },
  problems: index < 2 ? 2 : 0,
  trouble:
    index === 1
      ? 'The repository could not be cloned: authentication failed. Renew the token.'
      : index === 0
        ? '1 of 3 files could not be read.'
        : null,
  staleComponents: index === 1 ? 1 : 0,
  receipt: index === 5 ? null : receipt.id,
  runs: Array.from({ length: index === 5 ? 0 : 24 }, (_, run) => ({
    at: ago(24 - run),
    outcome: index === 1 && run > 14 ? ('failed' as const) : run === 9 ? ('partial' as const) : ('complete' as const),
  })),
});
const act = (
  seq: number,
  kind: string,
  subject: string,
  words: unknown,
  erasure: ReplyOf<'acts'>['items'][number]['erasure'] = null,
): ReplyOf<'acts'>['items'][number] => ({
  ...{ seq, kind, subject, words, erasure, at: ago(seq), actor: `person:${'ab'.repeat(13)}`, actorName: erasure === null ? 'Ines Vogel' : null },
  ...{
    body: { verdict: 'accepted', until: '2027-01-31T00:00:00Z' },
    areWordsErased: erasure !== null,
    hash: '5e884898da28047151d0e56f8dc62927'.repeat(2),
  },
});
const acts = [
  act(4, 'erase-words', 'ledger', { reason: 'Asked for by the person.' }),
  act(3, 'approve-decision', 'decision:mzxw6ytboi7777777777777777', { reason: 'Agreed until the new gateway is live.' }),
  act(2, 'decide', 'decision:mzxw6ytboi7777777777777777', { reason: 'Only reached from the inside.', control: 'Network policy 12 blocks it.' }),
  act(1, 'comment', 'finding:f1', null, { seq: 4, at: ago(1), by: 'office', basis: 'request', reference: 'DSR-2026-14' }),
];

const sources = Array.from({ length: 6 }, (_, index) => source(index));

const figure = (
  id: string,
  label: string,
  value: number,
  base: number | null,
  worst: string | null,
  rowsQuery: string,
  missingQuery: string | null,
): ReplyOf<'overview'>['figures'][number] => ({
  id,
  label,
  value,
  base,
  coverage: base === null ? 0.969 : value / base,
  freshness: { oldest: ago(9 * 24), median: ago(5) },
  worst,
  formula: {
    id: `cov.${id}@1`,
    text: ['count(component where read ≥ now - 7 d)', '÷ count(component)'],
    excluded: [{ label: 'test material', count: 1, rowsQuery: null }],
    sources: [{ source: 'git', readAt: ago(3) }],
    computedAt: ago(0),
  },
  rowsQuery,
  missingQuery,
});
const sum = { critical: 10, high: 51, unknown: 8, medium: 153, low: 114 };
const page = <Item>(items: Item[]) => ({ items, next: null, total: items.length });
const versions = ['2.11.2', '2.13.3', '2.14.1', '2.15.0', '2.16.0', '2.17.1', '2.20.0'];

function stepOf(name: string, version: string | null) {
  return { purl: `pkg:maven/example/${name}`, name, version };
}
const log4jStep = stepOf('log4j-core', '2.14.1');

const some = (appeared: number, gone: number, changed: number) => ({ appeared, gone, changed });
const changes: ReplyOf<'changes'>['items'] = [
  ['appeared', 'finding', 'advisory-published'] as const,
  ['changed', 'package', null] as const,
  ['appeared', 'component', null] as const,
].map(([what, kind, cause]) => ({
  what,
  kind,
  name: kind === 'component' ? gateway.name : 'org.apache.logging.log4j:log4j-core',
  component: { ref: gateway.ref, name: gateway.name },
  team: 'Payments',
  purl: kind === 'component' ? null : log4j,
  before: kind === 'package' ? ['2.14.1'] : null,
  after: kind === 'package' ? ['2.17.1'] : null,
  ids: kind === 'finding' ? ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'] : null,
  severity: kind === 'finding' ? ('critical' as const) : null,
  cause,
  unobserved: null,
}));

const savedView = (id: string, name: string, search: string, notUnderstood: string[]): ReplyOf<'savedView'> => ({
  id,
  name,
  scope: 'office',
  page: '/findings',
  search,
  isMine: true,
  created: ago(100),
  changed: ago(50),
  notUnderstood,
  etag: '"1"',
});

const champion = { id: 'person:cccccccccccccccccccccccccc', name: 'Champion of Payments' };
const deskDecision = (id: string, standing: 'holds' | 'waiting'): ReplyOf<'deskDecisions'>['items'][number] => ({
  id,
  verdict: standing === 'holds' ? 'in-triage' : 'accepted',
  by: champion,
  at: ago(90),
  until: standing === 'holds' ? null : '2027-01-31T23:59:59.000Z',
  owner: standing === 'holds' ? null : { id: 'person:dddddddddddddddddddddddddd', name: 'Head of Payments' },
  justification: null,
  responses: standing === 'holds' ? [] : ['will_not_fix'],
  reason: 'Looking at it with the team.',
  control: standing === 'holds' ? null : 'Outbound LDAP is blocked.',
  about: { rule: null, component: gateway.ref, team: null, package: null, range: null, advisory: 'CVE-2021-44228', components: [] },
  coversFuture: false,
  findings: 1,
  teams: ['Payments'],
  severities: ['critical'],
  advisories: ['CVE-2021-44228'],
  standing,
  approval: null,
  version: 7,
  may: { approve: standing === 'waiting', approveNot: standing === 'waiting' ? null : 'It does not wait for a second person.', withdraw: true },
});

type Released = NonNullable<(typeof madeUpEstate)['packageRegistry']>['versions'][number];

/** A version as its registry has it. */
function released(version: string, date: string | null, libyears: number | null, more: Partial<Released> = {}): Released {
  const licences = [{ field: 'licenses.license.name', text: 'Apache License, Version 2.0' }];
  return { version, released: date === null ? null : `${date}T00:00:00.000Z`, licences, warning: null, inUse: false, libyears, ...more };
}

function judged(purl: string, verdict: 'allowed' | 'review', licence: string): ReplyOf<'verdicts'>['packages'][number] {
  return {
    ...{ purl, verdict, licence, gate: 'watch', because: `${licence}: so the policy says.`, claims: [{ source: 'lockfile', said: [licence] }] },
    ...{
      isDisputed: false,
      suggestion: null,
      category: 'permissive',
      rule: 'permissive',
      relyOn: [licence],
      obligations: [],
      asks: [],
      between: null,
    },
    ...{
      artifact: null,
      exception: null,
      refusal: null,
      choice: null,
      review: null,
      alternatives: [],
      choices: [],
      notes: [],
      path: verdict === 'review' ? ['shop-ui@4.0.0', purl.slice('pkg:npm/'.length)] : [],
    },
  };
}

const madeUpSbom: ReplyOf<'sbomQualities'>['items'][number] = {
  ...{ component: { ref: 'component:made.up/shop', name: 'shop' }, team: null, path: 'bom.json', receipt: receipt.id, form: 'CycloneDX 1.6' },
  ...{ validAt: '2026-11-20T00:00:00.000Z', createdAt: null, components: 3, scores: { all: 46, ntia: 44, bsi: 37, completeness: 60 } },
  signature: { state: 'fails', key: null, because: 'No key under provenance.keys signed it: it was altered, or signed by somebody else.' },
};

/** Answers of a made-up firm, as our own API would give them: enough to look at every page and each of its states. */
export const madeUpEstate: { readonly [Name in RouteName]?: ReplyOf<Name> } = {
  verdicts: {
    policy: 'ip-policy@2',
    isBuiltIn: false,
    verdict: 'review',
    gate: 'warn',
    counts: { allowed: 1, conditions: 0, review: 1, unknown: 0, denied: 0 },
    packages: [judged('pkg:npm/viewer@2.1.0', 'review', 'LGPL-2.1-only'), judged('pkg:npm/left@1.0.0', 'allowed', 'MIT')],
    ask: { team: 'payments', owner: null, stewards: [], counsel: [] },
  },
  obligations: {
    items: [
      {
        component: { ref: 'component:acme/portal', name: 'portal' },
        team: 'payments',
        artifact: 'web',
        deliveries: ['browser'],
        obligation: { id: 'give-notices', title: 'Notices and licence text', asks: 'Give the notices along.', shownBy: null },
        due: 41,
        open: 0,
        fulfilled: 3,
        rowsQuery: '/obligations?component=component%3Aacme%2Fportal&obligation=give-notices',
      },
    ],
    next: null,
    total: 1,
    policy: 'ip-policy@2',
    counts: { due: 41, open: 0, fulfilled: 3 },
    obligations: [{ id: 'give-notices', title: 'Notices and licence text', due: 41 }],
    teams: [{ team: 'payments', due: 41, open: 0, fulfilled: 3 }],
  },
  sbomQualities: {
    ...{
      formula: qualityFormula,
      waiting: 1,
      items: [madeUpSbom, { ...madeUpSbom, path: 'upload:image', scores: null, form: null }],
      next: null,
      total: 2,
    },
    signatures: { verified: 0, 'not-verified': 0, fails: 2, none: 0 },
    teams: [{ team: null, sboms: 2, unread: 1, least: 46, mean: 46 }],
    trend: [
      { at: '2026-08-01T00:00:00.000Z', mean: 40.5, sboms: 1 },
      { at: '2026-11-20T00:00:00.000Z', mean: 46, sboms: 2 },
    ],
  },
  componentSboms: {
    formula: qualityFormula,
    waiting: ['upload:new'],
    items: [
      {
        ...madeUpSbom,
        elements: [
          {
            ...{ id: 'ntia-supplier', profile: 'ntia', title: 'Supplier of each component', section: 'Data Fields: Supplier Name', weight: 1 },
            ...{ met: 1, total: 3, unseen: null, fix: 'Have the generator write who gives each component out.' },
            misses: [{ ref: 'pkg:npm/left-pad@1.3.0', name: 'left-pad', version: '1.3.0' }],
          },
          {
            ...{ id: 'bsi-file-name', profile: 'bsi', title: 'File name of each component', section: '5.2.2', weight: 1, met: 0, total: 0 },
            ...{ unseen: 'Readers do not keep this property of a component yet.', fix: 'Write it.', misses: [] },
          },
        ],
        problems: [],
        past: ['2026-08-01', '2026-11-20'].map((day, at) => ({
          ...{ validAt: `${day}T00:00:00.000Z`, receipt: `r${String(at)}`, scores: madeUpSbom.scores },
        })),
        attestations: [
          {
            ...{ about: 'artifact', predicateType: 'https://slsa.dev/provenance/v1', kind: 'provenance', buildType: null, finishedAt: null },
            ...{ builder: 'https://builds.example.com/runner', source: 'https://git.example.com/pay', commit: 'a'.repeat(40) },
            ...{
              receivedAt: '2026-11-20T00:00:00.000Z',
              signature: { state: 'verified', key: 'builds', because: 'The signature was made with the key builds.' },
            },
          },
        ],
      },
    ],
  },
  componentSbomDiff: {
    ...{ document: [{ field: 'serial', before: null, after: 'urn:uuid:1' }], same: 2, total: { components: 1, edges: 0 }, edges: [], problems: [] },
    components: [
      {
        ...{ kind: 'changed', identity: 'pkg:npm/left-pad', name: 'left-pad', ref: { before: 'a', after: 'a' } },
        ...{ version: { before: '1.2.0', after: '1.3.0' }, fields: [{ field: 'version', before: '1.2.0', after: '1.3.0' }] },
      },
    ],
  },
  componentConflicts: {
    ...{ counts: { serious: 1, doubtful: 0, expected: 4 }, kinds: [{ kind: 'hash', count: 1 }], next: null, total: 1 },
    items: [
      {
        ...{ kind: 'hash', weight: 'serious', identity: 'pkg:npm/left-pad', name: 'left-pad', because: 'Other bytes bear the name left-pad 1.3.0.' },
        sides: [
          { kind: 'lockfile', path: 'package-lock.json', says: `sha512:${'a'.repeat(128)}` },
          { kind: 'sbom', path: 'bom.json', says: `sha512:${'b'.repeat(128)}` },
        ],
      },
    ],
  },
  componentArtifacts: {
    component: { ref: 'component:made.up/shop', name: 'shop' },
    team: 'payments',
    artifacts: [
      {
        ...{ name: 'web', deliveries: ['saas'], linking: null, modified: false, outbound: null },
        ...{ by: 'person:aaaaaaaaaaaaaaaaaaaaaaaaaa', at: '2026-11-20T09:00:00.000Z' },
      },
    ],
    questions: [{ about: 'linking', versions: 2 }],
  },
  componentLicenceFiles: {
    items: [
      {
        ...{ path: 'LICENSE', component: { ref: 'component:made.up/shop', name: 'shop' }, role: 'own', package: null, said: ['Apache-2.0'] },
        ...{ texts: [{ ids: ['Apache-2.0'], likeness: 0.997 }], nearest: null, isMore: false, isRead: true },
        copyright: ['Copyright 2020 The Made-up Firm'],
      },
      {
        ...{ path: 'third_party/odd/COPYING', component: { ref: 'component:made.up/shop', name: 'shop' }, role: 'part', package: null, said: [] },
        ...{ texts: [], nearest: { ids: ['Zlib'], likeness: 0.41 }, isMore: true, isRead: true, copyright: [] },
      },
    ],
    next: null,
    total: 2,
    counts: { own: 1, package: 0, part: 1, text: 0 },
    list: 'spdx-license-list 6.12.0',
  },
  session: {
    principal: {
      kind: 'person',
      name: 'OSPO lead',
      id: 'person:aaaaaaaaaaaaaaaaaaaaaaaaaa',
      how: 'password',
      teams: [],
      roles: [{ role: 'office', title: 'Open source office', how: 'granted', until: null }],
    },
    permissions: ['estate:read', 'sources:write', 'findings:read', 'findings:propose', 'findings:decide', 'findings:approve'],
    findings: 'all',
    expires: null,
  },
  estate: {
    name: 'Northgate',
    epoch: 1,
    seq: 88,
    generatedAt: ago(0),
    firstDay: dayAgo(400),
    coverage: { read: 1197, known: 1284 },
    components: 2316,
    packages: 9874,
    findings: 336,
    sources: 6,
    sourcesInTrouble: 2,
  },
  formats: { items: describedFormats.map((each) => ({ ...each, ecosystems: [...each.ecosystems] })) },
  reading: {
    state: 'reading',
    isFirst: true,
    endedAt: null,
    stopped: null,
    version: 0,
    sources: [
      {
        kind: 'folder',
        name: 'src/payments',
        state: 'problems',
        beganAt: ago(0.1),
        endedAt: ago(0.05),
        part: null,
        components: 38,
        packages: 4871,
        records: 0,
        problems: 2,
        trouble: null,
      },
      {
        kind: 'git',
        name: 'https://git.northgate.example/portal/bff-with-a-name-that-is-longer-than-any-column-could-ever-be-made.git',
        state: 'reading',
        beganAt: ago(0.05),
        endedAt: null,
        part: { name: 'https://git.northgate.example/portal/bff.git', number: 3, of: 8 },
        components: 2,
        packages: 1204,
        records: 0,
        problems: 0,
        trouble: null,
      },
      {
        kind: 'osv',
        name: 'https://osv.example',
        state: 'waiting',
        beganAt: null,
        endedAt: null,
        part: null,
        components: 0,
        packages: 0,
        records: 0,
        problems: 0,
        trouble: null,
      },
    ],
    lines: [
      { at: ago(0.1), outcome: 'read', what: 'payments-gateway', about: '412 packages' },
      { at: ago(0.06), outcome: 'problem', what: 'treasury/vault-tools', about: 'The server answered 403.' },
      { at: ago(0.05), outcome: 'reading', what: 'https://git.northgate.example/portal/bff.git', about: '3 of 8' },
    ],
  },
  overview: {
    generatedAt: ago(0),
    epoch: 1,
    seq: 88,
    figures: [
      figure('known', 'Components known', 1284, null, null, '/components', null),
      figure('read', 'Read in 7 days', 1197, 1284, '87 are older or never read', '/components?read=week', '/components?read=older'),
      figure('owned', 'Owned', 1164, 1284, '120 have no owner', '/components?owner=some', '/components?owner=none'),
      figure(
        'resolved',
        'Packages with a version',
        36870,
        38412,
        '1 542 without one somewhere',
        '/packages?resolved=true',
        '/packages?resolved=false',
      ),
    ],
    findings: sum,
    teams: teams.map((team, index) => ({
      team,
      components: [506, 533, 387, 334, 195, 61][index] ?? 1,
      unread: [6, 20, 12, 90, 8, 55][index] ?? 0,
      stale: index,
      findings: { critical: [14, 12, 6, 1, 5, 0][index] ?? 0, high: [272, 118, 149, 8, 33, 15][index] ?? 0, unknown: index, medium: 12, low: 30 },
      rowsQuery: team === null ? '/findings?owner=none' : `/findings?team=${encodeURIComponent(team)}`,
    })),
    urgent: findings.slice(0, 7),
    newest: findings.slice(0, 5),
    troubles: sources.slice(0, 2),
  },
  search: {
    q: 'log',
    groups: [
      {
        kind: 'package',
        total: 14,
        items: [{ title: 'log4j-core', detail: log4j, href: `/packages/${encodeURIComponent(log4j)}`, severity: 'critical' }],
      },
      {
        kind: 'component',
        total: 1,
        items: [{ title: 'payments-gateway', detail: gateway.namespace, href: `/components/${encodeURIComponent(gateway.ref)}`, severity: null }],
      },
    ],
  },
  components: {
    ...page(components),
    base: 2316,
    findings: sum,
    facets: {
      team: teams.map((value, index) => ({ value, count: 500 - index * 60 })),
      ecosystem: [
        { value: 'npm', count: 900 },
        { value: 'Maven', count: 700 },
        { value: 'PyPI', count: 300 },
      ],
    },
  },
  component: {
    ...gateway,
    description: 'Accepts and routes card and SEPA payments',
    ownership: { certainty: 'declared', said: null, reason: 'never', mayAnswer: true },
    formerRefs: [],
    facts: [
      {
        name: 'owner',
        label: 'Team',
        value: 'Payments',
        rule: 'CODEOWNERS before catalog-info.yaml',
        sources: [
          { source: 'codeowners', value: 'Payments', path: '.github/CODEOWNERS', line: 4, readAt: ago(5), stale: false },
          { source: 'catalog-info', value: 'Payments Engineering', path: 'catalog-info.yaml', line: null, readAt: ago(5), stale: true },
        ],
      },
      {
        name: 'lifecycle',
        label: 'Lifecycle',
        value: 'production',
        rule: null,
        sources: [{ source: 'catalog-info', value: 'production', path: 'catalog-info.yaml', line: null, readAt: ago(5), stale: false }],
      },
      { name: 'system', label: 'System', value: null, rule: null, sources: [] },
    ],
    evidences: [
      {
        kind: 'lockfile',
        path: 'package-lock.json',
        format: 'npm-package-lock',
        formatVersion: 1,
        readAt: ago(5),
        packages: 355,
        problems: 0,
        staleSince: null,
        receipt: receipt.id,
        rawHash: null,
      },
      {
        kind: 'manifest',
        path: 'services/ledger/pom.xml',
        format: 'pom-xml',
        formatVersion: 1,
        readAt: ago(100),
        packages: 57,
        problems: 1,
        staleSince: ago(90),
        receipt: receipt.id,
        rawHash: null,
      },
    ],
    conflicts: [
      {
        purl: 'pkg:maven/commons-fileupload/commons-fileupload',
        name: 'commons-fileupload',
        rule: 'lockfile before SBOM',
        versions: [
          { version: '1.4', kind: 'lockfile', path: 'pom.xml', staleSince: null, opens: [] },
          { version: '1.3', kind: 'sbom', path: 'default', staleSince: ago(18 * 24), opens: ['CVE-2016-1000031'] },
        ],
      },
    ],
    retirement: null,
    may: { retire: true, delete: true, erase: true },
    receipts: [receiptSummary, { ...receiptSummary, id: 'r6', outcome: 'complete', receivedAt: ago(100) }],
  },
  componentPackages: page(
    ['log4j-core', 'spring-beans', 'jackson-databind', 'sepa-schema-gen'].map((name, index) => ({
      purl: `pkg:maven/example/${name}`,
      ecosystem: 'Maven',
      name,
      version: index === 3 ? null : '2.14.1',
      range: index === 3 ? '[0.9,1.0)' : null,
      scope: index === 2 ? 'test' : 'runtime',
      direct: index === 1 ? true : index === 0 ? false : null,
      licences: index === 3 ? [] : ['Apache-2.0'],
      evidence: { kind: 'manifest' as const, path: 'services/ledger/pom.xml' },
      since: dayAgo(300),
      findings: index === 3 ? null : { ...none, critical: 2 - index < 0 ? 0 : 2 - index, medium: index },
      unjudged: index === 3 ? 'No resolved version' : null,
      conflict: index === 2,
      staleSince: null,
    })),
  ),
  packages: {
    ...page(
      ['org.apache.logging.log4j:log4j-core', 'lodash', 'requests', 'left-pad'].map((name, index) => ({
        purl: index === 0 ? log4j : `pkg:npm/${name}`,
        ecosystem: index === 3 ? null : 'npm',
        name,
        versions: 9 - index,
        components: 47 + index,
        unresolved: index === 0 ? 2 : 0,
        findings: index === 3 ? null : { ...sum, critical: 3 - index },
      })),
    ),
    base: 9874,
    facets: {
      ecosystem: [
        { value: 'npm', count: 6000 },
        { value: 'Maven', count: 3000 },
      ],
    },
  },
  package: {
    steward: null,
    mayName: true,
    purl: log4j,
    ecosystem: 'Maven',
    name: 'org.apache.logging.log4j:log4j-core',
    versions: 7,
    components: 47,
    unresolved: 2,
    findings: { ...sum },
    licences: ['Apache-2.0'],
    versionsInUse: [...versions, null].map((version, index) => ({
      version,
      components: [3, 2, 9, 1, 1, 14, 8, 2][index] ?? 1,
      verdicts: [2, 3, 4, 4].map((until) => (version === null ? 'unknown' : index <= until ? 'affected' : 'not-affected')),
    })),
    advisories: (['CVE-2021-44228', 'CVE-2021-45046', 'CVE-2021-45105', 'CVE-2021-44832'] as const).map((key, index) => ({
      key,
      ids: [key],
      title: 'log4j',
      severity: (['critical', 'critical', 'high', 'medium'] as const)[index] ?? 'low',
      cvss: { version: '3.1', score: [10, 9, 5.9, 6.6][index] ?? 5, vector: '', source: 'GHSA' },
      epss: null,
      kev: index < 1 ? { added: '2021-12-10' } : null,
      published: ago(24 * 900),
      ranges: ['>= 2.13.0, < 2.15.0'],
      fixed: [['2.15.0', '2.16.0', '2.17.0', '2.17.1'][index] ?? '3'],
    })),
    verdicts: { affected: 16, clear: 22, unknown: 2 },
    owners: [
      { team: 'Payments', components: 12, affected: 4, unknown: 0 },
      { team: 'Markets Data', components: 6, affected: 3, unknown: 1 },
      { team: null, components: 2, affected: 1, unknown: 1 },
    ],
    coverage: 0.932,
    advisoriesAt: ago(0.3),
  },
  packageRegistry: {
    state: 'known',
    because: null,
    registry: 'repo1.maven.org/maven2',
    askedAt: ago(3),
    confirmedAt: ago(3),
    problem: null,
    latest: '2.25.1',
    warning: null,
    repository: 'https://github.com/apache/logging-log4j2',
    versions: [
      released('2.25.1', '2025-07-04', 0),
      released('2.17.1', '2021-12-27', 3.5, { inUse: true }),
      released('2.16.0', '2021-12-13', 3.6),
      released('2.15.0', '2021-12-10', 3.6, { warning: { kind: 'deprecated', reason: 'Incomplete fix; use 2.17.1 or newer.' } }),
      released('2.14.1', '2021-03-06', 4.3, { inUse: true }),
      released('2.8.2', '2017-04-02', 8.3, { inUse: true }),
      released('2.0', null, null, { licences: null }),
    ],
    total: 58,
  },
  libyears: {
    items: [],
    next: null,
    total: 0,
    formula: 'Σ',
    sum: { libyears: 0, majors: 0, known: 0, total: 0 },
  },
  packagePast: {
    points: [dayAgo(21), dayAgo(14), dayAgo(7), dayAgo(0)].map((day, at) => ({
      day,
      affected: 24 - at * 3,
      clear: 10 + at * 3,
      unknown: 2,
      observed: 6 + at,
    })),
    events: [
      { day: dayAgo(21), kind: 'first-observation', ids: [], severity: null },
      { day: dayAgo(9), kind: 'advisory', ids: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'], severity: 'critical' },
    ],
    known: 9,
  },
  componentPast: {
    total: 2,
    days: [
      {
        day: dayAgo(9),
        isFirst: false,
        inUse: 412,
        observations: [{ receipt: receipt.id, source: 'git', revision: receipt.revision }],
        counts: { appeared: 1, gone: 1, changed: 1, opened: 1, closed: 0 },
        packages: [{ what: 'changed', purl: log4j, name: 'org.apache.logging.log4j:log4j-core', before: ['2.13.0'], after: ['2.14.1'] }],
        opened: [{ purl: log4j, name: 'org.apache.logging.log4j:log4j-core', ids: ['CVE-2021-44228'], severity: 'critical' }],
        closed: [],
      },
      {
        day: dayAgo(21),
        isFirst: true,
        inUse: 411,
        observations: [],
        counts: { appeared: 0, gone: 0, changed: 0, opened: 0, closed: 0 },
        packages: [],
        opened: [],
        closed: [],
      },
    ],
  },
  packageUsers: {
    steward: null,
    ...page(
      components.slice(0, 6).map((user, index) => ({
        component: { ref: user.ref, name: user.name },
        owner: user.owner,
        version: index === 4 ? null : (versions[index] ?? null),
        range: index === 4 ? '[2.0,3.0)' : null,
        evidence: { kind: 'lockfile' as const, path: 'services/ledger/pom.xml' },
        scope: 'runtime',
        direct: index % 2 === 0,
        since: dayAgo(100 + index),
        verdict: index === 4 ? ('unknown' as const) : index < 4 ? ('affected' as const) : ('not-affected' as const),
        staleSince: user.staleSince,
      })),
    ),
  },
  findings: page(findings),
  findingsOverTime: {
    generatedAt: ago(0),
    epoch: 1,
    seq: 88,
    points: Array.from({ length: 27 }, (_, week) => ({
      at: ago((26 - week) * 168),
      findings: { critical: 36 - week, high: 77 - week, unknown: 8, medium: 179 - week, low: 114 },
    })),
  },
  finding: {
    ...first,
    priority: {
      because: 'It is known to be exploited.',
      terms: [{ name: 'severity', said: 'CVSS 3.1: 10', value: 1, weight: 40, points: 40 }],
      profile: { tier: 'tier-1', exposure: 'internet', context: 'network' },
      policy: { version: 1, hash: 'a'.repeat(64) },
    },
    details: 'JNDI features used in configuration, log messages and parameters do not protect against attacker controlled endpoints.',
    published: ago(24 * 1800),
    references: ['https://nvd.nist.gov/vuln/detail/CVE-2021-44228', 'javascript:alert(1)'],
    scores: first.cvss === null ? [] : [first.cvss, { ...first.cvss, version: '2.0', score: 9.3, source: 'NVD' }],
    matches: [
      {
        advisoryId: 'GHSA-jfh8-c2jp-5v3q',
        version: '2.14.1',
        verdict: 'affected',
        range: '>= 2.13.0, < 2.15.0',
        rangeKind: 'ECOSYSTEM',
        fixedIn: '2.15.0',
        modified: ago(2000),
        receipt: osvReceipt,
        rawHash: '77aa'.repeat(16),
      },
    ],
    facts: [
      fact({ kind: 'manifest', path: 'services/ledger/pom.xml' }, ['payments-gateway', 'spring-boot-starter-log4j2@2.5.6', 'log4j-core@2.14.1']),
      fact({ kind: 'sbom', path: 'default' }, []),
    ],
    elsewhere: 13,
    decisions: [
      {
        id: 'b'.repeat(26),
        verdict: 'in-triage',
        by: champion.id,
        at: ago(90),
        until: null,
        justification: null,
        responses: [],
        reason: 'Looking at it with the team.',
        imported: null,
        standing: 'counts',
      },
    ],
    episodes: [
      { number: 1, opened: ago(24 * 60), closed: ago(24 * 30), because: 'fixed' },
      { number: 2, opened: first.opened, closed: null, because: null },
    ],
  },
  findingDesk: {
    seq: 12,
    version: 3,
    key: { id: 'fbq7x2mcd5lo3naa', rule: 'vulnerability', component: gateway.ref, package: log4j, subject: 'CVE-2021-44228' },
    assignment: { to: null, by: champion, at: ago(20) },
    comments: [{ seq: 3, at: ago(3), by: champion, text: 'The JndiLookup class is still in the jar.' }],
    decisions: [deskDecision('b'.repeat(26), 'holds')],
    may: { propose: true, decide: true },
    deciders: [champion],
  },
  deskDecisions: page([deskDecision('c'.repeat(26), 'waiting')]),
  componentPaths: {
    component: { ref: gateway.ref, name: gateway.name },
    uses: [
      {
        ...log4jStep,
        evidence: { kind: 'lockfile', path: 'services/ledger/pom.xml' },
        scope: 'runtime',
        direct: false,
        known: 'all',
        reason: null,
        count: 2,
        isExact: true,
        shared: [],
        paths: [
          { scope: 'runtime', steps: [stepOf('spring-boot-starter-log4j2', '2.5.6'), log4jStep] },
          { scope: 'test', steps: [stepOf('swift-test-kit', '1.9.4'), log4jStep] },
        ],
      },
    ],
  },
  exposures: {
    ...page(
      components.slice(0, 3).map((exposed, index) => ({
        component: { ref: exposed.ref, name: exposed.name },
        team: exposed.owner?.team ?? null,
        package: { purl: 'pkg:maven/org.apache.logging.log4j/log4j-core', ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
        certainty: index === 2 ? ('unknown' as const) : ('affected' as const),
        versions: [index === 2 ? 'unresolved [2.0,3.0)' : '2.14.1'],
        usedFrom: dayAgo(300),
        from: dayAgo(200),
        until: index === 1 ? dayAgo(190) : null,
        days: index === 1 ? 10 : 200,
        knownFrom: ago(199 * 24),
        after: index === 1 ? ['2.17.1'] : null,
        endedBy: index === 1 ? { receipt: 'r7k2m4', revision: 'a41f9c2e7b0d4416a1d2e6f0a9c3b7d85e112233' } : null,
      })),
    ),
    advisory: {
      key: 'GHSA-jfh8-c2jp-5v3q',
      ids: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'],
      title: 'Log4j evaluates lookups in logged text',
      severity: 'critical',
      published: ago(24 * 200),
    },
    components: { exposed: 2, still: 1, perhaps: 1 },
    notObserved: 0,
  },
  clocks: {
    generatedAt: ago(0),
    policy: { version: 1, hash: 'a'.repeat(64) },
    running: { count: 61, rowsQuery: '/findings?clock=running' },
    overdue: { count: 23, rowsQuery: '/findings?overdue=true&sort=due' },
    dueSoon: { count: 14, rowsQuery: '/findings?overdue=false&dueWithin=7&sort=due' },
    paused: { count: 5, rowsQuery: '/findings?clock=paused' },
    question: { count: 0, rowsQuery: '/findings?clock=question' },
    baseline: { count: 318, rowsQuery: '/findings?baseline=true&sort=risk' },
    settled: { count: 12, rowsQuery: '/findings?clock=settled' },
    metric: { count: 412, rowsQuery: '/findings?clock=none,elsewhere' },
    closed: { count: 33, rowsQuery: '/sla/closed' },
    daysToClose: 9.4,
    plans: [
      {
        ...{ team: 'payments', findings: 318, upgrades: 120, done: 31, perWeek: 5 },
        ...{ from: '2026-11-13', until: '2027-03-26', rowsQuery: '/findings?baseline=true' },
      },
    ],
    teams: [
      {
        team: 'payments',
        running: 40,
        overdue: 20,
        dueSoon: 9,
        breaching: 7,
        closed: 31,
        daysToClose: 9.4,
        inTime: 22,
        late: 29,
        attainment: 0.431,
        baseline: 120,
      },
      {
        team: null,
        running: 26,
        overdue: 3,
        dueSoon: 5,
        breaching: null,
        closed: 2,
        daysToClose: null,
        inTime: 0,
        late: 0,
        attainment: null,
        baseline: 198,
      },
    ].map((team) => ({ ...team, rowsQuery: '/findings?clock=running,paused&sort=due', closedQuery: '/sla/closed' })),
    ageing: [
      [0, 7, 20],
      [7, 30, 31],
      [30, 90, 12],
      [90, 180, 3],
      [180, null, 0],
    ].map(([from, until, act]) => ({
      from: from ?? 0,
      until: until ?? null,
      act: act ?? 0,
      attend: 0,
      track: 0,
      rowsQuery: '/findings?clock=running,paused',
    })),
    burnDown: Array.from({ length: 27 }, (_, week) => ({ at: ago((26 - week) * 168), clocked: 40 + (week % 9) * 3, baseline: 900 - week * 22 })),
    excluded: { retracted: 1, withdrawn: 4 },
  },
  leverage: {
    ...page([
      {
        ...stepOf('log4j-core', null),
        ecosystem: 'Maven',
        from: ['2.11.0', '2.16.0'],
        to: '2.17.1',
        reason: null,
        jump: { size: 'minor' as const, majors: 0 },
        isPreRelease: false,
        components: 16,
        findings: { critical: 29, high: 32, unknown: 0, medium: 0, low: 0 },
        closes: 61,
        leverage: 22.125,
        broughtBy: { isDirect: false, isUnknown: false, by: [stepOf('spring-boot-starter-log4j2', '2.5.6')] },
        rowsQuery: '/findings?package=pkg%3Amaven%2Fexample%2Flog4j-core',
      },
      {
        ...stepOf('commons-io', null),
        ecosystem: 'Maven',
        from: ['2.4'],
        to: null,
        reason: 'No fix known: no advisory names a fixed version above those in use, and none is in use here.',
        jump: null,
        isPreRelease: false,
        components: 2,
        findings: { critical: 0, high: 0, unknown: 0, medium: 2, low: 0 },
        closes: 0,
        leverage: 0,
        broughtBy: { isDirect: false, isUnknown: true, by: [] },
        rowsQuery: '/findings?package=pkg%3Amaven%2Fexample%2Fcommons-io',
      },
    ]),
    findings: { critical: 29, high: 32, unknown: 0, medium: 2, low: 0 },
    closes: 61,
  },
  changes: {
    ...page(changes),
    counts: { component: some(1, 0, 0), package: some(1, 1, 2), finding: some(2, 1, 0) },
    causes: [
      { what: 'appeared', cause: 'advisory-published', count: 2 },
      { what: 'gone', cause: 'version-changed', count: 1 },
    ],
    teams: [
      { team: 'Payments', components: some(1, 0, 0), packages: some(1, 1, 1), findings: some(1, 1, 0) },
      { team: null, components: some(0, 0, 0), packages: some(0, 0, 1), findings: some(1, 0, 0) },
    ],
    components: [{ ref: gateway.ref, name: gateway.name, components: some(1, 0, 0), packages: some(1, 1, 1), findings: some(1, 1, 0) }],
    changed: 2,
    coverage: { compared: 1190, inPart: 1, notObserved: 94 },
  },
  acts: {
    ...page(acts),
    kinds: ['approve-decision', 'comment', 'decide', 'erase-words'],
    checkpoint: { seq: 3, at: ago(1), keyId: '3f9a1c0b77de4412aa90c1d2e3f4a5b6' },
  },
  savedViews: page([savedView('v1', 'Known exploited', 'kev=true', []), savedView('v2', 'Urgent', 'urgency=high', ['urgency'])]),
  sources: { ...page(sources), totals: { fresh: 3, watch: 1, failing: 1, never: 1, problems: 4 } },
  problems: page(
    receipt.problems.map((problem) => ({
      ...problem,
      source: 'git',
      origin: receipt.origin,
      component: { ref: gateway.ref, name: gateway.name },
      receipt: receipt.id,
      at: ago(5),
    })),
  ),
  receipt,
};
