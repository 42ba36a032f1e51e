import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Estate } from '#estate/estate.ts';
import { countsByTeam } from '#estate/questions/findings.ts';
import { search } from '#estate/questions/search.ts';
import { versionsOf, whoUses } from '#estate/questions/who-uses.ts';
import { openStore } from '#store/open-store.ts';
import { usesOf } from '../src/operations/ask-estate.ts';
import { followEstate, loadEstate } from '../src/operations/follow-estate.ts';
import type { Ready } from './estate-ready.ts';
import { hugeSqlite, largeStores, type LargeStore } from './estate-store.ts';
import { figure, median, percentile, seeded, timed, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup, packageCount, perComponent, versionOfRank, zipfRanks } from './large-estate.ts';

const all = { kind: 'all' } as const;
const loads = 3;
const questions = 2000;
const mebibyte = 1024 * 1024;

/** Loading a large estate and asking it, in process. */
export async function benchEstate(options: BenchOptions): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const open of largeStores(options)) {
    const large = await open();
    try {
      figures.push(...readiness(large), ...(large.kind === 'sqlite' ? await answers(large) : []));
    } finally {
      await large.close();
    }
  }
  return figures;
}

/** Loading an estate of 100 M occurrences and asking it, in process. */
export async function benchHuge(options: BenchOptions): Promise<readonly Figure[]> {
  const huge = await hugeSqlite(options);
  const setup = `100,000 components of ${String(perComponent)}, else as in the bench of 10 M; ${String(huge.written.findings)} findings`;
  const run = ready(huge.location);
  if (run.occurrences !== huge.written.occurrences) throw new Error('The estate that was loaded is not the one that was written.');
  const store = await openStore(huge.location);
  try {
    const asked = askedByUse(await loadEstate(store), setup).filter((each) => each.name === 'who-uses');
    return [
      figure('ready-huge', run.ms, 'ms', 20_000, `sqlite: ${setup}; one run in a process of its own`),
      figure('rss-huge', run.rss / mebibyte, 'MB', 2560, `${setup}; resident right after loading`),
      figure('rss-peak-huge', run.peak / mebibyte, 'MB', null, `${setup}; the most it ever held`),
      ...asked.map((each) => ({ ...each, name: 'who-uses-huge' })),
    ];
  } finally {
    await store.close();
  }
}

function ready(location: LargeStore['location']): Ready {
  const script = path.join(import.meta.dirname, 'estate-ready.ts');
  return JSON.parse(execFileSync(process.execPath, ['--max-old-space-size=4096', script, JSON.stringify(location)], { encoding: 'utf8' })) as Ready;
}

function readiness({ kind, location, written }: LargeStore): readonly Figure[] {
  const setup = `${kind}: ${estateSetup}, ${String(written.findings)} findings; a process of its own each, median of ${String(loads)}`;
  const runs = Array.from({ length: loads }, () => ready(location));
  if (runs.some((run) => run.occurrences !== written.occurrences)) throw new Error('The estate that was loaded is not the one that was written.');
  const suffix = kind === 'sqlite' ? '' : `-${kind}`;
  return [
    figure(
      `ready${suffix}`,
      median(runs.map((run) => run.ms)),
      'ms',
      kind === 'sqlite' ? 3000 : 5000,
      `${setup}; from the first question to the store`,
    ),
    figure(
      `ready-cpu${suffix}`,
      median(runs.map((run) => run.cpuMs)),
      'ms',
      null,
      'processor time of the same: what it takes when nothing else runs',
    ),
    figure(`rss${suffix}`, median(runs.map((run) => run.rss)) / mebibyte, 'MB', 450, `${setup}; resident right after loading`),
    figure(`rss-peak${suffix}`, median(runs.map((run) => run.peak)) / mebibyte, 'MB', null, `${setup}; the most it ever held`),
  ];
}

async function answers({ location, written }: LargeStore): Promise<readonly Figure[]> {
  const store = await openStore(location);
  const estate = await loadEstate(store);
  const setup = `${estateSetup}, ${String(written.findings)} findings, in process`;
  try {
    return [...askedByUse(estate, setup), ...asked(estate, setup), await updated(estate, location, setup)];
  } finally {
    await store.close();
  }
}

/** Packages drawn as they are used: what everybody asks for is what everybody uses. */
function askedByUse(estate: Estate, setup: string): readonly Figure[] {
  const draw = zipfRanks(seeded(11));
  const slots = Array.from({ length: questions }, () => {
    const { ecosystem, nameKey } = versionOfRank(draw());
    return estate.packageByKey.get(`${ecosystem}\0${nameKey}`) ?? 0;
  });
  let uses = 0;
  const times = slots.map((slot) =>
    timed(() => {
      uses += whoUses(estate, all, versionsOf(estate, slot)).evidence.length;
    }),
  );
  const ranged = slots.slice(0, 200).map((slot) => {
    const { name = '', ecosystem = '' } = estate.packages[slot] ?? {};
    return timed(() => usesOf(estate, all, `${name}@${rangeOf(ecosystem)}`));
  });
  const on = `${setup}; ${String(questions)} packages drawn by use, all versions, ${String(Math.round(uses / questions))} uses on average`;
  return [
    figure('who-uses', percentile(times, 0.95), 'ms', 0.5, `p95; ${on}`),
    figure('who-uses-p50', percentile(times, 0.5), 'ms', null, on),
    figure(
      'range',
      percentile(ranged, 0.95),
      'ms',
      null,
      `p95; 200 of the same packages with a range, every use as a row of the CLI, sorted; ${setup}`,
    ),
  ];
}

function rangeOf(ecosystem: string): string {
  return { Maven: '[1.0,3.0)', PyPI: '>=1.0,<3.0', 'crates.io': '>=1.0.0, <3.0.0' }[ecosystem] ?? '>=1.0.0 <3.0.0';
}

function asked(estate: Estate, setup: string): readonly Figure[] {
  const board = Array.from({ length: 21 }, () => timed(() => countsByTeam(estate, all)));
  const texts = ['component-12', 'library-4', 'pack', 'cve-2024-1', 'team-3', 'group7 artifact'];
  const typed = Array.from({ length: 10 }, () => texts.map((text) => timed(() => search(estate, { estate: all, findings: all }, text, 8)))).flat();
  return [
    figure('dashboard', median(board), 'ms', 15, `median of 21; open findings by team and severity; ${setup}`),
    figure(
      'search',
      percentile(typed, 0.95),
      'ms',
      null,
      `p95 of ${String(typed.length)}; components, ${String(packageCount)} packages, advisories and teams; ${setup}`,
    ),
  ];
}

/** One inventory with a changed version, taken from the change feed. */
async function updated(estate: Estate, location: LargeStore['location'], setup: string): Promise<Figure> {
  const store = await openStore(location);
  const times: number[] = [];
  try {
    for (let component = 1; component <= 100; component += 1) {
      const [row] = await store.evidenceOf(component);
      const [donor] = await store.evidenceOf(component + 100);
      if (row === undefined || donor === undefined) continue;
      await store.write(async (tx) => {
        await tx.putEvidence({ ...row, open: donor.open });
        await tx.appendChange('component', { components: [component] }, 0);
      });
      times.push(await timedAsync(() => followEstate(store, estate)));
    }
  } finally {
    await store.close();
  }
  return figure(
    'update',
    median(times),
    'ms',
    null,
    `median of ${String(times.length)}; an inventory replaced by another one whole, store asked and estate brought up to date; ${setup}`,
  );
}
