import { componentRef, refOnCollision } from '#analysis/components/component-ref.ts';
import type { DecisionAbout, Extent } from '#model/decision.ts';
import { storedJson } from '#language/readers/json.ts';
import { unpackEpisodes } from '#language/packed/finding-pack.ts';
import type { ComponentTable, EvidenceTable, ReadingTable } from '#store/schema.ts';
import type { StoredReceipt, StoreReads } from '#store/store.ts';
import { isFeed } from './fold-feed.ts';
import { observedTree } from './observed-evidence.ts';
import { originsOf } from './origins-of.ts';

/** What goes when something is deleted or erased. Receipts, readings and bytes that something else needs are not in it. */
export type Removal = {
  /** Those that go as a whole. */
  readonly components: readonly ComponentTable[];
  /** Inventories that go from components which stay. */
  readonly evidence: readonly EvidenceTable[];
  readonly receipts: readonly StoredReceipt[];
  /** Sources of which nothing is left. */
  readonly origins: readonly string[];
  readonly readings: readonly ReadingTable[];
  /** Hashes that may go unless something else names them: files, trees and results. */
  readonly raws: ReadonlySet<string>;
  /** Sources to be folded again without what goes. */
  readonly refolded: readonly string[];
};

/** What a removal is about. */
export type Subject = { readonly about: DecisionAbout; readonly subject: string };

/**
 * Looks through the receipts for all that goes with a subject. It reads every tree once. Of a component whose source shows others, too, the receipts stay; an
 * erasure takes its files out of them.
 */
export async function planRemoval(reads: StoreReads, { about, subject }: Subject, isErasure: boolean): Promise<Removal> {
  switch (about) {
    case 'component': {
      const row = await reads.componentByRef(subject);
      return row === null ? nothing : planComponent(reads, row, isErasure);
    }
    case 'origin':
      return planOrigin(reads, subject);
    case 'upload': {
      const receipt = (await reads.receiptByPublicId(subject))?.receipt ?? null;
      if (receipt === null) return nothing;
      const isOnly = (await reads.receiptsOf(receipt.origin)).length === 1;
      return isOnly ? planOrigin(reads, receipt.origin) : { ...(await planReceipts(reads, [receipt], nothing)), refolded: [receipt.origin] };
    }
    case 'raw':
      return planRaw(reads, subject);
    default:
      return about satisfies never;
  }
}

/** How much that is. Bytes are those that nothing else needs. */
export async function extentOf(reads: StoreReads, removal: Removal): Promise<Extent> {
  let findings = 0;
  for await (const page of reads.loadFindingPacks({ componentIds: removal.components.map((each) => each.id) }))
    for (const pack of page) findings += unpackEpisodes(pack.open).length;
  let bytes = 0;
  for (const hash of removal.raws) bytes += await reads.rawBytes(hash);
  return {
    components: removal.components.length,
    findings,
    receipts: removal.receipts.length,
    readings: removal.readings.length,
    files: new Set(removal.readings.map((each) => each.main)).size,
    bytes,
  };
}

const nothing: Removal = { components: [], evidence: [], receipts: [], origins: [], readings: [], raws: new Set(), refolded: [] };

async function planComponent(reads: StoreReads, component: ComponentTable, isErasure: boolean): Promise<Removal> {
  const isShared = (await reads.componentsOf(component.origin)).some((each) => each.id !== component.id && each.removed === 0);
  const gone = (await originsOf(reads, component)).filter((origin) => !isShared || origin !== component.origin);
  const receipts = await receiptsOf(reads, gone);
  const whole = await planReceipts(reads, receipts, { ...nothing, components: [component], origins: gone });
  if (!isShared || !isErasure) return whole;
  const paths = await pathsOf(reads, component);
  return withFiles(reads, whole, await reads.receiptsOf(component.origin), (path) => paths.has(path));
}

/** Every path that ever showed the component in its own source: as it is stored, and as the receipts have it, since one passed over has none stored. */
async function pathsOf(reads: StoreReads, component: ComponentTable): Promise<ReadonlySet<string>> {
  const refs = new Set<string>();
  for await (const page of reads.loadComponentRefs({ componentIds: [component.id] })) for (const { ref } of page) refs.add(ref);
  const paths = new Set((await reads.evidenceOf(component.id)).map((each) => each.path));
  for (const receipt of await reads.receiptsOf(component.origin)) {
    for (const { dir, evidence } of observedTree(await reads.treeOf(receipt), receipt.source).components) {
      const first = receipt.place === null ? null : componentRef(receipt.place, dir);
      const isMeant = dir === component.dir || (first !== null && (refs.has(first) || refs.has(refOnCollision(first, component.origin, dir))));
      if (isMeant) for (const each of evidence) paths.add(each.path);
    }
  }
  return paths;
}

async function planOrigin(reads: StoreReads, origin: string): Promise<Removal> {
  const components = await reads.componentsOf(origin);
  const origins = new Set([origin]);
  for (const component of components) for (const each of await originsOf(reads, component)) origins.add(each);
  const evidence: EvidenceTable[] = [];
  const place = (await reads.lastReceiptOf(origin))?.place ?? null;
  // An upload for a component of another source takes its own inventory with it and nothing more.
  if (components.length === 0 && place?.slot !== undefined) {
    const holder = await reads.componentByRef(componentRef(place, ''));
    if (holder !== null) evidence.push(...(await reads.evidenceOf(holder.id)).filter((row) => row.path === place.slot));
  }
  const receipts = await receiptsOf(reads, [...origins]);
  return planReceipts(reads, receipts, { ...nothing, components, evidence, origins: [...origins] });
}

async function planRaw(reads: StoreReads, hash: string): Promise<Removal> {
  const origins = new Set<string>();
  const pairs = new Map<string, { readonly path: string; readonly main: string }>();
  for await (const { receipt, files } of lookedAt(reads, new Set())) {
    if (!files.some((file) => file.main === hash)) continue;
    origins.add(receipt.origin);
    for (const file of files) pairs.set(`${file.main} ${file.path}`, file);
  }
  const readings = (await reads.readingsOfMains([...pairs.values()])).filter((each) => inputsOf(each).includes(hash));
  return { ...nothing, readings, raws: new Set([hash, ...readings.map((each) => each.result)]), refolded: [...origins] };
}

/** Receipts with their trees, and the readings and bytes that nothing else needs. */
async function planReceipts(reads: StoreReads, receipts: readonly StoredReceipt[], base: Removal): Promise<Removal> {
  return withFiles(reads, { ...base, receipts, raws: new Set(receipts.map((each) => each.treeHash)) }, receipts, () => true);
}

/** Adds the files at some paths of some receipts, unless a receipt that stays has the same at another path or these are needed elsewhere. */
async function withFiles(reads: StoreReads, base: Removal, of: readonly StoredReceipt[], isMeant: (path: string) => boolean): Promise<Removal> {
  const meant = new Map<string, { readonly path: string; readonly main: string }>();
  for (const treeHash of new Set(of.map((each) => each.treeHash))) {
    for (const entry of await reads.treeOf({ treeHash }))
      if (entry.state === 'read' && isMeant(entry.path)) meant.set(`${entry.hash} ${entry.path}`, { path: entry.path, main: entry.hash });
  }
  const candidates = new Set([...meant.values()].map((each) => each.main));
  const goes = new Set(base.receipts.map((each) => each.seq));
  const shared = new Set(of.filter((each) => !goes.has(each.seq)).map((each) => each.seq));
  const [neededPairs, neededHashes] = [new Set<string>(), new Set<string>()];
  for await (const { receipt, files } of lookedAt(reads, goes)) {
    for (const { path, main } of files) {
      if (!candidates.has(main) || (shared.has(receipt.seq) && isMeant(path))) continue;
      neededHashes.add(main);
      neededPairs.add(`${main} ${path}`);
    }
  }
  const files = [...meant].filter(([key]) => !neededPairs.has(key)).map(([, file]) => file);
  const readings = [...base.readings, ...(await reads.readingsOfMains(files))];
  const raws = new Set([...base.raws, ...[...candidates].filter((hash) => !neededHashes.has(hash)), ...readings.map((each) => each.result)]);
  return { ...base, readings, raws };
}

type LookedAt = { readonly receipt: StoredReceipt; readonly files: readonly { readonly path: string; readonly main: string }[] };

/** Every receipt of a source that is not left out, with the files it read; each tree is read once an origin. */
async function* lookedAt(reads: StoreReads, without: ReadonlySet<number>): AsyncGenerator<LookedAt> {
  for (const origin of await reads.origins()) {
    const trees = new Map<string, LookedAt['files']>();
    for (const receipt of await reads.receiptsOf(origin)) {
      if (isFeed(receipt)) break;
      if (without.has(receipt.seq)) continue;
      const files = trees.get(receipt.treeHash) ?? filesOf(await reads.treeOf(receipt));
      trees.set(receipt.treeHash, files);
      yield { receipt, files };
    }
  }
}

function filesOf(tree: Awaited<ReturnType<StoreReads['treeOf']>>): LookedAt['files'] {
  return tree.flatMap((entry) => (entry.state === 'read' ? [{ path: entry.path, main: entry.hash }] : []));
}

async function receiptsOf(reads: StoreReads, origins: readonly string[]): Promise<readonly StoredReceipt[]> {
  const receipts: StoredReceipt[] = [];
  for (const origin of origins) receipts.push(...(await reads.receiptsOf(origin)));
  return receipts;
}

function inputsOf(reading: ReadingTable): readonly (string | null)[] {
  return Object.values(storedJson(reading.inputs) as Readonly<Record<string, string | null>>);
}
