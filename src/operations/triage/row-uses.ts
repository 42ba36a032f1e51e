import { stageBits, stageOf } from '#desk/triage/triage-state.ts';
import type { Stages } from '#desk/policy/policy.ts';
import type { Estate, FindingColumns } from '#estate/estate.ts';
import { evidencesOf } from '#estate/questions/inventory.ts';
import { mergedFlags } from '#language/packed/flags.ts';
import { openColumnsFor, unpackOpenColumns, type OpenColumns } from '#language/packed/open-occurrences.ts';

/** How the packages of a component's open findings are used: see `TriageColumns`. */
export type RowUses = { readonly use: Uint8Array; readonly shown: number };

/** What is kept between components, so that a hundred thousand of them make no garbage. */
export type UseScratch = { rowOfPackage: Int32Array; readonly open: OpenColumns };

/** An empty scratch. */
export function useScratch(): UseScratch {
  return { rowOfPackage: new Int32Array(0), open: openColumnsFor(65_536) };
}

/** Walks the inventories of a component once, whatever the number of its findings: each use of a version that is hit counts for the rows of its group. */
export function rowUses(estate: Estate, component: number, stages: Stages, scratch: UseScratch): RowUses {
  const columns = estate.findings[component];
  const use = new Uint8Array(columns?.group.length ?? 0);
  let shown = 0;
  if (columns === undefined) return { use, shown };
  if (scratch.rowOfPackage.length < estate.packages.length) scratch.rowOfPackage = new Int32Array(Math.ceil(estate.packages.length * 1.2)).fill(-1);
  const first = scratch.rowOfPackage;
  // Rows of one package lie together; the first of them is noted.
  for (let row = columns.package.length - 1; row >= 0; row -= 1) first[columns.package[row] ?? 0] = row;
  for (const slot of evidencesOf(estate, component)) {
    const evidence = estate.evidence[slot];
    if (evidence == null || evidence.ended === 1) continue;
    const bit = stageBits[stageOf(evidence, stages)];
    shown |= bit;
    const inventory = unpackOpenColumns(evidence.open, scratch.open);
    for (let at = 0; at < inventory.count; at += 1) {
      const version = estate.slots.version[inventory.ids[at] ?? 0] ?? -1;
      const row = version === -1 ? -1 : (first[estate.packageOf[version] ?? 0] ?? -1);
      if (row !== -1) markHits(estate, { columns, row, version, use, bit, flags: inventory.flags[at] ?? 0 });
    }
  }
  for (const packageSlot of columns.package) first[packageSlot] = -1;
  return { use, shown };
}

type Hit = {
  readonly columns: FindingColumns;
  readonly row: number;
  readonly version: number;
  readonly use: Uint8Array;
  readonly bit: number;
  readonly flags: number;
};

function markHits(estate: Estate, { columns, row: first, version, use, bit, flags }: Hit): void {
  const matches = estate.matches.get(version);
  if (matches === undefined) return;
  const packageSlot = columns.package[first];
  for (let row = first; columns.package[row] === packageSlot; row += 1) {
    if (!matches.some((match) => match.group === columns.group[row] && match.kind === 'affected')) continue;
    const before = use[row] ?? 0;
    const merged = before >> 5 === 0 ? flags & 31 : mergedFlags(before & 31, flags & 31);
    use[row] = merged | (((before >> 5) | bit) << 5);
  }
}
