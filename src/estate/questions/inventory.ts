import { unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { Estate, EstateEvidence } from '../estate.ts';

/** One package version in one evidence of a component. */
export type InventoryRow = {
  readonly evidence: EstateEvidence;
  readonly evidenceSlot: number;
  /** Version slot. */
  readonly version: number;
  readonly flags: number;
  /** UTC day. */
  readonly validFrom: number;
  /** Unix milliseconds. */
  readonly knownFrom: number;
};

const precedence: Readonly<Record<string, number>> = { lockfile: 0, sbom: 1, manifest: 2 };

/** Slots of a component's live evidences, the most trusted kind first (model.md 9), then by path. */
export function evidencesOf(estate: Estate, componentSlot: number): readonly number[] {
  const slots = [...(estate.components[componentSlot]?.evidence ?? [])].filter((slot) => estate.evidence[slot]?.ended === 0);
  const rank = (slot: number): number => precedence[estate.evidence[slot]?.kind ?? ''] ?? 3;
  return slots.sort((a, b) => rank(a) - rank(b) || ((estate.evidence[a]?.path ?? '') < (estate.evidence[b]?.path ?? '') ? -1 : 1));
}

/** Everything a component's evidences show now, evidence by evidence in order of trust. */
export function inventoryOf(estate: Estate, componentSlot: number): readonly InventoryRow[] {
  const rows: InventoryRow[] = [];
  for (const evidenceSlot of evidencesOf(estate, componentSlot)) {
    const evidence = estate.evidence[evidenceSlot];
    if (evidence == null) continue;
    const columns = unpackOpenColumns(evidence.open);
    for (let at = 0; at < columns.count; at += 1) {
      const version = estate.slots.version[columns.ids[at] ?? 0] ?? 0;
      rows.push({
        evidence,
        evidenceSlot,
        version,
        flags: columns.flags[at] ?? 0,
        validFrom: columns.validFrom[at] ?? 0,
        knownFrom: columns.knownFrom[at] ?? 0,
      });
    }
  }
  return rows;
}

/** Different package versions a component uses now. */
export function packageCount(estate: Estate, componentSlot: number): number {
  const evidences = evidencesOf(estate, componentSlot);
  const first = evidences[0];
  if (evidences.length === 1 && first !== undefined) return estate.evidence[first]?.count ?? 0;
  return new Set(inventoryOf(estate, componentSlot).map((row) => row.version)).size;
}

/** A package that a component's evidences give in different versions. */
export type VersionConflict = { readonly package: number; readonly rows: readonly InventoryRow[] };

/** Packages of which one evidence shows only versions that another does not show: a nested second version in one lockfile is no conflict. */
export function conflictsOf(estate: Estate, componentSlot: number): readonly VersionConflict[] {
  const rows = inventoryOf(estate, componentSlot);
  const conflicts: VersionConflict[] = [];
  for (const [packageSlot, uses] of Map.groupBy(rows, (row) => estate.packageOf[row.version] ?? 0)) {
    const versionsByEvidence = Map.groupBy(
      uses.filter((row) => estate.versions[row.version]?.version !== ''),
      (row) => row.evidenceSlot,
    );
    const sets = [...versionsByEvidence.values()].map((list) => new Set(list.map((row) => row.version)));
    const [first, ...others] = sets;
    if (first !== undefined && others.some((set) => set.size !== first.size || [...set].some((version) => !first.has(version))))
      conflicts.push({ package: packageSlot, rows: uses });
  }
  return conflicts;
}
