import type { Actor } from '#model/actor.ts';
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
import { estateSetup, perComponent, teamCount } from './large-estate.ts';

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
    return [...(await overHttp(large, estateSetup, '')), ...(await inProcess(large, estateSetup, ''))];
  } finally {
    await large.close();
  }
}

/** The same over 100,000 components with some ten million findings. */
export async function benchHugeDesk(options: BenchOptions): Promise<readonly Figure[]> {
  const huge = await hugeSqlite(options);
  const setup = `100,000 components of ${String(perComponent)}, else as in the bench of 10 M`;
  return [...(await overHttp(huge, setup, '-huge')), ...(await inProcess(huge, setup, '-huge'))];
}

async function overHttp(store: LargeStore, estate: string, suffix: string): Promise<readonly Figure[]> {
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

async function inProcess({ location, written }: LargeStore, estate: string, suffix: string): Promise<readonly Figure[]> {
  const store = await openStore(location);
  try {
    const loaded = await loadEstate(store);
    const live = openLiveTriage();
    const desk = openLiveDesk();
    await desk.catchUp(store);
    const now = Date.parse('2026-11-28T09:00Z');
    const judged = await timedAsync(() => live.follow(store, loaded, desk.desk, now));
    const setup = `${String(written.findings)} findings, in process; ${estate}`;
    const followed = live.of(loaded, desk.desk, now);
    const page = (visibility: Visibility): readonly number[] =>
      Array.from({ length: rounds }, () =>
        sorts.map((sort) => timed(() => findingsInOrder(followed, visibility, { filter: everything, sort, after: null, most: 51 }))),
      ).flat();
    page(seesAll);
    page(half);
    const [all, some] = [page(seesAll), page(half)];
    const bulk = suffix === '' ? await bulkDecision(store, followed, desk) : [];
    return [
      figure(`desk-judged${suffix}`, judged, 'ms', null, `every finding judged from nothing; ${setup}`),
      figure(
        `findings-page-restricted${suffix}`,
        percentile(some, 0.95) / percentile(all, 0.95),
        'times',
        1.2,
        `p95 of who sees half of the teams, against who sees all (${percentile(all, 0.95).toFixed(1)} ms); ${setup}`,
      ),
      ...bulk,
    ];
  } finally {
    await store.close();
  }
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
  return [
    figure(
      'bulk-decision',
      percentile(times, 0.5),
      'ms',
      1000,
      `median of three; one decision on ${String(findings.length)} findings, until it is durable and folded; sqlite`,
    ),
  ];
}
