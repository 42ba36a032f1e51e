import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actKinds } from '#desk/acts/all.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { signCursor } from './cursor.ts';
import { routes, type RouteName } from './schemas/routes.ts';
import type { Route } from './schemas/routes/route.ts';
import { openTestServer, type TestServer } from './test-server.ts';

const log4shell = {
  id: 'GHSA-jfh8-c2jp-5v3q',
  aliases: ['CVE-2021-44228'],
  published: '2021-12-10T00:40:56Z',
  modified: '2021-12-10T12:00:00Z',
  summary: 'Log4j evaluates lookups in logged text',
  details: 'Text that is logged may name an address from which code is loaded.',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' }],
  references: [{ type: 'WEB', url: 'https://logging.apache.org/log4j/2.x/security.html' }],
  affected: [
    {
      package: { ecosystem: 'Maven', name: 'org.apache.logging.log4j:log4j-core' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '2.13.0' }, { fixed: '2.15.0' }] }],
    },
  ],
};
const lodashRecord = {
  id: 'GHSA-35jh-r3h4-6jhm',
  aliases: ['CVE-2021-23337'],
  published: '2021-05-06T16:05:51Z',
  modified: '2021-05-31T00:00:00Z',
  summary: 'Command injection in lodash template',
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const pom = (version: string): string =>
  `<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies><dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${version}</version></dependency></dependencies></project>`;
const lockfile = (version: string): string =>
  JSON.stringify({
    name: 'app',
    lockfileVersion: 3,
    packages: {
      '': { name: 'app', dependencies: { shown: '*' } },
      'node_modules/shown': { version: '1.0.0', dependencies: { lodash: '*' }, license: 'MIT' },
      'node_modules/lodash': { version, license: 'MIT' },
    },
  });
const sbom = (name: string): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { timestamp: '2021-12-15T07:00:00Z', component: { type: 'application', name } },
    components: [{ type: 'library', name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
  });
const log4j = encodeURIComponent('pkg:maven/org.apache.logging.log4j/log4j-core');
const pay = encodeURIComponent('component:test/pay');

type Page = {
  readonly items: readonly { readonly ref: string; readonly id: string; readonly component: { readonly name: string } }[];
  readonly next: string | null;
  readonly total: number;
};

/** Routes of one thing that this office has none of; their own tests ask them. */
const withoutSubject: ReadonlySet<string> = new Set([
  'sbom',
  'savedView',
  'incident',
  'incidentComponents',
  'councilCase',
  'componentVex',
  'ledgerCheck',
  'evidencePackOutcome',
  'evidenceRow',
  'componentSbomDiff',
]);

describe.each(testOffices())('the API on $name', ({ open }) => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  const reports: string[] = [];
  beforeAll(async () => {
    opened = await open();
    office = opened.office;
    office.at('2021-12-11T08:00Z');
    await office.sync(log4shell, lodashRecord);
    await office.scan({ 'pom.xml': pom('2.14.1') }, { name: 'pay', committed: '2021-12-01T09:00Z' });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await office.scan(
        { 'package-lock.json': lockfile('4.17.20'), CODEOWNERS: name === 'e' ? '' : `* @firm/team-${name < 'c' ? 'one' : 'two'}\n` },
        { name: `app-${name}`, committed: '2021-12-05T09:00Z' },
      );
    }
    await office.scan({ 'package-lock.json': '{"broken"' }, { name: 'broken', committed: '2021-12-05T09:00Z' });
    office.at('2021-12-15T08:00Z');
    await office.scan({ 'pom.xml': pom('2.16.0') }, { name: 'pay', committed: '2021-12-14T16:00Z' });
    server = await openTestServer(office, reports);
  });
  afterAll(async () => {
    expect(reports).toEqual([]);
    await server.close();
    await opened.drop();
  });

  const json = async <T>(path: string): Promise<T> => {
    const answer = await server.ask(path);
    const body = (await answer.json()) as T;
    expect([path, answer.status, answer.status === 200 ? '' : body]).toEqual([path, 200, '']);
    return body;
  };
  const pagesOf = async (path: string, limit: number): Promise<readonly Page[]> => {
    const pages: Page[] = [];
    for (let next: string | null = ''; next !== null; next = pages.at(-1)?.next ?? null) {
      pages.push(
        await json<Page>(`${path}${path.includes('?') ? '&' : '?'}limit=${String(limit)}${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`),
      );
    }
    return pages;
  };

  it('every route that reads answers as its schema says', async () => {
    const first = (await json<Page>('/v1/findings')).items[0]?.id ?? '';
    const receipt = (await json<{ readonly receipts: readonly { readonly id: string }[] }>(`/v1/components/${pay}`)).receipts[0]?.id ?? '';
    const params: Partial<Record<RouteName, string>> = {
      component: pay,
      componentPackages: pay,
      componentPaths: pay,
      componentPast: pay,
      componentArtifacts: pay,
      componentObligations: pay,
      componentLicenceFiles: pay,
      componentSboms: pay,
      componentConflicts: pay,
      componentExtent: pay,
      ruleRows: 'no-owner',
      package: log4j,
      packageUsers: log4j,
      packagePast: log4j,
      packageRegistry: log4j,
      finding: first,
      findingDesk: first,
      receipt,
    };
    for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
      if (route.method !== 'GET' || route.reply === null || withoutSubject.has(name)) continue;
      const path = route.path.replace(/:\w+/, params[name] ?? '');
      const query: Partial<Record<RouteName, string>> = {
        search: '?q=log',
        exposures: '?advisory=CVE-2021-44228',
        componentExtent: '?kind=retire',
        componentPaths: `?package=${log4j}`,
        changes: '?from=2021-12-09&to=2021-12-15',
      };
      const body = await json<object>(path + (query[name] ?? ''));
      expect(route.reply.safeParse(body).error).toBeUndefined();
    }
  });

  it('pages hold every row once, in one order, whatever their size and direction', async () => {
    for (const [path, size] of [
      ['/v1/components', 7],
      ['/v1/components?sort=name', 7],
      ['/v1/components?sort=-team', 7],
      ['/v1/findings?state=any', 6],
      ['/v1/findings?sort=-opened', 5],
      ['/v1/packages?sort=components', 3],
      ['/v1/sources?sort=-origin', 9],
      [`/v1/packages/${encodeURIComponent('pkg:npm/lodash')}/users?sort=version`, 5],
    ] as const) {
      const whole = await json<Page>(path);
      const paged = await pagesOf(path, 2);
      expect([path, whole.total, paged.flatMap((page) => page.items)]).toEqual([path, size, whole.items]);
    }
  });

  it('a row that comes between two pages neither shifts nor doubles the others', async () => {
    const first = await json<Page>('/v1/components?sort=name&limit=3');
    await office.scan({ 'package-lock.json': lockfile('4.17.21') }, { name: 'aaa', committed: '2021-12-15T07:00Z' });
    await server.catchUp();
    const second = await json<Page>(`/v1/components?sort=name&limit=10&cursor=${encodeURIComponent(first.next ?? '')}`);
    expect([...first.items, ...second.items].map((each) => each.ref)).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((name) => `component:test/app-${name}`).concat(['component:test/broken', 'component:test/pay']),
    );
    expect(second.total).toBe(8);
  });

  it('a cursor that we did not make is refused, one from before a restore is gone', async () => {
    const first = await json<Page>('/v1/components?sort=name&limit=1');
    const cursor = first.next ?? '';
    for (const forged of ['x', `${cursor}x`, `x${cursor}`, cursor.split('.').reverse().join('.')]) {
      expect([forged, (await server.ask(`/v1/components?sort=name&cursor=${encodeURIComponent(forged)}`)).status]).toEqual([forged, 400]);
    }
    expect((await server.ask(`/v1/components?sort=-name&cursor=${encodeURIComponent(cursor)}`)).status).toBe(400);
    expect((await server.ask(`/v1/findings?cursor=${encodeURIComponent(cursor)}`)).status).toBe(400);
    const { epoch } = await json<{ readonly epoch: number }>('/v1/estate');
    const older = signCursor(await opened.office.context.store.cursorKey(), { list: 'components', sort: 'name', epoch: epoch - 1 }, ['a', 'b']);
    expect((await server.ask(`/v1/components?sort=name&cursor=${encodeURIComponent(older)}`)).status).toBe(410);
  });

  it('as of the day before the fix the package is affected, on the day of it not', async () => {
    for (const [day, verdicts, findings] of [
      ['2021-11-30', 404, 0],
      ['2021-12-09', ['not-affected'], 0],
      ['2021-12-13', ['affected'], 1],
      ['2021-12-14', ['not-affected'], 0],
      ['2021-12-15', ['not-affected'], 0],
    ] as const) {
      const answer = await server.ask(`/v1/packages/${log4j}/users?asOf=${day}`);
      const users = (await answer.json()) as { readonly items?: readonly { readonly verdict: string }[] };
      expect([day, users.items?.map((each) => each.verdict) ?? answer.status]).toEqual([day, verdicts]);
      expect([day, (await json<Page>(`/v1/findings?component=${pay}&asOf=${day}`)).total]).toEqual([day, findings]);
    }
  });

  it('the counts of a past day are its own and leave those of today alone', async () => {
    const critical = async (query: string): Promise<number | undefined> =>
      (await json<{ readonly findings: { readonly critical: number } | null }>(`/v1/components/${pay}${query}`)).findings?.critical;
    expect([await critical(''), await critical('?asOf=2021-12-13'), await critical(''), await critical('?asOf=2021-12-14')]).toEqual([0, 1, 0, 0]);
  });

  it('two days are compared: what appeared and what went, counted and filtered', async () => {
    type Changes = { readonly items: readonly { readonly what: string; readonly purl: string | null; readonly cause: string | null }[] };
    const log4jFindings = async (from: string, to: string): Promise<readonly string[]> =>
      (await json<Changes>(`/v1/changes?from=${from}&to=${to}&kind=finding&q=log4j-core`)).items.map(
        (each) => `${each.what} ${each.purl ?? ''}, ${each.cause ?? ''}`,
      );
    const purl = 'pkg:maven/org.apache.logging.log4j/log4j-core';
    expect(await log4jFindings('2021-12-09', '2021-12-13')).toEqual([`appeared ${purl}, advisory-published`]);
    expect(await log4jFindings('2021-12-13', '2021-12-14')).toEqual([`gone ${purl}, version-changed`]);
    expect(await log4jFindings('2021-12-09', '2021-12-14')).toEqual([]);
    const packages = await json<Changes>('/v1/changes?from=2021-12-13&to=2021-12-14&kind=package&q=log4j-core&sort=name');
    expect(packages.items).toMatchObject([{ what: 'changed', purl, before: ['2.14.1'], after: ['2.16.0'], component: { name: 'pay' } }]);
    expect(packages).toMatchObject({
      counts: { component: { appeared: 0, gone: 0 }, package: { changed: 1 }, finding: { gone: 1 } },
      causes: [{ what: 'gone', cause: 'version-changed', count: 1 }],
      components: [{ name: 'pay', packages: { changed: 1 }, findings: { gone: 1 } }],
    });
    expect((await server.ask('/v1/changes?from=2021-12-14&to=2021-12-13')).status).toBe(400);
  });

  it('what was not observed on one of two days is no change of it', async () => {
    type Changes = {
      readonly items: readonly { readonly name: string; readonly unobserved: string }[];
      readonly coverage: object;
      readonly counts: object;
    };
    const none = { appeared: 0, gone: 0, changed: 0 };
    const early = await json<Changes>('/v1/changes?from=2021-11-30&to=2021-12-02&what=not-observed&sort=name');
    expect(early.items.map((each) => `${each.name} ${each.unobserved}`)).toEqual([
      'aaa both',
      'app-a both',
      'app-b both',
      'app-c both',
      'app-d both',
      'app-e both',
      'broken both',
      'pay from',
    ]);
    expect(early).toMatchObject({ coverage: { compared: 0, inPart: 0, notObserved: 8 }, counts: { component: none, package: none, finding: none } });
    expect((await json<Changes>('/v1/changes?from=2021-11-30&to=2021-12-02')).items).toEqual([]);
    const ofOne = await json<Changes>(`/v1/changes?from=2021-12-02&to=2021-12-06&component=${pay}`);
    expect(ofOne.coverage).toEqual({ compared: 1, inPart: 0, notObserved: 0 });
  });

  it('before it was first observed a component is known to be there and nothing else', async () => {
    const list = await json<{ readonly items: readonly object[]; readonly total: number }>('/v1/components?asOf=2021-11-30');
    expect(list.total).toBe(8);
    expect(list.items[0]).toMatchObject({ packages: null, findings: null, validAt: null, readAt: null });
  });

  it('a component of which nothing could be read has no counts, which is not zero', async () => {
    expect(await json(`/v1/components/${encodeURIComponent('component:test/broken')}`)).toMatchObject({
      packages: null,
      findings: null,
      problems: 1,
    });
    expect((await json<Page>('/v1/problems?component=component:test/broken')).total).toBe(1);
  });

  it('a finding is explained down to the raw bytes, by the id of any member of its group', async () => {
    // Made with CVE-2021-23337; the group's key is GHSA-35jh-r3h4-6jhm.
    const id = '6534uth3viv6pb7f';
    const explained = await json<{
      readonly id: string;
      readonly matches: readonly object[];
      readonly facts: readonly { readonly via: readonly string[]; readonly rawHash: string; readonly receipt: { readonly id: string } }[];
    }>(`/v1/findings/${id}`);
    expect(explained.id).toBe('qvbliysvo75gzmjn');
    expect(explained).toMatchObject({ versions: ['4.17.20'], elsewhere: 4, state: 'open', fix: '4.17.21', episodes: [{ number: 1, closed: null }] });
    expect(explained.matches).toMatchObject([
      { advisoryId: 'GHSA-35jh-r3h4-6jhm', range: '<4.17.21', rangeKind: 'SEMVER', fixedIn: '4.17.21', receipt: { source: 'osv' } },
    ]);
    expect(explained.facts).toMatchObject([
      { version: '4.17.20', evidence: { kind: 'lockfile', path: 'package-lock.json' }, via: ['shown@1.0.0', 'lodash@4.17.20'] },
    ]);
    const receipt = await json<{ readonly tree: readonly object[] }>(`/v1/receipts/${explained.facts[0]?.receipt.id ?? ''}`);
    expect(receipt.tree).toContainEqual({ path: 'package-lock.json', state: 'read', hash: explained.facts[0]?.rawHash });
  });

  it('a finding that is over keeps its id, its versions and what it rested on', async () => {
    const closed = await json<Page>('/v1/findings?state=closed');
    expect(closed.items).toMatchObject([
      { state: 'fixed', versions: ['2.14.1'], exposure: { from: '2021-12-10', until: '2021-12-14' }, component: { name: 'pay' } },
    ]);
    const explained = await json(`/v1/findings/${closed.items[0]?.id ?? ''}`);
    expect(explained).toMatchObject({
      state: 'fixed',
      details: log4shell.details,
      references: [log4shell.references[0]?.url],
      facts: [{ version: '2.14.1', since: '2021-12-01' }],
    });
  });

  it('filters narrow by team, owner, severity, package and words', async () => {
    for (const [path, total] of [
      ['/v1/components?team=team-one', 2],
      ['/v1/components?owner=none&q=app', 1],
      ['/v1/components?ecosystem=npm&uses=pkg:npm/lodash@4.17.20', 5],
      ['/v1/components?severity=unknown', 5],
      ['/v1/findings?team=team-one', 2],
      ['/v1/findings?severity=critical,high', 0],
      ['/v1/findings?advisory=CVE-2021-23337&fixable=true', 5],
      ['/v1/findings?kev=true', 0],
      ['/v1/packages?ecosystem=Maven', 1],
      [`/v1/packages/${encodeURIComponent('pkg:npm/lodash')}/users?range=${encodeURIComponent('<4.17.21')}`, 5],
      // The unreadable lockfile, advisories four days old, and a feed that never came.
      ['/v1/sources?trouble=true', 3],
    ] as const) {
      expect([path, (await json<Page>(path)).total]).toEqual([path, total]);
    }
  });

  it('the download holds every row in the order asked for, not one page', async () => {
    const answer = await server.ask('/v1/components?format=csv&sort=name&limit=1');
    const lines = (await answer.text()).split('\r\n');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="components.csv"');
    expect(lines).toHaveLength(10);
    expect(lines[4]).toMatch(/^component:test\/app-c,app-c,team-two,git,git:test\/app-c,npm,2,0,0,1,0,0,0,,2021-12-11T08:00:00.000Z,/);
  });

  it('the download as JSON lines holds the same rows as the pages', async () => {
    const answer = await server.ask('/v1/components?format=jsonl&sort=name&limit=1');
    expect(answer.headers.get('content-type')).toBe('application/jsonl; charset=utf-8');
    const rows = (await answer.text()).trim().split('\n');
    expect(rows.map((row) => JSON.parse(row) as object)).toEqual((await json<Page>('/v1/components?sort=name')).items);
  });

  it('what did not change since is not sent again', async () => {
    const tag = (await server.ask('/v1/components')).headers.get('etag') ?? '';
    expect((await server.ask('/v1/components', { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await server.ask('/v1/components?limit=1', { headers: { 'if-none-match': tag } })).status).toBe(200);
  });

  it.each([
    ['/v1/components?nope=1', 400],
    ['/v1/components?limit=0', 400],
    ['/v1/components?limit=1&limit=2', 400],
    ['/v1/components?__proto__=1', 400],
    ['/v1/session?x=1', 400],
    ['/v1/packages/nothing', 400],
    ['/v1/components/none', 404],
    ['/v1/findings/none', 404],
    ['/v1/receipts/none', 404],
    ['/v1/sboms/none', 404],
    ['/v1/none', 404],
  ])('%s is answered with %s and a problem document', async (path, status) => {
    const answer = await server.ask(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ type: 'about:blank', status, instance: expect.stringMatching(/^[0-9a-f]{12}$/) as string });
  });

  const send = (query: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
    server.ask(`/v1/sboms${query}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  const outcomeOf = async (sent: Response): Promise<{ readonly state: string; readonly id: string }> => {
    expect(sent.status).toBe(202);
    const { id } = (await sent.json()) as { readonly id: string };
    const read = (): Promise<{ readonly state: string; readonly id: string }> => json(`/v1/sboms/${id}`);
    await expect.poll(async () => (await read()).state, { timeout: 5000 }).toMatch(/^(read|failed)$/);
    return read();
  };

  it('an SBOM is streamed in the form asked for, sent again only when a fact changed, and of past days too', async () => {
    const at = `/v1/components/${pay}/sbom`;
    const first = await server.ask(`${at}?format=cyclonedx-1.7-xml`);
    const tag = first.headers.get('etag') ?? '';
    expect([first.status, first.headers.get('content-type'), first.headers.get('content-disposition')]).toEqual([
      200,
      'application/vnd.cyclonedx+xml; version=1.7',
      'attachment; filename="pay.cdx.xml"',
    ]);
    expect(await first.text()).toContain('<purl>pkg:maven/org.apache.logging.log4j/log4j-core@2.16.0</purl>');
    expect((await server.ask(`${at}?format=cyclonedx-1.7-xml`, { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await server.ask(`${at}?format=cyclonedx-1.7-json`, { headers: { 'if-none-match': tag } })).status).toBe(200);
    expect(await json<object>(`${at}?asOf=2021-12-11`)).toMatchObject({ components: [{ version: '2.14.1' }] });
    expect(await json<object>(`${at}?vex=inside`)).toMatchObject({ vulnerabilities: [{ id: 'CVE-2021-44228', analysis: { state: 'resolved' } }] });
    for (const query of ['?format=spdx-9', '?vex=inside&asOf=2021-12-11', '?vex=inside&format=spdx-2.3-json'])
      expect((await server.ask(at + query)).status).toBe(400);
    expect((await server.ask(`${at}?slot=nowhere`)).status).toBe(404);
    expect((await server.ask('/v1/systems/nowhere/sbom')).status).toBe(404);
  });

  it('an upload ends as read, with its packages and findings', async () => {
    const outcome = await outcomeOf(await send('?component=component:test/app-a&slot=build', sbom('ignored')));
    expect(outcome).toMatchObject({
      state: 'read',
      component: 'component:test/app-a',
      slot: 'build',
      format: 'cyclonedx',
      packages: 1,
      problems: [],
    });
  });

  it('an upload without a component belongs to what the SBOM describes', async () => {
    expect(await outcomeOf(await send('', sbom('billing')))).toMatchObject({ state: 'read', component: 'component:uploads/billing' });
  });

  it('an upload that is no SBOM ends as failed, with the reason', async () => {
    const outcome = await outcomeOf(await send('?component=odd', '{"nothing": "here"}'));
    expect(outcome).toMatchObject({ state: 'failed', packages: null, problems: [{ severity: 'error' }] });
  });

  it('the same key gives the same upload', async () => {
    const [first, second] = await Promise.all([
      send('?component=twice', sbom('x'), { 'idempotency-key': 'k' }),
      send('?component=twice', sbom('y'), { 'idempotency-key': 'k' }),
    ]);
    expect((await outcomeOf(first)).id).toBe((await outcomeOf(second)).id);
  });

  it('what is empty, too large or of another type is refused', async () => {
    expect((await send('?component=x', '')).status).toBe(400);
    expect((await send('?component=x', 'x'.repeat(2001))).status).toBe(413);
    expect((await send('?component=x', 'x', { 'content-type': 'image/png' })).status).toBe(415);
    expect((await send('?component=x&slot=../up', '{}')).status).toBe(400);
  });

  it('a component that is not there any more cannot be asked about past its end', async () => {
    office.at('2021-12-20T08:00Z');
    await office.scan({ 'README.md': 'empty now' }, { name: 'app-d', committed: '2021-12-19T08:00Z' });
    await server.catchUp();
    expect((await json<Page>('/v1/components?q=app-d')).total).toBe(0);
    expect((await json<Page>('/v1/components?q=app-d&asOf=2021-12-18')).items).toMatchObject([{ packages: 2 }]);
    expect((await json<Page>('/v1/components?q=app-d&asOf=2021-12-19')).total).toBe(0);
  });

  it('health, readiness, metrics and the description of the API are open', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics', '/v1/openapi.json', '/v1/docs'])
      expect([path, (await fetch(server.url + path)).status]).toEqual([path, 200]);
    const described = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as { readonly paths: object };
    const paths = new Set(
      [...Object.values(routes), ...actKinds.map(({ id }) => ({ path: `/v1/acts/${id}` }))].map((route) => route.path.replace(/:(\w+)/g, '{$1}')),
    );
    expect(new Set(Object.keys(described.paths))).toEqual(paths);
    expect(await (await fetch(`${server.url}/metrics`)).text()).toMatch(
      /guildhall_estate_findings \d+\n[^]*guildhall_feed_age_seconds\{kind="osv"\} \d/,
    );
  });
});
