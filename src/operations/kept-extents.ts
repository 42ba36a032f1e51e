import { storedJson } from '#language/readers/json.ts';
import { noExtent, type Extent } from '#model/decision.ts';
import type { StoreReads } from '#store/store.ts';

type Moved = { readonly moved?: { readonly extent: string } };

/** What each decision touched when it was first carried out, by its id; one that was not carried out is not in it. */
export async function keptExtents(reads: StoreReads): Promise<ReadonlyMap<string, Extent>> {
  const extents = new Map<string, Extent>();
  for (const entry of await reads.keptActs({ kinds: ['retire-kept', 'return-kept', 'delete-kept', 'erase-kept', 'readmit-kept'] })) {
    const { id, moved } = storedJson(entry.body) as Moved & { readonly id: string };
    if (moved !== undefined && moved.extent !== '{}') extents.set(id, { ...noExtent, ...(storedJson(moved.extent) as Partial<Extent>) });
  }
  for (const entry of await reads.keptActs({ kinds: ['report-carried-out'] })) {
    const { decision, extent } = storedJson(entry.body) as { readonly decision: string; readonly extent: Extent };
    extents.set(decision, extent);
  }
  return extents;
}
