import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '#operations/configuration.ts';
import { openOffice } from '#operations/open-office.ts';
import { prepareExample } from '#operations/prepare-example.ts';
import { startOffice, type RunningOffice } from '#server/serve.ts';
import { startChromium } from './chromium.ts';

const token = 'a-token-of-the-browser-test';
const longMs = 120_000;
const firstScriptBytes = 200 * 1024;
const log4j = `/packages/${encodeURIComponent('pkg:maven/org.apache.logging.log4j/log4j-core')}`;
const batch = `/components/${encodeURIComponent('component:northgate/settlement-batch')}`;

let folder: string;
let office: RunningOffice;
let browser: Browser;
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-browser-'));
  const place = { dataDir: path.join(folder, 'example'), databaseUrl: null };
  const building = await openOffice(place);
  await prepareExample(building.context, place.dataDir);
  await building.close();
  office = await startOffice({ place, configuration: readConfiguration(null, {}), port: 0, env: { GUILDHALL_TOKEN: token } });
  await office.ready();
  browser = await startChromium();
  signedIn = await stateAfterLogin(office);
}, longMs);
afterAll(async () => {
  await browser.close();
  await office.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe.each(['light', 'dark'] as const)('the example office in the %s theme', (theme) => {
  it('opens every page without a complaint of the browser, and axe finds nothing serious', { timeout: 2 * longMs }, async () => {
    const { items } = await ask<{ items: { receipt: string }[] }>('/v1/sources?limit=1');
    const receipt = `/receipts/${items[0]?.receipt ?? ''}`;
    const paths = ['/', '/components', batch, '/packages', log4j, `${log4j}?asOf=2021-12-12`, '/findings', '/sources', receipt, '/no/such/page'];
    await withPage({ theme }, async (page, complaints) => {
      for (const each of paths) {
        await page.goto(office.url + each);
        await page.waitForLoadState('networkidle');
        // Only colours differ between the themes.
        expect(await graveViolations(page, theme === 'dark' ? ['color-contrast'] : undefined), each).toEqual([]);
        expect(complaints, each).toEqual([]);
      }
    });
  });
});

describe('the overview of the example', () => {
  it('leads from every number to exactly so many rows', async () => {
    await withPage({}, async (page) => {
      await page.goto(office.url);
      await page.getByText('Components known').first().waitFor();
      await page.getByText('Table', { exact: true }).first().click();
      await page.getByRole('table', { name: 'Open findings by team' }).waitFor();
      const links = await page.evaluate<readonly { readonly text: string; readonly href: string }[]>(
        `[...document.querySelectorAll('main a[href^="/"]')].map((link) => ({ text: link.textContent, href: link.getAttribute('href') }))`,
      );
      const counted = links.flatMap(({ text, href }) => {
        const number = /^\s*(\d[\d\u00a0]*)/.exec(text)?.[1]?.replaceAll('\u00a0', '');
        return number === undefined ? [] : [{ href, shown: Number(number) }];
      });
      expect(counted.length).toBeGreaterThan(20);
      for (const { href, shown } of counted) {
        const { total } = await ask<{ total: number }>(`/v1${href}${href.includes('?') ? '&' : '?'}limit=1`);
        expect({ href, rows: total }).toEqual({ href, rows: shown });
      }
    });
  });

  it('draws open findings over time, and its last week is what is open now', async () => {
    await withPage({}, async (page, complaints) => {
      await page.goto(office.url);
      await page.locator('main svg path[fill]').first().waitFor();
      const { points } = await ask<{ points: { findings: Record<string, number> }[] }>('/v1/findings/over-time?weeks=520');
      const { findings } = await ask<{ findings: Record<string, number> }>('/v1/overview');
      expect(points.at(-1)?.findings).toEqual(findings);
      expect(points.length).toBeGreaterThan(200);
      await page.getByLabel('Period').selectOption('520');
      await page.getByText('Table', { exact: true }).last().click();
      await page.getByRole('row', { name: /^Now/ }).waitFor();
      expect(complaints).toEqual([]);
    });
  });

  it('can be used soon after it is asked for, from at most 200 KB of packed script', async () => {
    await withPage({}, async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => request.resourceType() === 'script' && asked.push(request.url()));
      await page.goto(office.url);
      await page.locator('main svg path[fill]').first().waitFor();
      const scripts = await Promise.all(asked.filter((url) => !url.includes('over-time-chart')).map(async (url) => (await fetch(url)).arrayBuffer()));
      const packed = scripts.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0);
      await page.goto(office.url, { waitUntil: 'commit' });
      await page.getByText('Components known').first().waitFor();
      const interactiveMs = await page.evaluate(() => performance.now());
      console.log(
        `first page interactive: ${interactiveMs.toFixed(0)} ms (goal 1500 ms), script ${(packed / 1024).toFixed(0)} KB packed (limit 200 KB)`,
      );
      expect(packed).toBeGreaterThan(0);
      expect(packed).toBeLessThanOrEqual(firstScriptBytes);
      // Only far from the goal it fails: a test machine may be busy.
      expect(interactiveMs).toBeLessThan(15_000);
    });
  });
});

describe('in the example office', () => {
  it('everything is reached without a pointer', { timeout: longMs }, async () => {
    await withPage({}, async (page) => {
      await page.goto(office.url);
      await page.getByText('Components known').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
      for (const [letter, place, heading] of [
        ['c', '/components', 'Catalogue'],
        ['p', '/packages', 'Packages'],
      ] as const) {
        await page.keyboard.press('g');
        await page.keyboard.press(letter);
        await page.waitForURL(`**${place}`);
        await page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'attached' });
        await page.locator('[data-row-link]').first().waitFor();
        await page.keyboard.press('j');
        await page.keyboard.press('Enter');
        await page.waitForURL(`**${place}/*`);
        await page.getByRole('heading', { level: 1 }).waitFor();
      }
      await page.keyboard.press('g');
      await page.keyboard.press('f');
      await page.getByText(/^1 of \d/).waitFor();
      await page.keyboard.press('j');
      await page.getByText(/^2 of \d/).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('e');
      await page.waitForURL('**/sources');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('g');
      await page.keyboard.press('o');
      await page.getByRole('heading', { name: 'Estate overview' }).waitFor();
    });
  });

  it('the search finds log4j and opens it', async () => {
    await withPage({}, async (page) => {
      await page.goto(office.url);
      await page.getByText('Components known').first().waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search/ }).fill('log4j-core');
      await page
        .getByRole('option', { name: /log4j-core/ })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**${log4j}`);
    });
  });

  it('a list is downloaded as CSV with exactly the rows it counts', async () => {
    await withPage({}, async (page) => {
      await page.goto(`${office.url}/findings?severity=critical`);
      const downloading = page.waitForEvent('download');
      await page.getByRole('link', { name: 'CSV' }).click();
      const text = fs.readFileSync(await (await downloading).path(), 'utf8');
      const { total } = await ask<{ total: number }>('/v1/findings?severity=critical&limit=1');
      expect(text.trim().split('\r\n')).toHaveLength(total + 1);
    });
  });

  it('log4j-core was affected on 12 December 2021, by what was published by then', async () => {
    await withPage({}, async (page) => {
      await page.goto(`${office.url}${log4j}?asOf=2021-12-12`);
      await page.getByText('As of 12 Dec 2021, read only').waitFor();
      await page.getByRole('row', { name: /settlement-batch 2\.14\.1 Affected/ }).waitFor();
      await page.getByRole('button', { name: /CVE-2021-44228/ }).waitFor();
      expect(await page.getByText('CVE-2021-45105').count()).toBe(0);
      await page.getByRole('link', { name: 'Overview' }).click();
      await page.getByText('As of 12 Dec 2021, read only').waitFor();
      await page.getByText('Newest exposures').waitFor();
      const { figures } = await ask<{ figures: { id: string; value: number }[] }>('/v1/overview?asOf=2021-12-12');
      const observed = figures.find((figure) => figure.id === 'observed')?.value;
      expect((await ask<{ total: number }>('/v1/components?observed=true&asOf=2021-12-12&limit=1')).total).toBe(observed);
    });
  });

  it('hostile names are shown as text, and no spreadsheet takes them for a formula', { timeout: longMs }, async () => {
    const names = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', '\u001b[31mred\u001b[0m', '\u202etxt.exe', '=cmd()', '{{7*7}}'];
    await upload('component:northgate/<img src=x onerror=alert(3)>', names);
    await withPage({}, async (page, complaints) => {
      await page.goto(`${office.url}/components?q=onerror`);
      const row = page.getByRole('link', { name: /<img src=x onerror=alert\(3\)>/ });
      await row.click();
      await page.getByRole('heading', { level: 1, name: /onerror=alert\(3\)/ }).waitFor();
      await page.getByText('<img src=x onerror=alert(1)>', { exact: true }).first().waitFor();
      await page.getByText('"><script>alert(2)</script>', { exact: true }).first().waitFor();
      await page.getByText('{{7*7}}', { exact: true }).first().waitFor();
      await page.getByText('\\u{202e}txt.exe', { exact: true }).first().waitFor();
      await page.goto(`${office.url}/packages?q=txt.exe`);
      await page.getByRole('link', { name: '\\u{202e}txt.exe', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: '\\u{202e}txt.exe' }).waitFor();
      expect(await page.locator('html').innerText()).not.toMatch(/[\u001b\u202e]/);
      expect(await page.locator('main img, main script').count()).toBe(0);
      expect(complaints).toEqual([]);
      const answer = await fetch(`${office.url}/v1/packages?format=csv&q=cmd`, { headers: { authorization: `Bearer ${token}` } });
      const csv = await answer.text();
      expect(csv).toContain('cmd()');
      expect(csv).not.toMatch(/(^|,|")=cmd/m);
    });
  });
});

describe('an empty office', () => {
  it('says what to do first, with the commands for it', { timeout: longMs }, async () => {
    const place = { dataDir: path.join(folder, 'empty'), databaseUrl: null };
    const empty = await startOffice({ place, configuration: readConfiguration(null, {}), port: 0 });
    try {
      await empty.ready();
      await withPage({ state: await stateAfterLogin(empty) }, async (page, complaints) => {
        await page.goto(empty.url);
        await page.getByRole('heading', { name: 'Find out what you run' }).waitFor();
        await page.getByText('npm run -s guildhall -- scan').waitFor();
        await page.getByText('npm run -s guildhall -- advisories sync').waitFor();
        expect(await graveViolations(page)).toEqual([]);
        for (const list of ['/components', '/packages', '/findings', '/sources']) {
          await page.goto(empty.url + list);
          await page.getByText('Nothing was read yet.').first().waitFor();
        }
        expect(complaints).toEqual([]);
      });
    } finally {
      await empty.close();
    }
  });
});

type PageOptions = { readonly theme?: 'light' | 'dark'; readonly state?: typeof signedIn };

/** Opens a page of its own; `complaints` collects what its console, scripts and content policy say, and any dialog that a script opened. */
async function withPage(options: PageOptions, use: (page: Page, complaints: readonly string[]) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: options.theme ?? 'light',
    storageState: options.state ?? signedIn,
  });
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await use(page, complaints);
  } finally {
    await context.close();
  }
}

async function stateAfterLogin(opened: RunningOffice): Promise<typeof signedIn> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(await opened.loginLink());
  const state = await context.storageState();
  await context.close();
  return state;
}

async function graveViolations(page: Page, rules?: string[]): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === undefined ? axe : axe.withRules(rules)).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

async function ask<Body>(address: string): Promise<Body> {
  const answer = await fetch(office.url + address, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status, address).toBe(200);
  return (await answer.json()) as Body;
}

/** Uploads an SBOM with these packages for a component and waits until it is read. */
async function upload(component: string, names: readonly string[]): Promise<void> {
  const sbom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { timestamp: '2026-01-05T08:00:00Z', component: { type: 'application', name: 'hostile' } },
    components: names.map((name) => ({ type: 'library', name, version: '1.0.0', purl: `pkg:npm/${encodeURIComponent(name)}@1.0.0` })),
  };
  const answer = await fetch(`${office.url}/v1/sboms?component=${encodeURIComponent(component)}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(sbom),
  });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { readonly id: string };
  await expect.poll(async () => (await ask<{ state: string }>(`/v1/sboms/${id}`)).state, { timeout: 30_000, interval: 200 }).toBe('read');
}
