import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { verifyLedger } from '#verifier/verify-ledger.ts';
import { judgeAll } from './drills/authz/matrix.ts';
import { privilegedIn, whatLeaves } from './drills/authz/what-leaves.ts';
import { whatAssistantsAreTold, whatIsPrinted } from './drills/authz/what-is-printed.ts';
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
  const leaving = await whatLeaves(world);
  const told = await whatAssistantsAreTold(world);
  await world.close();
  const printed = await whatIsPrinted(folder);
  expect(privilegedIn(new Map([...leaving, ...printed, ['mcp', told]]))).toEqual([]);
  expect(leaving.get('report council-agenda md')).toContain('A case of redapp');
  // The ledger is proved without the words that stay at home.
  const file = path.join(folder, 'ledger.jsonl');
  fs.writeFileSync(file, leaving.get('ledger export, words true') ?? '');
  const proof: string[] = [];
  expect([
    await verifyLedger(
      ['--export', file],
      (text) => proof.push(text),
      (text) => proof.push(text),
    ),
    proof.join(''),
  ]).toEqual([0, expect.stringContaining('The ledger holds') as string]);
  expect(judged.wrong).toEqual([]);
  expect(judged.tried).toBeGreaterThan(4000);
});
