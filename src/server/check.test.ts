import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInIpPolicy } from '#desk/ip-policy/templates.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { seesAll, type Visibility } from '#model/visibility.ts';
import { askOfficeThere } from '#operations/check/ask-office-there.ts';
import { breakGlass } from '#operations/check/break-glass.ts';
import { check, failsBuild } from '#operations/check/check.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { licenceJudge } from '#operations/licences/licence-judge.ts';
import { deniedVersions } from '#operations/verdicts/denied-versions.ts';
import { actKindOf } from '#operations/live-desk.ts';
import { mcpServer } from '#operations/mcp/mcp-server.ts';
import { officeTools } from '#operations/mcp/office-tools.ts';
import { gateNotices } from '#operations/notify/gate-notices.ts';
import { performAct } from '#operations/perform-act.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import { openTestServer, testToken, type TestServer } from './test-server.ts';

const shop = 'component:test/shop';
const direct = { proxy: null, caFile: null };
const id = (letter: string): string => letter.repeat(26);
const lockfile = JSON.stringify({
  name: 'shop',
  lockfileVersion: 3,
  packages: { '': { name: 'shop' }, 'node_modules/spread': { version: '3.0.0', license: 'AGPL-3.0-only' } },
});

describe.each(testOffices())('a build that asks a running office on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2026-01-10T09:00Z');
    await office.scan({ 'package-lock.json': lockfile, CODEOWNERS: '* @firm/web\n' }, { name: 'shop', committed: '2026-01-05T09:00Z' });
    const spread = { package: { ecosystem: 'npm', name: 'spread' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.0.0' }] }] };
    await office.sync({ id: 'CVE-2026-0001', modified: '2026-01-02T00:00:00Z', summary: 'It spreads.', affected: [spread] });
    server = await openTestServer(office);
    await addPerson(office.context, server.desk, 'leg', { role: 'counsel' });
    await addPerson(office.context, server.desk, 'ann', { role: 'office' });
    await server.catchUp();
    const declared = { component: shop, name: 'web', deliveries: ['saas'], linking: 'dynamic', modified: false };
    await actAs('ann', 'declare-artifact', declared, null);
    const gates = Object.fromEntries(
      Object.keys(builtInIpPolicy.gates)
        .concat('unknown')
        .map((tier) => [tier, { denied: 'block', review: 'warn' }] as const),
    );
    const rules = builtInIpPolicy.rules.map((rule) => (rule.id === 'permissive' ? { ...rule, verdict: 'review' as const } : rule));
    const policy = { ...builtInIpPolicy, gates, rules };
    await asOffice(office.context, server.desk, 'propose-ip-policy', { policy }, { reason: 'It blocks.' });
    await actAs('leg', 'approve-ip-policy', { hash: policyHash(policy), approve: true });
    await server.catchUp();
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  async function actAs(name: string, kindId: string, body: object, words: object | null = { reason: 'As it is.' }): Promise<void> {
    const kind = actKindOf(kindId);
    if (kind === undefined) throw new Error(kindId);
    const estate = await loadEstate(office.context.store);
    const actor = { id: personId(name), kind: 'person', grants: new Map([[kind.permission, 'office' as const]]) } as never;
    const wanted = {
      kind,
      body: kind.body.parse(body),
      words: kind.words === null ? null : kind.words.parse(words),
      actor,
      visibility: seesAll,
      expects: null,
    };
    expect(await performAct(office.context, server.desk, estate, wanted)).not.toHaveProperty('refusal');
  }
  const there = () => ({ url: server.url, token: testToken });
  const asked = (targets: readonly string[], request: string | null = null) =>
    check({ targets, component: shop, base: null, request }, askOfficeThere(there(), direct));

  it('has what is for review asked of the council, once, and is told number, due day and state', async () => {
    const purl = 'pkg:npm/left@1.0.0';
    office.at('2026-01-10T09:00Z');
    await office.scan(
      {
        'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: { '': {}, 'node_modules/left': { version: '1.0.0', license: 'MIT' } } }),
      },
      { name: 'other', committed: '2026-01-05T09:00Z' },
    );
    await server.catchUp();
    expect((await asked([purl])).packages).toMatchObject([{ verdict: 'review', review: null }]);
    const told = { verdict: 'review', gate: 'warn', review: { name: 'IP-1', due: '2026-01-15T09:00:00.000Z', state: 'open' } };
    expect((await asked([purl], 'We need it for the new shop.')).packages).toMatchObject([told]);
    expect((await asked([purl], 'Asked again.')).packages).toMatchObject([told]);
    const [first] = [...server.desk.desk.council.cases.values()];
    expect([server.desk.desk.council.cases.size, first?.words?.details.split('\n')[0]]).toEqual([1, 'We need it for the new shop.']);
  });

  it('breaks the glass for exactly what blocks: the build passes and warns, counsel hears, the list shows it, and it ends', async () => {
    const blocked = ['pkg:npm/spread@3.0.0', 'pkg:npm/left@1.0.0'];
    const before = await asked(blocked);
    expect([before.verdict, before.gate, failsBuild(before, null)]).toEqual(['denied', 'block', true]);
    const until = Date.parse('2026-01-13T09:00Z');
    const broken = { component: shop, reason: 'The shop is down.', until, id: id('g') };
    expect(await breakGlass(before, broken, there(), direct)).toEqual(['pkg:npm/spread@3.0.0']);
    await server.catchUp();
    const after = await asked([...blocked, 'pkg:npm/spread@3.0.1']);
    expect(after.packages.map(({ purl, verdict, gate }) => [purl, verdict, gate])).toEqual([
      ['pkg:npm/spread@3.0.1', 'unknown', 'watch'],
      ['pkg:npm/left@1.0.0', 'review', 'warn'],
      ['pkg:npm/spread@3.0.0', 'conditions', 'warn'],
    ]);
    expect(failsBuild(after, null)).toBe(false);
    const list = (await (await server.ask('/v1/licence-exceptions?kind=break-glass')).json()) as {
      readonly items: readonly { readonly changes: { readonly rowsQuery: string } | null }[];
    };
    expect(list.items).toMatchObject([
      {
        component: shop,
        package: 'pkg:npm/spread',
        range: 'vers:npm/3.0.0',
        verdict: 'conditions',
        until: '2026-01-13T09:00:00.000Z',
        council: null,
        changes: { versions: 1, components: 1, verdicts: { denied: 1, review: 0 } },
      },
    ]);
    const rows = list.items[0]?.changes?.rowsQuery.replace('/licences?of=versions&', '/v1/licensed-versions?') ?? '';
    expect(await (await server.ask(rows)).json()).toMatchObject({ total: 1, items: [{ purl: 'pkg:npm/spread', version: '3.0.0' }] });
    const estate = await loadEstate(office.context.store);
    expect([...gateNotices(server.desk.desk, { estate, now: office.context.clock() })]).toMatchObject([
      {
        kind: 'gate-passed',
        to: [{ kind: 'person', id: personId('leg') }],
        teams: ['web'],
        line: 'shop: pkg:npm/spread vers:npm/3.0.0, until 2026-01-13',
      },
    ]);
    office.at('2026-01-13T09:00Z');
    expect((await asked(blocked)).gate).toBe('block');
    const ended = async (state: string): Promise<object> => (await (await server.ask(`/v1/licence-exceptions?state=${state}`)).json()) as object;
    expect(await ended('standing')).toMatchObject({ total: 0 });
    expect(await ended('ended')).toMatchObject({ total: 1, items: [{ kind: 'break-glass', changes: null }] });
    expect([...gateNotices(server.desk.desk, { estate, now: office.context.clock() })]).toEqual([]);
    office.at('2026-01-10T09:00Z');
  });

  it('is answered for an assistant as for everybody, and gets nothing but what the tools name', async () => {
    const answer = mcpServer(officeTools(there(), direct));
    const call = async (name: string, given: object): Promise<unknown> =>
      JSON.parse((await answer(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: given } }))) ?? '');
    expect(await call('may_i_use', { packages: ['pkg:npm/never@1.0.0'], component: shop })).toMatchObject({
      result: { structuredContent: { policy: 'ip-policy@2', packages: [{ purl: 'pkg:npm/never@1.0.0', verdict: 'unknown' }] }, isError: false },
    });
    expect(await call('who_uses', { package: 'pkg:npm/spread@3.0.0' })).toMatchObject({
      result: { structuredContent: { total: 1, items: [{ component: { ref: shop }, owner: { team: 'web' }, version: '3.0.0' }] } },
    });
    expect(await call('open_findings', { component: shop })).toMatchObject({
      result: { structuredContent: { total: 1, items: [{ component: { ref: shop }, fix: '4.0.0', team: 'web' }] } },
    });
    const wrong = mcpServer(officeTools({ ...there(), token: 'wrong' }, direct));
    const ask = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'open_findings', arguments: {} } };
    expect(JSON.parse((await wrong(JSON.stringify(ask))) ?? '')).toMatchObject({ result: { isError: true } });
  });

  it('finds what no build may use as lists for repository managers, with a tag, and not what somebody is permitted', async () => {
    type List = { readonly repositories: readonly object[]; readonly left: object };
    const list = async (path: string): Promise<List> => (await (await server.ask(path)).json()) as List;
    // AGPL is denied for a service only, and SSPL is not in use here.
    expect((await list('/v1/verdict-lists/artifactory')).repositories).toEqual([]);
    office.at('2026-01-20T09:00Z');
    await server.catchUp();
    expect(await list('/v1/verdict-lists/artifactory?delivery=published')).toMatchObject({ policy: 'ip-policy@2', delivery: 'published', left: {} });
    const answer = await server.ask('/v1/verdict-lists/nexus?delivery=mobile');
    expect(await answer.json()).toMatchObject({
      rules: [{ versions: 1, rule: { mode: 'BLOCK', matchers: ['^/spread/-/spread-3\\.0\\.0\\.tgz$'] } }],
    });
    const again = await server.ask('/v1/verdict-lists/nexus?delivery=mobile', { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
    const [estate, desk, now] = [await loadEstate(office.context.store), server.desk.desk, office.context.clock()];
    const deniedFor = (visibility: Visibility) => deniedVersions({ estate, desk, visibility, judge: licenceJudge(estate, desk, now), now }, 'mobile');
    expect([deniedFor(seesAll).length, deniedFor({ kind: 'teams', teams: new Set(['other']) }).length]).toEqual([1, 0]);
    office.at('2026-01-10T09:00Z');
    await server.catchUp();
    expect((await list('/v1/verdict-lists/artifactory?delivery=mobile')).repositories).toEqual([]);
  });

  it.each([
    ['for longer than two weeks', { until: Date.parse('2026-01-25T09:00Z') }, /fourteen days at most/],
    ['for a component that is not there', { component: 'component:test/none' }, /There is no component/],
    ['for none', { component: null }, /with --component/],
  ])('cannot break it %s', async (_, wrong, reason) => {
    const given = { component: shop, reason: 'The shop is down.', until: Date.parse('2026-01-12T09:00Z'), id: id('h'), ...wrong };
    await expect(breakGlass(await asked(['pkg:npm/spread@3.0.0']).then(blocking), given, there(), direct)).rejects.toThrow(reason);
  });
});

/** The same as if everything in it still blocked. */
function blocking<Report extends { readonly packages: readonly object[] }>(report: Report): Report {
  return { ...report, packages: report.packages.map((each) => ({ ...each, gate: 'block' })) };
}
