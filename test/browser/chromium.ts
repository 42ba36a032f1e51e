import fs from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const found = 'node_modules/.cache/chromium-path';

/** Starts the Chromium that set-up found. Throws when there is none: browser tests fail then, they are never skipped. */
export async function startChromium(): Promise<Browser> {
  const path = process.env['CHROMIUM_PATH'] ?? (fs.existsSync(found) ? fs.readFileSync(found, 'utf8').trim() : '');
  if (path === '') throw new Error('No Chromium is known. Run npm test, which finds or installs one, or set CHROMIUM_PATH.');
  return chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
}
