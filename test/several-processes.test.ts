import { expect, it } from 'vitest';
import { drillFailover } from './drills/failover.ts';
import { drillWorkers } from './drills/workers.ts';

// The same as `npm run -s drill -- workers` and `failover`, with fewer rounds.
const limitMs = 240_000;

it('workers that are killed lose nothing and do nothing twice', { timeout: limitMs }, async () => {
  expect(await drillWorkers(3)).toMatchObject({ tried: 3, failed: 0, details: { acknowledged: 48, wrong: [] } });
});

it('offices and workers go on by themselves when a standby takes over, and nothing acknowledged is lost', { timeout: limitMs }, async () => {
  expect(await drillFailover(2)).toMatchObject({ tried: 2, failed: 0, details: { wrong: [] } });
});
