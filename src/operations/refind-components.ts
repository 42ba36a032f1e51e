import { episodesOf, type MatchInterval, type Stretch } from '#analysis/findings/episodes.ts';
import type { EvidenceState } from '#analysis/fold/fold-evidence.ts';
import { unpackClosed, type ClosedSegment } from '#language/packed/closed-segments.ts';
import { packEpisodes, unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { Database, EvidenceTable } from '#store/schema.ts';
import type { VersionHit, WriteTx } from '#store/store.ts';

const componentsAtOnce = 200;

/** An inventory with its past, unpacked. */
type Inventory = Pick<EvidenceState, 'open' | 'closed'>;

/**
 * Computes the vulnerability findings of a component anew, from all its inventories with history and the matches of their package versions.
 * The whole component, since an episode joins versions and evidences; one without matches costs one query.
 */
export async function refindComponent(tx: WriteTx, componentId: number, inventories: readonly Inventory[]): Promise<void> {
  const versions = new Set<number>();
  for (const { open, closed } of inventories) {
    for (const id of open.keys()) versions.add(id);
    for (const { id } of closed) versions.add(id);
  }
  const subjects = await subjectsOf(tx, [...versions]);
  const hit = new Set(subjects.flatMap(({ intervals }) => intervals.map((each) => each.version)));
  const stretches = inventories.flatMap((each) => stretchesIn(each, hit));
  await tx.putFindingPacks([packOf(componentId, episodesIn(stretches, subjects))]);
}

/** Computes anew only the findings about these packages: all that a changed record can touch. The rest of each component's findings stays. */
export async function refindPackages(tx: WriteTx, componentIds: readonly number[], packageIds: ReadonlySet<number>): Promise<void> {
  if (componentIds.length === 0) return;
  const versions: number[] = [];
  for await (const page of tx.loadVersions({ packageIds: [...packageIds] })) for (const row of page) versions.push(row.id);
  const judged = new Set(versions);
  const subjects = await subjectsOf(tx, versions);
  for (let start = 0; start < componentIds.length; start += componentsAtOnce) {
    const some = componentIds.slice(start, start + componentsAtOnce);
    const stretches = new Map(some.map((id) => [id, [] as Stretch[]]));
    for await (const page of tx.loadWholeEvidence({ componentIds: some }))
      for (const row of page) stretches.get(row.component_id)?.push(...storedStretches(row, judged));
    const before = new Map<number, FindingPack>();
    for await (const page of tx.loadFindingPacks({ componentIds: some })) for (const pack of page) before.set(pack.component_id, pack);
    await tx.putFindingPacks(
      some.flatMap((id) => {
        const pack = before.get(id) ?? packOf(id, []);
        const staying = [...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)].filter((each) => !packageIds.has(each.packageId));
        const next = packOf(id, [...staying, ...episodesIn(stretches.get(id) ?? [], subjects)]);
        // A record that changed changes few findings: the others need not be written again.
        return isSamePack(pack, next) ? [] : [next];
      }),
    );
  }
}

type FindingPack = Database['finding_pack'];

function packOf(componentId: number, episodes: readonly PackedEpisode[]): FindingPack {
  const open = episodes.filter((each) => each.closedAt === null);
  const closed = episodes.filter((each) => each.closedAt !== null);
  return { component_id: componentId, open: packEpisodes(open), closed: packEpisodes(closed) };
}

function isSamePack(a: FindingPack, b: FindingPack): boolean {
  return Buffer.compare(a.open, b.open) === 0 && Buffer.compare(a.closed, b.closed) === 0;
}

/** Stretches of these versions only. */
function stretchesIn({ open, closed }: Inventory, wanted: ReadonlySet<number>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { id: version, validFrom, knownFrom } of open.values())
    if (wanted.has(version)) stretches.push(stillThere(version, validFrom, knownFrom));
  for (const each of closed) if (wanted.has(each.id)) stretches.push(over(each));
  return stretches;
}

/** The same of a stored inventory, of which few versions are wanted: the others are not made into objects. */
function storedStretches({ open, closed }: Pick<EvidenceTable, 'open' | 'closed'>, wanted: ReadonlySet<number>): readonly Stretch[] {
  const stretches: Stretch[] = [];
  const { count, ids, validFrom, knownFrom } = unpackOpenColumns(open);
  for (let at = 0; at < count; at += 1) {
    const version = ids[at] ?? 0;
    if (wanted.has(version)) stretches.push(stillThere(version, validFrom[at] ?? 0, knownFrom[at] ?? 0));
  }
  for (const each of unpackClosed(closed)) if (wanted.has(each.id)) stretches.push(over(each));
  return stretches;
}

function stillThere(version: number, validFrom: number, knownFrom: number): Stretch {
  return { version, validFrom, validUntil: null, knownFrom, knownUntil: null, retracted: false };
}

function over({ id: version, flags: _, ...times }: ClosedSegment): Stretch {
  return { version, ...times };
}

/** What a finding can be about: a package and a group that hits some of its versions. */
type Subject = { readonly packageId: number; readonly groupId: number; readonly intervals: readonly MatchInterval[] };

function episodesIn(stretches: readonly Stretch[], subjects: readonly Subject[]): readonly PackedEpisode[] {
  const byVersion = Map.groupBy(stretches, (each) => each.version);
  return subjects.flatMap(({ packageId, groupId, intervals }) => {
    const touched = [...new Set(intervals.map((each) => each.version))].flatMap((version) => byVersion.get(version) ?? []);
    return episodesOf(touched, intervals).map(({ number, ...episode }) => ({ packageId, groupId, episode: number, ...episode }));
  });
}

/** The subjects that these package versions are in. */
async function subjectsOf(tx: WriteTx, versionIds: readonly number[]): Promise<readonly Subject[]> {
  const hits: VersionHit[] = [];
  for await (const page of tx.versionHits(versionIds)) hits.push(...page);
  const bySubject = Map.groupBy(hits, ({ packageId, groupId }) => `${String(packageId)} ${String(groupId)}`);
  return [...bySubject.values()].flatMap((rows) => {
    const [first] = rows;
    return first === undefined ? [] : [{ packageId: first.packageId, groupId: first.groupId, intervals: rows.map(intervalOf) }];
  });
}

function intervalOf({ version, knownFrom, knownUntil, endedBy, published }: VersionHit): MatchInterval {
  const date = published === null ? Number.NaN : Date.parse(published);
  return { version, knownFrom, knownUntil, endedBy, published: Number.isNaN(date) ? null : date };
}
