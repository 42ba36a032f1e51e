import { episodesOf, type MatchInterval, type Stretch } from '#analysis/findings/episodes.ts';
import { unpackClosed } from '#language/packed/closed-segments.ts';
import { packEpisodes, type PackedEpisode } from '#language/packed/finding-pack.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { AdvisoryTable, MatchTable } from '#store/schema.ts';
import type { WriteTx } from '#store/store.ts';

/**
 * Computes the vulnerability findings of components anew, from their inventories with history and the matches of their package versions.
 * Whole components, since an episode joins versions and evidences; a component without matches costs one query.
 */
export async function refindComponents(tx: WriteTx, componentIds: readonly number[]): Promise<void> {
  for (const id of componentIds) {
    const stretches = await stretchesOf(tx, id);
    const matches = await affectedMatches(tx, [...new Set(stretches.map((each) => each.version))]);
    const episodes = matches.length === 0 ? [] : await episodesOfComponent(tx, stretches, matches);
    const open = episodes.filter((each) => each.closedAt === null);
    const closed = episodes.filter((each) => each.closedAt !== null);
    await tx.putFindingPacks([{ component_id: id, open: packEpisodes(open), closed: packEpisodes(closed) }]);
  }
}

async function stretchesOf(tx: WriteTx, componentId: number): Promise<readonly Stretch[]> {
  const stretches: Stretch[] = [];
  for (const row of await tx.evidenceOf(componentId)) {
    for (const each of unpackOpen(row.open)) {
      stretches.push({ version: each.id, validFrom: each.validFrom, validUntil: null, knownFrom: each.knownFrom, knownUntil: null, retracted: false });
    }
    for (const each of unpackClosed(row.closed)) {
      const { validFrom, validUntil, knownFrom, knownUntil, retracted } = each;
      stretches.push({ version: each.id, validFrom, validUntil, knownFrom, knownUntil, retracted });
    }
  }
  return stretches;
}

async function affectedMatches(tx: WriteTx, versionIds: readonly number[]): Promise<readonly MatchTable[]> {
  if (versionIds.length === 0) return [];
  const matches: MatchTable[] = [];
  for await (const page of tx.loadMatches({ packageVersionIds: versionIds })) matches.push(...page.filter((each) => each.kind === 'affected'));
  return matches;
}

async function episodesOfComponent(tx: WriteTx, stretches: readonly Stretch[], matches: readonly MatchTable[]): Promise<readonly PackedEpisode[]> {
  const advisories = new Map<number, AdvisoryTable>();
  for await (const page of tx.loadAdvisories({ ids: [...new Set(matches.map((each) => each.advisory_id))] })) for (const row of page) advisories.set(row.id, row);
  const keys = [...new Set([...advisories.values()].map((each) => each.group_key))];
  const groupIds = new Map<string, number>();
  for await (const page of tx.loadAdvisories({ records: keys })) for (const row of page) groupIds.set(row.record, row.id);
  const packageOf = new Map<number, number>();
  for await (const page of tx.loadVersions({ ids: [...new Set(matches.map((each) => each.package_version_id))] })) for (const row of page) packageOf.set(row.id, row.package_id);
  const bySubject = Map.groupBy(matches, (each) => `${String(packageOf.get(each.package_version_id) ?? 0)} ${String(groupIds.get(advisories.get(each.advisory_id)?.group_key ?? '') ?? 0)}`);
  const episodes: PackedEpisode[] = [];
  for (const [subject, rows] of bySubject) {
    const [packageId = 0, groupId = 0] = subject.split(' ').map(Number);
    const intervals = rows.map((row) => intervalOf(row, advisories.get(row.advisory_id)));
    for (const { number, ...episode } of episodesOf(stretches, intervals)) episodes.push({ packageId, groupId, episode: number, ...episode });
  }
  return episodes;
}

function intervalOf(row: MatchTable, advisory: AdvisoryTable | undefined): MatchInterval {
  const published = advisory?.published == null ? Number.NaN : Date.parse(advisory.published);
  return {
    version: row.package_version_id,
    knownFrom: row.known_from,
    knownUntil: row.known_until,
    endedBy: row.ended_by,
    published: Number.isNaN(published) ? null : published,
  };
}
