import { join } from 'node:path';
import { emptyIndex, matchesOf, putAdvisory, type AdvisoryIndex } from '#analysis/advisories/advisory-index.ts';
import { parseOsv } from '#language/osv.ts';
import { packageKey } from '#language/package-key.ts';
import type { Advisory, AffectedPackage } from '#model/advisory.ts';
import { figure, percentile, seeded, timed, type Figure } from './figure.ts';
import { recordsInBucket } from './osv-bucket.ts';

const packageVersions = 300_000;
const changedRecords = 1_000;

/** Times matching against the records in `<dataDir>/advisories/osv-bucket`. Throws when the folder is not there. */
export async function benchMatch(dataDir: string): Promise<readonly Figure[]> {
  const advisories = await readBucket(join(dataDir, 'advisories', 'osv-bucket'));
  const used = plausibleVersions(advisories, seeded(20_260_101));
  const index = emptyIndex();
  const indexing = timed(() => {
    for (const advisory of advisories) putAdvisory(index, advisory);
  });
  const found = { affected: 0, unknown: 0 };
  const matching = timed(() => {
    for (const { ecosystem, name, version } of used) {
      for (const match of matchesOf(index, ecosystem, name, version)) found[match.kind] += 1;
    }
  });
  const changes = rejudgeTimes(index, advisories, used);
  const on = `${String(used.length)} package versions, ${String(advisories.length)} records`;
  const counts = `${String(found.affected)} affected, ${String(found.unknown)} unknown`;
  return [
    figure('records indexed', indexing, 'ms', 1000, `${String(advisories.length)} records already parsed, first time`),
    figure('every package version against the bucket', matching, 'ms', 3000, `${on}, ranges compiled within the time; ${counts}`),
    figure('one changed record re-indexed, p95', percentile(changes.indexing, 0.95), 'ms', 1, `${on}, ${String(changedRecords)} records`),
    figure('one changed advisory re-judged, p95', percentile(changes.judging, 0.95), 'ms', 50, `${on}, every used version of the packages it names`),
    figure('one changed advisory re-judged, worst', percentile(changes.judging, 1), 'ms', 50, `the same, worst of ${String(changedRecords)}`),
  ];
}

type Used = { readonly ecosystem: string; readonly name: string; readonly version: string };

async function readBucket(folder: string): Promise<readonly Advisory[]> {
  const advisories: Advisory[] = [];
  for await (const bytes of recordsInBucket(folder)) {
    const { advisory } = parseOsv(bytes);
    if (advisory !== null) advisories.push(advisory);
  }
  return advisories;
}

/** Versions of the packages in the bucket: half of them from the records themselves, where the borders are, half made up. */
function plausibleVersions(advisories: readonly Advisory[], random: (below: number) => number): readonly Used[] {
  const packages = new Map<string, { readonly ecosystem: string; readonly name: string; readonly versions: string[] }>();
  for (const affected of advisories.flatMap((advisory) => advisory.affected)) {
    const key = keyOf(affected);
    const known = packages.get(key) ?? { ecosystem: affected.ecosystem, name: affected.name, versions: [] };
    packages.set(key, known);
    if (known.versions.length < 200) known.versions.push(...versionsIn(affected).slice(0, 50));
  }
  const all = [...packages.values()];
  return Array.from({ length: packageVersions }, (_, at) => {
    const { ecosystem, name, versions } = all[at % all.length] ?? { ecosystem: 'npm', name: 'none', versions: [] };
    const made = `${String(random(10))}.${String(random(30))}.${String(random(20))}`;
    return { ecosystem, name, version: random(2) === 0 ? (versions[random(versions.length)] ?? made) : made };
  });
}

function versionsIn(affected: AffectedPackage): readonly string[] {
  const borders = affected.ranges.filter((range) => range.type !== 'GIT').flatMap((range) => range.events.flatMap((event) => Object.values(event)));
  return [...borders.filter((version) => version !== '0'), ...affected.versions];
}

/** Puts records again, as if each had changed, and judges by it all used versions of the packages it names; milliseconds each. */
function rejudgeTimes(index: AdvisoryIndex, advisories: readonly Advisory[], used: readonly Used[]) {
  const usedByPackage = Map.groupBy(used, keyOf);
  const indexing: number[] = [];
  const judging: number[] = [];
  const step = Math.max(1, Math.floor(advisories.length / changedRecords));
  for (let at = 0; at < advisories.length && judging.length < changedRecords; at += step) {
    const advisory = advisories[at];
    if (advisory === undefined) continue;
    const put = timed(() => {
      putAdvisory(index, advisory);
    });
    const judged = timed(() => {
      const alone = emptyIndex(); // only the changed record can say anything new
      putAdvisory(alone, advisory);
      for (const key of new Set(advisory.affected.map(keyOf))) {
        for (const { ecosystem, name, version } of usedByPackage.get(key) ?? []) matchesOf(alone, ecosystem, name, version);
      }
    });
    indexing.push(put);
    judging.push(put + judged);
  }
  return { indexing, judging };
}

function keyOf({ ecosystem, name }: { readonly ecosystem: string; readonly name: string }): string {
  return `${ecosystem}\n${packageKey(ecosystem, name)}`;
}
