import type { Observation, ObservedReading } from '#analysis/fold/observation.ts';
import { flagsOf, mergedFlags } from '#language/packed/flags.ts';
import type { Edge } from '#language/packed/edges.ts';
import { packageKey } from '#language/package-key.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { ReadingTable } from '#store/schema.ts';
import type { StoredReceipt, StoreReads, VersionKey, WriteTx } from '#store/store.ts';
import { hashesOf, observedTree, readingsThatHold, type ObservedTree } from './observed-evidence.ts';
import type { OwnershipReading } from './owner-facts.ts';

/** A receipt with all that its fold needs, read once. */
export type Seen = {
  readonly receipt: StoredReceipt;
  readonly tree: readonly TreeEntry[];
  readonly observed: ObservedTree;
  /** Readings that hold in this tree, by path, oldest first. */
  readonly readings: ReadonlyMap<string, readonly ReadingTable[]>;
};

/** The same without the tree, which is the largest part: for those who hold many. */
export type Sight = Omit<Seen, 'tree'>;

/** Which evidence of a component is meant. */
export type EvidencePlace = { readonly path: string; readonly kind: string; readonly format: string };

/** A reading by interned ids. `result` and `edges` are null when it is what is stored already. */
export type Interned = {
  readonly result: ReadingResult | null;
  readonly problems: readonly Problem[];
  /** Flags by package version. */
  readonly items: ReadonlyMap<number, number>;
  readonly edges: readonly Edge[] | null;
};

/** What reading many receipts of one origin learns on the way: the same files are in most of them. */
export type SeenBefore = {
  readonly readings: Map<string, readonly ReadingTable[]>;
  /** By all its paths. */
  readonly observed: Map<string, ObservedTree>;
};

/** Nothing learnt yet. */
export function nothingSeen(): SeenBefore {
  return { readings: new Map(), observed: new Map() };
}

/** Reads a receipt's tree and the readings that hold in it. `before` is for those who read many receipts, while no reading is added. */
export async function seenBy(store: StoreReads, receipt: StoredReceipt, before: SeenBefore = nothingSeen()): Promise<Seen> {
  const tree = await store.treeOf(receipt);
  const observed = observedOnce(before, tree, receipt.source);
  const hashes = hashesOf(tree);
  const wanted = [...observed.components.flatMap((each) => each.evidence), ...observed.ownership, ...observed.licences];
  const files = wanted.flatMap(({ path }) => {
    const main = hashes.get(path);
    return main === null || main === undefined ? [] : [{ path, main, key: `${main} ${path}` }];
  });
  const unknown = files.filter((file) => !before.readings.has(file.key));
  if (unknown.length > 0) {
    const rows = Map.groupBy(await store.readingsOfMains(unknown), (row) => `${row.main} ${row.path}`);
    for (const { key } of unknown) before.readings.set(key, rows.get(key) ?? []);
  }
  const readings = new Map(files.map(({ path, key }) => [path, readingsThatHold(before.readings.get(key) ?? [], hashes)]));
  return { receipt, tree, observed, readings };
}

function observedOnce(before: SeenBefore, tree: readonly TreeEntry[], source: string): ObservedTree {
  const key = [source, ...tree.map((entry) => (entry.state === 'absent' ? '' : entry.path))].join('\0');
  const observed = before.observed.get(key) ?? observedTree(tree, source);
  before.observed.set(key, observed);
  return observed;
}

/** The ownership files of a receipt, as read. */
export async function ownershipReadings(store: StoreReads, seen: Seen): Promise<readonly OwnershipReading[]> {
  const found: OwnershipReading[] = [];
  for (const { path } of seen.observed.ownership) {
    const reading = seen.readings.get(path)?.at(-1);
    if (reading !== undefined) found.push({ path, result: await store.resultOf(reading) });
  }
  return found;
}

/** The same, interned in a transaction that also learns what the reading says of licences; `kind` is that of the evidence. */
export async function internedIn(tx: WriteTx, reading: ReadingTable, kind: string): Promise<Interned> {
  let ids: readonly number[] = [];
  const interned = await internedReading(tx, reading, async (keys) => (ids = await tx.internVersions(keys)));
  const source = kind === 'lockfile' || kind === 'manifest' ? kind : 'sbom';
  const claims = (interned.result?.packages ?? []).flatMap(({ licences }, at) => {
    const [version, said] = [ids[at], licencesSaid(licences)];
    return version === undefined || said.length === 0 ? [] : [{ version, source, said } as const];
  });
  if (claims.length > 0) await tx.noteLicences(claims);
  return interned;
}

/** Without what says that nothing is said. */
function licencesSaid(licences: readonly string[]): readonly string[] {
  return [...new Set(licences.map((text) => text.trim()))].filter((text) => text !== '' && !/^(?:NOASSERTION|UNKNOWN)$/i.test(text));
}

/** A reading's packages and edges by the ids that `intern` gives them, in the order of the packages. */
export async function internedReading(
  store: StoreReads,
  reading: ReadingTable,
  intern: (keys: readonly VersionKey[]) => Promise<readonly number[]>,
): Promise<Interned> {
  const result = await store.resultOf(reading);
  const ids = await intern(result.packages.map(versionKey));
  const items = new Map<number, number>();
  result.packages.forEach((each, index) => {
    const id = ids[index] ?? 0;
    const flags = flagsOf(each.scope, each.direct);
    const before = items.get(id);
    items.set(id, before === undefined ? flags : mergedFlags(before, flags));
  });
  const edges = result.edges.flatMap(([from, to]): Edge[] => {
    const [a, b] = [ids[from], ids[to]];
    return a === undefined || b === undefined ? [] : [[a, b]];
  });
  return { result, problems: result.problems, items, edges };
}

/** What a receipt shows of one evidence: read, gone, or nothing that could be seen. */
export function observationOf(seen: Sight, place: EvidencePlace, readings: readonly ReadingTable[], interned: readonly Interned[]): Observation {
  const { receipt } = seen;
  const isEvidence = seen.observed.components.some((each) => each.evidence.some((one) => one.path === place.path && one.kind === place.kind));
  const base = { seq: receipt.seq, validAt: validAt(receipt, interned.at(-1)?.result ?? null), receivedAt: receipt.receivedAt };
  const nothing = new Map<number, number>();
  const observed = readings.map((reading, index): ObservedReading => ({ readAt: reading.read_at, items: interned[index]?.items ?? nothing }));
  if (isEvidence && readings.length > 0 && !isUnread(interned.at(-1))) return { ...base, state: 'read', readings: observed };
  if (receipt.outcome === 'complete' && !isEvidence) return { ...base, state: 'absent', readings: [] };
  return { ...base, validAt: receipt.receivedAt, state: 'stale', readings: [] };
}

/** A file of which nothing could be read shows nothing: what was known of it stays, stale. */
function isUnread(interned: Interned | undefined): boolean {
  return interned === undefined || (interned.items.size === 0 && interned.problems.some((problem) => problem.severity === 'error'));
}

/** An SBOM sent or scanned by itself was true when it says it was made, never after we got it. */
function validAt(receipt: StoredReceipt, result: ReadingResult | null): number {
  const made = result?.createdAt === undefined ? Number.NaN : Date.parse(result.createdAt);
  const isOwnDate = receipt.validAt !== receipt.receivedAt;
  return isOwnDate || Number.isNaN(made) ? receipt.validAt : Math.min(made, receipt.receivedAt);
}

function versionKey(each: ReadingResult['packages'][number]): VersionKey {
  const ecosystem = each.ecosystem ?? '';
  return {
    ecosystem,
    nameKey: packageKey(ecosystem, each.name),
    name: each.name,
    version: each.version ?? '',
    range: each.version === null ? (each.range ?? '') : '',
  };
}
