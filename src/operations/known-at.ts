import { asKnownAt } from '#analysis/fold/as-known-at.ts';
import { foldEvidence } from '#analysis/fold/fold-evidence.ts';
import type { Observation } from '#analysis/fold/observation.ts';
import type { Store, VersionKey } from '#store/store.ts';
import { originsOf } from './origins-of.ts';
import { internedReading, observationOf, seenBy, type EvidencePlace, type Interned } from './seen-receipt.ts';

/** A package version that an evidence was known to hold. `range` only where no version was known. */
export type KnownPackage = {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  readonly range: string;
  readonly path: string;
};

/**
 * What a component was known to contain at an instant (Unix milliseconds): the same fold over the receipts and readings made until then (model.md 6),
 * by evidence path and name. Empty for a component not known then.
 */
export async function knownAt(store: Store, ref: string, at: number): Promise<readonly KnownPackage[]> {
  return store.snapshot(async (reads) => {
    const component = await reads.componentByRef(ref);
    if (component === null) return [];
    const keys: VersionKey[] = [];
    const ids = new Map<string, number>();
    const intern = (rows: readonly VersionKey[]): Promise<readonly number[]> => Promise.resolve(rows.map((row) => idOf(ids, keys, row)));
    const places = new Map((await reads.evidenceOf(component.id)).map((row) => [`${row.kind} ${row.path}`, row]));
    const observations = new Map<string, Observation[]>();
    for (const origin of await originsOf(reads, component)) {
      for (const receipt of await reads.receiptsOf(origin)) {
        const seen = await seenBy(reads, receipt);
        for (const [key, row] of places) {
          const place: EvidencePlace = { path: row.path, kind: row.kind, format: row.format ?? '' };
          // An upload shows its own slot only, and nothing else shows that.
          if (row.path.startsWith('upload:') !== (receipt.source === 'upload') || (receipt.source === 'upload' && receipt.place?.slot !== row.path))
            continue;
          const readings = seen.readings.get(row.path) ?? [];
          const interned: Interned[] = [];
          for (const reading of readings) interned.push(await internedReading(reads, reading, intern));
          observations.set(key, [...(observations.get(key) ?? []), observationOf(seen, place, readings, interned)]);
        }
      }
    }
    const known: KnownPackage[] = [];
    for (const [key, list] of observations) {
      for (const id of foldEvidence(asKnownAt(list, at)).open.keys()) {
        const row = keys[id];
        if (row !== undefined)
          known.push({ ecosystem: row.ecosystem, name: row.name, version: row.version, range: row.range, path: places.get(key)?.path ?? '' });
      }
    }
    return known.sort((a, b) => (`${a.path} ${a.name} ${a.version}` < `${b.path} ${b.name} ${b.version}` ? -1 : 1));
  });
}

function idOf(ids: Map<string, number>, keys: VersionKey[], row: VersionKey): number {
  const key = [row.ecosystem, row.nameKey, row.version, row.range].join('\0');
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, keys.length);
  return keys.push(row) - 1;
}
