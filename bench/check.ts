import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { askOfficeThere } from '../src/operations/check/ask-office-there.ts';
import { check } from '../src/operations/check/check.ts';
import { readConfiguration } from '../src/operations/configuration.ts';
import { startOffice } from '../src/server/serve.ts';
import { largeSqlite } from './estate-store.ts';
import { figure, median, seeded, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup, zipfRanks } from './large-estate.ts';
import { purlOfRank } from './made-sbom.ts';

const token = 'a-token-of-the-bench-0123456789';
const lockfilePackages = 2000;
const runs = 15;

/** What a build waits for: `check` of a lockfile and of one known package through a running office, without starting the program. */
export async function benchCheck(options: BenchOptions): Promise<readonly Figure[]> {
  const large = await largeSqlite(options);
  if (!('dataDir' in large.location)) throw new Error('The large estate on SQLite lies in a folder.');
  const office = await startOffice({
    place: { dataDir: large.location.dataDir, databaseUrl: null },
    configuration: readConfiguration(null, {}),
    port: 0,
    env: { GUILDHALL_TOKEN: token },
  });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guildhall-bench-check-'));
  try {
    await office.ready();
    const ask = askOfficeThere({ url: office.url, token }, { proxy: null, caFile: null });
    const timesOf = async (target: string, expected: number): Promise<readonly number[]> => {
      const times: number[] = [];
      for (let run = 0; run < runs; run += 1)
        times.push(
          await timedAsync(async () => {
            const { packages, judged, problems } = await check({ targets: [target], component: null, base: null }, ask);
            if (packages.length !== expected)
              throw new Error(
                `${target}: ${String(packages.length)} verdicts, ${judged ? 'judged' : 'not judged'}; ${problems[0]?.message ?? 'no problem'}`,
              );
          }),
        );
      // The first one warms up.
      return times.slice(1);
    };
    const before = process.cpuUsage();
    const lockfile = await timesOf(lockfileIn(folder), lockfilePackages);
    const { user, system } = process.cpuUsage(before);
    const one = await timesOf(purlOfRank(1), 1);
    const setup = `median of ${String(runs - 1)}, over HTTP through a running office in the same process; sqlite: ${estateSetup}`;
    return [
      figure('check-lockfile', median(lockfile), 'ms', 300, `a lockfile of ${String(lockfilePackages)} package versions, read and judged; ${setup}`),
      figure(
        'check-lockfile-cpu',
        (user + system) / 1000 / runs,
        'ms',
        300,
        `the same as processor time of both sides, mean, the first one included`,
      ),
      figure('check-one', median(one), 'ms', 50, `one known package; ${setup}`),
    ];
  } finally {
    fs.rmSync(folder, { recursive: true });
    await office.close();
    await large.close();
  }
}

/** A lockfile of packages that are in use, drawn by how much. */
function lockfileIn(folder: string): string {
  const draw = zipfRanks(seeded(47));
  const packages: Record<string, object> = { '': { name: 'bench' } };
  let at = 0;
  for (const seen = new Set<string>(); seen.size < lockfilePackages; at += 1) {
    const [, name = '', version = ''] = /^pkg:npm\/(.+)@([^@]+)$/.exec(purlOfRank(draw())) ?? [];
    if (name === '' || seen.has(`${name}@${version}`)) continue;
    seen.add(`${name}@${version}`);
    packages[`${at % 7 === 0 ? '' : `node_modules/of-${String(at)}/`}node_modules/${decodeURIComponent(name)}`] = { version, license: 'MIT' };
    if (at > 200_000) throw new Error('The made estate has too few packages of npm for the lockfile.');
  }
  const file = path.join(folder, 'package-lock.json');
  fs.writeFileSync(file, JSON.stringify({ name: 'bench', lockfileVersion: 3, packages }));
  return file;
}
