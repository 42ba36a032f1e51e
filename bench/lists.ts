import { emptyDesk } from '#desk/desk.ts';
import { seesAll } from '#model/visibility.ts';
import { openStore } from '#store/open-store.ts';
import { loadEstate } from '../src/operations/follow-estate.ts';
import { artifactoryList } from '../src/server/handlers/verdict-lists.ts';
import { licences, licensedVersions } from '../src/server/handlers/licences.ts';
import { obligations } from '../src/server/handlers/obligations.ts';
import { pageOf, type AnyListing } from '../src/server/listing.ts';
import { hugeSqlite, largeSqlite, type LargeStore } from './estate-store.ts';
import { figure, percentile, timedAsync, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup } from './large-estate.ts';
import { declareArtifacts, sayLicences } from './licences.ts';
import { processorTime } from './processor-time.ts';

const rounds = 4;

type Query = Readonly<Record<string, string>> & { readonly sort?: string };
type Asks = { readonly name: string; readonly queries: readonly Query[]; answer(query: Query): Promise<unknown> };

/** What the lists of licences cost over 10,000 components: asked for the first time since something changed, and from then on. */
export async function benchLists(options: BenchOptions): Promise<readonly Figure[]> {
  return measured(await largeSqlite(options), '', estateSetup);
}

/** The same over ten times as many components. */
export async function benchListsHuge(options: BenchOptions): Promise<readonly Figure[]> {
  return measured(await hugeSqlite(options), '-huge', `100,000 components, else ${estateSetup}`);
}

async function measured(large: LargeStore, suffix: string, setup: string): Promise<readonly Figure[]> {
  const store = await openStore(large.location);
  try {
    const estate = await loadEstate(store);
    sayLicences(estate);
    const desk = emptyDesk();
    declareArtifacts(estate, desk);
    const principal = { kind: 'person', subject: 'bench', visibility: seesAll, actor: { id: 'bench', kind: 'person', grants: new Map() } };
    const asked = {
      office: { desk: { desk }, clock: () => 0, secret: new Uint8Array(32) },
      estate,
      visibility: seesAll,
      findings: seesAll,
      principal,
    };
    const paged = (handler: unknown, sort: string) => async (query: Query) => {
      const given = { ...asked, query: { sort, ...query }, params: {} };
      // Handlers are given what their route has checked; these ask for nothing else of the office.
      const list = await (handler as (given: object) => AnyListing | Promise<AnyListing>)(given);
      return pageOf(list, { limit: 50, sort: query.sort ?? sort }, { list: 'bench', sort: query.sort ?? sort, epoch: 1 }, asked.office.secret);
    };
    const lists: readonly Asks[] = [
      {
        name: 'obligations',
        queries: [
          {},
          { sort: 'component' },
          { sort: 'team' },
          { sort: '-open' },
          { state: 'due' },
          { team: 'team-3' },
          { obligation: 'give-notices' },
        ],
        answer: paged(obligations, '-due'),
      },
      {
        name: 'licences',
        queries: [{}, { sort: 'licence' }, { sort: '-uses' }, { category: 'permissive' }, { verdict: 'denied' }, { q: 'own-12' }],
        answer: paged(licences, '-worst'),
      },
      {
        name: 'licensed-versions',
        queries: [
          {},
          { sort: 'package' },
          { sort: '-components' },
          { sort: 'licence' },
          { verdict: 'review' },
          { category: 'none' },
          { licence: 'MIT' },
        ],
        answer: paged(licensedVersions, '-verdict'),
      },
      {
        name: 'verdict-list',
        queries: [{}, { delivery: 'saas' }, { delivery: 'mobile' }],
        answer: (query) => Promise.resolve((artifactoryList as (given: object) => unknown)({ ...asked, query })),
      },
    ];
    const figures: Figure[] = [];
    for (const { name, queries, answer } of lists) {
      const first: number[] = [];
      const firstCpu: number[] = [];
      for (const query of queries) {
        const before = processorTime();
        first.push(await timedAsync(() => answer(query)));
        firstCpu.push(processorTime() - before);
      }
      const again: number[] = [];
      for (let round = 0; round < rounds; round += 1) for (const query of queries) again.push(await timedAsync(() => answer(query)));
      const how = `in process; ${setup}`;
      figures.push(
        figure(
          `list-${name}${suffix}`,
          percentile(again, 0.95),
          'ms',
          200,
          `p95 of ${String(queries.length)} questions, ${String(rounds)} times; ${how}`,
        ),
        figure(
          `list-${name}-first${suffix}`,
          Math.max(...first),
          'ms',
          2000,
          `the slowest of them, each asked for the first time since something changed; ${how}`,
        ),
        figure(`list-${name}-first-cpu${suffix}`, Math.max(...firstCpu), 'ms', 2000, 'the same as processor time'),
      );
    }
    return figures;
  } finally {
    await store.close();
    await large.close();
  }
}
