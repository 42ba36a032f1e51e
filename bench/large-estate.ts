import { packClosed, type ClosedSegment } from '#language/packed/closed-segments.ts';
import { packEdges, type Edge } from '#language/packed/edges.ts';
import { packEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { flagsOf } from '#language/packed/flags.ts';
import { packOpen, type OpenOccurrence } from '#language/packed/open-occurrences.ts';
import type { Advisory } from '#model/advisory.ts';
import type { AdvisoryTable, MatchTable } from '#store/schema.ts';
import type { Store, VersionKey, WriteTx } from '#store/store.ts';
import { withVersion } from '../src/operations/advisory-body.ts';
import { matchRows } from '../src/operations/judge-versions.ts';
import { seeded } from './figure.ts';

export const componentCount = 10_000;
export const perComponent = 1000;
export const versionCount = 300_000;
export const packageCount = 60_000;
export const teamCount = 40;
const advisoryCount = 10_000;
const edgesPerComponent = 2000;
const closedPerComponent = 200;
const componentsAtOnce = 200;
const startDay = 19_000;
const dayMs = 86_400_000;

/** What the estate of the benches holds, for the set-ups of its figures. */
export const estateSetup =
  '10,000 components × 1,000 package versions, Zipf over 300,000 versions of 60,000 packages in 4 ecosystems, 2,000 edges a component, ' +
  '200 closed segments in every fifth, 40 teams, 10,000 advisories with 30,000 matches';

/** What was written. */
export type Written = { readonly occurrences: number; readonly matches: number; readonly findings: number };

/** The package version of a rank, 0 being the most used; ranks a package count apart are versions of one package. */
export function versionOfRank(rank: number): VersionKey {
  const name = nameOf(rank % packageCount);
  return { ...name, nameKey: name.name, version: `${String(1 + Math.floor(rank / packageCount))}.2.3`, range: '' };
}

/** Draws ranks as use is spread in the large: the n-th most used version comes up in proportion to 1/n. */
export function zipfRanks(random: (below: number) => number): () => number {
  const sums = new Float64Array(versionCount);
  let sum = 0;
  for (let rank = 0; rank < versionCount; rank += 1) sums[rank] = sum += 1 / (rank + 1);
  return () => {
    const wanted = (random(2 ** 30) / 2 ** 30) * sum;
    let [low, high] = [0, versionCount - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Different ranks, ascending, as one component uses them. */
export function inventoryRanks(draw: () => number): readonly number[] {
  const ranks = new Set<number>();
  while (ranks.size < perComponent) ranks.add(draw());
  return [...ranks].sort((a, b) => a - b);
}

/** Fills an empty store with an estate of a thousand occurrences a component, 10 M unless told, as the fold would leave it. */
export async function writeLargeEstate(store: Store, progress: (line: string) => void, components = componentCount): Promise<Written> {
  const random = seeded(7);
  const ids = await writeVersions(store);
  const hits = await writeAdvisories(store, ids, random);
  const draw = zipfRanks(random);
  let findings = 0;
  for (let first = 0; first < components; first += componentsAtOnce) {
    // Made before the transaction, so that a transaction run again writes the same.
    const made = Array.from({ length: componentsAtOnce }, (_, index) => makeComponent(first + index, inventoryRanks(draw), { ids, hits, random }));
    await store.write(async (tx) => {
      for (const each of made) await writeComponent(tx, each);
      await tx.appendChange('bench', {}, startDay * dayMs);
    });
    findings += made.reduce((sum, each) => sum + each.episodes.length, 0);
    if (first % 2000 === 0) progress(`${String(first + componentsAtOnce)} of ${String(components)} components written`);
  }
  const matches = [...hits.values()].reduce((sum, each) => sum + each.length, 0);
  return { occurrences: components * perComponent, matches, findings };
}

/** The record of the n-th advised package, as its source would give it. */
export function advisoryOf(index: number, fixed = '4.0.0'): Advisory {
  const { ecosystem, name } = nameOf(advisedPackage(index));
  return {
    id: `GHSA-bench-${String(index)}`,
    modified: '2024-02-01T00:00:00Z',
    published: '2024-01-01T00:00:00Z',
    withdrawn: null,
    aliases: [`CVE-2024-${String(10_000 + index)}`],
    related: [],
    summary: `A made-up weakness of ${name}`,
    details: '',
    severity: [{ type: 'CVSS_V3', score: `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:${index % 3 === 0 ? 'H' : 'L'}/I:${index % 4 === 0 ? 'H' : 'N'}/A:N` }],
    severityWord: null,
    affected: [{ ecosystem, name, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }], versions: [] }],
    references: [],
  };
}

/** Package of the n-th advisory: every sixth package, from one that nearly every component uses on. */
function advisedPackage(index: number): number {
  return index * (packageCount / advisoryCount) + 5;
}

function nameOf(index: number): { readonly ecosystem: string; readonly name: string } {
  const text = String(index);
  switch (index % 4) {
    case 0:
      return { ecosystem: 'npm', name: `package-${text}` };
    case 1:
      return { ecosystem: 'Maven', name: `org.example.group${String(index % 500)}:artifact-${text}` };
    case 2:
      return { ecosystem: 'PyPI', name: `library-${text}` };
    default:
      return { ecosystem: 'crates.io', name: `crate-${text}` };
  }
}

async function writeVersions(store: Store): Promise<readonly number[]> {
  const ids: number[] = [];
  for (let first = 0; first < versionCount; first += 20_000) {
    const rows = Array.from({ length: 20_000 }, (_, index) => versionOfRank(first + index));
    ids.push(...(await store.write((tx) => tx.internVersions(rows))));
  }
  return ids;
}

/** Episodes that a version brings, by its id. */
type Hits = ReadonlyMap<number, readonly { readonly packageId: number; readonly groupId: number }[]>;

async function writeAdvisories(store: Store, ids: readonly number[], random: (below: number) => number): Promise<Hits> {
  const packageOf = new Map<number, number>();
  for await (const page of store.loadVersions()) for (const row of page) packageOf.set(row.id, row.package_id);
  const hits = new Map<number, { packageId: number; groupId: number }[]>();
  for (let first = 0; first < advisoryCount; first += 1000) {
    const advisories = Array.from({ length: 1000 }, (_, index) => ({ advisory: advisoryOf(first + index), index: first + index }));
    const rows = advisories.map(({ advisory }) => {
      const row = withVersion(null, advisory, 'bench', (startDay + random(100)) * dayMs);
      if (row === null) throw new Error('A first version of a record always gives a row.');
      return { ...row, group_key: advisory.id };
    });
    const matches: MatchTable[] = [];
    await store.write(async (tx) => {
      matches.length = 0;
      const recordIds = await tx.putAdvisories(rows);
      for (const [at, { advisory, index }] of advisories.entries()) {
        const [id = 0, row] = [recordIds[at], rows[at]];
        if (row !== undefined) matches.push(...matchesOf(index, { ...row, id } satisfies AdvisoryTable, ids));
        await tx.putAdvisoryNames([advisory.id, ...advisory.aliases].map((name) => ({ name, advisory_id: id })));
        const { ecosystem, name } = nameOf(advisedPackage(index));
        await tx.putAdvisoryPackages([{ ecosystem, name_key: name, advisory_id: id }]);
      }
      await tx.putMatches(matches);
    });
    for (const { package_version_id: version, advisory_id: groupId } of matches) {
      hits.set(version, [...(hits.get(version) ?? []), { packageId: packageOf.get(version) ?? 0, groupId }]);
    }
  }
  return hits;
}

function matchesOf(index: number, row: AdvisoryTable, ids: readonly number[]): readonly MatchTable[] {
  const { ecosystem, name } = nameOf(advisedPackage(index));
  const versions: { id: number; ecosystem: string; name_key: string; version: string }[] = [];
  for (let rank = advisedPackage(index); rank < versionCount; rank += packageCount) {
    versions.push({ id: ids[rank] ?? 0, ecosystem, name_key: name, version: versionOfRank(rank).version });
  }
  return matchRows(versions, [{ key: { ecosystem, nameKey: name }, row }]);
}

type MadeComponent = {
  readonly index: number;
  readonly open: Uint8Array;
  readonly closed: Uint8Array;
  readonly edges: Uint8Array;
  readonly episodes: readonly PackedEpisode[];
};
type Making = { readonly ids: readonly number[]; readonly hits: Hits; readonly random: (below: number) => number };

function makeComponent(index: number, ranks: readonly number[], { ids, hits, random }: Making): MadeComponent {
  const used = ranks.map((rank) => ids[rank] ?? 0).sort((a, b) => a - b);
  const days = Array.from({ length: 6 }, () => startDay + 100 + random(600));
  const open = used.map((id): OpenOccurrence => {
    const day = days[random(days.length)] ?? startDay;
    return { id, flags: flagsOf(random(4) === 0 ? 'development' : 'runtime', random(10) === 0), validFrom: day, knownFrom: (day + 1) * dayMs };
  });
  const edges = Array.from({ length: edgesPerComponent }, (): Edge => [used[random(used.length)] ?? 0, used[random(used.length)] ?? 0]);
  const closed = index % 5 === 0 ? Array.from({ length: closedPerComponent }, () => closedSegment(ids[random(versionCount)] ?? 0, random)) : [];
  return { index, open: packOpen(open), closed: packClosed(closed), edges: packEdges(edges), episodes: episodesIn(open, hits) };
}

function closedSegment(id: number, random: (below: number) => number): ClosedSegment {
  const from = startDay + random(100);
  const until = from + 1 + random(90);
  return {
    id,
    flags: flagsOf('runtime', false),
    validFrom: from,
    validUntil: until,
    knownFrom: (from + 1) * dayMs,
    knownUntil: (until + 1) * dayMs,
    retracted: false,
  };
}

function episodesIn(open: readonly OpenOccurrence[], hits: Hits): readonly PackedEpisode[] {
  const bySubject = new Map<string, PackedEpisode>();
  for (const { id, validFrom, knownFrom } of open) {
    for (const { packageId, groupId } of hits.get(id) ?? []) {
      const before = bySubject.get(`${String(packageId)} ${String(groupId)}`);
      if (before !== undefined && before.openedAt <= knownFrom) continue;
      const episode = {
        packageId,
        groupId,
        episode: 1,
        openedAt: knownFrom,
        exposedFrom: validFrom,
        exposedUntil: null,
        closedAt: null,
        closedBecause: null,
      };
      bySubject.set(`${String(packageId)} ${String(groupId)}`, episode);
    }
  }
  return [...bySubject.values()];
}

async function writeComponent(tx: WriteTx, { index, open, closed, edges, episodes }: MadeComponent): Promise<void> {
  const name = `component-${String(index)}`;
  const at = (startDay + 800) * dayMs;
  const component = await tx.putComponent({
    ref: `component:bench/${name}`,
    name,
    origin: `git:bench/${name}`,
    dir: '',
    facts: '{}',
    team: `team-${String(index % teamCount)}`,
    revision: null,
    valid_at: at,
    confirmed_at: at,
    stale_since: null,
    known_at: startDay * dayMs,
    retired_at: null,
    removed: 0,
  });
  await tx.putEvidence({
    component_id: component,
    kind: 'lockfile',
    path: 'package-lock.json',
    format: 'npm-package-lock',
    open,
    closed,
    edges,
    receipt: 0,
    valid_at: at,
    seen_at: at,
    ended: 0,
    stale_since: null,
    problems: '[]',
    supply: 'null',
    fold_key: '',
  });
  await tx.putFindingPacks([{ component_id: component, open: packEpisodes(episodes), closed: packEpisodes([]) }]);
}
