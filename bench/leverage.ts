import { loadEstate } from '../src/operations/follow-estate.ts';
import { componentPaths } from '../src/operations/component-paths.ts';
import { licenceJudge } from '../src/operations/licences/licence-judge.ts';
import { upgradesOf } from '../src/operations/upgrades.ts';
import { dependencyGraph } from '#analysis/paths/dependency-graph.ts';
import { pathsTo, usualSteps } from '#analysis/paths/paths-to.ts';
import { emptyDesk } from '#desk/desk.ts';
import { seesAll } from '#model/visibility.ts';
import type { Edge } from '#language/packed/edges.ts';
import { openStore } from '#store/open-store.ts';
import { largeSqlite } from './estate-store.ts';
import { figure, median, percentile, seeded, timed, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup } from './large-estate.ts';

const asked = 9;
const packages = 2000;

/** What to raise in an estate of 10 M occurrences. */
export async function benchLeverage(options: BenchOptions): Promise<readonly Figure[]> {
  const large = await largeSqlite(options);
  const store = await openStore(large.location);
  try {
    const estate = await loadEstate(store);
    const licences = licenceJudge(estate, emptyDesk(), 0);
    const setup = `every upgrade of the whole estate, in process; ${estateSetup}, ${String(large.written.findings)} findings`;
    const first = await timedAsync(() => upgradesOf(store, estate, seesAll, {}, licences));
    const times: number[] = [];
    for (let run = 0; run < asked; run += 1) times.push(await timedAsync(() => upgradesOf(store, estate, seesAll, {}, licences)));
    const upgrades = await upgradesOf(store, estate, seesAll, {}, licences);
    return [
      figure('leverage', median(times), 'ms', 300, `median of ${String(asked)}; ${String(upgrades.length)} packages; records read before; ${setup}`),
      figure('leverage-first', first, 'ms', null, `the first time after records changed: theirs are read from the store and made ready; ${setup}`),
    ];
  } finally {
    await store.close();
    await large.close();
  }
}

/** All paths to every package of a component of 2,000: without cycles, and with them. */
export async function benchPaths(options: BenchOptions): Promise<readonly Figure[]> {
  const figures = [...(['acyclic', 'cyclic'] as const).map((kind) => pathsIn(kind))];
  const large = await largeSqlite(options);
  const store = await openStore(large.location);
  try {
    const estate = await loadEstate(store);
    const times: number[] = [];
    for (let component = 0; component < 100; component += 1) {
      const packageSlot = estate.findings[component]?.package[0] ?? 0;
      times.push(await timedAsync(() => componentPaths(store, estate, component, { package: packageSlot, version: null, atMost: 1000 })));
    }
    const setup = `p95 of ${String(times.length)}; at most 1,000 paths of one package, edges read from the store; ${estateSetup}`;
    return [...figures, figure('paths-store', percentile(times, 0.95), 'ms', 100, setup)];
  } finally {
    await store.close();
    await large.close();
  }
}

function pathsIn(kind: 'acyclic' | 'cyclic'): Figure {
  const random = seeded(17);
  const edges: Edge[] = [];
  for (let to = 40; to < packages; to += 1) for (let each = 0; each < 3; each += 1) edges.push([random(to), to]);
  if (kind === 'cyclic') for (let each = 0; each < 400; each += 1) edges.push([random(packages), random(packages)]);
  const occurrences = Array.from({ length: packages }, (_, id) => ({ id, direct: id < 40 }));
  const times = Array.from({ length: 100 }, (_, at) =>
    timed(() => pathsTo(dependencyGraph(edges, occurrences), packages - 1 - at, { atMost: 1000, stepsAtMost: usualSteps })),
  );
  const setup = `p95 of 100 packages, the graph laid out each time; ${String(packages)} packages, ${String(edges.length)} edges, 40 direct, ${kind}; 1,000 paths listed, all counted where acyclic, else at most ${String(usualSteps)} steps`;
  return figure(kind === 'acyclic' ? 'paths' : 'paths-cyclic', percentile(times, 0.95), 'ms', 100, setup);
}
