import { stageBits, stageOf } from '#desk/triage/triage-state.ts';
import type { Stages } from '#desk/policy/policy.ts';
import type { Estate, FindingColumns } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { mergedFlags } from '#language/packed/flags.ts';
import { openColumnsFor, unpackOpenColumns, type OpenColumns } from '#language/packed/open-occurrences.ts';

/** How the packages of a component's open findings are used: see `TriageColumns`. */
export type RowUses = { readonly use: Uint8Array; readonly shown: number };

/** What is kept between components, so that a hundred thousand of them make no garbage. */
export type UseScratch = {
  rowOfPackage: Int32Array;
  readonly open: OpenColumns;
  /** By version slot: the one group that hits it, -1 for none, -2 for several. Null while few components are looked at, for which it is not worth making. */
  hitGroup: Int32Array | null;
};

/** An empty scratch. */
export function useScratch(): UseScratch {
  return { rowOfPackage: new Int32Array(0), open: openColumnsFor(65_536), hitGroup: null };
}

/** Walks the inventories of a component once, whatever the number of its findings: each use of a version that is hit counts for the rows of its group. */
export function rowUses(estate: Estate, component: number, stages: Stages, scratch: UseScratch): RowUses {
  const columns = estate.findings[component];
  const use = new Uint8Array(columns?.group.length ?? 0);
  let shown = 0;
  if (columns === undefined) return { use, shown };
  if (scratch.rowOfPackage.length < estate.packages.length) scratch.rowOfPackage = new Int32Array(Math.ceil(estate.packages.length * 1.2)).fill(-1);
  const { rowOfPackage: first, hitGroup } = scratch;
  const [slots, packageOf] = [estate.slots.version, estate.packageOf];
  // Rows of one package lie together; the first of them is noted.
  for (let row = columns.package.length - 1; row >= 0; row -= 1) first[columns.package[row] ?? 0] = row;
  for (const slot of evidencesOf(estate, component)) {
    const evidence = estate.evidence[slot];
    if (evidence == null || evidence.ended === 1) continue;
    const bit = stageBits[stageOf(evidence, stages)];
    shown |= bit;
    const inventory = unpackOpenColumns(evidence.open, scratch.open);
    const { ids, flags, count } = inventory;
    for (let at = 0; at < count; at += 1) {
      const version = slots[ids[at] ?? 0] ?? -1;
      const group = hitGroup === null ? -2 : (hitGroup[version] ?? -1);
      if (version === -1 || group === -1) continue;
      const row = first[packageOf[version] ?? 0] ?? -1;
      if (row === -1) continue;
      const hit = { row, bit, flags: flags[at] ?? 0 };
      if (group !== -2) markHits(columns, use, hit, group);
      else for (const match of estate.matches.get(version) ?? []) if (match.kind === 'affected') markHits(columns, use, hit, match.group);
    }
  }
  for (const packageSlot of columns.package) first[packageSlot] = -1;
  return { use, shown };
}

/** The one group that hits each version: see `UseScratch`. */
export function hitGroups(estate: Estate): Int32Array {
  const groups = new Int32Array(estate.versions.length).fill(-1);
  for (const [version, matches] of estate.matches) {
    for (const { kind, group } of matches) {
      if (kind !== 'affected' || groups[version] === group) continue;
      groups[version] = groups[version] === -1 ? group : -2;
    }
  }
  return groups;
}

type Hit = { readonly row: number; readonly bit: number; readonly flags: number };

/** Marks the rows of a package, from its first one on, that are about a group. */
function markHits({ package: packages, group }: FindingColumns, use: Uint8Array, { row: first, bit, flags }: Hit, hit: number): void {
  const packageSlot = packages[first];
  for (let row = first; packages[row] === packageSlot; row += 1) {
    if (group[row] !== hit) continue;
    const before = use[row] ?? 0;
    const merged = before >> 5 === 0 ? flags & 31 : mergedFlags(before & 31, flags & 31);
    use[row] = merged | (((before >> 5) | bit) << 5);
  }
}
