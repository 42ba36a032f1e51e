import { hash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointJson, checkpointLedger, keptCheckpoints } from '#operations/checkpoint-ledger.ts';
import { builtInPolicy } from '#desk/policy/policy.ts';
import { observeRules } from '#operations/rules/observe-rules.ts';
import type { FindingList } from '#server/schemas/finding.ts';
import { provedBy, unpackInto } from './auditor.ts';
import { startChromium } from './chromium.ts';
import { openDeskOffice, type DeskOffice } from './desk-office.ts';

const longMs = 240_000;
const parts = '/findings?component=component%3Atest%2Fshop';

let desk: DeskOffice;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([openDeskOffice(), startChromium()]);
}, longMs);
afterAll(async () => {
  await browser.close();
  await desk.close();
}, longMs);

describe('the findings desk', () => {
  it('decides fifty findings without a mouse, and takes one back', { timeout: longMs }, async () => {
    await withPage('ada', async (page) => {
      await page.goto(`${desk.server.url}${parts}&triage=open&sort=package`);
      for (let left = 50; left > 0; left -= 1) {
        await page.getByText(`1 of ${String(left)} `).waitFor();
        if (left === 41) await slowly(page, '**/v1/findings?*');
        await record(page, left % 2 === 0 ? '4' : '3', `The ${String(left)}th was looked at.`);
        if (left === 41) {
          // While the list after the decision is still on its way: its answer must not stand for the list after the undo.
          await page.keyboard.press('u');
          await page.getByText(/^Taken back/).waitFor();
          await page.getByText('of 41').waitFor();
          await page.unrouteAll({ behavior: 'ignoreErrors' });
          await page.goto(`${desk.server.url}${parts}&triage=open&sort=package`);
          await page.getByText('1 of 41').waitFor();
          await record(page, '4', 'Looked at again.');
        }
      }
      await page.getByText('No finding matches.').waitFor();
    });
    expect((await list('component=component%3Atest%2Fshop&triage=open')).total).toBe(0);
    expect((await list('component=component%3Atest%2Fshop&triage=in-triage,false-positive')).total).toBe(50);
  });

  it('selects what is the same as one question, decides it at once and takes it back', { timeout: longMs }, async () => {
    await withPage('ada', async (page) => {
      const bodies: unknown[] = [];
      page.on('request', (request) => request.url().endsWith('/v1/acts/decide') && bodies.push(request.postDataJSON()));
      await page.goto(`${desk.server.url}/findings?component=component%3Atest%2Fservice-00`);
      await page.getByRole('button', { name: /Select all 14/ }).waitFor();
      await page.keyboard.press('Shift+A');
      await page.getByText('14 selected').waitFor();
      await page.keyboard.press('2');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Nothing of ours calls it.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Not affected: 14').waitFor();
      expect(bodies).toMatchObject([
        {
          body: {
            predicate: { package: 'pkg:npm/log4js', advisory: 'GHSA-shar-edbb-cccc' },
            justification: 'code_not_reachable',
            coversFuture: false,
          },
        },
      ]);
      expect((await list('package=pkg:npm/log4js&triage=not-affected')).total).toBe(14);
      await page.keyboard.press('u');
      await page.getByText(/^Taken back/).waitFor();
      expect((await list('package=pkg:npm/log4js&triage=not-affected')).total).toBe(0);
    });
  });

  it('keeps what was written when somebody was faster, and says who', { timeout: longMs }, async () => {
    const address = `${desk.server.url}/findings?component=component%3Atest%2Fservice-01`;
    await withPage('ada', async (page) => {
      await page.goto(address);
      await page.getByText(/^1 of 1\b/).waitFor();
      await page.getByText('Nobody yet').waitFor();
      await withPage('sec', async (other) => {
        await other.goto(address);
        await other.getByText('Nobody yet').waitFor();
        await record(other, '1', 'We are raising it.');
        await other.getByText(/^Exploitable: log4js/).waitFor();
      });
      await page.keyboard.press('4');
      await page.keyboard.press('r');
      await page.keyboard.type('It is not real.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Not recorded: sec decided “Exploitable” meanwhile.').waitFor();
      expect(await page.getByLabel('Reason').inputValue()).toBe('It is not real.');
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^False positive: log4js/).waitFor();
    });
  });

  it('lets a second person say yes to an accepted risk, and nobody to their own', { timeout: longMs }, async () => {
    await withPage('ada', async (page) => {
      await page.goto(`${desk.server.url}/findings?component=component%3Atest%2Fservice-02`);
      await page.getByText('Nobody yet').waitFor();
      await page.keyboard.press('5');
      await page.keyboard.press('r');
      await page.keyboard.type('It is replaced in spring.');
      await page.getByLabel('Owner of the risk').fill('lee');
      await page.getByText('A second person must confirm').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.getByText(/^Risk accepted: log4js/).waitFor();
      await page.goto(`${desk.server.url}/findings?view=approvals`);
      await page.getByText('The second person is somebody else than who decided').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    });
    expect((await list('component=component%3Atest%2Fservice-02&triage=accepted')).total).toBe(0);
    await withPage('sec', async (page) => {
      await page.goto(`${desk.server.url}/findings?view=approvals`);
      await page.getByText('It is replaced in spring.').waitFor();
      expect(await graveViolations(page)).toEqual([]);
      await page.getByLabel('Reason, shown to auditors').fill('Agreed until then.');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('Nothing waits for you.').waitFor();
    });
    expect((await list('component=component%3Atest%2Fservice-02&triage=accepted')).total).toBe(1);
  });

  it('lets a developer propose, and gives it to who may decide', { timeout: longMs }, async () => {
    await withPage('dev', async (page) => {
      await page.goto(`${desk.server.url}/findings?component=component%3Atest%2Fservice-03`);
      await page.getByRole('heading', { name: /Propose for/ }).waitFor();
      await page.keyboard.press('4');
      await page.keyboard.press('r');
      await page.keyboard.type('The range is wrong.');
      await page.keyboard.press('Control+Enter');
      await page.getByText('Proposed to lee.').waitFor();
      await page.getByText(/Proposes: False positive/).waitFor();
    });
    await withPage('lee', async (page) => {
      await page.goto(`${desk.server.url}/findings?view=for-me&component=component%3Atest%2Fservice-03`);
      await page.getByText(/^1 of 1\b/).waitFor();
      await page.getByRole('button', { name: 'Not mine' }).click();
      await page.getByRole('heading', { name: 'Given back. Whose is it?' }).waitFor();
    });
    const { items } = await list('component=component%3Atest%2Fservice-03');
    expect(items).toMatchObject([{ assignee: null, triage: 'open' }]);
  });

  it('confirms and disclaims owners by keyboard, many at once, and takes it back', { timeout: longMs }, async () => {
    await withPage('lee', async (page) => {
      await page.goto(`${desk.server.url}/ownership?mine=true&sort=name`);
      await page.getByText(/^15\b.*shown of 15\b/).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('y');
      await page.getByText('Confirmed: service-00').waitFor();
      await page.getByText(/^14\b.*shown of 15\b/).waitFor();
      await page.keyboard.press('Shift+A');
      await page.getByText(/^14\b.*chosen/).waitFor();
      expect(await graveViolations(page)).toEqual([]);
      await page.keyboard.press('n');
      await page.getByText(/^Not theirs: 14\b/).waitFor();
      await page.getByText('Nobody: clocks are the office’s').first().waitFor();
      await page.keyboard.press('u');
      await page.getByText(/^Taken back: Not theirs/).waitFor();
      await page.goto(`${desk.server.url}/components/component%3Atest%2Fservice-00`);
      await page.getByText('lee said that it is of payments').waitFor();
      await page.getByText('Confirmed', { exact: true }).waitFor();
    });
    const answer = await desk.server.ask('/v1/attestations?state=any');
    expect(await answer.json()).toMatchObject({ total: 15, reasons: [{ value: 'never', count: 14 }] });
  });

  it('shows an auditor everything and offers nothing', { timeout: longMs }, async () => {
    await withPage('aud', async (page) => {
      await page.goto(`${desk.server.url}/findings?component=component%3Atest%2Fservice-04`);
      await page.getByText('You may read this and decide nothing.').waitFor();
      expect(await page.getByRole('button', { name: /Record/ }).isDisabled()).toBe(true);
      expect(await page.getByRole('button', { name: 'Not mine' }).count()).toBe(0);
    });
  });

  it('lets an auditor draw a sample, read a row down to the raw item, prove the ledger and take it along', { timeout: longMs }, async () => {
    await checkpointLedger(desk.office.context, desk.ledgerKeys.privateKey);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-auditor-'));
    const file = (name: string): string => path.join(folder, name);
    fs.writeFileSync(file('key.pub'), desk.ledgerKeys.publicKey.export({ type: 'spki', format: 'pem' }));
    for (const checkpoint of await keptCheckpoints(desk.office.context.store)) fs.writeFileSync(file('outside.json'), checkpointJson(checkpoint));
    await withPage('aud', async (page) => {
      await page.goto(`${desk.server.url}/`);
      await page.getByRole('heading', { name: 'Estate overview' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('x');
      await page.getByRole('heading', { level: 1, name: 'Evidence' }).waitFor();
      await page.getByLabel('That name').fill('GHSA-shar-edbb-cccc');
      await page.getByLabel('Rows in the sample').fill('5');
      await page.getByLabel('Seed').fill('spring');
      await page.getByLabel('What it is drawn for').fill('Audit of the spring.');
      await page.keyboard.press('Enter');
      await page.getByText('5 rows, in the order in which they were drawn').waitFor();
      expect(await page.getByText('Rows in the population').locator('xpath=following-sibling::dd[1]').textContent()).toMatch(/^14\b/);
      expect(await graveViolations(page)).toEqual([]);
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByText('Raw item').waitFor();
      await page.getByText('Bytes of the record').waitFor();
      await page.getByRole('button', { name: 'Verify the ledger' }).click();
      await page.getByText('The ledger holds.').waitFor();
      await page.getByText(/signatures were proved/).waitFor();
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Download the pack' }).click();
      await (await download).saveAs(file('pack.zip'));
    });
    const names = await unpackInto(folder, file('pack.zip'));
    expect(names.filter((name) => name.startsWith('sample/'))).toHaveLength(5);
    const { files, population } = readJson(file('manifest.json')) as Manifest;
    for (const [name, digest] of Object.entries(files)) expect(hash('sha256', fs.readFileSync(file(name)), 'hex'), name).toBe(digest);
    const ids = fs
      .readFileSync(file('population.csv'), 'utf8')
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.slice(0, 16));
    expect(hash('sha256', ids.map((id) => `${id}\n`).join(''), 'hex')).toBe(population.hash);
    const proof = ['--export', file('ledger.jsonl'), '--checkpoint', file('outside.json'), '--key', file('key.pub')];
    expect(await provedBy(proof)).toMatchObject({ code: 0, said: expect.stringContaining('holds') as unknown });
    fs.writeFileSync(file('ledger.jsonl'), fs.readFileSync(file('ledger.jsonl'), 'utf8').replace('"kind":"grant-role"', '"kind":"revoke-role"'));
    expect((await provedBy(proof)).code).toBe(1);
    fs.rmSync(folder, { recursive: true });
  });

  it.each([
    ['light', 360],
    ['dark', 1024],
  ] as const)('shows evidence in the %s theme at %i pixels', { timeout: longMs }, async (colorScheme, width) => {
    const context = await desk.as(browser, 'aud', { colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(`${desk.server.url}/evidence`);
    await page.getByRole('button', { name: 'Draw the sample' }).click();
    await page.getByText('Raw item').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    await context.close();
  });

  it.each(['light', 'dark'] as const)('has nothing serious for axe in the %s theme, wide and narrow', { timeout: longMs }, async (colorScheme) => {
    const context = await desk.as(browser, 'ada', { colorScheme });
    const page = await context.newPage();
    for (const width of [1440, 1024, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${desk.server.url}/findings?component=component%3Atest%2Fservice-05`);
      await page.getByText('Nobody yet').waitFor();
      await page.keyboard.press('2');
      await page.getByText('Choose why it is not affected.').waitFor();
      expect(await graveViolations(page), `${String(width)} px`).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${String(width)} px`).toBeLessThanOrEqual(width);
    }
    await context.close();
  });
});

describe('deliveries', () => {
  it(
    'an administrator sees what was given up and why, not what it tells, and tries it again; notices are muted on the account',
    { timeout: longMs },
    async () => {
      const { deliveries } = desk.office.context.store;
      const post = { id: 'lost', key: 'lost', recipient: 'list:', kind: 'act', title: 'To act on: CVE-2021-0001 in log4js', body: '{}', due: 0 };
      await deliveries.put('mail', { say: [], forget: [], post: [post], now: Date.now() });
      const [taken] = await deliveries.take(Date.now(), 60_000, 1);
      await deliveries.failed({ id: 'lost', token: taken?.token ?? '' }, 'The mail server smtp.example: it answered 550.', null);
      await withPage('root', async (page) => {
        await page.goto(`${desk.server.url}/deliveries?state=dead`);
        await page.getByText('The mail server smtp.example: it answered 550.').waitFor();
        expect(await page.getByText('CVE-2021-0001').count()).toBe(0);
        for (const scheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme: scheme });
          expect(await graveViolations(page)).toEqual([]);
        }
        await page.getByRole('button', { name: 'Try again' }).press('Enter');
        await page.getByText('It is tried again.').waitFor();
        await page.getByText('0 given up').waitFor();
        await page.goto(`${desk.server.url}/account`);
        await page.getByLabel('what came up in a day').click();
        await page.getByText('You are no longer told.').waitFor();
        expect(await page.getByLabel('an incident needs your answer').isDisabled()).toBe(true);
        expect(await graveViolations(page)).toEqual([]);
      });
      expect((await deliveries.list('waiting')).map(({ id }) => id)).toEqual(['lost']);
    },
  );
});

type Manifest = { readonly files: Readonly<Record<string, string>>; readonly population: { readonly hash: string } };

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

describe('rules, charter, policies and licences', () => {
  it.each(['light', 'dark'] as const)(
    'have nothing serious for axe in the %s theme, are reached by keys and fit 1024 px',
    { timeout: longMs },
    async (colorScheme) => {
      const context = await desk.as(browser, 'sec', { colorScheme, viewport: { width: 1024, height: 800 } });
      const page = await context.newPage();
      await page.goto(`${desk.server.url}/sla`);
      for (const [letter, heading] of [
        ['r', 'Rules'],
        ['t', 'Charter'],
        ['y', 'Policy'],
        ['s', 'Licences'],
        ['q', 'IP policy'],
        ['j', 'Exceptions'],
      ] as const) {
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.keyboard.press('g');
        await page.keyboard.press(letter);
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await graveViolations(page), heading).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth'), heading).toBeLessThanOrEqual(1024);
      }
      await context.close();
    },
  );

  it('what a rule found is decided in its own words, not in those of CycloneDX', { timeout: longMs }, async () => {
    const proposed = await desk.server.ask('/v1/acts/propose-policy', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        body: { policy: { ...builtInPolicy, rules: { unpinned: { use: 'on', settings: {} } } } },
        words: { reason: 'Looked at.' },
      }),
    });
    expect(proposed.status).toBe(201);
    await withPage('sec', async (page) => {
      await page.goto(`${desk.server.url}/policy`);
      await page.getByLabel('Why').fill('Agreed.');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' });
    });
    await observeRules(desk.office.context);
    await desk.server.catchUp();
    await withPage('ada', async (page) => {
      await page.goto(`${desk.server.url}/findings?rule=unpinned&component=component%3Atest%2Fservice-06`);
      await page.getByRole('heading', { name: 'What to do' }).waitFor();
      await page.getByText('Nobody yet').waitFor();
      for (const words of ['Justification', 'analysis.response', 'CVSS', 'CycloneDX 1.6 VEX'])
        expect(await page.getByText(words).count(), words).toBe(0);
      await page.keyboard.press('2');
      await record(page, '4', 'It is a fixture.');
      await page.getByText(/^False positive: /).waitFor();
    });
    expect((await list('rule=unpinned&triage=false-positive')).total).toBe(1);
  });
});

/** Chooses a state by its key, writes the reason and records. */
async function record(page: Page, key: string, reason: string): Promise<void> {
  await page.getByText('Nobody yet').waitFor();
  await page.keyboard.press(key);
  await page.keyboard.press('r');
  await page.keyboard.type(reason);
  await page.keyboard.press('Control+Enter');
}

/** Lets each answer at these addresses come a second late. */
async function slowly(page: Page, addresses: string): Promise<void> {
  await page.route(addresses, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
}

async function list(search: string): Promise<FindingList> {
  const answer = await desk.server.ask(`/v1/findings?${search}`);
  expect(answer.status, search).toBe(200);
  return (await answer.json()) as FindingList;
}

async function withPage(person: string, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await desk.as(browser, person);
  try {
    await use(await context.newPage());
  } finally {
    await context.close();
  }
}

async function graveViolations(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}
