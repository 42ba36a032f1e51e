import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { readConfiguration } from '../src/operations/configuration.ts';
import { startOffice, type RunningOffice } from '../src/server/serve.ts';
import { largeSqlite } from './estate-store.ts';
import { figure, percentile, seeded, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup, zipfRanks } from './large-estate.ts';
import { purlOfRank } from './made-sbom.ts';

const questions = 150;
const token = 'a-token-of-the-bench-0123456789';

/** Who uses a package, over HTTP, at rest and while SBOMs pour in. */
export async function benchHttp(options: BenchOptions): Promise<readonly Figure[]> {
  const large = await largeSqlite(options);
  if (!('dataDir' in large.location)) throw new Error('The large estate on SQLite lies in a folder.');
  const office = await startOffice({
    place: { dataDir: large.location.dataDir, databaseUrl: null },
    configuration: readConfiguration(null, {}),
    port: 0,
    env: { GUILDHALL_TOKEN: token },
  });
  try {
    await office.ready();
    const setup = `first page of 50 users of ${String(questions)} packages drawn by use, one question at a time; sqlite: ${estateSetup}`;
    const before = process.cpuUsage();
    const quiet = await ask(office, questions);
    const { user, system } = process.cpuUsage(before);
    const pouring = pour(office);
    await wait(1000);
    const busy = await ask(office, questions);
    const sent = await pouring.stop();
    return [
      figure('who-uses-http', percentile(quiet, 0.95), 'ms', 10, `p95; ${setup}`),
      figure(
        'who-uses-http-cpu',
        (user + system) / 1000 / questions,
        'ms',
        null,
        `processor time of one of these questions, with the one who asks; ${setup}`,
      ),
      figure(
        'who-uses-http-while-ingesting',
        percentile(busy, 0.95),
        'ms',
        25,
        `p95; while ${String(sent)} SBOMs of 1,000 packages came in one after another; ${setup}`,
      ),
    ];
  } finally {
    await office.close();
    await large.close();
  }
}

async function ask(office: RunningOffice, count: number): Promise<readonly number[]> {
  const draw = zipfRanks(seeded(31));
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const purl = purlOfRank(draw()).split('@')[0] ?? '';
    times.push(
      await timedAsync(async () => {
        const reply = await fetch(`${office.url}/v1/packages/${encodeURIComponent(purl)}/users?limit=50`, {
          headers: { authorization: `Bearer ${token}` },
        });
        const { total } = (await reply.json()) as { readonly total?: number };
        if (total === undefined) throw new Error(`${purl}: ${String(reply.status)}`);
      }),
    );
  }
  return times;
}

/** Has another thread send SBOMs, as other machines would; `stop` gives how many were taken. */
function pour(office: RunningOffice): { readonly stop: () => Promise<number> } {
  const sender = new Worker(new URL('./pour.ts', import.meta.url), { workerData: { url: office.url, token } });
  const taken = new Promise<number>((resolve, reject) => {
    sender.once('message', resolve);
    sender.once('error', reject);
  });
  return {
    stop() {
      sender.postMessage('stop');
      return taken;
    },
  };
}
