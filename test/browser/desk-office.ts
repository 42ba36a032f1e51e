import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { openGateway } from '#gateway/gateway.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { addPerson } from '#operations/test-people.ts';
import { openTestServer, type TestServer } from '#server/test-server.ts';
import { testStores } from '#store/test-stores.ts';

/** An office with fifty findings of one component and one finding of fourteen, and people of several roles, behind the built pages. */
export type DeskOffice = {
  readonly office: TestOffice;
  readonly server: TestServer;
  /** By which its checkpoints are signed. */
  readonly ledgerKeys: ReturnType<typeof newKeys>;
  /** A browser in which somebody is signed in. */
  as(browser: Browser, person: string, options?: Parameters<Browser['newContext']>[0]): Promise<BrowserContext>;
  close(): Promise<void>;
};

const hourMs = 3_600_000;
const single = 50;
const shared = 14;
const web = path.resolve(import.meta.dirname, '../../dist/web');
const ago = (days: number) => new Date(Date.now() - days * 24 * hourMs).toISOString();

/** Opens it on the first kind of store. `ada` and `sec` are of security, `lee` leads payments, `dev` is a developer there, `aud` an auditor. */
export async function openDeskOffice(): Promise<DeskOffice> {
  const [store] = testStores();
  const opened = await store.open();
  const gateway = openGateway({ workers: 1 });
  const office = openTestOffice(opened, gateway);
  office.at(ago(60));
  await office.scan(filesWith(Array.from({ length: single }, (_, at) => `part-${two(at)}`)), { name: 'shop' });
  for (let at = 0; at < shared; at += 1) await office.scan(filesWith(['log4js']), { name: `service-${two(at)}` });
  // What is known at the first look is planned; what comes later has a clock.
  await office.sync(advisory('GHSA-firs-tloo-kccc', 'not-used-here', low));
  office.at(ago(3));
  await office.sync(
    ...Array.from({ length: single }, (_, at) => advisory(`GHSA-aaaa-bbbb-${two(at)}cc`, `part-${two(at)}`, at % 2 === 0 ? high : low)),
    advisory('GHSA-shar-edbb-cccc', 'log4js', high),
  );
  office.at(new Date().toISOString());
  const ledgerKeys = newKeys();
  const server = await openTestServer(office, [], null, web, { ledgerKey: ledgerKeys.publicKey });
  const people = new Map<string, string>();
  const signedIn = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();
  for (const [name, role, teams] of [
    ['root', 'administrator', []],
    ['ada', 'security', []],
    ['sec', 'security', []],
    ['lee', 'team-lead', ['payments']],
    ['dev', 'developer', ['payments']],
    ['aud', 'auditor', []],
  ] as const)
    people.set(name, await addPerson(office.context, server.desk, name, { teams, role }));
  await server.catchUp();
  return {
    office,
    server,
    ledgerKeys,
    async as(browser, person, options = {}) {
      const known = signedIn.get(person);
      const context = await browser.newContext({
        viewport: { width: 1440, height: 900 },
        ...options,
        ...(known === undefined ? {} : { storageState: known }),
      });
      if (known !== undefined) return context;
      // Signing in often is refused, so that each does it once.
      const page = await context.newPage();
      await page.goto(await server.loginLink(people.get(person) ?? null));
      await page.close();
      signedIn.set(person, await context.storageState());
      return context;
    },
    async close() {
      await server.close();
      gateway.close();
      await opened.drop();
    },
  };
}

const high = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const low = 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N';

function filesWith(names: readonly string[]): Readonly<Record<string, string>> {
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  const dependencies = Object.fromEntries(names.map((name) => [name, '1.0.0']));
  return {
    'package-lock.json': JSON.stringify({ name: 'x', lockfileVersion: 3, packages: { '': { name: 'x', dependencies }, ...packages } }),
    '.github/CODEOWNERS': '* @acme/payments\n',
  };
}

function advisory(id: string, name: string, vector: string): object {
  return {
    ...{ id, modified: ago(4), published: ago(4), summary: `Something is wrong in ${name}` },
    severity: [{ type: 'CVSS_V3', score: vector }],
    affected: [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.0.1' }] }] }],
  };
}

function two(at: number): string {
  return String(at).padStart(2, '0');
}

function newKeys() {
  return generateKeyPairSync('ed25519');
}
