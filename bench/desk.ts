import type { Actor } from '#model/actor.ts';
import type { Estate } from '#estate/estate.ts';
import { seesAll, type Visibility } from '#model/visibility.ts';
import { openStore } from '#store/open-store.ts';
import { loadEstate } from '../src/operations/follow-estate.ts';
import { findingKeyAt } from '../src/operations/findings-meeting.ts';
import { actKindOf, openLiveDesk } from '../src/operations/live-desk.ts';
import { performAct } from '../src/operations/perform-act.ts';
import { findingsInOrder, findingsWanted, type FindingFilter } from '../src/operations/triage/findings-in-order.ts';
import { openLiveTriage, type Triage } from '../src/operations/triage/live-triage.ts';
import { readConfiguration } from '../src/operations/configuration.ts';
import { startOffice, type RunningOffice } from '../src/server/serve.ts';
import { hugeSqlite, largeSqlite, type LargeStore } from './estate-store.ts';
import { figure, percentile, timed, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup, teamCount } from './large-estate.ts';

const token = 'a-token-of-the-bench-0123456789';
const sorts = ['severity', 'risk', 'due', 'opened', 'component', 'package', 'team', 'epss', 'cvss'].flatMap((sort) => [sort, `-${sort}`]);
const rounds = 5;
const everything: FindingFilter = {
  isComponent: null,
  groups: null,
  packageSlot: null,
  state: null,
  action: null,
  clock: null,
  dueUntil: null,
  notDueUntil: null,
  rest: null,
};
const half: Visibility = { kind: 'teams', teams: new Set(Array.from({ length: teamCount / 2 }, (_, team) => `team-${String(team)}`)) };

/** The desk over an estate of 10,000 components: pages of findings, and deciding many at once. */
export async function benchDesk(options: BenchOptions): Promise<readonly Figure[]> {
  const large = await largeSqlite(options);
  try {
    return [...(await overHttp(large, '', estateSetup)), ...(await inProcess(large, 1)), ...(await inProcess(large, 10))];
  } finally {
    await large.close();
  }
}

/** The pages of findings over HTTP of an estate ten times as large. */
export async function benchDeskHuge(options: BenchOptions): Promise<readonly Figure[]> {
  const huge = await hugeSqlite(options);
  try {
    return await overHttp(huge, '-huge', `100,000 components, else ${estateSetup}`);
  } finally {
    await huge.close();
  }
}

/** Puts every component and its findings into an estate as many times, columns of their own each: writing such a store takes far longer than asking it. */
function multiply(estate: Estate, times: number): void {
  const count = estate.components.length;
  for (let copy = 1; copy < times; copy += 1) {
    for (let slot = 0; slot < count; slot += 1) {
      const [holder, of] = [estate.components[slot], estate.findings[slot]];
      if (holder === undefined || of === undefined) continue;
      const ref = `${holder.ref}-${String(copy)}`;
      const added = estate.components.push({ ...holder, ref, name: `${holder.name}-${String(copy)}` }) - 1;
      estate.componentByRef.set(ref, added);
      estate.findings[added] = {
        package: of.package.slice(),
        group: of.group.slice(),
        episode: of.episode.slice(),
        openedAt: of.openedAt.slice(),
        exposedFrom: of.exposedFrom.slice(),
      };
    }
  }
}

async function overHttp(store: LargeStore, suffix: string, estate: string): Promise<readonly Figure[]> {
  if (!('dataDir' in store.location)) throw new Error('The large estate on SQLite lies in a folder.');
  const office = await startOffice({
    place: { dataDir: store.location.dataDir, databaseUrl: null },
    configuration: readConfiguration(null, {}),
    port: 0,
    env: { GUILDHALL_TOKEN: token },
    work: false,
  });
  try {
    const began = performance.now();
    await office.ready();
    const ready = performance.now() - began;
    const setup = `${String(store.written.findings)} findings; sqlite: ${estate}`;
    const first: number[] = [];
    const again: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const sort of sorts) (round === 0 ? first : again).push(await timedAsync(() => ask(office, `sort=${sort}&limit=50`)));
    const filtered: number[] = [];
    for (let round = 0; round < rounds; round += 1)
      for (const query of [
        'action=act&sort=risk',
        'severity=critical,high&sort=due',
        'clock=baseline&sort=-risk',
        'team=team-3&sort=risk',
        'dueWithin=30',
      ])
        filtered.push(await timedAsync(() => ask(office, `${query}&limit=50`)));
    return [
      figure(
        `findings-page${suffix}`,
        percentile(again, 0.95),
        'ms',
        200,
        `p95 over HTTP; first page of 50 by each of ${String(sorts.length)} orders, ${String(rounds - 1)} times; ${setup}`,
      ),
      figure(`findings-page-first${suffix}`, percentile(first, 0.95), 'ms', null, `p95; the first time that each order is asked for; ${setup}`),
      figure(`findings-page-filtered${suffix}`, percentile(filtered, 0.95), 'ms', null, `p95; first page of five filters; ${setup}`),
      figure(`desk-ready${suffix}`, ready, 'ms', null, `loading the estate and judging every finding; ${setup}`),
    ];
  } finally {
    await office.close();
  }
}

async function ask(office: RunningOffice, query: string): Promise<void> {
  const reply = await fetch(`${office.url}/v1/findings?${query}`, { headers: { authorization: `Bearer ${token}` } });
  const { total } = (await reply.json()) as { readonly total?: number };
  if (total === undefined) throw new Error(`${query}: ${String(reply.status)}`);
}

async function inProcess({ location }: LargeStore, times: number): Promise<readonly Figure[]> {
  const store = await openStore(location);
  try {
    const estate = await loadEstate(store);
    multiply(estate, times);
    const [live, desk] = [openLiveTriage(), openLiveDesk()];
    await desk.catchUp(store);
    const now = Date.parse('2026-11-28T09:00Z');
    const before = process.cpuUsage();
    const judged = await timedAsync(() => live.follow(store, estate, desk.desk, now));
    const judgedCpu = cpuSince(before);
    const triage = live.of(estate, desk.desk, now);
    const count = findingsInOrder(triage, seesAll, { filter: everything, sort: 'risk', after: null, most: 1 }).total;
    const components = `${String(estate.components.length)} components`;
    const setup = `${String(count)} findings of ${components}, in process; ${times === 1 ? '' : `each component ${String(times)} times, `}${estateSetup}`;
    const page = (visibility: Visibility, only: FindingFilter): Timed =>
      timedTogether(
        Array.from({ length: rounds }, () =>
          sorts.map((sort) => () => void findingsInOrder(triage, visibility, { filter: only, sort, after: null, most: 51 })),
        ).flat(),
      );
    const first = page(seesAll, everything);
    page(half, everything);
    const [all, some, filtered] = [
      page(seesAll, everything),
      page(half, everything),
      page(seesAll, { ...everything, action: Uint8Array.of(1, 0, 0) }),
    ];
    const bulk = times === 1 ? await bulkDecision(store, triage, desk) : [];
    const name = (base: string): string => (times === 1 ? base : `${base}-huge`);
    const each = `first page of 50 by each of ${String(sorts.length)} orders, ${String(rounds)} times`;
    return [
      figure(name('desk-page'), percentile(all.ms, 0.95), 'ms', 200, `p95; ${each}; ${setup}`),
      figure(name('desk-page-cpu'), all.cpuMs, 'ms', null, `mean processor time of the same`),
      figure(name('desk-page-first'), percentile(first.ms, 0.95), 'ms', null, `p95 with the first time that each order is asked for`),
      figure(name('desk-page-filtered'), percentile(filtered.ms, 0.95), 'ms', 200, `p95; only those that ask for an act; ${each}; ${setup}`),
      figure(name('desk-page-filtered-cpu'), filtered.cpuMs, 'ms', null, `mean processor time of the same`),
      figure(
        name('desk-page-restricted'),
        some.cpuMs / all.cpuMs,
        'times',
        1.2,
        `processor time for who sees half of the teams, against who sees all`,
      ),
      figure(name('desk-judged'), judged, 'ms', null, `every finding judged from nothing; ${setup}`),
      figure(name('desk-judged-cpu'), judgedCpu, 'ms', null, 'processor time of the same'),
      ...bulk,
    ];
  } finally {
    await store.close();
  }
}

type Timed = { readonly ms: readonly number[]; readonly cpuMs: number };

function timedTogether(works: readonly (() => void)[]): Timed {
  const before = process.cpuUsage();
  const ms = works.map((work) => timed(work));
  return { ms, cpuMs: cpuSince(before) / works.length };
}

function cpuSince(before: NodeJS.CpuUsage): number {
  return process.cpuUsage(before).user / 1000;
}

const office: Actor = { id: 'person:bench', kind: 'person', grants: new Map([['findings:decide', 'office']]) };

async function bulkDecision(
  store: Awaited<ReturnType<typeof openStore>>,
  triage: Triage,
  desk: ReturnType<typeof openLiveDesk>,
): Promise<readonly Figure[]> {
  const { estate } = triage.judging;
  const findings: object[] = [];
  for (const place of findingsWanted(triage, seesAll, everything)) {
    const key = findings.length < 10_000 ? findingKeyAt(estate, place) : null;
    if (key === null) break;
    findings.push(key);
  }
  const kind = actKindOf('decide');
  if (kind === undefined) throw new Error('There is no act decide.');
  const times: number[] = [];
  const before = process.cpuUsage();
  for (const letter of ['a', 'b', 'c']) {
    const body = kind.body.parse({ id: letter.repeat(26), predicate: { findings }, verdict: 'in-triage' });
    const context = { store, clock: () => Date.parse('2026-11-28T09:00Z'), randomId: () => letter.repeat(26) } as unknown as Parameters<
      typeof performAct
    >[0];
    const wanted = { kind, body, words: { reason: 'Looked at together.', control: null }, actor: office, visibility: seesAll, expects: null };
    times.push(
      await timedAsync(async () => {
        const done = await performAct(context, desk, estate, wanted);
        if ('refusal' in done) throw new Error(done.reason);
      }),
    );
  }
  const cpu = cpuSince(before) / times.length;
  const setup = `one decision on ${String(findings.length)} findings, until it is durable and folded; sqlite`;
  return [
    figure('bulk-decision', percentile(times, 0.5), 'ms', 1000, `median of three; ${setup}`),
    figure('bulk-decision-cpu', cpu, 'ms', null, 'mean processor time of the same'),
  ];
}
