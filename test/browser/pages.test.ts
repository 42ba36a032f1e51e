import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChromium } from './chromium.ts';
import { serveMadeUp } from './made-up-server.ts';
import type { Behaviour } from './made-up-server.ts';

const log4j = encodeURIComponent('pkg:maven/org.apache.logging.log4j/log4j-core');
const gateway = encodeURIComponent('component:git.northgate.example-payments/payments-gateway');
const pages: readonly (readonly [name: string, path: string, heading: string])[] = [
  ['overview', '/', 'Estate overview'],
  ['catalogue', '/components', 'Catalogue'],
  ['component', `/components/${gateway}`, 'payments-gateway'],
  ['packages', '/packages', 'Packages'],
  ['package', `/packages/${log4j}`, 'org.apache.logging.log4j:log4j-core'],
  ['changes', '/changes', 'Changes'],
  ['findings', '/findings', 'Findings'],
  ['upgrades', '/upgrades', 'Upgrades'],
  ['clocks', '/sla', 'SLA'],
  ['overview of a past day', '/?asOf=2026-09-07', 'Estate overview'],
  ['sources', '/sources', 'Sources'],
  ['formats', '/formats', 'Formats'],
  ['decisions', '/decisions', 'Decisions'],
  ['SBOMs', '/sboms', 'SBOMs'],
  ['SBOMs of a component', `/sboms?component=${gateway}`, 'SBOMs'],
  ['receipt', '/receipts/r7k2m4', 'git.northgate.example/payments/gateway'],
];

/** 1280 pixels at 400 %. */
const narrow = { width: 360, height: 780 };

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(async () => browser.close());

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(pages)('the %s page opens under a strict content policy and axe finds nothing serious', async (_name, path, heading) => {
    await withPage({}, theme, async (page, address) => {
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(address + path);
      await page.getByRole('heading', { level: 1, name: heading }).waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      expect(complaints).toEqual([]);
      expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe(theme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const grave = violations.filter((violation) => violation.impact === 'serious' || violation.impact === 'critical');
      expect(grave.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
    });
  });
});

describe('in a narrow window', () => {
  it('no page has to be scrolled sideways', { timeout: 120_000 }, async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.setViewportSize(narrow);
      const tooWide: string[] = [];
      for (const [name, path] of pages) {
        await page.goto(address + path);
        await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
        await page.waitForLoadState('networkidle');
        const [width, widest] = await page.evaluate<readonly [number, string]>(widestPart);
        if (width > narrow.width) tooWide.push(`${name}: ${width} px, ${widest}`);
      }
      expect(tooWide).toEqual([]);
    });
  });
});

describe('the frame', () => {
  it('goes from page to page, through a list and through the desk without a pointer', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Estate overview' }).waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('c');
      await page.waitForURL('**/components');
      await page.getByRole('heading', { name: 'Catalogue' }).waitFor({ state: 'attached' });
      await page.getByRole('link', { name: 'market-data-feed' }).waitFor();
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/components/component%3A*market-data-feed');
      await page.keyboard.press('g');
      await page.keyboard.press('f');
      await page.getByText('1 of 24').waitFor();
      await page.keyboard.press('j');
      await page.waitForURL(/[?&]id=f1/);
    });
  });

  it('searches as you type and opens the chosen hit', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(address);
      await page.getByRole('heading', { name: 'Estate overview' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search/ }).fill('log');
      await page.getByRole('option', { name: /log4j-core/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/packages/${log4j}`);
    });
  });

  it('asks the API for exactly the purl of the address, percent signs included', async () => {
    await withPage({}, 'light', async (page, address) => {
      const purl = encodeURIComponent('pkg:npm/%40northgate/ui-kit');
      const asked = page.waitForRequest((request) => request.url().endsWith(`/v1/packages/${purl}`));
      await page.goto(`${address}/packages/${purl}`);
      await asked;
    });
  });

  it('keeps the theme that was chosen over the one of the system', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(address);
      await page.getByRole('button', { name: 'Dark theme' }).click();
      await page.reload();
      expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    });
  });

  it('carries the day that is asked about from page to page and to the API', async () => {
    await withPage({}, 'light', async (page, address) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.goto(`${address}/components?asOf=2026-09-07`);
      await page.getByText('As of 7 Sep 2026, read only').waitFor();
      await page.getByRole('link', { name: 'Packages' }).first().click();
      await page.waitForURL('**/packages?asOf=2026-09-07');
      await page.getByText('log4j-core').first().waitFor();
      expect(asked.some((url) => url.includes('/v1/packages?') && url.includes('asOf=2026-09-07'))).toBe(true);
    });
  });
});

describe('the palette', () => {
  it('shows a day that is written, on the page and with the filters one is on, without a pointer', { timeout: 60_000 }, async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(`${address}/findings?severity=high`);
      await page.getByText('1 of 24').waitFor();
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search/ }).fill('2026-09-07');
      await page.getByRole('option', { name: /Show everything as of/ }).waitFor();
      await page.keyboard.press('Enter');
      await page.waitForURL('**/findings?severity=high&asOf=2026-09-07');
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: /^Search/ }).fill('back to now');
      await choose(page, /Go back to now/);
      await page.waitForURL('**/findings?severity=high');
    });
  });

  it('compares a day that is written with now, and with the day shown', { timeout: 60_000 }, async () => {
    await withPage({}, 'light', async (page, address) => {
      for (const [path, option, there] of [
        ['/findings', 'Compare 1 Aug 2026 with now', '/changes?from=2026-08-01'],
        ['/?asOf=2026-09-07', 'Compare 1 Aug 2026 with 7 Sep 2026', '/changes?from=2026-08-01&asOf=2026-09-07'],
      ] as const) {
        await page.goto(address + path);
        await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: /^Search/ }).fill('2026-08-01');
        await choose(page, option);
        await page.waitForURL(address + there);
        await page.getByRole('heading', { level: 1, name: 'Changes' }).waitFor({ state: 'attached' });
      }
    });
  });
});

describe('the past', () => {
  it('of a package is moved through with the arrow keys, and the day goes into the address', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(`${address}/packages/${log4j}`);
      const handle = page.getByRole('slider', { name: 'Day to show' });
      await handle.focus();
      await page.keyboard.press('ArrowLeft');
      await page.waitForURL(/[?&]asOf=\d{4}-\d{2}-\d{2}/);
      await page.keyboard.press('End');
      await page.waitForURL(`**/packages/${log4j}`);
      await page.getByText('Table', { exact: true }).first().click();
      await page.getByRole('table', { name: /by week/ }).waitFor();
    });
  });

  it('of a component tells what came and went, and each number leads to its rows', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(`${address}/components/${gateway}`);
      await page.getByText('First observed, with').waitFor();
      await page.getByText('Which').click();
      await page.getByText('2.13.0 → 2.14.1').waitFor();
      await page.getByRole('link', { name: /in another version/ }).click();
      await page.waitForURL(/\/changes\?from=.*kind=package&what=changed/);
    });
  });
});

describe('when something is missing', () => {
  it('one failing question leaves the rest of the page alone and can be asked again', async () => {
    await withPage({ failing: ['problems'] }, 'light', async (page, address) => {
      await page.goto(`${address}/sources`);
      await page.getByText('Could not load problems.').waitFor();
      await page.getByText('ref 7f2c').waitFor();
      await page.getByRole('button', { name: 'Retry' }).waitFor();
      await page.getByRole('link', { name: 'osv.example' }).waitFor();
    });
  });

  it('without a session it says how to get one', async () => {
    await withPage({ signedOut: true }, 'light', async (page, address) => {
      await page.goto(`${address}/findings`);
      await page.getByRole('heading', { name: 'Sign in to Guildhall' }).waitFor();
      await page.getByText('npm run -s guildhall -- login-link').waitFor();
    });
  });

  it('an address without a page says so', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(`${address}/no/such/page`);
      await page.getByText('There is no page at this address.').waitFor();
    });
  });

  it('a reference that is no web address is shown and never linked', async () => {
    await withPage({}, 'light', async (page, address) => {
      await page.goto(`${address}/findings`);
      await page.getByText('javascript:alert(1)').waitFor();
      expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    });
  });
});

/** Goes down to an option of the palette and takes it, by keys alone. */
async function choose(page: Page, name: string | RegExp): Promise<void> {
  const option = page.getByRole('option', { name });
  await option.waitFor();
  await page.locator('#hits[aria-busy="false"]').waitFor();
  for (let tries = 0; tries < 20 && (await option.getAttribute('aria-selected')) !== 'true'; tries += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** How wide a page is, and what reaches furthest of what is not inside a box that scrolls by itself. */
const widestPart = `(() => {
  const scrolls = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true;
    return false;
  };
  const reach = [...document.querySelectorAll('body *')].filter((each) => !scrolls(each)).map((each) => [each.getBoundingClientRect().right, each.outerHTML.slice(0, 120)]);
  reach.sort((a, b) => b[0] - a[0]);
  return [document.documentElement.scrollWidth, reach[0]?.[1] ?? ''];
})()`;

async function withPage(behaviour: Behaviour, colorScheme: 'light' | 'dark', use: (page: Page, address: string) => Promise<void>): Promise<void> {
  const server = await serveMadeUp(behaviour);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
  try {
    await use(await context.newPage(), server.address);
  } finally {
    await context.close();
    server.close();
  }
}
