import type { Gateway } from '#gateway/gateway.ts';
import { openGateway } from '#gateway/gateway.ts';
import { parseOsv } from '#language/osv.ts';
import { openStore } from '#store/open-store.ts';
import { createHash } from 'node:crypto';
import type { Context } from '../src/operations/context.ts';
import { followEstate, loadEstate } from '../src/operations/follow-estate.ts';
import { randomId } from '../src/operations/open-office.ts';
import { readPending } from '../src/operations/read-pending.ts';
import { recordAdvisories } from '../src/operations/sync-advisories.ts';
import { takeUpload } from '../src/operations/take-upload.ts';
import { largeStores, type LargeStore } from './estate-store.ts';
import { figure, percentile, seeded, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { advisoryOf, estateSetup, inventoryRanks, perComponent, versionOfRank, zipfRanks } from './large-estate.ts';
import { sbomOf } from './made-sbom.ts';

const recordings = 150;
const warmUp = 20;
const rejudged = 40;

/** Recording SBOMs durably into a store that holds a large estate already, and judging one changed advisory anew. */
export async function benchRecord(options: BenchOptions): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const open of largeStores(options)) {
    const large = await open();
    try {
      figures.push(...(await onStore(large)));
    } finally {
      await large.close();
    }
  }
  return figures;
}

async function onStore({ kind, location }: LargeStore): Promise<readonly Figure[]> {
  const store = await openStore(location);
  const gateway = openGateway({ workers: 1 });
  const parsing = { ms: 0, cpuMs: 0 };
  const context: Context = { store, gateway: timedGateway(gateway, parsing), clock: Date.now, randomId };
  try {
    return [...(await recorded(context, kind, parsing)), ...(await rejudgings(context, kind))];
  } finally {
    gateway.close();
    await store.close();
  }
}

async function recorded(context: Context, kind: 'sqlite' | 'postgres', parsing: Parsing): Promise<readonly Figure[]> {
  const times: { readonly acknowledged: number; readonly whole: number; readonly parsing: number; readonly cpu: number }[] = [];
  const draw = zipfRanks(seeded(23));
  for (let index = 0; index < recordings + warmUp; index += 1) {
    const sbom = sbomOf(inventoryRanks(draw).map(versionOfRank));
    const component = `component-${String(index % 50)}`;
    [parsing.ms, parsing.cpuMs] = [0, 0];
    const before = process.cpuUsage();
    const acknowledged = await timedAsync(() => takeUpload(context, chunks(sbom), { component, slot: 'default', validAt: null }));
    const read = await timedAsync(() => readPending(context));
    const cpu = cpuSince(before) - parsing.cpuMs;
    if (index >= warmUp) times.push({ acknowledged, whole: acknowledged + read, parsing: parsing.ms, cpu });
  }
  const goals = kind === 'sqlite' ? [5, 20] : [15, 50];
  const suffix = kind === 'sqlite' ? '' : `-${kind}`;
  const durability = kind === 'sqlite' ? 'synchronous=FULL' : 'default durability';
  const setup = `${String(times.length)} CycloneDX files of ${String(perComponent)} packages drawn by use, into ${kind}, ${durability}, which holds ${estateSetup}`;
  const recording = times.map((each) => each.whole - each.parsing);
  return [
    figure(
      `record${suffix}`,
      percentile(recording, 0.5),
      'ms',
      goals[0] ?? null,
      `p50: raw, receipt, reading, inventory, matches, findings and change, all committed; without the reader process; ${setup}`,
    ),
    figure(`record-p95${suffix}`, percentile(recording, 0.95), 'ms', goals[1] ?? null, 'p95 of the same'),
    figure(
      `record-cpu${suffix}`,
      percentile(
        times.map((each) => each.cpu),
        0.5,
      ),
      'ms',
      null,
      'p50 of the processor time of the same in this process',
    ),
    figure(
      `record-acknowledged${suffix}`,
      percentile(
        times.map((each) => each.acknowledged),
        0.5,
      ),
      'ms',
      null,
      `p50: until raw and receipt are committed; ${setup}`,
    ),
    figure(
      `record-whole${suffix}`,
      percentile(
        times.map((each) => each.whole),
        0.5,
      ),
      'ms',
      null,
      `p50 with reading the file in the reader process; ${setup}`,
    ),
  ];
}

/** Advisories drawn evenly, each changed so that it hits one version less or more. */
async function rejudgings(context: Context, kind: 'sqlite' | 'postgres'): Promise<readonly Figure[]> {
  let estate = await loadEstate(context.store);
  const withUsers: Context = { ...context, users: () => estate };
  const random = seeded(29);
  const times: number[] = [];
  const cpu: number[] = [];
  for (let round = 0; round < rejudged; round += 1) {
    const advisory = {
      ...advisoryOf(random(10_000), round % 2 === 0 ? '3.0.0' : '5.0.0'),
      modified: new Date(1_750_000_000_000 + round * 1000).toISOString(),
    };
    const { id, modified, published, aliases, summary, severity, affected } = advisory;
    const bytes = Buffer.from(JSON.stringify({ id, modified, published, aliases, summary, severity, affected: affected.map(osvAffected) }));
    const record = { name: `${id}.json`, bytes, hash: createHash('sha256').update(bytes).digest('hex'), ...parseOsv(bytes) };
    await recordAdvisories(withUsers, { source: 'osv', origin: 'osv:bench', revision: String(round) }, [record]);
    const before = process.cpuUsage();
    times.push(await timedAsync(() => readPending(withUsers)));
    cpu.push(cpuSince(before));
    estate = await followEstate(context.store, estate);
  }
  const setup = `${String(times.length)} of 10,000 advisories drawn evenly: record, groups, matches and the findings of every component that uses the package, committed in ${kind}; ${estateSetup}`;
  const suffix = kind === 'sqlite' ? '' : `-${kind}`;
  return [
    figure(`rejudge${suffix}`, percentile(times, 0.5), 'ms', 50, `p50 of ${setup}`),
    figure(`rejudge-cpu${suffix}`, percentile(cpu, 0.5), 'ms', null, 'p50 of the processor time of the same'),
    figure(`rejudge-p95${suffix}`, percentile(times, 0.95), 'ms', null, 'p95 of the same'),
  ];
}

function osvAffected({ ecosystem, name, ranges }: ReturnType<typeof advisoryOf>['affected'][number]): object {
  return { package: { ecosystem, name }, ranges };
}

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield await Promise.resolve(bytes.subarray(at, at + 65_536));
}

/** What the reader process had of a recording: the time it was waited for, and what this process did meanwhile. */
type Parsing = { ms: number; cpuMs: number };

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function timedGateway(gateway: Gateway, parsing: Parsing): Gateway {
  return {
    ...gateway,
    async read(job, neighbours) {
      const [start, before] = [performance.now(), process.cpuUsage()];
      try {
        return await gateway.read(job, neighbours);
      } finally {
        parsing.ms += performance.now() - start;
        parsing.cpuMs += cpuSince(before);
      }
    },
  };
}
