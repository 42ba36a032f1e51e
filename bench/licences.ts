import { builtInIpPolicy, ipPolicyTemplates } from '#desk/ip-policy/templates.ts';
import { emptyDesk } from '#desk/desk.ts';
import type { Estate } from '#estate/estate.ts';
import { putFileClaims } from '#estate/licences.ts';
import { deliveries, type PolicyVerdict } from '#model/licence.ts';
import { seesAll } from '#model/visibility.ts';
import { openStore } from '#store/open-store.ts';
import { loadEstate } from '../src/operations/follow-estate.ts';
import { estateVerdicts } from '../src/operations/licences/estate-verdicts.ts';
import { licenceJudge, licenceJudgeUnder } from '../src/operations/licences/licence-judge.ts';
import { verdictsFor, type AskedPackage } from '../src/operations/verdicts/verdicts-for.ts';
import { purlOfPackage } from '../src/operations/ask-estate.ts';
import { processorTime } from './processor-time.ts';
import { largeSqlite } from './estate-store.ts';
import { figure, median, seeded, timed, type BenchOptions, type Figure } from './figure.ts';
import { estateSetup } from './large-estate.ts';

const runs = 5;
const lockfilePackages = 2000;

/** Licences as they are met, most frequent first: expressions, choices, old names, and nothing at all. */
const said: readonly (readonly string[])[] = [
  ...Array.from({ length: 40 }, () => ['MIT']),
  ...Array.from({ length: 20 }, () => ['Apache-2.0']),
  ...Array.from({ length: 8 }, () => ['ISC']),
  ...Array.from({ length: 8 }, () => ['BSD-3-Clause']),
  ...[['BSD-2-Clause'], ['MIT OR Apache-2.0'], ['MPL-2.0'], ['LGPL-2.1-or-later'], ['EPL-2.0'], ['GPL-3.0-only OR MIT'], ['Apache 2'], ['BSD']],
  ...[['GPL-2.0-only'], ['AGPL-3.0-only'], ['SSPL-1.0'], ['GPL-2.0-only WITH Classpath-exception-2.0'], ['CC0-1.0'], ['UNLICENSED'], [], []],
];

/** What judging licences costs: the whole estate under a changed policy, a lockfile, one package. */
export async function benchLicences(options: BenchOptions): Promise<readonly Figure[]> {
  const large = await largeSqlite(options);
  const store = await openStore(large.location);
  try {
    const estate = await loadEstate(store);
    sayLicences(estate);
    const desk = emptyDesk();
    declareArtifacts(estate, desk);
    const setup = `${estateSetup}; ${String(said.length)} kinds of claims, a fifth of the versions with one of 5,000 expressions of their own, every second component with one of ${String(2 * deliveries.length)} contexts`;
    licenceJudge(estate, desk, 0);
    const counts: Record<PolicyVerdict, number>[] = [];
    const before = processorTime();
    const changed = Array.from({ length: runs }, (_, run) => {
      // Another document each time: nothing that was judged before holds.
      const policy = { ...(ipPolicyTemplates[run % ipPolicyTemplates.length]?.policy ?? builtInIpPolicy), gates: { [`run-${String(run)}`]: {} } };
      return timed(() =>
        counts.push({ ...estateVerdicts(estate, seesAll, licenceJudgeUnder(estate, desk, 0, { policy, policyName: 'bench' })).versions }),
      );
    });
    const changedCpu = (processorTime() - before) / runs;
    const judge = licenceJudge(estate, desk, 0);
    const given = { estate, desk, visibility: seesAll, judge, now: 0 };
    const lockfiles = Array.from({ length: 20 }, (_, at) => lockfileOf(estate, at));
    const beforeLists = processorTime();
    const lockfile = lockfiles.map((packages, at) => timed(() => verdictsFor(given, { packages, component: at, artifacts: null })));
    const lockfileCpu = (processorTime() - beforeLists) / lockfiles.length;
    const single = lockfiles.map((packages, at) =>
      timed(() => verdictsFor(given, { packages: packages.slice(0, 1), component: at, artifacts: null })),
    );
    const last = Object.entries(counts.at(-1) ?? {})
      .map(([verdict, count]) => `${String(count)} ${verdict}`)
      .join(', ');
    return [
      figure(
        'licences-changed-policy',
        median(changed),
        'ms',
        2000,
        `median of ${String(runs)} policies, every version in use with its worst verdict (${last}); ${setup}`,
      ),
      figure(
        'licences-lockfile',
        median(lockfile),
        'ms',
        300,
        `median of 20 lists of ${String(lockfilePackages)} package versions in the context of a component, alternatives looked up; in process; ${setup}`,
      ),
      figure('licences-changed-policy-cpu', changedCpu, 'ms', 2000, 'the same as processor time, mean'),
      figure('licences-lockfile-cpu', lockfileCpu, 'ms', 300, `the same as processor time, mean, the first list included`),
      figure('licences-one', median(single), 'ms', 50, `median of 20 known package versions; in process; ${setup}`),
    ];
  } finally {
    await store.close();
    await large.close();
  }
}

/** Says a licence of every package version, as it is met. */
export function sayLicences(estate: Estate): void {
  const random = seeded(5);
  const own = Array.from({ length: 5000 }, (_, at) => [`MIT AND LicenseRef-own-${String(at)}`]);
  const rows = estate.versions.flatMap((_, slot) => {
    const claim = (random(5) === 0 ? own[random(own.length)] : said[random(said.length)]) ?? [];
    return claim.length === 0 ? [] : [{ package_version_id: slot, source: 'lockfile' as const, said: JSON.stringify(claim) }];
  });
  putFileClaims(estate.licences, (slot) => slot, rows);
}

/** Declares of every second component how it is delivered. */
export function declareArtifacts(estate: Estate, desk: ReturnType<typeof emptyDesk>): void {
  estate.components.forEach(({ ref }, at) => {
    if (at % 2 === 1) return;
    const delivery = deliveries[at % deliveries.length] ?? 'internal';
    const linking = at % 4 === 0 ? 'dynamic' : null;
    const artifact = { name: 'main', deliveries: [delivery], linking, modified: false, outbound: null, by: 'bench', at: 0 } as const;
    desk.artifacts.set(ref, new Map([['main', artifact]]));
  });
}

function lockfileOf(estate: Estate, seed: number): readonly AskedPackage[] {
  const random = seeded(100 + seed);
  return Array.from({ length: lockfilePackages }, () => {
    const slot = random(estate.versions.length);
    const holder = estate.packages[estate.packageOf[slot] ?? 0];
    return {
      purl: `${purlOfPackage(holder?.ecosystem ?? '', holder?.name ?? '')}@${estate.versions[slot]?.version ?? ''}`,
      isDevelopment: random(10) < 3,
    };
  });
}
