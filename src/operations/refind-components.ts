import { episodesOf, type MatchInterval, type Stretch } from '#analysis/findings/episodes.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { packEpisodes, unpackEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { MatchTable } from '#store/schema.ts';
import type { AdvisoryHead, WriteTx } from '#store/store.ts';

/**
 * Computes the vulnerability findings of components anew, from their inventories with history and the matches of their package versions.
 * Whole components, since an episode joins versions and evidences; a component without matches costs one query.
 */
export async function refindComponents(tx: WriteTx, componentIds: readonly number[]): Promise<void> {
  for (const id of componentIds) {
    const stretches = await stretchesOf(tx, id, null);
    const subjects = await subjectsOf(tx, [...new Set(stretches.map((each) => each.version))]);
    await putEpisodes(tx, id, episodesIn(stretches, subjects));
  }
}

/** Computes anew only the findings about these packages: all that a changed record can touch. The rest of each component's findings stays. */
export async function refindPackages(tx: WriteTx, componentIds: readonly number[], packageIds: ReadonlySet<number>): Promise<void> {
  if (componentIds.length === 0) return;
  const versions: number[] = [];
  for await (const page of tx.loadVersions({ packageIds: [...packageIds] })) for (const row of page) versions.push(row.id);
  const judged = new Set(versions);
  const subjects = await subjectsOf(tx, versions);
  const before = new Map<number, readonly PackedEpisode[]>();
  for await (const page of tx.loadFindingPacks({ componentIds })) {
    for (const pack of page) before.set(pack.component_id, [...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)]);
  }
  for (const id of componentIds) {
    const staying = (before.get(id) ?? []).filter((each) => !packageIds.has(each.packageId));
    await putEpisodes(tx, id, [...staying, ...episodesIn(await stretchesOf(tx, id, judged), subjects)]);
  }
}

async function putEpisodes(tx: WriteTx, componentId: number, episodes: readonly PackedEpisode[]): Promise<void> {
  const open = episodes.filter((each) => each.closedAt === null);
  const closed = episodes.filter((each) => each.closedAt !== null);
  await tx.putFindingPacks([{ component_id: componentId, open: packEpisodes(open), closed: packEpisodes(closed) }]);
}

/** Stretches of these versions only; null means of all. */
async function stretchesOf(tx: WriteTx, componentId: number, wanted: ReadonlySet<number> | null): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  for (const row of await tx.evidenceOf(componentId)) {
    const { count, ids, validFrom, knownFrom } = unpackOpenColumns(row.open);
    for (let at = 0; at < count; at += 1) {
      const version = ids[at] ?? 0;
      if (wanted !== null && !wanted.has(version)) continue;
      const [from, known] = [validFrom[at] ?? 0, knownFrom[at] ?? 0];
      stretches.push({ version, validFrom: from, validUntil: null, knownFrom: known, knownUntil: null, retracted: false });
    }
    for (const { id: version, flags: _, ...times } of unpackClosed(row.closed)) {
      if (wanted === null || wanted.has(version)) stretches.push({ version, ...times });
    }
  }
  return stretches;
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
  const matches = await affectedMatches(tx, versionIds);
  if (matches.length === 0) return [];
  const advisories = new Map<number, AdvisoryHead>();
  for await (const page of tx.advisoryHeads([...new Set(matches.map((each) => each.advisory_id))]))
    for (const row of page) advisories.set(row.id, row);
  const groupIds = await groupIdsOf(tx, [...advisories.values()]);
  const packageOf = new Map<number, number>();
  for await (const page of tx.loadVersions({ ids: [...new Set(matches.map((each) => each.package_version_id))] }))
    for (const row of page) packageOf.set(row.id, row.package_id);
  const bySubject = Map.groupBy(matches, (each) => {
    const groupId = groupIds.get(advisories.get(each.advisory_id)?.group_key ?? '') ?? 0;
    return `${String(packageOf.get(each.package_version_id) ?? 0)} ${String(groupId)}`;
  });
  return [...bySubject].map(([subject, rows]) => {
    const [packageId = 0, groupId = 0] = subject.split(' ').map(Number);
    return { packageId, groupId, intervals: rows.map((row) => intervalOf(row, advisories.get(row.advisory_id))) };
  });
}

async function affectedMatches(tx: WriteTx, versionIds: readonly number[]): Promise<readonly MatchTable[]> {
  if (versionIds.length === 0) return [];
  const matches: MatchTable[] = [];
  for await (const page of tx.loadMatches({ packageVersionIds: versionIds })) matches.push(...page.filter((each) => each.kind === 'affected'));
  return matches;
}

/** Group key → id of the record that has it as its own; most records are a group of their own, so few are asked for. */
async function groupIdsOf(tx: WriteTx, advisories: readonly AdvisoryHead[]): Promise<ReadonlyMap<string, number>> {
  const ids = new Map(advisories.map((row) => [row.record, row.id]));
  const missing = [...new Set(advisories.map((row) => row.group_key))].filter((key) => !ids.has(key));
  if (missing.length > 0) for await (const page of tx.loadAdvisories({ records: missing })) for (const row of page) ids.set(row.record, row.id);
  return ids;
}

function intervalOf(row: MatchTable, advisory: AdvisoryHead | undefined): MatchInterval {
  const published = advisory?.published == null ? Number.NaN : Date.parse(advisory.published);
  return {
    version: row.package_version_id,
    knownFrom: row.known_from,
    knownUntil: row.known_until,
    endedBy: row.ended_by,
    published: Number.isNaN(published) ? null : published,
  };
}
