import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { judgeAll } from './drills/authz/matrix.ts';
import { makeWorld, openWorld } from './drills/authz/world.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-authz-'));
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

// `npm run -s drill -- authz` also takes each guard away and sees that this notices.
it('everybody may do and see what the second implementation says, and nothing else', { timeout: 300_000 }, async () => {
  await makeWorld(folder);
  const world = await openWorld(folder);
  const judged = await judgeAll(world);
  await world.close();
  expect(judged.wrong).toEqual([]);
  expect(judged.tried).toBeGreaterThan(4000);
});
