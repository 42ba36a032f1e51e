import { componentName, componentRef, refOnCollision } from '#analysis/components/component-ref.ts';
import type { DiscoveredComponent, DiscoveredEvidence } from '#analysis/components/discover.ts';
import { movedDirs } from '#analysis/components/moves.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { ComponentTable } from '#store/schema.ts';
import type { StoredReceipt, WriteTx } from '#store/store.ts';
import { takeTurn } from './in-turn.ts';
import { observedTree, type ObservedTree } from './observed-evidence.ts';
import { standingOf } from './standing.ts';

/** A component of a receipt's source with its lasting identity. */
export type IdentifiedComponent = {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly dir: string;
  /** What this receipt shows of it; empty when it shows nothing (gone, or a failed receipt). */
  readonly evidence: readonly DiscoveredEvidence[];
  readonly before: ComponentTable | null;
  /** False when the receipt only adds evidence to another source's component. */
  readonly isOwn: boolean;
};

/**
 * Names the components of a receipt: those of its origin keep their first ref, also when their directory moved; new ones get one,
 * with a suffix when it is taken. Components of the origin that it no longer shows come with no evidence.
 */
export async function identify(
  tx: WriteTx,
  receipt: StoredReceipt,
  tree: readonly TreeEntry[],
  observed: ObservedTree,
  discovered: readonly DiscoveredComponent[],
): Promise<readonly IdentifiedComponent[]> {
  const known = await tx.componentsOf(receipt.origin);
  if (receipt.place === null) return [];
  if (receipt.place.component !== undefined) return identifyNamed(tx, receipt, observed);
  const byDir = new Map(known.map((row) => [row.dir, row]));
  const moves = await movesSince(tx, receipt, tree);
  const found: IdentifiedComponent[] = [];
  const taken = new Set<number>();
  const shown = new Set(discovered.map((each) => each.dir));
  for (const { dir, evidence } of discovered) {
    const oldDir = moves.get(dir);
    const before = byDir.get(dir) ?? (oldDir === undefined || shown.has(oldDir) ? undefined : byDir.get(oldDir));
    const identified =
      before === undefined || taken.has(before.id) ? await named(tx, receipt, dir, evidence) : await kept(tx, receipt, dir, evidence, before);
    taken.add(identified.id);
    found.push(identified);
  }
  for (const row of known) {
    if (!taken.has(row.id)) found.push({ id: row.id, ref: row.ref, name: row.name, dir: row.dir, evidence: [], before: row, isOwn: true });
  }
  return found;
}

async function named(tx: WriteTx, receipt: StoredReceipt, dir: string, evidence: readonly DiscoveredEvidence[]): Promise<IdentifiedComponent> {
  const place = receipt.place ?? { namespace: 'unnamed', rootName: 'unnamed' };
  const first = componentRef(place, dir);
  await takeTurn(tx, receipt, first);
  const holder = await tx.componentByRef(first);
  // Another process may have named it since the list was read: a killed one whose last transaction still came through, for one.
  if (holder !== null && holder.origin === receipt.origin && holder.dir === dir) return kept(tx, receipt, dir, evidence, holder);
  const ref = holder === null ? first : refOnCollision(first, receipt.origin, dir);
  const { removed, retiredAt } = await standingOf(tx, { ref, origin: receipt.origin });
  const name = componentName(place, dir);
  const id = await tx.putComponent({
    ref,
    name: removed ? '' : name,
    origin: receipt.origin,
    dir,
    facts: '{}',
    team: null,
    revision: null,
    valid_at: null,
    confirmed_at: null,
    stale_since: null,
    known_at: receipt.receivedAt,
    retired_at: retiredAt,
    removed: removed ? 1 : 0,
  });
  await tx.putComponentRefs(id, [ref]);
  return { id, ref, name, dir, evidence, before: null, isOwn: true };
}

async function kept(
  tx: WriteTx,
  receipt: StoredReceipt,
  dir: string,
  evidence: readonly DiscoveredEvidence[],
  before: ComponentTable,
): Promise<IdentifiedComponent> {
  if (before.dir !== dir && receipt.place !== null) await tx.putComponentRefs(before.id, [componentRef(receipt.place, dir)]);
  return { id: before.id, ref: before.ref, name: before.name, dir, evidence, before, isOwn: true };
}

/** An upload names its component: an existing one of any source gets the evidence, else the upload makes one. */
async function identifyNamed(tx: WriteTx, receipt: StoredReceipt, observed: ObservedTree): Promise<readonly IdentifiedComponent[]> {
  const place = receipt.place;
  if (place === null) return [];
  const evidence = observed.components[0]?.evidence ?? [];
  const ref = componentRef(place, '');
  // Another slot of the same component may be naming it at this moment.
  if ((await tx.componentByRef(ref)) === null) await takeTurn(tx, receipt, ref);
  const holder = await tx.componentByRef(ref);
  if (holder === null) return [await named(tx, receipt, '', evidence)];
  return [{ id: holder.id, ref: holder.ref, name: holder.name, dir: holder.dir, evidence, before: holder, isOwn: holder.origin === receipt.origin }];
}

async function movesSince(tx: WriteTx, receipt: StoredReceipt, tree: readonly TreeEntry[]): Promise<ReadonlyMap<string, string>> {
  if (receipt.outcome !== 'complete') return new Map();
  const last = await tx.completeReceiptBefore(receipt.origin, receipt.seq);
  if (last === null || last.treeHash === receipt.treeHash) return new Map();
  const evidencePaths = (entries: readonly TreeEntry[]): readonly TreeEntry[] => {
    const paths = new Set(observedTree(entries, receipt.source).components.flatMap((each) => each.evidence.map((one) => one.path)));
    return entries.filter((entry) => paths.has(entry.path));
  };
  return movedDirs(evidencePaths(await tx.treeOf(last)), evidencePaths(tree));
}
