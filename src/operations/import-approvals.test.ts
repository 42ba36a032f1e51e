import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import type { Actor } from '#model/actor.ts';
import type { Permission } from '#model/permission.ts';
import { seesAll } from '#model/visibility.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { loadEstate } from './follow-estate.ts';
import { importApprovals } from './import-approvals.ts';
import { importedApprovals } from './imported-approvals.ts';
import { approvalReach } from './licences/approval-reach.ts';
import { licenceJudge } from './licences/licence-judge.ts';
import { licencesInUse } from './licences/licences-in-use.ts';
import { actKindOf, openLiveDesk } from './live-desk.ts';
import { approvalNotices } from './notify/approval-notices.ts';
import { officeActor } from './office-actor.ts';
import { performAct } from './perform-act.ts';
import { openTestOffice, type TestOffice } from './test-office.ts';

const packages = { left: ['1.0.0', 'MIT'], spread: ['3.0.0', 'AGPL-3.0-only'], old: ['1.0.0', 'Apache 2'], store: ['8.0.0', 'SSPL-1.0'] } as const;
const lock = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: {
    '': { name: 'shop' },
    ...Object.fromEntries(Object.entries(packages).map(([name, [version, license]]) => [`node_modules/${name}`, { version, license }])),
  },
});
const csv = (...rows: readonly string[]): string => ['package,version,licence,status,component,conditions,until', ...rows].join('\n');
const spread = csv('pkg:npm/spread,3.0.0,AGPL-3.0-only,approved,shop,,');
const waiver = (version: string, more: object = {}): string =>
  JSON.stringify([
    {
      policyWaiverId: '1',
      policyName: 'License-Copyleft',
      scopeOwnerType: 'application',
      scopeOwnerName: 'shop',
      comment: 'Runs inside only',
      creatorName: 'Ada',
      associatedPackageUrl: `pkg:npm/spread@${version}`,
      ...more,
    },
  ]);

// One for all: starting its processes takes longer than any of these tests.
const gateway = openGateway({ workers: 1 });
afterAll(() => {
  gateway.close();
});

const person = (letter: string, ...permissions: Permission[]): Actor => ({
  id: `person:${letter.repeat(26)}`,
  kind: 'person',
  grants: new Map(permissions.map((each) => [each, 'office'])),
});
const ada = person('a', 'licences:conclude', 'ip-policy:write');
const bo = person('b', 'licences:conclude', 'ip-policy:write');

async function bring(
  office: TestOffice,
  file: string,
  text: string,
  more: { readonly component?: string; readonly actor?: Actor; readonly columns?: string } = {},
) {
  return importApprovals(office.context, openLiveDesk(), await loadEstate(office.context.store), {
    bytes: Buffer.from(text),
    file,
    formatId: null,
    columns: more.columns ?? null,
    component: more.component ?? null,
    actor: more.actor ?? officeActor,
    visibility: seesAll,
    estateVisibility: seesAll,
  });
}

async function act(office: TestOffice, who: Actor, kindId: string, body: object, said: object = { reason: 'Looked at.' }) {
  const kind = actKindOf(kindId);
  if (kind === undefined) throw new Error(`There is no act ${kindId}.`);
  const wanted = { kind, body: kind.body.parse(body), words: kind.words?.parse(said) ?? null, actor: who, visibility: seesAll, expects: null };
  return performAct(office.context, openLiveDesk(), await loadEstate(office.context.store), wanted);
}

/** One line for each, oldest first: `state says package licence component: now > with, until, conflicts with`. */
async function lines(office: TestOffice): Promise<readonly string[]> {
  const { store, clock } = office.context;
  const [estate, desk] = [await loadEstate(store), await openLiveDesk().catchUp(store)];
  const judge = licenceJudge(estate, desk, clock());
  return importedApprovals(estate, desk, { visibility: seesAll, looksAfter: true }, clock()).map(({ approval, state, conflicts }) => {
    const { now, then } = approvalReach(estate, seesAll, judge, approval);
    const { predicate, answer, until } = approval;
    const about = `${predicate.package?.slice('pkg:npm/'.length) ?? '*'} ${approval.licence ?? '*'} ${predicate.component ?? '*'}`;
    const end = new Date(answer?.kind === 'confirmed' ? answer.until : until).toISOString().slice(0, 10);
    return `${state} ${approval.says} ${about}: ${now ?? '-'} > ${then ?? '-'} ${end}${conflicts.map((each) => ` !${each.source} ${each.says}`).join('')}`;
  });
}

async function ids(office: TestOffice): Promise<readonly string[]> {
  return [...(await openLiveDesk().catchUp(office.context.store)).approvals.keys()];
}

async function noticeKeys(office: TestOffice): Promise<readonly string[]> {
  return [...approvalNotices(await openLiveDesk().catchUp(office.context.store), office.context.clock())].map(({ key }) =>
    key.replace(/[a-z]{26}/, 'a'.repeat(26)),
  );
}

/** The worst verdict of the uses of a licence that is in use. */
async function verdictOf(office: TestOffice, licence: string | null): Promise<string | undefined> {
  const { store, clock } = office.context;
  const row = licencesInUse(await loadEstate(store), await openLiveDesk().catchUp(store), seesAll, clock()).licences.find(
    (each) => each.licence === licence,
  );
  return Object.entries(row?.verdicts ?? {}).findLast(([, count]) => count > 0)?.[0];
}

describe.each(testStores())('imported approvals on $name', (kind) => {
  let opened: OpenTestStore;
  let office: TestOffice;
  beforeEach(async () => {
    opened = await kind.open();
    office = openTestOffice(opened, gateway);
    office.at('2026-01-10T09:00Z');
  });
  afterEach(async () => {
    await opened.drop();
  });
  const scan = () => office.scan({ 'package-lock.json': lock }, { name: 'shop', committed: '2026-01-05T09:00Z' });

  it('count in no verdict until somebody else of counsel confirms them, and end', async () => {
    await scan();
    expect(await bring(office, 'approvals.csv', spread, { actor: ada })).toMatchObject({
      format: 'approvals-csv',
      imported: 1,
      matched: 1,
      known: 0,
      problems: [],
    });
    expect(await lines(office)).toEqual(['unconfirmed approved spread AGPL-3.0-only component:test/shop: unknown > allowed 2026-04-10']);
    expect(await verdictOf(office, 'AGPL-3.0-only')).toBe('unknown');
    expect(await noticeKeys(office)).toEqual(['approvals-waiting aaaaaaaaaaaaaaaaaaaaaaaaaa']);
    office.at('2026-03-28T09:00Z');
    expect(await noticeKeys(office)).toEqual(['approvals-waiting aaaaaaaaaaaaaaaaaaaaaaaaaa', 'approvals-waiting aaaaaaaaaaaaaaaaaaaaaaaaaa soon']);
    office.at('2026-01-10T09:00Z');
    const approvals = await ids(office);
    for (const [who, refusal] of [
      [officeActor, 'not-allowed'],
      [{ ...bo, kind: 'machine' }, 'not-allowed'],
      [person('c', 'ip-policy:write'), 'not-allowed'],
      [ada, 'not-allowed'],
      [{ ...bo, standsFor: new Set([ada.id]) }, 'not-allowed'],
    ] as const)
      expect(await act(office, who, 'confirm-approval', { approvals })).toMatchObject({ refusal });
    await act(office, bo, 'confirm-approval', { approvals });
    expect(await noticeKeys(office)).toEqual([]);
    expect(await lines(office)).toEqual(['confirmed approved spread AGPL-3.0-only component:test/shop: allowed > allowed 2027-01-10']);
    expect(await verdictOf(office, 'AGPL-3.0-only')).toBe('allowed');
    expect(await act(office, bo, 'confirm-approval', { approvals })).toMatchObject({ refusal: 'invalid' });
    office.at('2027-01-10T09:00Z');
    expect(await verdictOf(office, 'AGPL-3.0-only')).toBe('unknown');
    expect(await lines(office)).toEqual(['expired approved spread AGPL-3.0-only component:test/shop: unknown > allowed 2027-01-10']);
  });

  it('keep where they came from, and change nothing when the same file comes again, confirmed or rejected meanwhile', async () => {
    await bring(office, 'iq.json', waiver('3.0.0'), { actor: ada });
    await bring(office, 'iq-2.json', waiver('3.0.1'), { actor: ada });
    const [first, second] = await ids(office);
    await act(office, bo, 'confirm-approval', { approvals: [first] });
    await act(office, ada, 'reject-approval', { approvals: [second] }, { reason: 'Not ours.' });
    expect(await bring(office, 'again.json', waiver('3.0.0'))).toMatchObject({ imported: 0, known: 1, batches: [] });
    expect(await bring(office, 'again.json', waiver('3.0.1'))).toMatchObject({ imported: 0, known: 1, batches: [] });
    expect(await act(office, bo, 'confirm-approval', { approvals: [second] })).toMatchObject({ refusal: 'invalid' });
    // What it is said of comes later, under the ref that an upload of that name would have had.
    expect(await lines(office)).toEqual([
      'confirmed approved spread * component:uploads/shop: - > - 2027-01-10',
      'rejected approved spread * component:uploads/shop: - > - 2026-04-10',
    ]);
    const kept = (await openLiveDesk().catchUp(office.context.store)).approvals.get(first ?? '');
    expect(kept).toMatchObject({
      importedBy: ada.id,
      words: { reason: 'Runs inside only\nPolicy: License-Copyleft', conditions: null, by: 'Ada' },
      origin: { source: 'sonatype-iq', file: 'iq.json', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
    await act(office, bo, 'withdraw-licence-exception', { id: first });
    expect((await lines(office))[0]).toMatch(/^withdrawn /);
  });

  it('are forgotten after ninety days, or on their own day, and may then be brought again', async () => {
    await scan();
    await bring(
      office,
      'approvals.csv',
      csv('pkg:npm/spread,3.0.0,AGPL-3.0-only,approved,shop,,2026-02-01', 'pkg:npm/store,,,approved,,,2027-06-30'),
    );
    expect((await lines(office)).map((line) => line.slice(-10))).toEqual(['2026-02-01', '2026-04-10']);
    office.at('2026-04-11T09:00Z');
    const approvals = await ids(office);
    expect(await act(office, bo, 'confirm-approval', { approvals: [approvals[1]] })).toMatchObject({ refusal: 'invalid' });
    expect(await bring(office, 'approvals.csv', csv('pkg:npm/store,,,approved,,,2027-06-30', 'pkg:npm/left,,,approved,,,2026-02-01'))).toMatchObject({
      imported: 1,
      known: 0,
      expired: 1,
    });
    await act(office, bo, 'confirm-approval', { approvals: [approvals[1]] });
    expect((await lines(office))[1]).toBe('confirmed approved store * *: allowed > allowed 2027-06-30');
  });

  it('ask which licence is meant where the file names none of SPDX, and for conditions where it says none', async () => {
    await scan();
    await bring(office, 'approvals.csv', csv('pkg:npm/old,1.0.0,Apache 2,approved with conditions,,,', ',,Some licence,denied,,,'));
    const [old, denied] = await ids(office);
    expect(await lines(office)).toEqual([
      'unconfirmed conditions old Apache 2 *: unknown > - 2026-04-10',
      'unconfirmed denied * Some licence *: - > - 2026-04-10',
    ]);
    const approvals = [old];
    expect(await act(office, bo, 'confirm-approval', { approvals, licence: 'Apache-2.0' })).toMatchObject({ reason: 'Say under which conditions.' });
    const said = { reason: 'Looked at.', conditions: 'Keep the notice' };
    expect(await act(office, bo, 'confirm-approval', { approvals }, said)).toMatchObject({
      reason: '"Apache 2" is no SPDX expression: say which licence is meant.',
    });
    expect(await act(office, bo, 'confirm-approval', { approvals: [denied], licence: 'MIT' }, said)).toMatchObject({ refusal: 'invalid' });
    await act(office, bo, 'confirm-approval', { approvals, licence: 'Apache-2.0', until: '2026-06-01T00:00:00Z' }, said);
    const desk = await openLiveDesk().catchUp(office.context.store);
    expect([...desk.licenceExceptions.values()]).toMatchObject([
      { id: old, verdict: 'conditions', predicate: { package: 'pkg:npm/old', licence: 'Apache-2.0' }, until: Date.parse('2026-06-01T00:00:00Z') },
    ]);
  });

  it('of curations become conclusions of counsel, choices exceptions of the component that the file lies beside', async () => {
    await scan();
    const yml = [
      'curations:\n  packages:\n    - id: NPM::old:1.0.0\n      curations: { concluded_license: Apache-2.0 }',
      'license_choices:\n  package_license_choices:\n    - package_id: NPM::store:8.0.0\n      license_choices: [{ given: SSPL-1.0, choice: MIT }]',
    ].join('\n');
    expect(await bring(office, '.ort.yml', yml)).toMatchObject({ refusal: 'invalid' });
    expect(await bring(office, '.ort.yml', yml, { component: 'shop' })).toMatchObject({ imported: 2, matched: 2 });
    expect(await lines(office)).toEqual([
      'unconfirmed concluded old Apache-2.0 *: unknown > allowed 2026-04-10',
      'unconfirmed conditions store SSPL-1.0 component:test/shop: unknown > conditions 2026-04-10',
    ]);
    await act(office, bo, 'confirm-approval', { approvals: await ids(office) });
    expect([await verdictOf(office, 'Apache-2.0'), await verdictOf(office, 'SSPL-1.0'), await verdictOf(office, null)]).toEqual([
      'allowed',
      'conditions',
      undefined,
    ]);
    office.at('2027-01-10T09:00Z');
    expect([await verdictOf(office, null), await verdictOf(office, 'SSPL-1.0')]).toEqual(['unknown', 'unknown']);
  });

  it('that contradict each other say so, whichever tool came first', async () => {
    await scan();
    await bring(office, 'approvals.csv', csv(',,AGPL-3.0-only,denied,,,', 'pkg:npm/left,1.0.0,,approved,,,'));
    await bring(
      office,
      'iq.json',
      waiver('3.0.0', { constraintFacts: [{ conditionFacts: [{ conditionTypeId: 'License', reason: "Found 'AGPL-3.0-only'" }] }] }),
    );
    expect(await lines(office)).toEqual([
      'unconfirmed denied * AGPL-3.0-only *: unknown > unknown 2026-04-10 !sonatype-iq approved',
      'unconfirmed approved left * *: allowed > allowed 2026-04-10',
      'unconfirmed approved spread AGPL-3.0-only component:test/shop: unknown > allowed 2026-04-10 !approvals-csv denied',
    ]);
    await act(office, bo, 'reject-approval', { approvals: [(await ids(office))[0]] });
    expect((await lines(office))[2]).toBe('unconfirmed approved spread AGPL-3.0-only component:test/shop: unknown > allowed 2026-04-10');
  });

  it('of a file with columns of its own are placed by the lines of the file, and what means no version is named', async () => {
    const own = 'Purl,Decision,Versions,Shelf\npkg:npm/left,maybe,,1\npkg:npm/spread,yes,>=3.0.0 <4.0.0,1\npkg:npm/store,Approved,not a range,1\n';
    const done = await bring(office, 'list.txt', own.replace('yes', 'Approved'), { columns: 'status=Decision,package=Purl,range=Versions' });
    expect(done).toMatchObject({ imported: 1, matched: 0, problems: [{ line: 1 }, { line: 2 }, { code: 'not-a-package', line: 4 }] });
    expect(await bring(office, 'list.txt', own)).toMatchObject({ refusal: 'invalid', reason: expect.stringContaining('ort-yml') as string });
  });
});
