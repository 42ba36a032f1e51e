// `npm run -s bench -- [name…] [--json] [--postgres] [--cache FOLDER]`: prints figures beside their goals and keeps them in bench/results/.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bundleReader } from '../tools/bundle-reader.ts';
import { benchCheck } from './check.ts';
import { benchDesk, benchDeskHuge } from './desk.ts';
import { benchEstate, benchHuge } from './estate.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { benchHeads } from './heads.ts';
import { benchHistory } from './history.ts';
import { benchHttp } from './http.ts';
import { benchLedger } from './ledger.ts';
import { benchLeverage, benchPaths } from './leverage.ts';
import { benchLicences } from './licences.ts';
import { benchLists, benchListsHuge } from './lists.ts';
import { benchMatch } from './match.ts';
import { benchPeers } from './peers.ts';
import { benchRead } from './read.ts';
import { benchRecord } from './record.ts';
import { benchSbomOut } from './sbom-out.ts';
import { benchSbom } from './sbom.ts';
import { benchScan } from './scan.ts';

const benches: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Figure[]>>> = {
  estate: async (options) => [...(await benchEstate(options)), ...(await benchHttp(options))],
  huge: benchHuge,
  desk: benchDesk,
  'desk-huge': benchDeskHuge,
  http: benchHttp,
  record: benchRecord,
  read: benchRead,
  sbom: benchSbom,
  scan: benchScan,
  'sbom-out': benchSbomOut,
  heads: benchHeads,
  history: benchHistory,
  ledger: benchLedger,
  leverage: benchLeverage,
  paths: benchPaths,
  licences: benchLicences,
  lists: benchLists,
  'lists-huge': benchListsHuge,
  check: benchCheck,
  match: matchAgainstBucket,
  peers: benchPeers,
};

// Writing the estate of 100 M alone takes minutes, and so do the other scanners.
const onlyWhenNamed = new Set(['huge', 'desk-huge', 'lists-huge', 'peers']);

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, postgres: { type: 'boolean', default: false }, cache: { type: 'string' } },
});
const unknown = positionals.find((name) => benches[name] === undefined);
if (unknown === undefined) await run(positionals.length === 0 ? Object.keys(benches).filter((name) => !onlyWhenNamed.has(name)) : positionals);
else {
  process.stderr.write(`There is no bench ${unknown}; there are ${Object.keys(benches).join(', ')}.\n`);
  process.exitCode = 2;
}

async function run(names: readonly string[]): Promise<void> {
  await bundleReader(); // as npm start does
  const cache = values.cache ?? path.join(os.tmpdir(), 'guildhall-bench');
  fs.mkdirSync(cache, { recursive: true });
  const figures: Figure[] = [];
  for (const name of names) {
    process.stderr.write(`${name} …\n`);
    figures.push(...((await benches[name]?.({ cache, postgres: values.postgres })) ?? []));
    // After each, so that one that fails loses nothing of the others.
    keep(figures);
  }
  process.stdout.write(values.json ? `${JSON.stringify(figures)}\n` : table(figures));
}

/** Adds the figures to the file of today; one measured again is replaced. */
function keep(figures: readonly Figure[]): void {
  const file = path.join(import.meta.dirname, 'results', `${new Date().toISOString().slice(0, 10)}.json`);
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Results).figures : [];
  const byName = new Map([...before, ...figures].map((each) => [each.name, each]));
  const machine = `${String(os.cpus().length)} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}, load average ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end`;
  const results: Results = { machine, figures: [...byName.values()] };
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
}

type Results = { readonly machine: string; readonly figures: readonly Figure[] };

function table(figures: readonly Figure[]): string {
  const rows = figures.map((each) => {
    const goal = each.goal === null ? '' : `≤ ${String(each.goal)}`;
    return `${each.ok ? ' ' : '✗'} ${each.name.padEnd(44)} ${String(each.value).padStart(12)} ${each.unit.padEnd(7)} ${goal.padEnd(9)} ${each.setup}`;
  });
  return `${rows.join('\n')}\n`;
}

function matchAgainstBucket(): Promise<readonly Figure[]> {
  const data = process.env['GUILDHALL_CONFORMANCE'];
  if (data === undefined) throw new Error('The bench `match` needs GUILDHALL_CONFORMANCE: the folder with advisories/osv-bucket.');
  return benchMatch(data);
}
