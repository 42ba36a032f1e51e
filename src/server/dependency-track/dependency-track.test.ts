import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPending } from '#operations/read-pending.ts';
import type { TestOffice } from '#operations/test-office.ts';
import { testOffices, type OpenTestOffice } from '#operations/test-offices.ts';
import { secretHash } from '#operations/login-link.ts';
import { openTestServer, testToken, type TestServer } from '../test-server.ts';
import { slotOfVersion } from './projects.ts';
import { newUuid, publicIdOf, uuidFor } from './uuids.ts';

const bom = (version: string): string =>
  JSON.stringify({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    components: [{ type: 'library', name: 'lodash', version, purl: `pkg:npm/lodash@${version}`, 'bom-ref': 'l' }],
  });
const record = {
  id: 'GHSA-35jh-r3h4-6jhm',
  modified: '2021-05-06T00:00:00Z',
  published: '2021-05-06T00:00:00Z',
  aliases: ['CVE-2021-23337'],
  summary: 'Command <b>injection</b>',
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [{ package: { ecosystem: 'npm', name: 'lodash' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '4.17.21' }] }] }],
};
const vex = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: { component: { type: 'application', name: 'shop', 'bom-ref': 'shop' } },
  vulnerabilities: [
    { id: 'CVE-2021-23337', analysis: { state: 'not_affected', justification: 'code_not_reachable', detail: '=1+1' }, affects: [{ ref: 'shop' }] },
  ],
});

type Project = { readonly uuid: string; readonly name: string; readonly version: string | null };

// Answers are the same on both stores; the operations behind them are tested on each.
describe('clients of Dependency-Track', () => {
  let opened: OpenTestOffice;
  let office: TestOffice;
  let server: TestServer;
  const reports: string[] = [];

  beforeAll(async () => {
    const kind = testOffices().at(0);
    if (kind === undefined) throw new Error('There is no kind of store to test on.');
    opened = await kind.open();
    office = opened.office;
    office.at('2021-06-01T09:00Z');
    await office.sync(record);
    server = await openTestServer(office, reports);
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await opened.drop();
    expect(reports).toEqual([]);
  });

  const ask = (path: string, init: RequestInit = {}, key = testToken) =>
    fetch(server.url + path, {
      ...init,
      redirect: 'manual',
      headers: { ...(init.headers as Record<string, string>), 'x-api-key': key, accept: 'application/json' },
    });
  const json = async <T>(path: string): Promise<T> => (await ask(path)).json() as Promise<T>;
  const form = (...parts: readonly (readonly [string, string | Blob])[]): RequestInit => {
    const body = new FormData();
    for (const [name, value] of parts) body.append(name, value);
    return { method: 'POST', body };
  };
  const put = (body: object): RequestInit => ({ method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const settled = async (token: string) => {
    await readPending(office.context);
    expect(await json(`/api/v1/event/token/${token}`)).toEqual({ processing: false });
  };
  const uploaded = async (init: RequestInit): Promise<{ readonly token: string; readonly projectUuid: string }> => {
    const reply = await ask('/api/v1/bom', init);
    expect(reply.status).toBe(200);
    const done = (await reply.json()) as { token: string; projectUuid: string };
    await settled(done.token);
    return done;
  };

  it('upload as the plugin of Jenkins does, wait, look the project up and read its findings', async () => {
    const sent = form(['bom', bom('4.17.20')], ['projectName', 'shop'], ['projectVersion', '1.0.0'], ['autoCreate', 'true'], ['isLatest', 'true']);
    const { token, projectUuid } = await uploaded(sent);
    expect(token).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    const project = await json<Project>('/api/v1/project/lookup?name=shop&version=1.0.0');
    expect(project).toMatchObject({
      uuid: projectUuid,
      name: 'shop',
      version: '1.0.0',
      group: 'uploads',
      active: true,
      tags: [],
      lastInheritedRiskScore: 5,
    });
    expect(await json(`/api/v1/finding/project/${project.uuid}`)).toMatchObject([
      {
        component: { name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20', project: projectUuid },
        vulnerability: {
          source: 'NVD',
          vulnId: 'CVE-2021-23337',
          title: 'Command <b>injection</b>',
          severity: 'HIGH',
          severityRank: 1,
          aliases: [{ cveId: 'CVE-2021-23337', ghsaId: 'GHSA-35jh-r3h4-6jhm' }],
        },
        analysis: { isSuppressed: false },
        matrix: expect.stringMatching(new RegExp(`^${projectUuid}:`)) as string,
      },
    ]);
    expect(await json(`/api/v1/violation/project/${project.uuid}`)).toEqual([]);
    expect(await json(`/api/v1/metrics/project/${project.uuid}/current`)).toMatchObject({
      high: 1,
      vulnerabilities: 1,
      components: 1,
      inheritedRiskScore: 5,
    });
    const patched = await ask(`/api/v1/project/${project.uuid}`, { ...put({ tags: [{ name: 'ci' }] }), method: 'PATCH' });
    expect(patched.status).toBe(304);
  });

  it('test the connection, see who they are and list projects page by page', async () => {
    const reply = await ask('/api/v1/project');
    expect(reply.headers.get('x-powered-by')).toContain('Dependency-Track');
    expect([reply.headers.get('x-total-count'), ((await reply.json()) as Project[]).map(({ name }) => name)]).toEqual(['1', ['shop']]);
    expect(await json('/api/v1/project?limit=500&excludeInactive=true&page=2')).toEqual([]);
    expect(await json('/api/version')).toMatchObject({ version: '4.13.0' });
    expect(await json('/api/v1/team/self')).toMatchObject({
      name: 'GUILDHALL_TOKEN',
      permissions: expect.arrayContaining([{ name: 'BOM_UPLOAD', description: 'BOM_UPLOAD' }]) as object[],
    });
  });

  it('send base64 or a file, with fields before or after it', async () => {
    const body = { projectName: 'shop', projectVersion: '1.0.1', autoCreate: true, bom: Buffer.from(bom('4.17.19')).toString('base64') };
    await uploaded(put(body));
    const [finding] = await json<{ component: { version: string } }[]>(`/api/v1/finding/project/${uuidFor('project', 'component:uploads/shop')}`);
    expect(finding?.component.version).toBe('4.17.19');
    await uploaded(form(['bom', new Blob([bom('4.17.20')])], ['projectName', 'shop'], ['projectVersion', '1.0.2']));
    await uploaded(form(['project', uuidFor('project', 'component:uploads/shop')], ['bom', new Blob([bom('4.17.20')])]));
  });

  it('draw a badge of numbers', async () => {
    for (const path of [`/api/v1/badge/vulns/project/${uuidFor('project', 'component:uploads/shop')}`, '/api/v1/badge/vulns/project/shop/1.0']) {
      const reply = await ask(path);
      expect(reply.headers.get('content-type')).toContain('image/svg+xml');
      expect(await reply.text()).toContain('>H 1</text>');
    }
  });

  it('send VEX, which is shown and does not count', async () => {
    const reply = await ask('/api/v1/vex', form(['vex', vex], ['projectName', 'shop'], ['projectVersion', '1.0.0']));
    expect(reply.status).toBe(200);
    const { token } = (await reply.json()) as { token: string };
    expect(await json(`/api/v1/event/token/${token}`)).toEqual({ processing: false });
    expect(await json('/v1/imported-decisions').catch(() => null)).toMatchObject({ status: 401 });
    const own = await server.ask('/v1/imported-decisions?state=unconfirmed');
    expect(await own.json()).toMatchObject({
      total: 1,
      items: [{ source: 'cyclonedx', component: 'component:uploads/shop', verdict: 'not-affected', findings: 1 }],
    });
    expect(await (await server.ask('/v1/imported-decisions?format=csv')).text()).toContain(",'=1+1,");
    expect(await json(`/api/v1/finding/project/${uuidFor('project', 'component:uploads/shop')}`)).toHaveLength(1);
    const again = await ask('/api/v1/vex', put({ projectName: 'shop', projectVersion: '2', vex: Buffer.from(vex).toString('base64') }));
    expect(again.status).toBe(200);
    expect(await (await server.ask('/v1/imported-decisions')).json()).toMatchObject({ total: 1 });
  });

  it('say what they think of a finding, which waits like every import', async () => {
    const project = uuidFor('project', 'component:uploads/shop');
    const [finding] = await json<readonly { component: { uuid: string }; vulnerability: { uuid: string } }[]>(`/api/v1/finding/project/${project}`);
    const named = { project, component: finding?.component.uuid ?? '', vulnerability: finding?.vulnerability.uuid ?? '' };
    const said = { ...named, analysisState: 'FALSE_POSITIVE', analysisDetails: 'Not called.', isSuppressed: false };
    const reply = await ask('/api/v1/analysis', put(said));
    expect([reply.status, await reply.json()]).toMatchObject([
      200,
      {
        analysisState: 'NOT_SET',
        isSuppressed: false,
        analysisComments: [{ comment: 'NOT_AFFECTED (unconfirmed): =1+1' }, { comment: 'FALSE_POSITIVE (unconfirmed): Not called.' }],
      },
    ]);
    expect(await json(`/api/v1/analysis?${new URLSearchParams(named).toString()}`)).toMatchObject({ analysisState: 'NOT_SET' });
    const own = await server.ask('/v1/imported-decisions?state=unconfirmed&source=dependency-track');
    expect(await own.json()).toMatchObject({ total: 1, items: [{ component: 'component:uploads/shop', verdict: 'false-positive', findings: 1 }] });
    expect((await ask('/api/v1/analysis', put({ ...said, component: newUuid() }))).status).toBe(404);
    expect((await ask('/api/v1/analysis', put({ ...said, analysisState: 'RESOLVED' }))).status).toBe(400);
    expect((await ask('/api/v1/analysis', put({ ...said, analysisState: 'NOT_SET' }))).status).toBe(400);
    const all = await ask('/api/v1/finding?pageSize=1&pageNumber=1');
    expect([all.headers.get('x-total-count'), await all.json()]).toMatchObject(['1', [{ component: { projectName: 'shop', project } }]]);
    expect(await (await ask('/api/v1/finding?pageSize=1&pageNumber=2')).json()).toEqual([]);
    expect(await json(`/api/v1/finding/project/${project}/export`)).toMatchObject({ version: '1.3', project: { name: 'shop' }, findings: [{}] });
    expect(await json('/api/v1/violation')).toEqual([]);
  });

  it('are told where VEX goes when they send it as an SBOM, which would empty the inventory', async () => {
    const reply = await ask('/api/v1/bom', form(['bom', vex], ['projectName', 'shop']));
    expect([reply.status, await reply.text()]).toMatchObject([400, expect.stringContaining('/api/v1/vex')]);
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const openVex = '{"@context":"https://openvex.dev/ns/v0.2.0","statements":[]}';
    for (const body of [vex, openVex]) expect((await server.ask('/v1/sboms?component=component:uploads/shop', { ...init, body })).status).toBe(400);
    const both = JSON.stringify({ ...(JSON.parse(bom('4.17.20')) as object), vulnerabilities: [{ id: 'CVE-2021-23337' }] });
    expect((await server.ask('/v1/sboms?component=component:uploads/both', { ...init, body: both })).status).toBe(202);
    expect(await json(`/api/v1/finding/project/${uuidFor('project', 'component:uploads/shop')}`)).toHaveLength(1);
  });

  it('close what a release no longer has, and the office says so in VEX', async () => {
    const at = '/v1/components/component%3Auploads%2Fshop';
    const other = '/v1/components/component%3Auploads%2Fother';
    await uploaded(form(['bom', bom('4.17.20')], ['projectName', 'other'], ['projectVersion', 'main'], ['autoCreate', 'true']));
    expect((await server.ask(`${other}/vex`)).status).toBe(404);
    office.at('2021-06-02T09:00Z');
    await uploaded(form(['bom', bom('4.17.21')], ['projectName', 'shop'], ['projectVersion', '1.1.0']));
    expect(await json(`/api/v1/finding/project/${uuidFor('project', 'component:uploads/shop')}`)).toEqual([]);
    const said = async (format: string) => (await server.ask(`${at}/vex?format=${format}`)).json();
    expect(await said('openvex')).toMatchObject({ statements: [{ status: 'fixed', products: [{ '@id': 'component:uploads/shop' }] }] });
    expect(await said('csaf')).toMatchObject({ vulnerabilities: [{ cve: 'CVE-2021-23337', product_status: { fixed: [expect.any(String)] } }] });
    expect(await said('cyclonedx')).toMatchObject({ vulnerabilities: [{ analysis: { state: 'resolved' } }] });
    expect((await server.ask(`${at}/vex?format=xlsx`)).status).toBe(400);
    const back = await server.ask(`/api/v1/bom/cyclonedx/project/${uuidFor('project', 'component:uploads/shop')}?variant=withVulnerabilities`);
    expect([back.status, back.headers.get('content-type')]).toEqual([200, 'application/vnd.cyclonedx+json; version=1.6']);
    expect(await back.json()).toMatchObject({
      components: [{ purl: 'pkg:npm/lodash@4.17.21' }],
      vulnerabilities: [{ analysis: { state: 'resolved' }, affects: [{ ref: 'pkg:npm/lodash@4.17.21' }] }],
    });
  });

  it('run beside this office for a while, and see what only one of them finds', async () => {
    const finding = (purl: string, vulnId: string) => ({ component: { purl }, vulnerability: { vulnId }, analysis: { isSuppressed: false } });
    const theirs = {
      version: '1.2',
      project: { name: 'other' },
      findings: [
        finding('pkg:npm/lodash@4.17.20', 'CVE-2021-23337'),
        finding('pkg:npm/ms@2.0.0', 'CVE-2017-20162'),
        finding('pkg:npm/lodash@4.17.20', 'CVE-1999-1'),
      ],
    };
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(theirs) };
    const reply = await server.ask('/v1/components/component%3Auploads%2Fother/comparison', init);
    expect(await reply.json()).toMatchObject({
      both: 1,
      onlyThem: 2,
      onlyUs: 0,
      rows: [
        { package: 'pkg:npm/lodash', because: 'no-advisory' },
        { package: 'pkg:npm/ms', because: 'not-in-inventory' },
        { package: 'pkg:npm/lodash', seenBy: 'both' },
      ],
    });
    const imported = await server.ask('/v1/decision-imports?component=nowhere&as=snyk', { ...init, body: 'ignore: {}' });
    expect([imported.status, await imported.json()]).toMatchObject([201, { format: 'snyk', imported: 0 }]);
    expect((await server.ask('/v1/decision-imports', { ...init, body: 'nothing' })).status).toBe(409);
  });

  it.each<[name: string, path: string, init: () => RequestInit, status: number]>([
    ['a project that is not there', '/api/v1/bom', () => form(['bom', bom('1.0.0')], ['projectName', 'nowhere'], ['projectVersion', '1']), 404],
    ['no project', '/api/v1/bom', () => form(['bom', bom('1.0.0')]), 400],
    ['no document', '/api/v1/bom', () => form(['projectName', 'shop'], ['autoCreate', 'true']), 400],
    ['XML', '/api/v1/bom', () => form(['bom', '<bom/>'], ['projectName', 'shop'], ['autoCreate', 'true']), 400],
    ['what is no base64', '/api/v1/bom', () => put({ projectName: 'shop', autoCreate: true, bom: '***' }), 400],
    ['what is no JSON', '/api/v1/bom', () => ({ ...put({}), body: '{' }), 400],
    ['a key that pollutes', '/api/v1/bom', () => ({ ...put({}), body: '{"__proto__":{"a":1}}' }), 400],
    ['too much', '/api/v1/bom', () => form(['bom', bom('1.0.0') + ' '.repeat(3000)], ['projectName', 'shop'], ['autoCreate', 'true']), 413],
    ['XML of something else', '/api/v1/bom', () => form(['bom', '<project/>'], ['projectName', 'shop'], ['autoCreate', 'true']), 400],
    ['a field of a wrong type', '/api/v1/bom', () => form(['bom', bom('1.0.0')], ['projectName', 'shop'], ['autoCreate', 'perhaps']), 400],
    ['another type', '/api/v1/bom', () => ({ method: 'PUT', headers: { 'content-type': 'text/plain' }, body: 'x' }), 415],
    ['VEX for nobody', '/api/v1/vex', () => form(['vex', vex], ['projectName', 'nowhere']), 404],
    ['an unknown project', '/api/v1/finding/project/00000000-0000-4000-8000-000000000000', () => ({}), 404],
    ['a name of markup', '/api/v1/project/lookup?name=%3Cscript%3E', () => ({}), 404],
  ])('are refused %s and leave nothing behind', async (_, path, init, status) => {
    const before = await office.context.store.lastReceipts();
    expect((await ask(path, init())).status).toBe(status);
    expect(await office.context.store.lastReceipts()).toEqual(before);
  });

  it('take CycloneDX in XML as plugins of Maven send it', async () => {
    const xml =
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component type="library"><name>a</name></component></components></bom>';
    expect((await ask('/api/v1/bom', form(['bom', xml], ['projectName', 'in-xml'], ['projectVersion', '1'], ['autoCreate', 'true']))).status).toBe(
      200,
    );
  });

  it('hold what their key allows, and need one', async () => {
    await office.context.store.auth.putApiToken({
      hash: secretHash('uploads-only'),
      name: 'ci',
      scopes: JSON.stringify(['sboms:write']),
      created: 0,
      expires: null,
      revoked: null,
    });
    const statusOf = async (path: string, key: string) => (await ask(path, {}, key)).status;
    expect(await statusOf('/api/v1/project', 'uploads-only')).toBe(403);
    expect(await statusOf('/api/v1/project', 'guessed')).toBe(401);
    expect((await fetch(`${server.url}/api/v1/project`)).status).toBe(401);
    // The header is theirs alone.
    expect(await statusOf('/v1/findings', testToken)).toBe(401);
    const [{ name }] = ((await (await ask('/api/v1/team/self', {}, 'uploads-only')).json()) as { permissions: [{ name: string }] }).permissions;
    expect(name).toBe('BOM_UPLOAD');
  });
});

describe('what stands for what', () => {
  it('a UUID is the same for the same keys, and a token finds its upload', () => {
    expect(uuidFor('project', 'component:acme/shop')).toBe(uuidFor('project', 'component:acme/shop'));
    expect(uuidFor('project', 'component:acme/shop')).not.toBe(uuidFor('component', 'component:acme/shop'));
    expect(publicIdOf('00000000-0000-4000-8000-0000000000ff')).toBe('aaaaaaaaaaiaaiaaaaaaaaaah7');
    expect([publicIdOf('nothing'), publicIdOf(newUuid())?.length]).toEqual([null, 26]);
  });

  it.each<[version: string | null, isLatest: boolean | null, slot: string]>([
    [null, null, 'default'],
    ['1.2.3', null, 'default'],
    ['v2.0.0-rc.1', true, 'default'],
    ['2024-05-01', null, 'default'],
    ['9f86d081884c', null, 'default'],
    ['1.9.8', false, '1.9.8'],
    ['main', null, 'main'],
    ['feature/a b', null, 'feature-a-b'],
  ])('version %s (latest: %s) goes to the slot %s', (version, isLatest, slot) => {
    expect(slotOfVersion(version, isLatest)).toBe(slot);
  });
});
