import { policyHash } from '#desk/policy/policy-hash.ts';
import { personId } from '#operations/test-people.ts';
import { uuidFor } from '#server/dependency-track/uuids.ts';
import { allTeams, mayFor, reach, sees, type Team, type Want } from './oracle.ts';
import { approvalId, caseId, decisionBy, id, personName, policyOf, type Caller, type Thing } from './world.ts';

/** What must come of a question: done or answered, forbidden (403), not there (404), or senseless for anybody (409); `let in`: anything but forbidden. */
export type Outcome = 'ok' | 'forbidden' | 'missing' | 'senseless' | 'let in';

/** A number that an answer gives, and what it must be. */
export type Figure = { readonly name: string; readonly of: (answer: never) => unknown; readonly is: (seen: Seen) => unknown };

/** What somebody sees: things of the catalogue, and those whose findings. */
export type Seen = { readonly estate: readonly Thing[]; readonly findings: readonly Thing[]; readonly asker: Caller };

/** One thing to ask of the office. */
export type Operation = {
  /** Route of the table or kind of act. */
  readonly of: string;
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: (asker: Caller) => string;
  readonly body?: (asker: Caller) => object;
  /** What it is about; what is not seen must be answered like what is not there. */
  readonly thing?: Thing;
  /** The same about something that is not there. */
  readonly ghost?: string;
  readonly must: (asker: Caller) => Outcome;
  readonly figures?: readonly Figure[];
};

const enc = encodeURIComponent;
const why = { reason: 'Because the drill says so.' };
const kept = { ...why, authority: 'The drill' };
const lodash = 'pkg:npm/lodash';
const advisory = 'CVE-2021-23337';
const until = '2024-05-20T00:00:00Z';
const soon = '2024-05-10T00:00:00Z';

/** Everything there is to ask. */
export function operationsOn(things: readonly Thing[]): readonly Operation[] {
  return [...things.flatMap((thing) => [...readsOf(thing), ...actsOn(thing)]), ...lists(), ...acts(things), ...own()];
}

function readsOf(thing: Thing): readonly Operation[] {
  const get = (of: string, want: Want, url: (name: string) => string, visible: Want, figures: readonly Figure[] = []): Operation => ({
    of,
    name: `${of} of ${thing.name}`,
    method: 'GET',
    url: () => url(thing.name),
    thing,
    ghost: url('ghostapp'),
    must: (asker) => (reach(asker, want) === 'no' ? 'forbidden' : sees(asker, visible, thing.team) ? 'ok' : 'missing'),
    figures,
  });
  const ref = (name: string): string => enc(`component:test/${name}`);
  const purl = (name: string): string => enc(`pkg:npm/only-${name}`);
  const isJudged = ({ findings }: Seen): boolean => findings.includes(thing);
  return [
    get('component', 'catalogue', (name) => `/v1/components/${ref(name)}`, 'catalogue', [
      { name: 'findings shown', of: (answer: { findings: object | null }) => answer.findings !== null, is: isJudged },
    ]),
    get('componentPackages', 'catalogue', (name) => `/v1/components/${ref(name)}/packages?limit=200`, 'catalogue', [
      {
        name: 'findings shown',
        of: (answer: { items: { findings: object | null }[] }) => answer.items.every((each) => each.findings !== null),
        is: isJudged,
      },
    ]),
    get('componentPackages', 'catalogue', (name) => `/v1/components/${ref(name)}/packages?affected=true`, 'catalogue', [
      { name: 'affected', of: total, is: (seen) => (isJudged(seen) ? 1 : 0) },
    ]),
    get('componentPaths', 'catalogue', (name) => `/v1/components/${ref(name)}/paths?package=${enc(lodash)}`, 'catalogue'),
    get('componentLicenceFiles', 'catalogue', (name) => `/v1/components/${ref(name)}/licence-files`, 'catalogue'),
    get('componentSboms', 'catalogue', (name) => `/v1/components/${ref(name)}/sboms`, 'catalogue'),
    get('componentConflicts', 'catalogue', (name) => `/v1/components/${ref(name)}/conflicts`, 'catalogue'),
    get('componentObligations', 'catalogue', (name) => `/v1/components/${ref(name)}/obligations`, 'catalogue'),
    get('componentPast', 'findings', (name) => `/v1/components/${ref(name)}/past`, 'findings'),
    get('componentExtent', 'catalogue', (name) => `/v1/components/${ref(name)}/extent?kind=retire`, 'catalogue'),
    get('package', 'catalogue', (name) => `/v1/packages/${purl(name)}`, 'catalogue'),
    get('packageUsers', 'catalogue', (name) => `/v1/packages/${purl(name)}/users`, 'catalogue'),
    get('packageRegistry', 'catalogue', (name) => `/v1/packages/${purl(name)}/registry`, 'catalogue'),
    get('packagePast', 'findings', (name) => `/v1/packages/${purl(name)}/past`, 'findings'),
    get('finding', 'findings', (name) => `/v1/findings/${name === thing.name ? thing.finding : 'aaaaaaaaaaaaaaaa'}`, 'findings'),
    get('leverage', 'findings', (name) => `/v1/leverage?component=${ref(name)}`, 'findings'),
    get('councilCase', 'readCouncil', (name) => `/v1/council/cases/${caseId(name)}`, 'readCouncil', [
      {
        name: 'advice shown',
        of: (answer: { advice: object | null }) => answer.advice !== null,
        is: ({ asker }) => asker.kind === 'person' && reach(asker, 'privileged') === 'all',
      },
    ]),
    get('councilCaseReport', 'readCouncil', (name) => `/v1/council/cases/${caseId(name)}/report?format=html`, 'readCouncil'),
    get('receipt', 'sources', (name) => `/v1/receipts/${name === thing.name ? thing.receipt : 'nothing'}`, 'sources'),
    get('receiptRaw', 'raw', (name) => `/v1/receipts/${name === thing.name ? thing.receipt : 'nothing'}/raw?path=package-lock.json`, 'catalogue'),
    ...trackReadsOf(thing, get),
    get('componentVex', 'findings', (name) => `/v1/components/${ref(name)}/vex`, 'findings'),
    get('componentSbom', 'catalogue', (name) => `/v1/components/${ref(name)}/sbom?format=spdx-2.3-json`, 'catalogue', [
      { name: 'packages', of: (answer: { packages: object[] }) => answer.packages.length > 1, is: () => true },
    ]),
    ...(thing.team === null
      ? []
      : [get('teamSbom', 'catalogue', (name) => `/v1/teams/${name === thing.name ? String(thing.team) : 'ghosts'}/sbom`, 'catalogue')]),
    {
      ...get('componentComparison', 'findings', (name) => `/v1/components/${ref(name)}/comparison`, 'findings'),
      method: 'POST',
      body: () => ({}),
      must: (asker) => (reach(asker, 'findings') === 'no' ? 'forbidden' : sees(asker, 'findings', thing.team) ? 'senseless' : 'missing'),
    },
    {
      ...get('findings', 'findings', (name) => `/v1/findings?component=${ref(name)}`, 'findings'),
      ...listOf('findings', ({ findings }) => (findings.includes(thing) ? 1 : 0)),
    },
    {
      ...get('components', 'catalogue', (name) => `/v1/components?uses=${purl(name)}`, 'catalogue'),
      ...listOf('catalogue', ({ estate }) => (estate.includes(thing) ? 1 : 0)),
    },
  ];
}

/** The same by the door of Dependency-Track. */
function trackReadsOf(
  thing: Thing,
  get: (of: string, want: Want, url: (name: string) => string, visible: Want, figures?: readonly Figure[]) => Operation,
): readonly Operation[] {
  const project = (name: string): string => uuidFor('project', `component:test/${name}`);
  const one = ({ findings }: Seen): number => (findings.includes(thing) ? 1 : 0);
  return [
    get('trackProject', 'catalogue', (name) => `/api/v1/project/${project(name)}`, 'catalogue', [
      { name: 'risk', of: (answer: { lastInheritedRiskScore: number }) => Number(answer.lastInheritedRiskScore > 0), is: one },
    ]),
    get('trackBom', 'catalogue', (name) => `/api/v1/bom/cyclonedx/project/${project(name)}`, 'catalogue'),
    get('trackFindings', 'findings', (name) => `/api/v1/finding/project/${project(name)}`, 'findings', [
      { name: 'rows', of: (answer: object[]) => answer.length, is: one },
    ]),
    get('trackExport', 'findings', (name) => `/api/v1/finding/project/${project(name)}/export`, 'findings'),
    get('trackMetrics', 'findings', (name) => `/api/v1/metrics/project/${project(name)}/current`, 'findings'),
    get('trackBadge', 'findings', (name) => `/api/v1/badge/vulns/project/${project(name)}`, 'findings'),
    get('trackViolations', 'findings', (name) => `/api/v1/violation/project/${project(name)}`, 'findings'),
  ];
}

/** A list never says that something is not there: it is shorter. */
function listOf(want: Want, count: Figure['is']): Pick<Operation, 'must' | 'figures'> {
  return { must: (asker) => (reach(asker, want) === 'no' ? 'forbidden' : 'ok'), figures: [{ name: 'rows', of: total, is: count }] };
}

function actsOn(thing: Thing): readonly Operation[] {
  const key = { id: thing.finding, rule: 'vulnerability', component: thing.ref, package: lodash, subject: 'GHSA-35jh-r3h4-6jhm' };
  const onFinding =
    (want: Want) =>
    (asker: Caller): Outcome => {
      if (reach(asker, want) === 'no') return 'forbidden';
      if (!sees(asker, 'findings', thing.team)) return 'missing';
      return mayFor(asker, want, thing.team) ? 'ok' : 'forbidden';
    };
  const onComponent =
    (want: Want) =>
    (asker: Caller): Outcome => {
      if (reach(asker, want) === 'no') return 'forbidden';
      if (!sees(asker, 'catalogue', thing.team)) return 'missing';
      return mayFor(asker, want, thing.team) ? 'ok' : 'forbidden';
    };
  const endsNothing =
    (want: Want) =>
    (asker: Caller): Outcome =>
      reach(asker, want) === 'no' ? 'forbidden' : 'missing';
  const act = (of: string, must: Operation['must'], body: (asker: Caller) => object, words: object | null = why): Operation => ({
    of,
    name: `${of} on ${thing.name}`,
    method: 'POST',
    url: () => `/v1/acts/${of}`,
    body: (asker) => ({ body: body(asker), ...(words === null ? {} : { words }) }),
    must,
  });
  const onThat = { case: caseId(thing.name) };
  const isFirst = (asker: Caller): boolean => asker.name === personName('office', 'none');
  // Who asked, and who is of its team, have no say in how the council judges it.
  const isApart = (asker: Caller): boolean => !isFirst(asker) && !(asker.kind === 'person' && asker.teams.includes(thing.team));
  const onCase =
    (want: Want, may: (asker: Caller) => boolean) =>
    (asker: Caller): Outcome => {
      if (reach(asker, want) === 'no') return 'forbidden';
      if (!sees(asker, 'readCouncil', thing.team)) return want === 'privileged' && asker.kind !== 'person' ? 'forbidden' : 'missing';
      return may(asker) ? 'ok' : 'forbidden';
    };
  const route = (of: string, want: Want, path: string): Operation => ({
    of,
    name: `${of} of ${thing.name}`,
    method: 'POST',
    url: () => `/v1/components/${enc(thing.ref)}/${path}`,
    body: () => ({ authority: 'The drill', ...why }),
    must: onComponent(want),
  });
  return [
    act('assign', onFinding('propose'), () => ({ findings: [key], to: 'team:red' }), null),
    act('comment', onFinding('propose'), () => ({ finding: key }), { text: 'Seen.' }),
    act('decide', onFinding('decide'), () => ({ id: id('new'), predicate: { component: thing.ref }, verdict: 'in-triage' })),
    act('pause-clock', onFinding('decide'), () => ({ component: thing.ref, advisory, because: 'change-freeze', until })),
    act('resume-clock', onComponent('decide'), () => ({ component: thing.ref, advisory })),
    act('answer-incident', onComponent('propose'), () => ({ incident: id('incident'), component: thing.ref, says: 'acknowledged' }), { note: '' }),
    {
      of: 'trackAnalysis',
      name: `trackAnalysis on ${thing.name}`,
      method: 'PUT',
      url: () => '/api/v1/analysis',
      body: () => ({
        project: uuidFor('project', thing.ref),
        component: uuidFor('component', thing.ref, `${lodash}@4.17.20`),
        vulnerability: uuidFor('vulnerability', key.subject),
        analysisState: 'FALSE_POSITIVE',
      }),
      must: onFinding('propose'),
    },
    {
      of: 'importDecisions',
      name: `importDecisions about ${thing.name}`,
      method: 'POST',
      url: () => '/v1/decision-imports?as=dependency-track',
      body: () => ({
        project: { name: thing.ref },
        findings: [{ component: { purl: `${lodash}@4.17.20` }, vulnerability: { vulnId: advisory }, analysis: { state: 'IN_TRIAGE' } }],
      }),
      // What is not seen is not reached: it is imported about nothing.
      must: (asker) => {
        if (reach(asker, 'propose') === 'no') return 'forbidden';
        return !sees(asker, 'findings', thing.team) || mayFor(asker, 'propose', thing.team) ? 'ok' : 'forbidden';
      },
      figures: [{ name: 'reached', of: (answer: { matched: number }) => answer.matched, is: ({ findings }) => (findings.includes(thing) ? 1 : 0) }],
    },
    {
      of: 'importApprovals',
      name: `importApprovals about ${thing.name}`,
      method: 'POST',
      url: () => '/v1/approval-imports?as=fossa',
      body: () => ({
        issues: [{ type: 'policy_flag', source: { id: `npm+only-${thing.name}` }, projects: [{ title: thing.ref, status: 'ignored' }] }],
      }),
      must: (asker) => (reach(asker, 'writeIpPolicy') === 'no' ? 'forbidden' : 'ok'),
      figures: [{ name: 'reached', of: (answer: { matched: number }) => answer.matched, is: ({ estate }) => (estate.includes(thing) ? 1 : 0) }],
    },
    act(
      'confirm-approval',
      (asker) => {
        if (reach(asker, 'conclude') === 'no') return 'forbidden';
        if (!sees(asker, 'catalogue', thing.team)) return 'missing';
        return asker.kind === 'machine' || asker.name === personName('counsel', 'none') ? 'forbidden' : 'ok';
      },
      () => ({ approvals: [approvalId(thing.name)] }),
    ),
    act(
      'reject-approval',
      (asker) => (reach(asker, 'writeIpPolicy') === 'no' ? 'forbidden' : sees(asker, 'catalogue', thing.team) ? 'ok' : 'missing'),
      () => ({ approvals: [approvalId(thing.name)] }),
    ),
    act('profile-component', onComponent('profile'), () => ({ component: thing.ref, tier: 'tier-2' })),
    // A hold names whatever it is about, there or not, so that nothing is learnt by placing one.
    act(
      'place-hold',
      (asker) => (reach(asker, 'erase') === 'no' ? 'forbidden' : 'ok'),
      () => ({ id: id('newhold'), on: thing.ref, reference: 'M-1' }),
    ),
    act('declare-artifact', onComponent('artifacts'), () => ({ component: thing.ref, name: 'web', deliveries: ['internal'] }), null),
    act(
      'fulfil-obligation',
      onComponent('artifacts'),
      () => ({ component: thing.ref, obligation: 'give-notices', packages: ['pkg:npm/left-pad@1.3.0'] }),
      { evidence: 'NOTICE of the release.' },
    ),
    act('pass-gate', onComponent('passGate'), () => ({ id: id('gate'), component: thing.ref, packages: [`${lodash}@4.17.20`], until: soon })),
    ...(['confirm-owner', 'disclaim-owner', 'withdraw-ownership'] as const).map((of) =>
      act(
        of,
        onComponent('confirmOwner'),
        () => ({ owners: [{ component: thing.ref, owner: thing.team ?? 'red' }] }),
        of === 'disclaim-owner' ? {} : null,
      ),
    ),
    act(
      'request-review',
      onComponent('askCouncil'),
      () => ({ id: id('newcase'), question: { kind: 'use', form: { package: 'pkg:npm/asked', component: thing.ref } } }),
      { title: 'May we?' },
    ),
    act(
      'attach-evidence',
      onCase('askCouncil', (asker) => mayFor(asker, 'askCouncil', thing.team) || reach(asker, 'vote') !== 'no'),
      () => onThat,
      { text: 'It is so.' },
    ),
    act(
      'answer-facts',
      onCase('askCouncil', (asker) => isFirst(asker) || (thing.team !== null && mayFor(asker, 'askCouncil', thing.team))),
      () => onThat,
      {
        text: 'It is so.',
      },
    ),
    act(
      'withdraw-case',
      onCase('askCouncil', (asker) => isFirst(asker) || reach(asker, 'runCouncil') !== 'no'),
      () => onThat,
    ),
    act(
      'vote',
      onCase('vote', () => false),
      () => ({ ...onThat, says: 'yes' }),
    ),
    act('ask-facts', onCase('vote', isApart), () => onThat, { question: 'Is it so?' }),
    act(
      'reopen-roll',
      onCase('runCouncil', (asker) => isApart(asker) && asker.kind !== 'machine'),
      () => onThat,
    ),
    act('route-case', onCase('runCouncil', isApart), () => ({ ...onThat, functions: ['hr'] })),
    act(
      'advise-case',
      onCase('privileged', (asker) => asker.kind === 'person'),
      () => onThat,
      { text: 'Nothing to say.' },
    ),
    act('retire-kept', onComponent('retire'), () => ({ id: id('newkept'), about: 'component', subject: thing.ref }), kept),
    act('delete-kept', onComponent('delete'), () => ({ id: id('newkept'), about: 'component', subject: thing.ref }), kept),
    act('erase-kept', onComponent('erase'), () => ({ id: id('newkept'), about: 'component', subject: thing.ref }), kept),
    act('return-kept', endsNothing('retire'), () => ({ id: id('newkept'), about: 'component', subject: thing.ref, ends: id('nothing') }), kept),
    act('readmit-kept', endsNothing('erase'), () => ({ id: id('newkept'), about: 'component', subject: thing.ref, ends: id('nothing') }), kept),
    route('retireComponent', 'retire', 'retirement'),
    route('returnComponent', 'retire', 'return'),
    route('deleteComponent', 'delete', 'deletion'),
    route('eraseComponent', 'erase', 'erasure'),
    {
      of: 'uploadSbom',
      name: `uploadSbom for ${thing.name}`,
      method: 'POST',
      url: () => `/v1/sboms?component=${enc(thing.ref)}`,
      must: (asker) => (reach(asker, 'upload') === 'no' ? 'forbidden' : sees(asker, 'upload', thing.team) ? 'ok' : 'missing'),
    },
    {
      of: 'uploadAttestation',
      name: `uploadAttestation for ${thing.name}`,
      method: 'POST',
      url: () => `/v1/provenance?component=${enc(thing.ref)}`,
      must: (asker) => (reach(asker, 'upload') === 'no' ? 'forbidden' : sees(asker, 'upload', thing.team) ? 'ok' : 'missing'),
    },
  ];
}

const total = (answer: { readonly total: number }): number => answer.total;

function lists(): readonly Operation[] {
  const get = (of: string, want: Want | null, url: string, figures: readonly Figure[] = []): Operation => ({
    of,
    name: url,
    method: 'GET',
    url: () => url,
    must: (asker) => (want !== null && reach(asker, want) === 'no' ? 'forbidden' : 'ok'),
    figures,
  });
  const rows = (is: Figure['is']): Figure => ({ name: 'rows', of: total, is });
  const estate = ({ estate: seen }: Seen): number => seen.length;
  const findings = ({ findings: seen }: Seen): number => seen.length;
  const hasFindings = (seen: Seen): number => Number(findings(seen) > 0);
  const cases = ({ asker }: Seen): number => allTeams.filter((team) => sees(asker, 'readCouncil', team)).length;
  const packages = (seen: Seen): number => (estate(seen) === 0 ? 0 : estate(seen) + 1);
  const inGroup = (kind: string) => (answer: { groups: { kind: string; total: number }[] }) =>
    answer.groups.find((each) => each.kind === kind)?.total ?? 0;
  const high = (answer: { findings: { high: number } }): number => answer.findings.high;
  const onLodash = (want: Want, path: string, figures: readonly Figure[]): Operation => ({
    ...get('packageUsers', want, `/v1/packages/${enc(lodash)}${path}`, figures),
    must: (asker) => (reach(asker, want) === 'no' ? 'forbidden' : seesAny(asker, want) ? 'ok' : 'missing'),
  });
  return [
    get('session', null, '/v1/session'),
    get('roles', null, '/v1/roles'),
    get('policy', 'catalogue', '/v1/policy'),
    get('estate', 'catalogue', '/v1/estate', [
      { name: 'components', of: (answer: { components: number }) => answer.components, is: estate },
      { name: 'packages', of: (answer: { packages: number }) => answer.packages, is: packages },
      { name: 'findings', of: (answer: { findings: number }) => answer.findings, is: findings },
    ]),
    get('overview', 'catalogue', '/v1/overview', [
      { name: 'findings', of: high, is: findings },
      { name: 'teams', of: (answer: { teams: object[] }) => answer.teams.length, is: estate },
      {
        name: 'teams shown',
        of: (answer: { teams: { findings: object | null }[] }) => answer.teams.filter((each) => each.findings !== null).length,
        is: findings,
      },
      { name: 'urgent', of: (answer: { urgent: object[] }) => answer.urgent.length, is: findings },
      { name: 'newest', of: (answer: { newest: object[] }) => answer.newest.length, is: findings },
    ]),
    get('search', 'catalogue', '/v1/search?q=app', [
      { name: 'components', of: inGroup('component'), is: estate },
      { name: 'packages', of: inGroup('package'), is: estate },
    ]),
    get('search', 'catalogue', '/v1/search?q=CVE-2021', [{ name: 'advisories', of: inGroup('advisory'), is: hasFindings }]),
    get('search', 'catalogue', '/v1/search?q=dark', [
      { name: 'teams', of: inGroup('team'), is: ({ estate: seen }) => Number(seen.some(({ team }) => team === 'dark')) },
    ]),
    get('components', 'catalogue', '/v1/components', [
      rows(estate),
      { name: 'base', of: (answer: { base: number }) => answer.base, is: estate },
      { name: 'findings', of: high, is: findings },
      {
        name: 'shown',
        of: (answer: { items: { findings: object | null }[] }) => answer.items.filter((each) => each.findings !== null).length,
        is: findings,
      },
      { name: 'facet', of: (answer: { facets: { team: object[] } }) => answer.facets.team.length, is: estate },
    ]),
    get('components', 'catalogue', '/v1/components?severity=high', [rows(findings)]),
    get('components', 'catalogue', `/v1/components?affected=${enc(lodash)}`, [rows(findings)]),
    get('components', 'catalogue', '/v1/components?format=csv'),
    get('attestations', 'catalogue', '/v1/attestations', [
      rows((seen) => seen.estate.filter(({ team }) => team !== null).length),
      { name: 'base', of: (answer: { base: number }) => answer.base, is: (seen) => seen.estate.filter(({ team }) => team !== null).length },
    ]),
    get('attestations', 'catalogue', '/v1/attestations?format=csv'),
    get('packages', 'catalogue', '/v1/packages', [rows(packages)]),
    get('packages', 'catalogue', '/v1/packages?severity=high', [rows(hasFindings)]),
    get('packages', 'catalogue', '/v1/packages?format=csv'),
    get('libyears', 'catalogue', '/v1/libyears', [rows(estate)]),
    onLodash('catalogue', '', [
      { name: 'components', of: (answer: { components: number }) => answer.components, is: estate },
      { name: 'findings', of: high, is: findings },
      { name: 'affected', of: (answer: { verdicts: { affected: number } }) => answer.verdicts.affected, is: findings },
      {
        name: 'owners shown',
        of: (answer: { owners: { affected: number | null }[] }) => answer.owners.filter((each) => each.affected !== null).length,
        is: findings,
      },
      {
        name: 'judged',
        of: (answer: { versionsInUse: { verdicts: (string | null)[] }[] }) => answer.versionsInUse.filter((each) => each.verdicts[0] !== null).length,
        is: hasFindings,
      },
    ]),
    onLodash('catalogue', '/users', [
      rows(estate),
      {
        name: 'verdicts',
        of: (answer: { items: { verdict: string | null }[] }) => answer.items.filter((each) => each.verdict !== null).length,
        is: findings,
      },
    ]),
    onLodash('catalogue', '/users?verdict=affected', [rows(findings)]),
    onLodash('catalogue', `/users?advisory=${advisory}`, [rows(findings)]),
    onLodash('findings', '/past', []),
    get('findings', 'findings', '/v1/findings', [rows(findings)]),
    get('findings', 'findings', '/v1/findings?state=closed', [rows(() => 0)]),
    get('findings', 'findings', '/v1/findings?format=csv'),
    get('findings', 'findings', '/v1/findings?format=jsonl'),
    get('findingsOverTime', 'findings', '/v1/findings/over-time', [
      { name: 'now', of: (answer: { points: { findings: { high: number } }[] }) => answer.points.at(-1)?.findings.high, is: findings },
    ]),
    get('exposures', 'findings', `/v1/exposures?advisory=${advisory}`, [rows(findings)]),
    get('rules', 'findings', '/v1/rules', [
      {
        name: 'vulnerabilities',
        of: ({ items }: { items: readonly { id: string; findings: number }[] }) => items.find((each) => each.id === 'vulnerability')?.findings,
        is: findings,
      },
    ]),
    get('ruleRows', 'findings', '/v1/rules/not-scanned/rows'),
    get('sbomQualities', 'catalogue', '/v1/sbom-qualities?limit=200'),
    {
      ...get('previewPolicy', 'findings', '/v1/policy/preview', [
        {
          name: 'vulnerabilities',
          of: ({ rules }: { rules: readonly { rule: string; after: { found: number } }[] }) =>
            rules.find((each) => each.rule === 'vulnerability')?.after.found,
          is: findings,
        },
      ]),
      method: 'POST',
      body: () => ({ policy: {} }),
    },
    get('incidents', 'findings', '/v1/incidents', [rows(() => 1)]),
    get('incident', 'findings', `/v1/incidents/${id('incident')}`, [
      { name: 'not scanned', of: (answer: { counts: { notScanned: number } }) => answer.counts.notScanned, is: findings },
      { name: 'teams', of: (answer: { teams: object[] }) => answer.teams.length, is: findings },
    ]),
    get('incidentComponents', 'findings', `/v1/incidents/${id('incident')}/components`, [rows(findings)]),
    get('importedDecisions', 'findings', '/v1/imported-decisions', [rows(() => 0)]),
    get('importedApprovals', 'catalogue', '/v1/imported-approvals', [
      rows(estate),
      { name: 'versions', of: (answer: { items: { versions: number }[] }) => answer.items.filter((each) => each.versions === 1).length, is: estate },
    ]),
    get('closedClocks', 'findings', '/v1/clocks/closed', [rows(() => 0)]),
    get('clocks', 'findings', '/v1/clocks', [
      { name: 'planned', of: (answer: { baseline: { count: number } }) => answer.baseline.count, is: findings },
    ]),
    get('formats', 'sources', '/v1/formats'),
    get('reading', 'sources', '/v1/reading'),
    get('trackAll', 'findings', '/api/v1/finding', [{ name: 'rows', of: (answer: object[]) => answer.length, is: findings }]),
    get('trackAllProjects', 'catalogue', '/api/v1/project', [{ name: 'rows', of: (answer: object[]) => answer.length, is: estate }]),
    get('trackAllViolations', 'findings', '/api/v1/violation', [{ name: 'rows', of: (answer: object[]) => answer.length, is: () => 0 }]),
    get('leverage', 'findings', '/v1/leverage', [
      rows(hasFindings),
      { name: 'closes', of: (answer: { closes: number }) => answer.closes, is: findings },
    ]),
    get('changes', 'findings', '/v1/changes?from=2024-03-01', [
      {
        name: 'compared',
        of: ({ coverage }: { coverage: { compared: number; notObserved: number } }) => coverage.compared + coverage.notObserved,
        is: findings,
      },
    ]),
    get('sources', 'sources', '/v1/sources'),
    get('sources', 'sources', '/v1/sources?format=csv'),
    get('problems', 'sources', '/v1/problems'),
    get('acts', 'ledger', '/v1/acts'),
    get('acts', 'ledger', '/v1/acts?format=csv'),
    get('decisions', 'lastThings', '/v1/decisions'),
    get('councilCases', 'readCouncil', '/v1/council/cases', [rows(cases)]),
    get('councilCases', 'readCouncil', '/v1/council/cases?format=csv'),
    get('councilCases', 'readCouncil', '/v1/council/cases?q=canary', [rows(() => 0)]),
    get('councilConditions', 'readCouncil', '/v1/council/conditions', [rows(() => 0)]),
    get('councilSeats', 'readCouncil', '/v1/council/seats', [rows(() => 0)]),
    get('councilReport', 'readCouncil', '/v1/council/reports/agenda'),
    get('councilReport', 'readCouncil', '/v1/council/reports/minutes?from=2020-01-01&format=json'),
    get('councilKinds', 'askCouncil', '/v1/council/kinds'),
    get('people', 'people', '/v1/people'),
    get('people', 'people', '/v1/people?format=csv'),
    get('access', 'review', '/v1/access'),
    get('access', 'review', '/v1/access?format=csv'),
    get('savedViews', 'catalogue', '/v1/views'),
    { ...get('savedView', 'catalogue', '/v1/views/nothing'), must: (asker) => (reach(asker, 'catalogue') === 'no' ? 'forbidden' : 'missing') },
    ...[
      get('evidencePackOutcome', 'findings', '/v1/evidence-packs/nothing'),
      get('evidenceRow', 'findings', '/v1/evidence-packs/nothing/row?number=1'),
      get('evidencePackFile', 'findings', '/v1/evidence-packs/nothing/file'),
    ].map((each): Operation => ({ ...each, must: (asker) => (reach(asker, 'findings') === 'no' ? 'forbidden' : 'missing') })),
    { ...get('sbom', 'upload', '/v1/sboms/nothing'), must: (asker) => (reach(asker, 'upload') === 'no' ? 'forbidden' : 'missing') },
    get('tokens', null, '/v1/tokens', [rows(({ asker }) => (reach(asker, 'review') === 'no' ? (tokensMade[asker.name] ?? 0) : 7))]),
  ];
}

const tokensMade: Readonly<Record<string, number>> = {
  [personName('developer', 'red')]: 1,
  [personName('team-lead', 'red')]: 1,
  [personName('security', 'none')]: 1,
};

function seesAny(asker: Caller, want: Want): boolean {
  return (['red', 'blue', 'dark', null] as const).some((team) => sees(asker, want, team));
}

function acts(things: readonly Thing[]): readonly Operation[] {
  const act = (of: string, what: string, must: Operation['must'], body: (asker: Caller) => object, words: object | null = why): Operation => ({
    of,
    name: `${of} ${what}`,
    method: 'POST',
    url: () => `/v1/acts/${of}`,
    body: (asker) => ({ body: body(asker), ...(words === null ? {} : { words }) }),
    must,
  });
  const if_ =
    (want: Want) =>
    (asker: Caller): Outcome =>
      reach(asker, want) === 'no' ? 'forbidden' : 'ok';
  const missingFor =
    (want: Want) =>
    (asker: Caller): Outcome =>
      reach(asker, want) === 'no' ? 'forbidden' : 'missing';
  const patient = personId('patient');
  const give = (what: string, person: (asker: Caller) => string, role: string, team: Team, must: (asker: Caller) => boolean): Operation =>
    act(
      'grant-role',
      what,
      (asker) => (reach(asker, 'handOut') !== 'no' && must(asker) ? 'ok' : 'forbidden'),
      (asker) => ({ id: id('newgrant'), person: person(asker), role }),
      {},
    );
  const isOffice = (asker: Caller): boolean => asker.roles.includes('office');
  const handsAll = (asker: Caller): boolean => reach(asker, 'handOutAll') === 'all';
  const leads = (asker: Caller, team: Team): boolean => asker.roles.includes('team-lead') && asker.teams.includes(team);
  return [
    act(
      'approve-decision',
      'of a decision about red',
      (asker) => {
        if (reach(asker, 'approve') === 'no') return 'forbidden';
        if (!mayFor(asker, 'approve', 'red')) return 'missing';
        return ['giver', 'during'].includes(asker.name) || asker.kind === 'machine' ? 'forbidden' : 'ok';
      },
      () => ({ decision: id('ofgiver'), approve: true }),
    ),
    act(
      'withdraw-decision',
      'about red',
      (asker) => (reach(asker, 'decide') === 'no' ? 'forbidden' : mayFor(asker, 'decide', 'red') ? 'ok' : 'missing'),
      () => ({ decision: id('ofgiver') }),
    ),
    act(
      'decide',
      'an acceptance about everything',
      (asker) => {
        if (reach(asker, 'decide') === 'no') return 'forbidden';
        const seen = things.filter(({ team }) => sees(asker, 'findings', team));
        if (seen.length === 0) return 'missing';
        return seen.every(({ team }) => mayFor(asker, 'decide', team)) ? 'ok' : 'forbidden';
      },
      () => ({ ...decisionBy('patient', things, 'wide'), predicate: { advisory } }),
    ),
    act(
      'seat-member',
      'of somebody',
      (asker) => (reach(asker, 'runCouncil') === 'no' || asker.kind === 'machine' ? 'forbidden' : 'ok'),
      () => ({ id: id('newseat'), person: patient, function: 'legal' }),
      null,
    ),
    act(
      'seat-member',
      'of themselves',
      (asker) => (reach(asker, 'runCouncil') === 'no' || asker.kind !== 'link' ? 'forbidden' : 'ok'),
      (asker) => ({ id: id('newseat'), person: asker.id.startsWith('person:') ? asker.id : patient, function: 'legal' }),
      null,
    ),
    ...(
      [
        ['correct-incident', { affected: { introduced: null, fixed: '2.0.0', versions: [] } }, why],
        ['name-incident', { alias: 'CVE-2024-00001' }, null],
        ['close-incident', { as: 'over' }, { lessons: 'Ask sooner.' }],
      ] as const
    ).map(([of, body, words]) => act(of, '', if_('incidents'), () => ({ incident: id('incident'), ...body }), words)),
    act('propose-policy', '', if_('writePolicy'), () => ({ policy: policyOf(81) })),
    act(
      'approve-policy',
      'of another',
      (asker) => {
        if (reach(asker, 'approvePolicy') === 'no' || asker.kind === 'machine') return 'forbidden';
        return asker.name === personName('office', 'none') ? 'forbidden' : 'ok';
      },
      () => ({ hash: policyHash(policyOf(80)), approve: true }),
    ),
    act(
      'record-people',
      'of somebody',
      if_('keepPeople'),
      () => ({ source: 'csv', people: [{ id: patient, teams: ['red'], function: 'Engineer' }] }),
      { people: [] },
    ),
    act(
      'record-people',
      'of themselves',
      (asker) => (reach(asker, 'keepPeople') === 'no' || asker.kind === 'person' ? 'forbidden' : 'ok'),
      (asker) => ({ source: 'csv', people: [{ id: asker.id.startsWith('person:') ? asker.id : patient, teams: ['red', 'blue', 'dark'] }] }),
      { people: [] },
    ),
    act(
      'record-people',
      'of how somebody signs in',
      (asker) =>
        reach(asker, 'keepPeople') !== 'no' && handsAll(asker) ? 'ok' : reach(asker, 'keepPeople') === 'no' || !handsAll(asker) ? 'forbidden' : 'ok',
      () => ({ source: 'csv', people: [{ id: patient, teams: ['red'] }] }),
      { people: [{ id: patient, name: 'patient', user: 'another' }] },
    ),
    act(
      'draw-evidence',
      'of findings',
      if_('findings'),
      () => ({ id: id('newdrawing'), question: { population: 'findings', asOf: '2024-03-01', known: '2024-03-01' } }),
      { purpose: null },
    ),
    act(
      'draw-evidence',
      'of decisions',
      (asker) => (reach(asker, 'findings') === 'no' || reach(asker, 'ledger') === 'no' ? 'forbidden' : 'ok'),
      () => ({ id: id('newdrawing'), question: { population: 'decisions', asOf: '2024-03-01', known: '2024-03-01' } }),
      { purpose: null },
    ),
    act('provision-person', 'somebody', if_('provision'), () => provisioned(patient), named('patient')),
    act(
      'provision-person',
      'themselves',
      (asker) => (reach(asker, 'provision') === 'no' || asker.kind === 'person' ? 'forbidden' : 'ok'),
      (asker) => provisioned(asker.id.startsWith('person:') ? asker.id : patient),
      named('patient'),
    ),
    act(
      'provision-person',
      'how an administrator signs in',
      () => 'forbidden',
      () => provisioned(personId('first')),
      named('another'),
    ),
    act(
      'provision-team',
      'with somebody',
      if_('provision'),
      () => ({ id: id('newteam'), name: 'green', externalId: null, add: [patient], remove: [], deleted: false }),
      null,
    ),
    ...(['GET', 'POST'] as const).map((method): Operation => ({
      of: 'scim',
      name: `${method} of users by SCIM`,
      method,
      url: () => '/scim/v2/Users',
      ...(method === 'GET' ? {} : { body: () => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'newcomer' }) }),
      must: if_('provision'),
    })),
    act('name-steward', 'of lodash', if_('steward'), () => ({ package: lodash, steward: 'team:red' }), null),
    act('offboard-people', 'somebody', if_('keepPeople'), () => ({ people: [patient], leaves: until }), null),
    act(
      'offboard-people',
      'themselves',
      (asker) => (reach(asker, 'keepPeople') === 'no' || asker.kind === 'person' ? 'forbidden' : 'ok'),
      (asker) => ({ people: [asker.id.startsWith('person:') ? asker.id : patient], leaves: until }),
      null,
    ),
    give(
      'developer to red',
      () => patient,
      'developer',
      'red',
      (asker) => handsAll(asker) || (isOffice(asker) && asker.kind === 'person') || leads(asker, 'red'),
    ),
    give(
      'developer to blue',
      () => personId('bluepatient'),
      'developer',
      'blue',
      (asker) => handsAll(asker) || isOffice(asker) || leads(asker, 'blue'),
    ),
    give(
      'security to red',
      () => patient,
      'security',
      'red',
      (asker) => handsAll(asker) || isOffice(asker),
    ),
    give('administrator to red', () => patient, 'administrator', 'red', handsAll),
    give(
      'security to themselves',
      (asker) => (asker.kind === 'person' && asker.id !== '' ? asker.id : patient),
      'counsel',
      'red',
      (asker) => asker.kind !== 'person' && handsAll(asker),
    ),
    act(
      'revoke-role',
      'of red',
      (asker) => (handsAll(asker) || isOffice(asker) || leads(asker, 'red') ? 'ok' : 'missing'),
      () => ({ grant: id('gpatient') }),
      {},
    ),
    act(
      'revoke-role',
      'of an administrator',
      (asker) => (handsAll(asker) ? 'ok' : 'missing'),
      () => ({ grant: id('gfirst') }),
      {},
    ),
    act(
      'delegate-role',
      'of their own',
      (asker) => (asker.kind === 'person' && asker.roles.length > 0 ? 'ok' : 'missing'),
      (asker) => ({ id: id('newdelegate'), grant: id(`g${asker.name}`), to: patient, until }),
      {},
    ),
    act(
      'delegate-role',
      'of somebody else',
      (asker) => (asker.name === 'giver' ? 'ok' : 'missing'),
      () => ({ id: id('newdelegate'), grant: id('ggiver'), to: patient, until }),
      {},
    ),
    act(
      'break-glass',
      '',
      (asker) => (reach(asker, 'breakGlass') !== 'no' && asker.kind === 'person' ? 'ok' : 'forbidden'),
      () => ({ id: id('newglass'), role: 'office', until: '2024-05-01T10:00:00Z' }),
    ),
    act(
      'restrict-team',
      '',
      (asker) => (reach(asker, 'secretTeams') === 'all' && reach(asker, 'handOut') === 'all' ? 'ok' : 'forbidden'),
      () => ({ team: 'blue', restricted: true }),
    ),
    act('make-token', 'that reads', tokenMust('catalogue', null), () => ({ id: id('newtoken'), scopes: ['estate:read'], expires: until }), {
      name: 'new',
    }),
    act('make-token', 'that decides', tokenMust('decide', null), () => ({ id: id('newtoken'), scopes: ['findings:decide'], expires: until }), {
      name: 'new',
    }),
    act(
      'make-token',
      'for blue',
      tokenMust('findings', 'blue'),
      () => ({ id: id('newtoken'), scopes: ['findings:read'], teams: ['blue'], expires: until }),
      { name: 'new' },
    ),
    act(
      'make-token',
      'that hands out',
      (asker) => (reach(asker, 'token') === 'no' || asker.kind === 'machine' ? 'forbidden' : 'senseless'),
      () => ({ id: id('newtoken'), scopes: ['access:write'], expires: until }),
      { name: 'new' },
    ),
    act(
      'revoke-token',
      'of the office',
      (asker) => (handsAll(asker) || asker.name === personName('office', 'none') || asker.name === 'token reads' ? 'ok' : 'missing'),
      () => ({ token: id('treads') }),
      null,
    ),
    act(
      'end-sessions',
      'of somebody',
      (asker) => (handsAll(asker) ? 'ok' : 'missing'),
      () => ({ person: patient }),
      null,
    ),
    act(
      'end-sessions',
      'of their own',
      (asker) => (asker.kind === 'person' || handsAll(asker) ? 'ok' : 'missing'),
      (asker) => ({ person: asker.kind === 'person' && asker.id !== '' ? asker.id : patient }),
      null,
    ),
    ...(['mute', 'subscribe'] as const).flatMap((kind) => [
      act(
        kind,
        'for themselves',
        (asker) => (asker.kind === 'person' && asker.id !== '' ? 'ok' : 'forbidden'),
        (asker) => ({ who: asker.kind === 'person' && asker.id !== '' ? asker.id : patient, kinds: ['digest'] }),
        null,
      ),
      act(
        kind,
        'for somebody',
        () => 'forbidden',
        () => ({ who: patient, kinds: ['digest'] }),
        null,
      ),
      act(
        kind,
        'for a team',
        (asker) => (mayFor(asker, 'decide', 'red') ? 'ok' : 'forbidden'),
        () => ({ who: 'team:red', kinds: ['digest'], until }),
        null,
      ),
    ]),
    act('place-hold', 'on everything', if_('erase'), () => ({ id: id('newhold'), on: 'ledger', reference: 'M-1' })),
    act('release-hold', 'that stands', if_('erase'), () => ({ hold: id('hold') })),
    act('release-hold', 'that is not there', missingFor('erase'), () => ({ hold: id('nothing') })),
    act('pause-reading', '', if_('stopReading'), () => ({}), null),
    act(
      'resume-reading',
      'that was not stopped',
      (asker) => (reach(asker, 'stopReading') === 'no' ? 'forbidden' : 'senseless'),
      () => ({}),
      null,
    ),
    act(
      'report-carried-out',
      '',
      () => 'forbidden',
      () => ({ decision: id('nothing'), extent: { components: 0, findings: 0, receipts: 0, readings: 0, files: 0, bytes: 0 } }),
      null,
    ),
    act(
      'report-hash-found',
      '',
      () => 'forbidden',
      () => ({ incident: id('incident'), found: [{ hash: `sha1:${'a'.repeat(40)}`, package: lodash, version: '4.17.20' }] }),
      null,
    ),
    act(
      'issue-login-link',
      '',
      () => 'forbidden',
      () => ({ person: patient }),
      null,
    ),
  ];
}

function provisioned(person: string): object {
  const nothing = { entity: null, function: null, costCentre: null, jobRole: null, manager: null, leaves: null };
  return { id: person, ...nothing, active: true, deleted: false };
}

function named(user: string): object {
  return { user, name: null, given: null, family: null, email: null, externalId: null };
}

function tokenMust(want: Want, team: Team): (asker: Caller) => Outcome {
  return (asker) => {
    if (reach(asker, 'token') === 'no' || asker.kind === 'machine') return 'forbidden';
    return (team === null ? reach(asker, want) !== 'no' : mayFor(asker, want, team)) ? 'ok' : 'forbidden';
  };
}

function own(): readonly Operation[] {
  const view = (scope: string) => ({ name: 'x', scope, page: '/findings', search: 'severity=high' });
  const if_ =
    (want: Want, then: Outcome = 'ok') =>
    (asker: Caller): Outcome =>
      reach(asker, want) === 'no' ? 'forbidden' : then;
  return [
    {
      of: 'setPassword',
      name: 'setPassword',
      method: 'PUT',
      url: () => '/v1/session/password',
      body: () => ({ password: 'short' }),
      must: (asker) => (asker.kind === 'person' ? 'ok' : 'forbidden'),
    },
    {
      of: 'addToken',
      name: 'addToken',
      method: 'POST',
      url: () => '/v1/tokens',
      body: () => ({ name: 'new', scopes: ['estate:read'], expires: until }),
      must: tokenMust('catalogue', null),
    },
    { of: 'addSavedView', name: 'addSavedView of their own', method: 'POST', url: () => '/v1/views', body: () => view('own'), must: if_('views') },
    {
      of: 'addSavedView',
      name: 'addSavedView of the office',
      method: 'POST',
      url: () => '/v1/views',
      body: () => view('office'),
      must: if_('officeViews'),
    },
    {
      of: 'replaceSavedView',
      name: 'replaceSavedView',
      method: 'PUT',
      url: () => '/v1/views/nothing',
      body: () => view('own'),
      must: if_('views', 'missing'),
    },
    { of: 'deleteSavedView', name: 'deleteSavedView', method: 'DELETE', url: () => '/v1/views/nothing', must: if_('views', 'missing') },
    {
      of: 'readmit',
      name: 'readmit',
      method: 'POST',
      url: () => '/v1/decisions/nothing/readmission',
      body: () => ({ authority: 'The drill', ...why }),
      must: if_('erase', 'missing'),
    },
    {
      of: 'uploadSbom',
      name: 'uploadSbom for nothing named',
      method: 'POST',
      url: () => '/v1/sboms',
      must: (asker) => (reach(asker, 'upload') === 'no' ? 'forbidden' : reach(asker, 'upload') === 'all' ? 'ok' : 'missing'),
    },
    {
      of: 'uploadAttestation',
      name: 'uploadAttestation for nothing named',
      method: 'POST',
      url: () => '/v1/provenance',
      must: (asker) => (reach(asker, 'upload') === 'no' ? 'forbidden' : reach(asker, 'upload') === 'all' ? 'ok' : 'missing'),
    },
  ];
}
