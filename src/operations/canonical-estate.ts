import { unpackClosed } from '#language/packed/closed-segments.ts';
import { unpackEdges } from '#language/packed/edges.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import { unpackOpen } from '#language/packed/open-occurrences.ts';
import type { Store, StoreReads } from '#store/store.ts';

/**
 * The folded estate as text lines by natural keys, sorted: components, intervals with both clocks, edges, groups, matches, episodes.
 * Two stores with the same permanent data give the same lines, whatever their interned ids.
 */
export async function canonicalEstate(store: Store): Promise<readonly string[]> {
  return store.snapshot(async (reads) => {
    const names = await packageNames(reads);
    const records = new Map<number, string>();
    const lines: string[] = [];
    for await (const page of reads.loadAdvisories()) {
      for (const row of page) {
        records.set(row.id, row.record);
        lines.push(line('advisory', row.record, row.group_key, row.known_at, row.withdrawn, row.body));
      }
    }
    for await (const page of reads.loadMatches()) {
      for (const row of page) {
        const { package_version_id: version, advisory_id: advisory, ...rest } = row;
        lines.push(line('match', names.versions.get(version), records.get(advisory), rest));
      }
    }
    const refs = new Map<number, string>();
    for await (const page of reads.loadComponents()) for (const row of page) refs.set(row.id, row.ref);
    for (const [id, ref] of refs) lines.push(...(await componentLines(reads, id, ref, names.versions)));
    for await (const page of reads.loadFindingPacks()) {
      for (const pack of page) {
        for (const { packageId, groupId, ...episode } of [...unpackEpisodes(pack.open), ...unpackEpisodes(pack.closed)]) {
          lines.push(line('episode', refs.get(pack.component_id), names.packages.get(packageId), records.get(groupId), episode));
        }
      }
    }
    return lines.sort();
  });
}

async function componentLines(reads: StoreReads, id: number, ref: string, versions: ReadonlyMap<number, string>): Promise<readonly string[]> {
  const lines: string[] = [];
  const row = await reads.componentByRef(ref);
  if (row !== null) {
    const { name, origin, dir, team, facts, stale_since, revision, valid_at, retired_at } = row;
    lines.push(line('component', ref, name, origin, dir, team, facts, stale_since, revision, valid_at, retired_at));
  }
  for (const { path, role, package_version_id: version, reading, list, found } of await reads.licenceFilesOf([id]))
    lines.push(line('licence-file', ref, path, role, version === null ? null : versions.get(version), reading, list, found));
  for (const evidence of await reads.evidenceOf(id)) {
    const place = `${ref} ${evidence.kind} ${evidence.path}`;
    lines.push(
      line('evidence', place, evidence.format, evidence.ended, evidence.stale_since, evidence.valid_at, evidence.seen_at, evidence.problems),
    );
    for (const { id: version, ...rest } of unpackOpen(evidence.open)) lines.push(line('open', place, versions.get(version), rest));
    for (const { id: version, ...rest } of unpackClosed(evidence.closed)) lines.push(line('closed', place, versions.get(version), rest));
    for (const [from, to] of unpackEdges(evidence.edges)) lines.push(line('edge', place, versions.get(from), versions.get(to)));
  }
  return lines;
}

async function packageNames(
  reads: StoreReads,
): Promise<{ readonly packages: ReadonlyMap<number, string>; readonly versions: ReadonlyMap<number, string> }> {
  const packages = new Map<number, string>();
  const versions = new Map<number, string>();
  for await (const page of reads.loadPackages()) for (const row of page) packages.set(row.id, `${row.ecosystem}/${row.name_key}`);
  for await (const page of reads.loadVersions())
    for (const row of page) versions.set(row.id, `${packages.get(row.package_id) ?? '?'}@${row.version}${row.range}`);
  return { packages, versions };
}

function line(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}
