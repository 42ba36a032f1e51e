import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtInIpPolicy } from '#desk/ip-policy/templates.ts';
import { policyHash } from '#desk/policy/policy-hash.ts';
import { claimsOf } from '#estate/licences.ts';
import type { IpPolicy } from '#model/ip-policy.ts';
import { seesAll } from '#model/visibility.ts';
import { loadEstate } from '#operations/follow-estate.ts';
import { actKindOf, openLiveDesk } from '#operations/live-desk.ts';
import { performAct } from '#operations/perform-act.ts';
import { rebuild } from '#operations/rebuild.ts';
import { licenceTexts } from '#operations/reports/licence-text.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { personId } from '#operations/test-people.ts';
import type { Permission } from '#model/permission.ts';
import { openTestServer, type TestServer } from './test-server.ts';

function lockfile(packages: Readonly<Record<string, readonly [version: string, licence: string | null, dev?: boolean]>>): string {
  const entries = Object.entries(packages).map(([name, [version, license, dev = false]]) => [
    `node_modules/${name}`,
    { version, ...(license === null ? {} : { license }), ...(dev ? { dev } : {}) },
  ]);
  return JSON.stringify({
    name: 'app',
    lockfileVersion: 3,
    packages: { '': { name: 'app' }, ...(Object.fromEntries(entries) as Readonly<Record<string, object>>) },
  });
}

type Row = {
  readonly purl: string;
  readonly verdict: string;
  readonly licence: string | null;
  readonly rule: string | null;
  readonly asks: readonly string[];
  readonly alternatives: readonly object[];
  readonly suggestion: string | null;
  readonly exception: { readonly until: string } | null;
};
type Verdicts = {
  readonly policy: string;
  readonly isBuiltIn: boolean;
  readonly verdict: string;
  readonly counts: object;
  readonly packages: readonly Row[];
  readonly ask: { readonly team: string | null };
};

const shop = 'component:test/shop';
const why = { reason: 'Because the test says so.' };
const id = (letter: string): string => letter.repeat(26);

describe.each(testOffices())('licences over HTTP on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2026-01-10T09:00Z');
    await office.scan(
      {
        'package-lock.json': lockfile({
          left: ['1.0.0', 'MIT'],
          spread: ['3.0.0', 'AGPL-3.0-only'],
          either: ['1.0.0', 'GPL-3.0-only OR MIT'],
          old: ['1.0.0', 'Apache 2'],
          silent: ['1.0.0', null],
          tool: ['1.0.0', 'GPL-3.0-only', true],
          store: ['8.0.0', 'SSPL-1.0'],
        }),
        CODEOWNERS: '* @firm/web\n',
      },
      { name: 'shop', committed: '2026-01-05T09:00Z' },
    );
    await office.scan({ 'package-lock.json': lockfile({ store: ['7.2.0', 'BSD-3-Clause'] }) }, { name: 'other', committed: '2026-01-05T09:00Z' });
    server = await openTestServer(office);
  }, 120_000);
  afterAll(async () => {
    await server.close();
    await opened.drop();
  });

  const post = async <T>(path: string, body: object): Promise<T> => {
    const answer = await server.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const told = (await answer.json()) as T;
    expect([answer.status, answer.status === 200 ? null : told]).toEqual([200, null]);
    return told;
  };
  const get = async <T>(path: string): Promise<T> => (await (await server.ask(path)).json()) as T;
  const verdictOf = async (purl: string): Promise<Row | undefined> =>
    (await post<Verdicts>('/v1/verdicts', { component: shop })).packages.find((each) => each.purl === purl);
  /** As one person with some permissions, on a desk of its own. */
  async function as(name: string, permissions: readonly Permission[], kindId: string, body: object, words: object | null = why): Promise<object> {
    const kind = actKindOf(kindId);
    if (kind === undefined) throw new Error(kindId);
    const grants = new Map(permissions.map((each) => [each, 'office'] as const));
    const wanted = {
      kind,
      body: kind.body.parse(body),
      words: kind.words === null ? null : kind.words.parse(words),
      actor: { id: personId(name), kind: 'person', grants } as const,
      visibility: seesAll,
      expects: null,
    };
    return performAct(office.context, openLiveDesk(), await loadEstate(office.context.store), wanted);
  }
  /** As somebody who may; it is done. */
  async function act(kindId: string, body: object, words: object | null = why): Promise<void> {
    expect(await as('cy', ['artifacts:write', 'licences:conclude'], kindId, body, words)).not.toHaveProperty('refusal');
    await server.catchUp();
  }

  it('judges all that a component uses, worst first, and says what is asked of whom', async () => {
    const told = await post<Verdicts>('/v1/verdicts', { component: shop });
    expect([told.policy, told.isBuiltIn, told.verdict, told.ask.team]).toEqual(['ip-policy@1', true, 'unknown', 'web']);
    expect(told.packages.map(({ purl, verdict, rule, asks }) => [purl.slice(8), verdict, rule, asks])).toEqual([
      ['old@1.0.0', 'unknown', null, ['licence']],
      ['silent@1.0.0', 'unknown', null, ['licence']],
      ['spread@3.0.0', 'unknown', 'network-copyleft', ['delivery', 'modified']],
      ['store@8.0.0', 'unknown', 'source-available', ['delivery']],
      ['either@1.0.0', 'allowed', 'permissive', []],
      ['left@1.0.0', 'allowed', 'permissive', []],
      ['tool@1.0.0', 'allowed', 'copyleft-kept-inside', []],
    ]);
  });

  it('a choice is shown with each set of licences that would do', async () => {
    expect(await verdictOf('pkg:npm/either@1.0.0')).toMatchObject({ relyOn: ['MIT'], choices: [['GPL-3.0-only'], ['MIT']] });
    expect(await verdictOf('pkg:npm/left@1.0.0')).toMatchObject({ relyOn: ['MIT'], choices: [] });
  });

  it('what is declared of an artifact decides, and an alternative is one that is used here', async () => {
    await act('declare-artifact', { component: shop, name: 'web', deliveries: ['saas'], linking: 'dynamic', modified: false }, null);
    expect(await verdictOf('pkg:npm/spread@3.0.0')).toMatchObject({ verdict: 'denied', rule: 'network-copyleft', alternatives: [] });
    expect(await verdictOf('pkg:npm/store@8.0.0')).toMatchObject({
      verdict: 'denied',
      rule: 'source-available',
      alternatives: [{ purl: 'pkg:npm/store', version: '7.2.0', why: 'version', verdict: 'allowed', components: 1 }],
    });
    expect(
      await get<{ readonly artifacts: readonly object[]; readonly questions: readonly object[] }>(
        `/v1/components/${encodeURIComponent(shop)}/artifacts`,
      ),
    ).toMatchObject({
      artifacts: [{ name: 'web', deliveries: ['saas'], linking: 'dynamic', modified: false, outbound: null }],
      questions: [{ about: 'licence', versions: 2 }],
    });
  });

  it('counsel chooses the branch that is relied on, for verdicts and notices alike, and takes it back', async () => {
    const choice = { id: id('r'), package: 'pkg:npm/either', range: '<2', licence: 'MIT OR GPL-3.0-only', rely: 'GPL-3.0-only' };
    const notice = async (): Promise<string> => (await server.ask(`/v1/components/${encodeURIComponent(shop)}/reports/notice?format=txt`)).text();
    const counsel = ['licences:conclude'] as const;
    expect(await as('cy', ['artifacts:write'], 'choose-licence', choice)).toMatchObject({ refusal: 'not-allowed' });
    for (const wrong of [{ rely: 'ISC' }, { rely: 'GPL-3.0-only AND MIT' }, { licence: 'GPL-3.0-only' }, { case: id('z') }, { range: 'no range' }])
      expect(await as('cy', counsel, 'choose-licence', { ...choice, ...wrong }), JSON.stringify(wrong)).toHaveProperty('refusal');
    expect(await notice()).not.toContain('GNU General Public License v3.0 only (GPL-3.0-only)');
    await act('choose-licence', choice);
    expect(await verdictOf('pkg:npm/either@1.0.0')).toMatchObject({
      ...{ licence: 'GPL-3.0-only OR MIT', relyOn: ['GPL-3.0-only'], choices: [], category: 'strong-copyleft' },
      choice: { rely: 'GPL-3.0-only', council: null },
    });
    expect(await notice()).toContain('GNU General Public License v3.0 only (GPL-3.0-only)');
    await act('choose-licence', { ...choice, id: id('q'), rely: null });
    expect(await verdictOf('pkg:npm/either@1.0.0')).toMatchObject({ relyOn: ['MIT'], choice: null });
  });

  it('what is delivered is reported, and what was done about it is said and taken back', async () => {
    const about = `/v1/components/${encodeURIComponent(shop)}`;
    const textOf = async (path: string): Promise<string> => (await server.ask(`${about}/reports/${path}`)).text();
    const states = async (): Promise<readonly (readonly string[])[]> => {
      type Told = { readonly items: readonly { readonly purl: string; readonly obligation: { readonly id: string }; readonly state: string }[] };
      return (await get<Told>(`${about}/obligations`)).items.map((each) => [each.purl.slice(8), each.obligation.id, each.state]);
    };
    expect(await states()).toEqual([['spread@3.0.0', 'offer-source-over-network', 'due']]);
    const notice = await textOf('notice?format=txt&artifact=web');
    expect(notice).toContain('GNU Affero General Public License v3.0 only (AGPL-3.0-only)');
    expect(notice).toContain('package: silent\nversion: 1.0.0\nmissing: the licence: nobody says it');
    expect(notice).not.toContain('pkg:npm/tool');
    expect(await textOf('notice?format=txt&artifact=web')).toBe(notice);
    expect((await server.ask(`${about}/reports/notice?artifact=none`)).status).toBe(404);
    expect(await textOf('source-offer?format=csv')).toContain('pkg:npm/spread@3.0.0,AGPL-3.0-only,Offer the source to users,due,missing');

    const done = { component: shop, artifact: 'web', obligation: 'offer-source-over-network', packages: ['pkg:npm/spread@3.0.0'] };
    const seen = { evidence: 'The page /source of the shop.' };
    expect(await as('cy', ['artifacts:write'], 'fulfil-obligation', { ...done, obligation: 'none' }, seen)).toHaveProperty('refusal');
    expect(await as('cy', ['artifacts:write'], 'fulfil-obligation', { ...done, packages: ['pkg:npm/spread'] }, seen)).toHaveProperty('refusal');
    await act('fulfil-obligation', done, seen);
    expect(await states()).toEqual([['spread@3.0.0', 'offer-source-over-network', 'fulfilled']]);
    expect(await get('/v1/obligations?obligation=offer-source-over-network')).toMatchObject({
      items: [{ component: { name: 'shop' }, team: 'web', artifact: 'web', due: 0, open: 0, fulfilled: 1 }],
      counts: { fulfilled: 1 },
    });
    expect(await textOf('open-obligations?format=md')).toContain('The page /source of the shop.');
    await act('fulfil-obligation', { ...done, fulfilled: false }, { evidence: 'The page is gone.' });
    expect(await states()).toEqual([['spread@3.0.0', 'offer-source-over-network', 'due']]);
  });

  it('what a change brings in is judged without being in use, in the context that is said', async () => {
    const asked = { packages: [{ purl: 'pkg:npm/left@1.0.0' }, { purl: 'pkg:npm/spread@3.0.0' }, { purl: 'pkg:npm/never-seen@1.0.0' }] };
    const told = await post<Verdicts>('/v1/verdicts', { ...asked, artifacts: [{ name: 'app', deliveries: ['mobile'] }] });
    expect(told.packages.map((each) => [each.purl, each.verdict])).toEqual([
      ['pkg:npm/spread@3.0.0', 'denied'],
      ['pkg:npm/never-seen@1.0.0', 'unknown'],
      ['pkg:npm/left@1.0.0', 'allowed'],
    ]);
  });

  it('an old name is a suggestion only; what counsel concludes counts, and only as long as it says', async () => {
    expect(await verdictOf('pkg:npm/old@1.0.0')).toMatchObject({ verdict: 'unknown', licence: null, suggestion: 'Apache-2.0' });
    await act('conclude-licence', { id: id('c'), package: 'pkg:npm/old', range: '<2', licence: 'apache-2.0', until: '2026-02-01T00:00:00Z' });
    expect(await verdictOf('pkg:npm/old@1.0.0')).toMatchObject({ verdict: 'allowed', licence: 'Apache-2.0' });
    office.at('2026-02-02T09:00Z');
    expect(await verdictOf('pkg:npm/old@1.0.0')).toMatchObject({ verdict: 'unknown', licence: null });
    office.at('2026-01-10T09:00Z');
  });

  it('what another tool approved is listed with what it would change, and counts once somebody else confirms it', async () => {
    const send = (path: string, text: string) =>
      server.ask(path, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: text });
    const waiver = { policyWaiverId: '1', policyName: 'License', scopeOwnerType: 'application', scopeOwnerName: 'shop', comment: 'Bought' };
    const text = JSON.stringify([{ ...waiver, associatedPackageUrl: 'pkg:npm/store@8.0.0' }]);
    const sent = await send('/v1/approval-imports?file=iq.json', text);
    expect([sent.status, await sent.json()]).toMatchObject([
      201,
      { format: 'sonatype-iq', imported: 1, matched: 1, known: 0, expired: 0, problems: [] },
    ]);
    expect(await (await send('/v1/approval-imports?file=again.json', text)).json()).toMatchObject({ imported: 0, known: 1, batches: [] });
    const refused = await send('/v1/approval-imports?file=photo.jpg', 'no text of this kind');
    expect([refused.status, ((await refused.json()) as { readonly detail: string }).detail.slice(0, 21)]).toEqual([409, 'Say what the file is.']);
    expect(
      (await send('/v1/approval-imports?as=ort-yml&file=.ort.yml', 'license_choices:\n  repository_license_choices: [{ given: MIT, choice: MIT }]'))
        .status,
    ).toBe(409);
    type Told = { readonly items: readonly { readonly id: string }[]; readonly total: number };
    const list = await get<Told>('/v1/imported-approvals?state=unconfirmed&inUse=true&conflicting=false');
    expect(list).toMatchObject({
      policy: 'ip-policy@1',
      sources: ['sonatype-iq'],
      items: [
        {
          says: 'approved',
          component: shop,
          package: 'pkg:npm/store',
          range: 'vers:npm/8.0.0',
          reason: 'Bought\nPolicy: License',
          file: 'iq.json',
          versions: 1,
          uses: 1,
          now: 'denied',
          with: 'allowed',
          listed: [{ purl: 'pkg:npm/store@8.0.0', licence: 'SSPL-1.0', now: 'denied', with: 'allowed' }],
        },
      ],
    });
    expect((await get<Told>('/v1/imported-approvals?inUse=false')).total).toBe(0);
    const approvals = list.items.map((each) => each.id);
    const own = await server.ask('/v1/acts/confirm-approval', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ body: { approvals }, words: why }),
    });
    expect(own.status).toBe(403);
    expect(await verdictOf('pkg:npm/store@8.0.0')).toMatchObject({ verdict: 'denied' });
    await act('confirm-approval', { approvals, until: '2026-03-01T00:00:00Z' });
    expect(await verdictOf('pkg:npm/store@8.0.0')).toMatchObject({
      verdict: 'allowed',
      exception: { id: approvals[0], until: '2026-03-01T00:00:00.000Z' },
    });
    expect(await get('/v1/licence-exceptions?q=store')).toMatchObject({
      items: [{ id: approvals[0], kind: 'counsel', importedFrom: 'sonatype-iq', component: shop }],
    });
    expect((await (await server.ask('/v1/imported-approvals?format=csv')).text()).split('\r\n')[1]).toContain(
      'approved,confirmed,component:test/shop,pkg:npm/store',
    );
    await act('withdraw-licence-exception', { id: approvals[0] });
    expect(await get('/v1/imported-approvals')).toMatchObject({ items: [{ state: 'withdrawn', now: 'denied' }] });
  });

  it('an exception permits until its day, and then it is denied again', async () => {
    await act(
      'grant-licence-exception',
      {
        id: id('e'),
        predicate: { package: 'pkg:npm/spread', range: '<4', licence: 'AGPL-3.0-only' },
        verdict: 'conditions',
        until: '2026-03-01T00:00:00Z',
      },
      { ...why, conditions: 'It stays unmodified.' },
    );
    expect(await verdictOf('pkg:npm/spread@3.0.0')).toMatchObject({
      verdict: 'conditions',
      exception: { id: id('e'), until: '2026-03-01T00:00:00.000Z' },
    });
    office.at('2026-03-01T00:00Z');
    expect(await verdictOf('pkg:npm/spread@3.0.0')).toMatchObject({ verdict: 'denied', exception: null });
    office.at('2026-01-10T09:00Z');
  });

  it('licences in use are listed with what is unknown first, and every number has its rows', async () => {
    type List = {
      readonly items: readonly { readonly licence: string | null; readonly worst: string; readonly versions: number }[];
      readonly coverage: object;
      readonly total: number;
    };
    const list = await get<List>('/v1/licences');
    expect(list.items.map((each) => [each.licence, each.worst, each.versions])).toEqual([
      ['SSPL-1.0', 'denied', 1],
      [null, 'unknown', 1],
      ['AGPL-3.0-only', 'conditions', 1],
      ['Apache-2.0', 'allowed', 1],
      ['BSD-3-Clause', 'allowed', 1],
      ['GPL-3.0-only', 'allowed', 1],
      ['GPL-3.0-only OR MIT', 'allowed', 1],
      ['MIT', 'allowed', 1],
    ]);
    expect(list.coverage).toEqual({
      versions: 8,
      known: 7,
      concluded: 1,
      disputed: 0,
      foundOtherwise: 0,
      unread: 0,
      silent: 1,
      components: 2,
      declared: 1,
    });
    const rows = await get<List>('/v1/licensed-versions?licence=unknown');
    expect([rows.total, rows.items]).toMatchObject([1, [{ purl: 'pkg:npm/silent', version: '1.0.0', verdict: 'unknown', components: 1 }]]);
    expect((await get<List>('/v1/licensed-versions?verdict=denied')).total).toBe(1);
  });

  it('rules count what is not allowed and what is unknown, and name the last good version of what changed', async () => {
    type Rows = { readonly items: readonly { readonly component: { readonly name: string }; readonly subject: string; readonly reason: string }[] };
    const rows = async (rule: string): Promise<readonly string[]> =>
      (await get<Rows>(`/v1/rules/${rule}/rows`)).items.map((each) => `${each.component.name} ${each.subject}`);
    expect(await rows('licence-not-allowed')).toEqual(['shop SSPL-1.0']);
    expect(await rows('licence-changed')).toEqual(['shop BSD-3-Clause -> SSPL-1.0']);
    expect(await rows('licence-unknown')).toEqual(['shop licences']);
    const changed = (await get<Rows>('/v1/rules/licence-changed/rows')).items[0];
    expect(changed?.reason).toBe('store 8.0.0 is under SSPL-1.0; the last version known here under BSD-3-Clause is 7.2.0.');
  });

  it('an IP policy is looked at before it is proposed, and counsel approves it, not its author', async () => {
    const policy = { ...builtInIpPolicy, rules: builtInIpPolicy.rules.filter((rule) => rule.id !== 'permissive') };
    type Preview = {
      readonly problems: readonly object[];
      readonly before: object;
      readonly after: object;
      readonly moves: readonly { readonly from: string; readonly to: string; readonly versions: number }[];
    };
    const preview = await post<Preview>('/v1/ip-policy/preview', { policy });
    expect(preview.problems).toEqual([]);
    expect(preview.moves.map(({ from, to, versions }) => [from, to, versions])).toEqual([['allowed', 'review', 3]]);
    const listed = await post<{ readonly rows: unknown }>('/v1/ip-policy/preview', { policy, rows: { from: 'allowed', to: 'review', limit: 1 } });
    expect(listed.rows).toEqual({ total: 3, items: [{ purl: 'pkg:npm/left', version: '1.0.0', licence: 'MIT', components: 1 }] });
    const hash = policyHash(policy);
    expect(await as('ada', ['ip-policy:write'], 'propose-ip-policy', { policy })).toMatchObject({ subject: 'ip-policy' });
    expect(await as('ada', ['ip-policy:approve'], 'approve-ip-policy', { hash, approve: true })).toMatchObject({ refusal: 'not-allowed' });
    expect(await as('bo', ['policy:approve'], 'approve-ip-policy', { hash, approve: true })).toMatchObject({ refusal: 'not-allowed' });
    expect(await as('bo', ['ip-policy:approve'], 'approve-ip-policy', { hash, approve: true })).toMatchObject({ subject: 'ip-policy' });
    await server.catchUp();
    expect(await post<Verdicts>('/v1/verdicts', { packages: [{ purl: 'pkg:npm/left@1.0.0' }] })).toMatchObject({
      policy: 'ip-policy@2',
      isBuiltIn: false,
      verdict: 'review',
    });
    const broken = { ...policy, rules: [{ id: 'all', verdict: 'allowed', obligations: [], because: 'x' }] };
    expect(await as('ada', ['ip-policy:write'], 'propose-ip-policy', { policy: broken })).toMatchObject({ refusal: 'invalid' });
  });

  it('a duty that was fulfilled is open again once the IP policy asks for it in other words, and only that one', async () => {
    const about = `/v1/components/${encodeURIComponent(shop)}/obligations`;
    type Told = { readonly items: readonly { readonly obligation: { readonly id: string; readonly asks: string }; readonly state: string }[] };
    const states = async (): Promise<Readonly<Record<string, string>>> =>
      Object.fromEntries((await get<Told>(about)).items.map((each) => [each.obligation.id, `${each.state}: ${each.obligation.asks}`]));
    const isFulfilled: unknown = expect.stringMatching(/^fulfilled: /);
    const [first, second] = ['offer-source-over-network', 'give-notices'];
    const handOver = { id: 'hand-over', title: 'Hand the source over', asks: 'Hand it over.', when: 'always', givesSource: true } as const;
    const duties = builtInIpPolicy.obligations.map((each) => (each.id === second ? { ...each, when: 'always' as const } : each)).concat(handOver);
    const rules = builtInIpPolicy.rules.map((rule) =>
      rule.obligations.includes(first) ? { ...rule, obligations: [first, second, 'hand-over'] } : rule,
    );
    const inForce = async (policy: IpPolicy): Promise<void> => {
      expect(await as('ada', ['ip-policy:write'], 'propose-ip-policy', { policy })).toMatchObject({ subject: 'ip-policy' });
      const approval = { hash: policyHash(policy), approve: true };
      expect(await as('bo', ['ip-policy:approve'], 'approve-ip-policy', approval)).toMatchObject({ subject: 'ip-policy' });
      await server.catchUp();
    };
    await inForce({ ...builtInIpPolicy, rules, obligations: duties });
    const packages = ['pkg:npm/spread@3.0.0'];
    for (const obligation of [first, second])
      await act('fulfil-obligation', { component: shop, artifact: 'web', obligation, packages }, { evidence: 'The page /source.' });
    expect(await states()).toMatchObject({ [first]: isFulfilled, [second]: isFulfilled });
    const offered = await (await server.ask(`/v1/components/${encodeURIComponent(shop)}/reports/source-offer?format=csv`)).text();
    expect(offered).toContain('pkg:npm/spread@3.0.0,AGPL-3.0-only,Hand the source over,due,missing');
    expect(offered).not.toContain('Notices and licence text');
    const asks = 'Offer the source on the page itself, and say so in its foot.';
    await inForce({ ...builtInIpPolicy, rules, obligations: duties.map((each) => (each.id === first ? { ...each, asks } : each)) });
    expect(await states()).toMatchObject({ [first]: `due: ${asks}`, [second]: isFulfilled });
    await inForce({ ...builtInIpPolicy, rules, obligations: duties });
    expect(await states()).toMatchObject({ [first]: isFulfilled, [second]: isFulfilled });
  });

  it('what was found in a licence file is shown with its path and likeness, and listed where it is not what is declared', async () => {
    const zlib = licenceTexts()('Zlib')?.text ?? '';
    const files = {
      'node_modules/tea/package.json': '{"name":"tea","version":"1.0.0"}',
      'node_modules/tea/LICENSE': `Copyright (c) 2011 The Tea Makers\n\n${zlib}`,
    };
    const own = { LICENSE: 'Copyright 2020 The Firm\n\nLicensed under the Apache License, Version 2.0.' };
    await office.scan(
      { 'package-lock.json': lockfile({ tea: ['1.0.0', 'MIT'] }), ...files, ...own },
      { name: 'cups', committed: '2026-01-06T09:00Z' },
    );
    await server.catchUp();
    const listed = await get<{ readonly total: number; readonly items: readonly object[] }>('/v1/licensed-versions?state=found-otherwise');
    expect([listed.total, listed.items]).toMatchObject([
      1,
      [
        {
          ...{ purl: 'pkg:npm/tea', licence: 'MIT AND Zlib', isFoundOtherwise: true, isDisputed: true },
          claims: [
            { source: 'lockfile', said: ['MIT'] },
            { source: 'licence-file', said: ['Zlib'] },
          ],
          files: [{ path: 'node_modules/tea/LICENSE', component: { name: 'cups' }, role: 'package', texts: [{ ids: ['Zlib'], likeness: 1 }] }],
        },
      ],
    ]);
    const notice = await (await server.ask(`/v1/components/${encodeURIComponent('component:test/cups')}/reports/notice?format=txt`)).text();
    expect(notice).toContain('Copyright of tea 1.0.0\n----------------------\n\nCopyright (c) 2011 The Tea Makers\n\n');
    expect(await get(`/v1/components/${encodeURIComponent('component:test/cups')}/licence-files`)).toMatchObject({
      counts: { own: 1, package: 1, part: 0, text: 0 },
      items: [
        { path: 'LICENSE', role: 'own', said: ['Apache-2.0'], texts: [], copyright: ['Copyright 2020 The Firm'], package: null },
        { path: 'node_modules/tea/LICENSE', role: 'package', said: ['Zlib'], package: { purl: 'pkg:npm/tea', version: '1.0.0' } },
      ],
    });
  });

  it('what files say follows the store and is the same after a rebuild', async () => {
    const said = async (): Promise<readonly string[]> => {
      const estate = await loadEstate(office.context.store);
      return estate.versions
        .map(
          (row, slot) =>
            `${estate.packages[estate.packageOf[slot] ?? 0]?.name ?? ''}@${row.version} ${JSON.stringify(claimsOf(estate.licences, slot))}`,
        )
        .sort();
    };
    const before = await said();
    expect(before).toContain('store@8.0.0 [{"source":"lockfile","said":["SSPL-1.0"]}]');
    expect(before).toContain('silent@1.0.0 []');
    await office.scan({ 'package-lock.json': lockfile({ store: ['7.2.0', 'SSPL-1.0'] }) }, { name: 'third', committed: '2026-01-06T09:00Z' });
    await server.catchUp();
    expect((await get<{ readonly items: readonly object[] }>('/v1/licensed-versions?q=store&sort=package')).items).toMatchObject([
      { version: '7.2.0', isDisputed: true, licence: 'BSD-3-Clause AND SSPL-1.0' },
      { version: '8.0.0' },
    ]);
    const followed = await said();
    await office.context.store.emptyDerived();
    await rebuild(office.context);
    expect(await said()).toEqual(followed);
  });
});
