import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openGateway } from '#gateway/gateway.ts';
import { reopenCases } from '#operations/council/reopen-cases.ts';
import { openTestOffice, type TestOffice } from '#operations/test-office.ts';
import { addPerson, asOffice, personId } from '#operations/test-people.ts';
import type { CouncilCaseDetail } from '#server/schemas/council.ts';
import { openTestServer, type TestServer } from '#server/test-server.ts';
import { testStores } from '#store/test-stores.ts';
import { startChromium } from './chromium.ts';

const longMs = 240_000;
const dayMs = 86_400_000;
const caseId = 'caseofghostscript'.padEnd(26, 'x');
const dayAfter = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const members = [
  ['leg', 'counsel', 'legal'],
  ['eng', 'council', 'engineering'],
  ['sec', 'security', 'security'],
  ['off', 'office', 'office'],
] as const;

let office: TestOffice;
let server: TestServer;
let browser: Browser;
let close: () => Promise<void>;
beforeAll(async () => {
  const [store] = testStores();
  const gateway = openGateway({ workers: 1 });
  const [opened, started] = await Promise.all([store.open(), startChromium()]);
  browser = started;
  office = openTestOffice(opened, gateway);
  office.at(new Date().toISOString());
  await office.scan(
    {
      'package-lock.json': JSON.stringify({
        name: 'x',
        lockfileVersion: 3,
        packages: {
          '': { name: 'x', dependencies: { ghost: '10.2.0', sheet: '2.0.0' } },
          'node_modules/ghost': { version: '10.2.0' },
          'node_modules/sheet': { version: '2.0.0', license: 'SSPL-1.0' },
          'node_modules/x/node_modules/sheet': { version: '1.4.0', license: 'MIT' },
        },
      }),
      CODEOWNERS: '* @acme/portal\n',
    },
    { name: 'renderer' },
  );
  server = await openTestServer(office, [], null, path.resolve(import.meta.dirname, '../../dist/web'));
  for (const [name, role, seat] of members) {
    const person = await addPerson(office.context, server.desk, name, { role });
    await asOffice(office.context, server.desk, 'seat-member', { id: `seat${name}`.padEnd(26, 'x'), person, function: seat });
  }
  await addPerson(office.context, server.desk, 'dev', { teams: ['portal'], role: 'developer' });
  await server.catchUp();
  close = async () => {
    await browser.close();
    await server.close();
    gateway.close();
    await opened.drop();
  };
}, longMs);
afterAll(() => close(), longMs);

describe('the council', () => {
  it('permits an exception with a condition and an end, and is asked again when the end comes', { timeout: longMs }, async () => {
    const dev = await signedIn('dev');
    const form = {
      package: 'pkg:npm/ghost',
      version: '10.2.0',
      licence: 'AGPL-3.0-only AND (MIT OR Apache-2.0 WITH LLVM-exception)',
      component: 'component:test/renderer',
      delivery: 'saas',
    };
    await act(dev, 'request-review', { id: caseId, question: { kind: 'use', form } }, { title: 'Use of ghost 10.2 in the renderer' });
    for (const name of ['sec', 'off']) await act(await signedIn(name), 'vote', { case: caseId, says: 'yes' }, { reason: 'It runs in a sandbox.' });

    await withPage('leg', async (page) => {
      await page.goto(`${server.url}/council?forMe=true`);
      await page.getByRole('link', { name: 'Use of ghost 10.2 in the renderer' }).click();
      await page.getByText('Quorum 2 of 4').waitFor();
      await page.getByText('offered over a network (this case)').waitFor();
      await page.getByRole('button', { name: 'Rely on this… branch: AGPL-3.0-only AND MIT' }).click();
      await page.getByRole('dialog').getByLabel('Why').fill('It asks for less.');
      await page.getByRole('dialog').getByRole('button', { name: 'Rely on this branch' }).click();
      await page.getByText('as counsel chose in IP-1').waitFor();
      expect(await seriousOn(page)).toEqual([]);
      await page.keyboard.press('2');
      await page.keyboard.type('Buy the contract, or take it out.');
      await page.getByLabel('By when').fill(dayAfter(20));
      await page.getByLabel('If it is late').selectOption('asked-again');
      await page.getByText('confirmed by a second person').click();
      await page.getByLabel(/^Reason/).fill('The contract is cheaper than the rewrite.');
      await page.getByLabel(/^Ends/).fill(dayAfter(2));
      await page.keyboard.press('Control+Enter');
      await page.getByText('Quorum 3 of 4').waitFor();
    });
    await withPage('eng', async (page) => {
      await page.goto(`${server.url}/council/IP-1`);
      await page.getByText('If the votes are then enough, this closes the case.').waitFor();
      await page.keyboard.press('1');
      await page.getByLabel(/^Reason/).fill('It is a process of its own.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Approved with conditions').first().waitFor();
      await page.getByText('Buy the contract, or take it out.').waitFor();
      await page.goto(`${server.url}/components/${encodeURIComponent('component:test/renderer')}`);
      await page.getByRole('region', { name: 'Conditions of the council' }).getByText('if late, the council is asked again').waitFor();
    });
    expect(await caseAs(dev)).toMatchObject({ state: 'decided', outcome: 'approved-with-conditions', until: `${dayAfter(2)}T00:00:00.000Z` });
    expect(server.desk.desk.licenceExceptions.get(caseId)).toMatchObject({ council: 'IP-1', verdict: 'conditions' });

    office.at(`${dayAfter(2)}T00:00:00Z`);
    // Sessions are over by then.
    contexts.clear();
    expect(await caseAs(await signedIn('dev'))).toMatchObject({ state: 'expired', until: null });
    expect(await reopenCases(office.context)).toBe(1);
    await server.catchUp();
    await withPage('dev', async (page) => {
      await page.goto(`${server.url}/council/IP-1`);
      await page.getByText('round 2').waitFor();
      await page.getByText('Quorum 0 of 4').waitFor();
      await page.getByText(/^Ended .*its end comes/).waitFor();
      await page.getByText('fell away').waitFor();
      await page.getByText('Members of the council vote.').waitFor();
    });
    expect(server.desk.desk.licenceExceptions.has(caseId)).toBe(false);
  });

  it('is asked from the page that answers "may I use this?", by keyboard alone', { timeout: longMs }, async () => {
    await withPage('dev', async (page) => {
      await page.goto(`${server.url}/may-i-use?for=component:test/renderer`);
      await page.getByLabel('Package').waitFor();
      await page.keyboard.type('sheet@2.0.0');
      await page.keyboard.press('Enter');
      const verdict = page.getByRole('region', { name: 'Verdict' });
      await verdict
        .getByText('Denied', { exact: true })
        .or(verdict.getByText('Unknown', { exact: true }))
        .waitFor();
      await verdict.getByText('SSPL-1.0', { exact: true }).waitFor();
      await page.getByRole('row', { name: /sheet@1\.4\.0 Allowed 1.component/ }).waitFor();
      await page.getByText('portal', { exact: true }).waitFor();
      await page.getByText('leg', { exact: true }).waitFor();
      expect(await seriousOn(page)).toEqual([]);
      await page.getByLabel('What it is for').fill('Sheets in the portal.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.getByText(/asks the council about it|The council is asked/).waitFor();
      await page.goto(`${server.url}/components/${encodeURIComponent('component:test/renderer')}`);
      await page.getByRole('region', { name: 'Licence' }).getByRole('link', { name: 'sheet 2.0.0' }).click();
      await page.getByRole('region', { name: 'Verdict' }).waitFor();
      await page.goto(`${server.url}/obligations?component=component:test/renderer&obligation=give-notices`);
      await page.getByRole('link', { name: 'pkg:npm/sheet@1.4.0' }).waitFor();
      const [notices] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Notices' }).click()]);
      expect(notices.suggestedFilename()).toBe('notice.html');
      expect(await seriousOn(page)).toEqual([]);
      await page.goto(`${server.url}/may-i-use?package=nobody-has-this`);
      await page.getByRole('link', { name: 'npm', exact: true }).click();
      await page.getByText('Do not take this for a yes', { exact: false }).waitFor();
    });
  });

  it('asks the owner for facts in the form, whose answer changes the verdict', { timeout: longMs }, async () => {
    const leg = await signedIn('leg');
    const { items } = (await (await leg.request.get(`${server.url}/v1/council/cases?q=sheet`)).json()) as {
      readonly items: readonly CouncilCaseDetail[];
    };
    const { id: sheet = '', name = '' } = items[0] ?? {};
    const mayI = `${server.url}/may-i-use?package=pkg:npm/sheet&version=2.0.0&for=component:test/renderer`;
    await withPage('leg', async (page) => {
      await page.goto(`${server.url}/council/${sheet}`);
      await page.getByRole('button', { name: 'Ask for facts…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Ask for facts' });
      await dialog.getByLabel('Delivery').waitFor();
      expect([await dialog.getByLabel('Delivery').isChecked(), await dialog.getByLabel('Licence').isChecked()]).toEqual([true, false]);
      await dialog.getByLabel('What must be known').fill('How does it reach clients?');
      expect(await seriousOn(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Ask for facts' }).click();
      await page.getByText('waits for facts').first().waitFor();
    });
    await withPage('dev', async (page) => {
      await page.goto(`${server.url}/council/${sheet}`);
      await page.getByRole('button', { name: 'Answer…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Answer the council' });
      await dialog.getByText('How does it reach clients?').waitFor();
      await dialog.getByLabel('Delivery').selectOption('saas');
      await dialog.getByLabel('Modified').selectOption('no');
      await dialog.getByText('Say so of component:test/renderer, too').waitFor();
      expect([await dialog.getByLabel('Licence').count(), ...(await seriousOn(page))]).toEqual([0]);
      await dialog.getByLabel('Answer', { exact: true }).fill('By the portal, and nothing else.');
      await dialog.getByRole('button', { name: 'Answer' }).click();
      await page.getByText('offered over a network (this case)').waitFor();
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Markdown: Export case' }).click()]);
      expect(file.suggestedFilename()).toBe(`${name}.md`);
      await page.goto(mayI);
      await page.getByRole('region', { name: 'Verdict' }).getByText('Denied', { exact: true }).waitFor();
    });
    expect(server.desk.desk.artifacts.get('component:test/renderer')?.get('app')).toMatchObject({ deliveries: ['saas'], modified: false });
    // What is asked next knows nothing of it.
    await act(await signedIn('dev'), 'withdraw-artifact', { component: 'component:test/renderer', name: 'app' }, null);
  });

  it('is asked by a form, shows counsel alone what counsel wrote, and holds on a narrow screen', { timeout: longMs }, async () => {
    await withPage('dev', async (page) => {
      await page.goto(`${server.url}/council`);
      await page.getByRole('button', { name: 'Ask the council…' }).click();
      await page.getByLabel('In a line').fill('May we mend quickfix?');
      await page.getByRole('dialog').getByLabel('Kind').selectOption('contribution');
      const form = page.getByRole('dialog', { name: 'Ask the council' });
      await form.getByLabel('Package').fill('pkg:maven/org.quickfixj/quickfixj-core');
      await form.locator('[name="form.what"]').selectOption('fix');
      await form.getByLabel('Countries').fill('DE, GB');
      await form.locator('[name="form.agreement"]').selectOption('dco');
      await form.getByLabel('Team').fill('portal');
      await form.getByRole('button', { name: 'Ask', exact: true }).click();
      await page.getByRole('link', { name: 'Go to the case' }).click();
      await page.getByRole('heading', { name: 'May we mend quickfix?' }).waitFor();
    });
    const leg = await signedIn('leg');
    await act(leg, 'advise-case', { case: caseId }, { text: 'Our position is weak.' });
    await withPage('leg', async (page) => {
      await page.goto(`${server.url}/council/IP-1`);
      await page.getByText('Our position is weak.').waitFor();
    });
    await withPage(
      'off',
      async (page) => {
        await page.goto(`${server.url}/council/IP-1`);
        await page.getByRole('heading', { name: 'Precedents' }).waitFor();
        expect(await page.getByText('Our position is weak.').count()).toBe(0);
        expect(await page.getByText('Privileged').count()).toBe(0);
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
        await page.goto(`${server.url}/council?view=members`);
        await page.getByText('Data protection').or(page.getByText('Engineering')).first().waitFor();
        expect(await seriousOn(page)).toEqual([]);
      },
      { viewport: { width: 420, height: 900 }, colorScheme: 'dark' },
    );
  });
});

describe('the IP policy', () => {
  it('is changed by counsel without JSON and by keyboard, says what would change, and is proposed', { timeout: longMs }, async () => {
    await withPage(
      'leg',
      async (page) => {
        await page.goto(`${server.url}/ip-policy`);
        await page.getByRole('grid').getByRole('gridcell').first().focus();
        for (const key of ['ArrowDown', 'ArrowRight', 'Shift+End', 'd']) await page.keyboard.press(key);
        await page.getByText('8 uses: Permissive × ').waitFor();
        await page
          .getByText(/1.difference/)
          .first()
          .waitFor();
        await page.getByRole('button', { name: '1 from allowed to unknown: show them' }).click();
        const rows = page.getByRole('region', { name: 'Allowed now, Unknown then' });
        await rows.getByRole('link', { name: 'npm/sheet 1.4.0' }).waitFor();

        await page.getByRole('tab', { name: /^Categories/ }).click();
        const permissive = page.getByRole('group').filter({ hasText: 'Use it for anything' });
        await permissive.locator('summary').click();
        await permissive.getByLabel('Licence', { exact: true }).fill('SSPL-1.0');
        await permissive.getByText('It is in “Source to see, not open source” now and would move here.').waitFor();
        await page.keyboard.press('Enter');
        await permissive.getByRole('button', { name: 'Take out SSPL-1.0' }).waitFor();
        await page
          .getByText(/3.differences/)
          .first()
          .waitFor();
        for (const part of ['Lines', 'Categories', 'Obligations', 'Changes and mixing', 'Builds', 'JSON']) {
          await page.getByRole('tab', { name: new RegExp(`^${part}`) }).click();
          const [first] = await page.getByRole('tabpanel').locator('details:not([open]) summary').all();
          await first?.click();
          if (['Lines', 'Categories', 'Builds'].includes(part)) expect(await seriousOn(page), part).toEqual([]);
          expect(await page.evaluate('document.documentElement.scrollWidth'), part).toBeLessThanOrEqual(1024);
        }
        await page.getByRole('button', { name: 'Undo' }).click();
        await page
          .getByText(/1.difference ·/)
          .first()
          .waitFor();
        await page.getByLabel('Why it is proposed').fill('Nothing is given out any more.');
        await page.getByRole('button', { name: 'Propose' }).click();
        await page.getByText('Proposed. It takes effect once counsel approves it.').waitFor();
        await page.getByRole('region', { name: 'Waits for counsel' }).getByText('rules.permissive-denied').waitFor();
      },
      { viewport: { width: 1024, height: 800 }, colorScheme: 'dark' },
    );
    const [waiting] = server.desk.desk.ipPolicies.proposed;
    expect(waiting?.policy.rules.find(({ id }) => id === 'permissive-denied')).toMatchObject({ categories: ['permissive'], verdict: 'denied' });
  });
});

describe('approvals of other tools', () => {
  it('are taken over by the office and answered by counsel without a pointer, many at once', { timeout: longMs }, async () => {
    const csv = [
      'package,version,licence,status,component,conditions',
      'pkg:npm/sheet,2.0.0,SSPL-1.0,approved,renderer,',
      'pkg:npm/sheet,1.4.0,MIT,approved with conditions,renderer,Keep the notice',
      'pkg:npm/left-out,1.0.0,MIT,perhaps,,',
    ].join('\n');
    await withPage('off', async (page) => {
      await page.goto(`${server.url}/approvals`);
      await page.getByText('There is no such approval.').waitFor();
      await page.getByText('Take over approvals of another tool').click();
      await page.getByLabel('File', { exact: true }).setInputFiles({ name: 'approvals.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
      await page.getByRole('button', { name: 'Take it over, unconfirmed' }).click();
      await page.getByText('2 approvals taken over from approvals-csv, 2 about a package in use; 0 known before, 0 expired.').waitFor();
      await page.getByText('"perhaps" approves and denies nothing', { exact: false }).waitFor();
    });
    const denied = { approvalStatus: 'REJECTED', origins: [{ externalNamespace: 'npmjs', externalId: 'sheet/2.0.0' }] };
    const sent = await (
      await signedIn('off')
    ).request.post(`${server.url}/v1/approval-imports?as=black-duck&component=renderer&file=bd.json`, {
      data: Buffer.from(JSON.stringify({ items: [denied] })),
      headers: { origin: server.url, 'content-type': 'application/octet-stream' },
    });
    expect([sent.status(), await sent.json()]).toMatchObject([201, { imported: 1, matched: 1, problems: [] }]);
    for (const colorScheme of ['light', 'dark'] as const)
      await withPage(
        'dev',
        async (page) => {
          await page.goto(`${server.url}/approvals`);
          await page.getByRole('link', { name: 'approvals-csv says: approved', exact: false }).waitFor();
          await page.getByText('Counsel answers these.').waitFor();
          for (const details of await page.locator('td details').all()) await details.click();
          expect([colorScheme, await seriousOn(page)]).toEqual([colorScheme, []]);
          await page.setViewportSize({ width: 420, height: 900 });
          expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
        },
        { colorScheme },
      );
    await withPage('leg', async (page) => {
      await page.goto(`${server.url}/approvals?says=denied`);
      await page.getByText('permits nothing', { exact: true }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.getByRole('button', { name: 'Reject 1 approval' }).waitFor();
      await page.keyboard.press('c');
      await page.keyboard.type('Another component was meant.');
      await page.keyboard.press('Enter');
      await page.getByText('1 approval rejected.').waitFor();
      await page.goto(`${server.url}/approvals?state=unconfirmed`);
      await page.getByText('Keep the notice', { exact: false }).waitFor();
      await page.keyboard.press('Shift+X');
      await page.getByRole('button', { name: 'Stand behind 2 approvals' }).waitFor();
      await page.keyboard.press('c');
      await page.keyboard.type('As IP-4 said.');
      expect(await seriousOn(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await page.getByText('2 approvals confirmed.').waitFor();
      await page.goto(`${server.url}/approvals?state=confirmed&package=pkg:npm/sheet`);
      await page.getByText('1–2 of 2').waitFor();
      expect(await seriousOn(page)).toEqual([]);
      await page.getByRole('link', { name: 'until' }).first().click();
      await page.getByText('said by approvals-csv').first().waitFor();
    });
    const standing = [...server.desk.desk.licenceExceptions.values()].filter(({ predicate }) => predicate.package === 'pkg:npm/sheet');
    expect(standing.map(({ predicate, verdict, council }) => [predicate.component, predicate.licence, verdict, council]).sort()).toEqual([
      ['component:test/renderer', 'MIT', 'conditions', null],
      ['component:test/renderer', 'SSPL-1.0', 'allowed', null],
    ]);
    for (const { id } of standing)
      await act(await signedIn('leg'), 'withdraw-licence-exception', { id }, { reason: 'The others begin without them.' });
  });
});

describe('exceptions', () => {
  it('are shown with what they change, lead to it, and are taken back by counsel', { timeout: longMs }, async () => {
    const body = { id: 'ghost'.padEnd(26, 'x'), predicate: { package: 'pkg:npm/ghost' }, verdict: 'conditions' };
    const words = { reason: 'It is inside only.', conditions: 'It stays inside.' };
    await act(await signedIn('leg'), 'grant-licence-exception', { ...body, until: `${dayAfter(9)}T00:00:00Z` }, words);
    await withPage(
      'leg',
      async (page) => {
        await page.goto(`${server.url}/obligations`);
        await page.getByRole('heading', { level: 1, name: 'Obligations' }).waitFor({ state: 'attached' });
        await page.keyboard.press('g');
        await page.keyboard.press('j');
        const row = page.getByRole('row', { name: /npm\/ghost/ });
        await row.getByText('by counsel').waitFor();
        await row.getByText('the whole firm').waitFor();
        await row.getByText('Unknown').waitFor();
        expect(await seriousOn(page)).toEqual([]);
        await row.getByRole('link', { name: /^1.package version$/ }).click();
        await page.getByRole('row', { name: /ghost 10\.2\.0/ }).waitFor();
        await page.goBack();
        await page.getByRole('button', { name: 'Take back the exception for pkg:npm/ghost' }).click();
        await page.getByLabel('Why').fill('It was taken out.');
        await page.getByRole('button', { name: 'Take it back' }).click();
        await row.waitFor({ state: 'detached' });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1024);
      },
      { viewport: { width: 1024, height: 800 }, colorScheme: 'dark' },
    );
  });
});

const contexts = new Map<string, BrowserContext>();

/** A browser in which somebody is signed in. */
async function signedIn(name: string): Promise<BrowserContext> {
  const known = contexts.get(name);
  if (known !== undefined) return known;
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
  const page = await context.newPage();
  await page.goto(await server.loginLink(personId(name)));
  await page.close();
  contexts.set(name, context);
  return context;
}

async function withPage(name: string, use: (page: Page) => Promise<void>, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  const known = await signedIn(name);
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, storageState: await known.storageState(), ...options });
  const page = await context.newPage();
  await use(page);
  await context.close();
}

async function act(context: BrowserContext, id: string, body: object, words: object | null): Promise<void> {
  const answer = await context.request.post(`${server.url}/v1/acts/${id}`, {
    data: { body, ...(words === null ? {} : { words }) },
    headers: { origin: server.url },
  });
  expect([id, answer.status(), answer.status() === 201 ? '' : await answer.text()]).toEqual([id, 201, '']);
}

async function caseAs(context: BrowserContext): Promise<CouncilCaseDetail> {
  return (await (await context.request.get(`${server.url}/v1/council/cases/IP-1`)).json()) as CouncilCaseDetail;
}

async function seriousOn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => String(node.target[0])).join(' ')}`);
}
