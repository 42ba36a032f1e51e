// `npm run -s drill -- <name> [--json]`: breaks the program on purpose and says what held.
import { parseArgs } from 'node:util';
import type { Drill } from './drill.ts';
import { drillFailover } from './failover.ts';
import { drillDeliveries } from './deliveries.ts';
import { drillAuthz } from './authz.ts';
import { drillCut } from './cut.ts';
import { drillErase } from './erase.ts';
import { drillHostileRepositories } from './hostile-repositories.ts';
import { drillInputs } from './inputs.ts';
import { drillKill } from './kill.ts';
import { drillLedger } from './ledger.ts';
import { drillWebhooks } from './webhooks.ts';
import { drillWorkers } from './workers.ts';

const drills: Readonly<Record<string, () => Promise<Drill>>> = {
  authz: drillAuthz,
  cut: drillCut,
  'hostile-repos': () => drillHostileRepositories(),
  inputs: () => drillInputs(),
  kill: drillKill,
  erase: drillErase,
  workers: drillWorkers,
  deliveries: drillDeliveries,
  webhooks: drillWebhooks,
  failover: drillFailover,
  ledger: () => Promise.resolve(drillLedger()),
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean', default: false } } });
const [name = ''] = positionals;
const drill = drills[name];
if (drill === undefined) {
  process.stderr.write(`Name one drill of ${Object.keys(drills).join(', ')}, as in: npm run -s drill -- kill\n`);
  process.exitCode = 2;
} else {
  const result = await drill();
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : `${name}: ${String(result.tried)} tried, ${String(result.failed)} failed\n`);
  process.exitCode = result.failed === 0 ? 0 : 1;
}
