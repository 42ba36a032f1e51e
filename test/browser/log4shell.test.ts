import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { Notify } from '#operations/notify-configuration.ts';
import { noticesFollower } from '#operations/notify/follow-notices.ts';
import { readPending } from '#operations/read-pending.ts';
import { scanTargets } from '#operations/scan-targets.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { asOffice, personId } from '#operations/test-people.ts';
import { openTestServer, type TestServer } from '#server/test-server.ts';
import { git, temporaryFolder } from '#sources/git/fixtures/git.ts';
import { testStores, type OpenTestStore } from '#store/test-stores.ts';
import { startChromium } from './chromium.ts';

const longMs = 240_000;
const hourMs = 3_600_000;
const web = path.resolve(import.meta.dirname, '../../dist/web');
const log4j = 'pkg:maven/org.apache.logging.log4j/log4j-core';
const access = { dataDir: '/nowhere', trusted: true, proxy: null, caFile: null, credentials: [] } as const;

/** A firm of six components in three teams, and the log4j-core that each has. */
const firm = [
  ['payments', 'pay-api', '2.14.1'],
  ['payments', 'pay-batch', null],
  ['trading', 'orders', '2.14.1'],
  ['trading', 'quotes', null],
  ['platform', 'portal', '2.13.3'],
  ['platform', 'archive', null],
] as const;
const people = [
  ['sec', 'security', []],
  ['max', 'security', []],
  ['lee', 'team-lead', ['payments']],
  ['tom', 'team-lead', ['trading']],
  ['pat', 'team-lead', ['platform']],
] as const;

let opened: OpenTestStore;
let gateway: ReturnType<typeof openGateway>;
let office: TestOffice;
let server: TestServer;
let browser: Browser;
const folder = temporaryFolder();
const hourZero = Date.now() - 9 * hourMs;
const at = (hours: number): void => office.at(new Date(hourZero + hours * hourMs).toISOString());

beforeAll(async () => {
  const [store] = testStores();
  opened = await store.open();
  gateway = openGateway({ workers: 1 });
  office = openTestOffice(opened, gateway);
  at(-30 * 24);
  // What is known at the first look is planned; what comes later has a clock.
  await office.sync(advisory('GHSA-firs-tloo-kccc', [], 'org.example:not-used-here', { introduced: '0' }));
  for (const [team, name, version] of firm) {
    const repository = path.join(folder.path, name);
    fs.mkdirSync(path.join(repository, '.github'), { recursive: true });
    git(repository, ['init', '-q', '-b', 'main']);
    git(repository, ['remote', 'add', 'origin', `https://git.harbour.example/${team}/${name}.git`]);
    fs.writeFileSync(path.join(repository, '.github/CODEOWNERS'), `* @harbour/${team}\n`);
    commit(name, version, -31 * 24);
  }
  await scan(...firm.map(([, name]) => name));
  await office.upload(refOf('payments', 'pay-api'), sbom('2.14.1'));
  await office.upload(refOf('payments', 'pay-api'), sbom('2.14.1'), 'production');
  at(0);
  server = await openTestServer(office, [], null, web, { uploadBytes: 100_000 });
  for (const [name, role, teams] of people) {
    const person = { id: personId(name), name, user: name, email: `${name}@harbour.example` };
    await asOffice(office.context, server.desk, 'record-people', { source: 'local', people: [{ id: person.id, teams }] }, { people: [person] });
    await asOffice(office.context, server.desk, 'grant-role', { id: `g${name}`.padEnd(26, 'x'), person: person.id, role });
  }
  browser = await startChromium();
}, longMs);
afterAll(async () => {
  await browser.close();
  await server.close();
  gateway.close();
  await opened.drop();
  folder.remove();
}, longMs);

it('Log4Shell day: from hour zero to the last clock, by its pages', { timeout: longMs }, async () => {
  const follow = noticesFollower();
  const notify = Notify.parse({
    office: 'https://office.harbour.example/',
    channels: [{ kind: 'mail', name: 'mail', host: '127.0.0.1', port: 1, tls: 'none', from: 'guildhall@harbour.example' }],
  });
  await follow(office.context, notify);
  const said = async (kind: string): Promise<readonly string[]> => {
    await follow(office.context, notify);
    return (await office.context.store.deliveries.list(null))
      .filter((each) => each.kind === kind)
      .map((each) => each.recipient)
      .sort();
  };
  const [sec, max, lee, tom, pat] = await Promise.all(people.map(async ([name]) => signedIn(name)));
  if (sec === undefined || max === undefined || lee === undefined || tom === undefined || pat === undefined) throw new Error('Somebody is missing.');

  // Hour zero: no CVE yet.
  await sec.goto(`${server.url}/incidents`);
  await sec.getByRole('button', { name: 'Open an incident' }).click();
  await sec.getByLabel('What is it').fill('Remote code execution by a logged text');
  await sec.getByLabel('Package', { exact: true }).fill(log4j);
  await sec.getByLabel('Affected from').fill('2.0');
  await sec.getByRole('button', { name: 'Open it and ask every owner' }).click();
  await sec.getByRole('link', { name: 'Go to the incident' }).click();
  await sec.waitForURL('**/incidents/*');
  const incident = sec.url();
  await settled();
  at(1);
  await scan('pay-batch', 'quotes');
  await sec.getByRole('row', { name: /^orders trading Exposed/ }).waitFor();
  await sec.getByRole('row', { name: /^archive platform Not scanned since/ }).waitFor();
  await sec.getByText('3 components exposed or perhaps exposed, 3 without an answer, 1 not scanned since').waitFor();
  expect(await said('incident')).toEqual(['lee', 'pat', 'tom'].map(personId));

  await lee.goto(incident);
  await lee.getByLabel('Answer for pay-api').selectOption('acknowledged');
  await lee.getByRole('row', { name: /^pay-api payments .*Acknowledged/ }).waitFor();
  await sec.getByText('3 components exposed or perhaps exposed, 2 without an answer, 1 not scanned since').waitFor();
  await sec.getByRole('row', { name: /^trading 1 0 1 0 0 0$/ }).waitFor();

  // One team knows before anybody has a number for it.
  await decide(pat, 'portal', async () => {
    await pat.keyboard.press('2');
    await pat.locator('[data-justification]').selectOption('code_not_reachable');
    await reason(pat, 'Lookups are taken out of its class path.');
  });
  await pat.getByText(/^Not affected: .*log4j-core/).waitFor();

  // The CVE comes with a sync, and the two become one.
  at(3);
  await office.sync(
    advisory('GHSA-jfh8-c2jp-5v3q', ['CVE-2021-44228'], 'org.apache.logging.log4j:log4j-core', { introduced: '2.0', fixed: '2.15.0' }),
  );
  await server.catchUp();
  at(3.2);
  await sec.getByRole('button', { name: 'It is this incident' }).click();
  await sec.getByText(/CVE-2021-44228, GHSA-jfh8-c2jp-5v3q, OWN-/).waitFor();
  at(3.5);
  await sec.getByRole('button', { name: 'Correct…' }).click();
  await sec.getByLabel('Fixed in').fill('2.15.0');
  await sec.getByLabel('How that is known').fill('The published advisory says so.');
  await sec.getByRole('button', { name: 'Correct the versions' }).click();
  await sec.getByText('from 2.0, fixed in 2.15.0').waitFor();
  await settled();
  const { total, items } = await ask<{ total: number; items: { opened: string; triage: string }[] }>(
    '/v1/findings?advisory=CVE-2021-44228&sort=component',
  );
  expect(total).toBe(3);
  expect(items.map(({ opened: known, triage }) => [Date.parse(known) <= hourZero + hourMs, triage])).toEqual([
    [true, 'open'],
    [true, 'open'],
    [true, 'not-affected'],
  ]);

  // One team accepts, with an end and a second person; the first may not be that.
  await decide(tom, 'orders', async () => {
    await tom.keyboard.press('5');
    await reason(tom, 'It is taken out of service in March.');
    await tom.getByLabel('Compensating control').fill('Outgoing connections are blocked.');
    await tom.getByLabel('Owner of the risk').fill('tom');
  });
  await tom.getByText(/^Risk accepted: .*log4j-core/).waitFor();
  await tom.goto(`${server.url}/findings?view=approvals`);
  await tom.getByText('Outgoing connections are blocked.').waitFor();
  expect(await tom.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  await max.goto(`${server.url}/findings?view=approvals`);
  await max.getByLabel('Reason, shown to auditors').fill('Agreed until then.');
  await max.getByRole('button', { name: 'Approve' }).click();
  await max.getByText('Nothing waits for you.').waitFor();
  expect(await triageOf('orders')).toBe('accepted');

  // One team fixes it: only evidence says how far that is.
  at(5);
  commit('pay-api', '2.17.1', 5);
  await scan('pay-api');
  await lee.goto(findingsOf('pay-api'));
  await lee.getByText('fixed in source', { exact: true }).first().waitFor();
  at(6);
  await upload('2.17.1', 'default');
  await lee.reload();
  await lee.getByText('built', { exact: true }).first().waitFor();
  expect(
    (await ask<{ items: { clock: string }[] }>('/v1/findings?component=' + encodeURIComponent(refOf('payments', 'pay-api')))).items,
  ).toMatchObject([{ clock: 'running' }]);
  at(8);
  await upload('2.17.1', 'production');
  await lee.reload();
  await lee.getByText('No finding matches.').waitFor();
  await sec.getByRole('row', { name: /^pay-api payments Gone .* Acknowledged$/ }).waitFor();

  // Days to close lead to the rows that they are the mean of.
  await sec.goto(`${server.url}/sla`);
  await sec.getByText('Days to close (MTTR)').waitFor();
  await sec
    .getByRole('row', { name: /^payments / })
    .getByRole('link', { name: '0.3' })
    .click();
  await sec.waitForURL('**/sla/closed?team=payments');
  await sec.getByRole('row', { name: /CVE-2021-44228 pay-api payments .* 0\.3 in time/ }).waitFor();

  // What was decided leaves as VEX, and comes back.
  await pat.goto(`${server.url}/components/${encodeURIComponent(refOf('platform', 'portal'))}`);
  for (const [form, sign] of [
    ['OpenVEX', 'vulnerable_code_not_in_execute_path'],
    ['CSAF', 'vulnerable_code_not_in_execute_path'],
    ['CycloneDX', 'code_not_reachable'],
  ] as const) {
    const text = await downloaded(pat, () => pat.getByRole('group', { name: 'VEX of this component' }).getByRole('link', { name: form }).click());
    expect(text).toContain(sign);
    expect(text).toContain('CVE-2021-44228');
    const answer = await server.ask(`/v1/decision-imports?file=${form}.json`, { method: 'POST', body: text });
    expect([form, answer.status, await answer.json()]).toMatchObject([form, 201, { imported: 1, matched: 1, problems: [] }]);
  }

  await pat.goto(`${server.url}/imported?state=unconfirmed`);
  await pat.getByRole('checkbox', { name: 'Choose CVE-2021-44228' }).first().check();
  await pat.getByLabel('Reason, shown to auditors').fill('It is what we said ourselves.');
  await pat.getByRole('button', { name: 'Stand behind 1 decision' }).click();
  await pat.getByText('1 decision confirmed.').waitFor();
  await pat.goto(`${server.url}/imported?state=confirmed`);
  await pat.getByRole('row', { name: /Not affected: CVE-2021-44228 .* confirmed$/ }).waitFor();
  expect(await graveViolations(pat)).toEqual([]);

  // Another tool beside this one finds the same, and something that nothing here knows.
  await pat.getByRole('link', { name: 'Compare with another tool' }).click();
  await pat.getByLabel('Component', { exact: true }).fill(refOf('platform', 'portal'));
  await pat
    .getByLabel('Findings of the other tool')
    .setInputFiles({ name: 'other.json', mimeType: 'application/json', buffer: Buffer.from(otherTool()) });
  await pat.getByRole('button', { name: 'Compare', exact: true }).click();
  await pat.getByRole('row', { name: /^Both CVE-2021-44228 / }).waitFor();
  await pat.getByRole('row', { name: /^Only they CVE-2021-00000 .* no advisory here bears the id/ }).waitFor();
  expect(await graveViolations(pat)).toEqual([]);

  // How it stands, for whoever asks: a decision is an answer, too.
  await sec.goto(incident);
  await sec.getByText('2 components exposed or perhaps exposed, 0 without an answer, 1 not scanned since').waitFor();
  await sec.getByRole('row', { name: /^orders trading Exposed .* risk accepted/ }).waitFor();
  const csv = await downloaded(sec, () => sec.locator('[data-export=csv]').click());
  const rows = csv.trim().split('\r\n');
  expect(
    rows
      .map((row) =>
        row
          .split(',')
          .slice(0, 3)
          .join(' ')
          .replace(/^component:git\.harbour\.example-/, ''),
      )
      .sort(),
  ).toEqual([
    'component team state',
    'payments/pay-api payments gone',
    'platform/archive platform not-scanned',
    'platform/portal platform exposed',
    'trading/orders trading exposed',
  ]);
});

function commit(name: string, version: string | null, hours: number): void {
  const repository = path.join(folder.path, name);
  fs.writeFileSync(path.join(repository, 'pom.xml'), pom(name, version));
  git(repository, ['add', '-A']);
  git(repository, ['commit', '-q', '-m', 'Change'], undefined, new Date(hourZero + hours * hourMs).toISOString());
}

async function scan(...names: readonly string[]): Promise<void> {
  await scanTargets(
    office.context,
    names.map((name) => ({ at: path.join(folder.path, name), kind: 'git' as const })),
    access,
  );
  await readPending(office.context);
  await (server as TestServer | undefined)?.catchUp();
}

async function settled(): Promise<void> {
  await readPending(office.context);
  await server.catchUp();
}

async function upload(version: string, slot: string): Promise<void> {
  const answer = await server.ask(`/v1/sboms?component=${encodeURIComponent(refOf('payments', 'pay-api'))}&slot=${slot}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: sbom(version),
  });
  expect(answer.status).toBe(202);
  await settled();
}

function refOf(team: string, name: string): string {
  return `component:git.harbour.example-${team}/${name}`;
}

function findingsOf(name: string): string {
  const team = firm.find((each) => each[1] === name)?.[0] ?? '';
  return `${server.url}/findings?component=${encodeURIComponent(refOf(team, name))}`;
}

async function signedIn(name: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(await server.loginLink(personId(name)));
  return page;
}

/** Opens the one finding of a component, writes a decision and records it. */
async function decide(page: Page, component: string, write: () => Promise<void>): Promise<void> {
  await page.goto(findingsOf(component));
  await page.getByText('Nobody yet').waitFor();
  await write();
  await page.locator('[data-form] button:enabled', { hasText: 'Record for 1' }).waitFor();
  await page.keyboard.press('Control+Enter');
}

async function reason(page: Page, text: string): Promise<void> {
  await page.getByLabel('Reason').fill(text);
}

async function triageOf(name: string): Promise<string | undefined> {
  const { items } = await ask<{ items: { triage: string; component: { name: string } }[] }>('/v1/findings?advisory=CVE-2021-44228');
  return items.find((each) => each.component.name === name)?.triage;
}

async function downloaded(page: Page, click: () => Promise<void>): Promise<string> {
  const coming = page.waitForEvent('download');
  await click();
  return fs.readFileSync(await (await coming).path(), 'utf8');
}

async function ask<Body>(address: string): Promise<Body> {
  const answer = await server.ask(address);
  expect(answer.status, address).toBe(200);
  return (await answer.json()) as Body;
}

function advisory(id: string, aliases: readonly string[], name: string, range: { readonly introduced: string; readonly fixed?: string }): object {
  const { introduced, fixed } = range;
  return {
    ...{ id, aliases, modified: new Date(office.context.clock()).toISOString(), published: new Date(office.context.clock()).toISOString() },
    summary: `Something is wrong in ${name}`,
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H' }],
    affected: [
      {
        package: { ecosystem: 'Maven', name },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced }, ...(fixed === undefined ? [] : [{ fixed }])] }],
      },
    ],
  };
}

function pom(name: string, version: string | null): string {
  const dependency =
    version === null
      ? '<dependency><groupId>org.example</groupId><artifactId>words</artifactId><version>1.0.0</version></dependency>'
      : `<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId><version>${version}</version></dependency>`;
  return `<project><modelVersion>4.0.0</modelVersion><groupId>harbour</groupId><artifactId>${name}</artifactId><version>1</version><dependencies>${dependency}</dependencies></project>`;
}

function otherTool(): string {
  const purl = `${log4j}@2.13.3`;
  const vulnerabilities = ['CVE-2021-44228', 'CVE-2021-00000'].map((id) => ({ id, affects: [{ ref: purl }] }));
  return JSON.stringify({ ...(JSON.parse(sbom('2.13.3')) as object), vulnerabilities });
}

async function graveViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

function sbom(version: string): string {
  const purl = `${log4j}@${version}`;
  return JSON.stringify({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    components: [{ type: 'library', group: 'org.apache.logging.log4j', name: 'log4j-core', version, purl, 'bom-ref': purl }],
  });
}
