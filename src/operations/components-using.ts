import type { Estate } from '#estate/estate.ts';
import { openColumnsFor, unpackOpenColumns } from '#language/packed/open-occurrences.ts';
import type { WriteTx } from '#store/store.ts';
import type { ChangeBody } from './follow-estate.ts';

const changesAtMost = 2000;

/**
 * Ids of components that have one of these package versions in an inventory now, and perhaps a few more. An estate of this process answers
 * at once even when it lags behind: every component that changed since is among the answer. Without one every inventory is read.
 * The transaction must keep inventories from being judged meanwhile (`lockAdvisories('change')`).
 */
export async function componentsUsing(tx: WriteTx, versions: ReadonlySet<number>, estate: Estate | null): Promise<readonly number[]> {
  if (versions.size === 0) return [];
  return (estate === null ? null : await usersInEstate(tx, versions, estate)) ?? usersInStore(tx, versions);
}

/** Null when the estate is too far behind to say. */
async function usersInEstate(tx: WriteTx, versions: ReadonlySet<number>, estate: Estate): Promise<readonly number[] | null> {
  const changes = await tx.changesAfter(estate.seq, changesAtMost);
  if (changes === null || changes.length === changesAtMost) return null;
  const bodies = changes.map((each) => each.body as ChangeBody | null);
  if (bodies.some((body) => body?.reload === true)) return null;
  // What a feed changed are findings, no inventories.
  const components = new Set(bodies.flatMap((body) => (body?.advisories === undefined ? (body?.components ?? []) : [])));
  for (const id of versions) {
    const slot = estate.slots.version[id] ?? -1;
    if (slot === -1) continue;
    const from = estate.postings.startOf(slot);
    for (const evidence of estate.postings.evidence().subarray(from, from + estate.postings.lengthOf(slot))) {
      const component = estate.components[estate.componentOf[evidence] ?? -1];
      if (component !== undefined) components.add(component.id);
    }
  }
  return [...components];
}

async function usersInStore(tx: WriteTx, versions: ReadonlySet<number>): Promise<readonly number[]> {
  const components = new Set<number>();
  const scratch = openColumnsFor(65_536);
  for await (const page of tx.loadEvidence()) {
    for (const row of page) {
      if (components.has(row.component_id)) continue;
      const { ids, count } = unpackOpenColumns(row.open, scratch);
      if (ids.subarray(0, count).some((id) => versions.has(id))) components.add(row.component_id);
    }
  }
  return [...components];
}
