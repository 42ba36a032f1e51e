import { storedJson } from '#language/readers/json.ts';
import { canonicalJson } from '#language/canonical-json.ts';
import { packClosed, unpackClosed } from '#language/packed/closed-segments.ts';
import { packEdges, type Edge } from '#language/packed/edges.ts';
import { flagsOf, mergedFlags } from '#language/packed/flags.ts';
import { packOpen, unpackOpen } from '#language/packed/open-occurrences.ts';
import { packageKey } from '#language/package-key.ts';
import { comesLast, foldEvidence, observe, unseen, type EvidenceState } from '#analysis/fold/fold-evidence.ts';
import type { Observation, ObservedReading } from '#analysis/fold/observation.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadingResult } from '#model/reading.ts';
import type { TreeEntry } from '#model/receipt.ts';
import type { ComponentTable, EvidenceTable, ReadingTable } from '#store/schema.ts';
import type { NewReading, StoredReceipt, StoreReads, VersionKey, WriteTx } from '#store/store.ts';
import type { Context } from './context.ts';
import { identify, type IdentifiedComponent } from './identify-components.ts';
import { judgeAddedVersions } from './judge-versions.ts';
import { hashesOf, observedTree, readingsThatHold, type ObservedTree } from './observed-evidence.ts';
import { ownerFacts, type OwnershipReading } from './owner-facts.ts';
import { refindComponents } from './refind-components.ts';

/** What folding one receipt did to one component. */
export type FoldedComponent = {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly packages: number;
  readonly problems: readonly Problem[];
};

/** A receipt with all that its fold needs, read once. */
export type Seen = {
  readonly receipt: StoredReceipt;
  readonly tree: readonly TreeEntry[];
  readonly observed: ObservedTree;
  /** Readings that hold in this tree, by path. */
  readonly readings: ReadonlyMap<string, readonly ReadingTable[]>;
};

/**
 * Folds one receipt, whose readings are all there, into components, inventories and findings: one short transaction a component,
 * then the receipt is done. Idempotent: what a killed process left half done is done again with the same outcome.
 */
export async function foldReceipt(
  context: Context,
  receipt: StoredReceipt,
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<readonly FoldedComponent[]> {
  const { store } = context;
  if (receipt.source === 'upload' || receipt.source === 'file') return foldSingle(context, receipt, [], progress);
  const seen = await seenBy(store, receipt);
  const components = await store.write((tx) => identify(tx, receipt, seen.tree, seen.observed, seen.observed.components));
  const owners = await ownershipReadings(store, seen);
  const folded: FoldedComponent[] = [];
  for (const component of components) {
    const done = await store.write(async (tx) => ((await isOver(tx, component)) ? null : foldComponent(tx, context, seen, component, owners, false)));
    if (done === null) continue;
    folded.push(done);
    progress(done);
  }
  await store.write((tx) => finish(tx, context, receipt, folded));
  return folded;
}

/** Folds a receipt of one component, an upload or a single file, with the new readings of it: all in one transaction, since each flush to the disk counts. */
export async function foldSingle(
  context: Context,
  receipt: StoredReceipt,
  readings: readonly NewReading[],
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<readonly FoldedComponent[]> {
  const folded = await context.store.write(async (tx) => {
    if (readings.length > 0) await tx.saveReadings(readings);
    const seen = await seenBy(tx, receipt);
    const done: FoldedComponent[] = [];
    for (const component of await identify(tx, receipt, seen.tree, seen.observed, seen.observed.components)) {
      if (!(await isOver(tx, component))) done.push(await foldComponent(tx, context, seen, component, [], false));
    }
    await finish(tx, context, receipt, done);
    return done;
  });
  folded.forEach(progress);
  return folded;
}

async function finish(tx: WriteTx, context: Context, receipt: StoredReceipt, folded: readonly FoldedComponent[]): Promise<void> {
  const problems = [...receipt.problems, ...folded.flatMap((each) => each.problems)];
  await tx.finishReceipt(receipt.seq, receipt.outcome === 'failed' ? 'failed' : 'read', problems, context.clock());
}

/** Everything that showed this component ended before, and this receipt shows nothing of it. */
async function isOver(tx: WriteTx, component: IdentifiedComponent): Promise<boolean> {
  return component.evidence.length === 0 && (await tx.evidenceOf(component.id)).every((row) => row.ended === 1);
}

/** Reads a receipt's tree and the readings that hold in it. */
export async function seenBy(store: StoreReads, receipt: StoredReceipt): Promise<Seen> {
  const tree = await store.treeOf(receipt);
  const observed = observedTree(tree, receipt.source);
  const hashes = hashesOf(tree);
  const wanted = [...observed.components.flatMap((each) => each.evidence), ...observed.ownership];
  const files = wanted.flatMap(({ path }) => {
    const main = hashes.get(path);
    return main === null || main === undefined ? [] : [{ path, main }];
  });
  const rows = await store.readingsOfMains(files);
  const byPath = Map.groupBy(rows, (row) => row.path);
  const readings = new Map(
    files.map(({ path }) => [path, readingsThatHold(byPath.get(path)?.filter((row) => row.main === hashes.get(path)) ?? [], hashes)]),
  );
  return { receipt, tree, observed, readings };
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

/** Folds one component of a receipt. `whole` folds its evidence from all receipts instead of adding a step. */
export async function foldComponent(
  tx: WriteTx,
  context: Context,
  seen: Seen,
  component: IdentifiedComponent,
  owners: readonly OwnershipReading[],
  whole: boolean,
): Promise<FoldedComponent> {
  const { receipt } = seen;
  const stored = new Map((await tx.evidenceOf(component.id)).map((row) => [`${row.kind} ${row.path}`, row]));
  const shown = new Map(component.evidence.map((each) => [`${each.kind} ${each.path}`, each]));
  const keys = new Set([...stored.keys(), ...shown.keys()]);
  const problems: Problem[] = [];
  const live: EvidenceTable[] = [];
  for (const key of keys) {
    const before = stored.get(key);
    const now = shown.get(key);
    if (now === undefined && before !== undefined && (before.ended === 1 || !isOfSource(before.path, seen.receipt))) {
      live.push(before);
      continue;
    }
    const place = now ?? { path: before?.path ?? '', kind: before?.kind ?? '', format: before?.format ?? '' };
    const folded = await foldOne(tx, context, seen, component, place, before ?? null, whole);
    problems.push(...folded.problems);
    const id = await tx.putEvidence(folded.row);
    live.push({ ...folded.row, id });
  }
  const facts = ownerFacts(
    component.dir,
    component.evidence.map((each) => each.path),
    owners,
  );
  const row = componentRow(seen, component, live, facts);
  if (component.isOwn) await tx.putComponent(row);
  await judgeAddedVersions(tx);
  await refindComponents(tx, [component.id]);
  await tx.appendChange('component', { components: [component.id] }, context.clock());
  const open = live.filter((each) => each.ended === 0);
  const ids = new Set(open.flatMap((each) => unpackOpen(each.open).map((one) => one.id)));
  return { id: component.id, ref: component.ref, name: component.name, packages: ids.size, problems };
}

/** Evidence of an upload is that upload's alone: a scan of the repository must not end it, nor the other way round. */
function isOfSource(path: string, receipt: StoredReceipt): boolean {
  return receipt.source === 'upload' ? path === receipt.place?.slot : !path.startsWith('upload:');
}

async function foldOne(
  tx: WriteTx,
  context: Context,
  seen: Seen,
  component: IdentifiedComponent,
  place: Place,
  before: EvidenceTable | null,
  whole: boolean,
): Promise<FoldedEvidence> {
  const readings = seen.readings.get(place.path) ?? [];
  const state = before === null ? unseen : stateOf(before);
  const interned: Interned[] = [];
  for (const reading of readings) interned.push(unchanged(seen, before, readings, reading) ?? (await internReading(tx, context, reading)));
  const next = observationOf(seen, place, readings, interned);
  // More than one reading may mean that older receipts are now read better, too: then nothing less than the whole fold is right.
  const isStep = !whole && comesLast(state, next) && readings.length <= 1;
  const shownNow: LastShown | null = next.state === 'read' ? { readings, interned: interned.at(-1) ?? null } : null;
  const { after, last } = isStep ? { after: observe(state, next), last: shownNow } : await refold(tx, context, seen, place);
  const problems = problemsOf(seen, place, interned.at(-1)) ?? storedProblems(before);
  const row: Omit<EvidenceTable, 'id'> = {
    component_id: component.id,
    kind: place.kind,
    path: place.path,
    format: (last?.readings ?? readings).at(-1)?.format ?? before?.format ?? (place.format === '' ? null : place.format),
    open: packOpen([...after.open.values()].sort((a, b) => a.id - b.id)),
    closed: packClosed(after.closed),
    edges: after.ended ? packEdges([]) : (edgesOf(last) ?? before?.edges ?? packEdges([])),
    receipt: after.last?.seq ?? seen.receipt.seq,
    valid_at: after.last?.validAt ?? next.validAt,
    seen_at: after.seenAt ?? 0,
    ended: after.ended ? 1 : 0,
    stale_since: after.staleSince,
    problems: canonicalJson(problems),
    fold_key: last === null ? (before?.fold_key ?? '') : foldKey(last.readings),
  };
  return { row, problems };
}

type Place = { readonly path: string; readonly kind: string; readonly format: string };
type FoldedEvidence = { readonly row: Omit<EvidenceTable, 'id'>; readonly problems: readonly Problem[] };
/** The readings of the last observation that showed an evidence; `interned` is null when they equal what is stored. */
type LastShown = { readonly readings: readonly ReadingTable[]; readonly interned: Interned | null };

function foldKey(readings: readonly ReadingTable[]): string {
  return readings.map((reading) => reading.key).join(' ');
}

/** The same single reading as last time says what is stored already: nothing is decoded or interned again. A file sent alone carries its own date, so it is. */
function unchanged(seen: Seen, before: EvidenceTable | null, readings: readonly ReadingTable[], reading: ReadingTable): Interned | null {
  if (seen.receipt.source === 'upload' || seen.receipt.source === 'file') return null;
  if (before === null || before.ended === 1 || readings.length !== 1 || before.fold_key !== reading.key) return null;
  return {
    result: null,
    problems: storedProblems(before),
    items: new Map(unpackOpen(before.open).map((each) => [each.id, each.flags])),
    edges: null,
  };
}

function edgesOf(last: LastShown | null): Uint8Array | null {
  return last?.interned?.edges == null ? null : packEdges(last.interned.edges);
}

/** Null when the receipt says nothing of the evidence: then what was said of it last stands. */
function problemsOf(seen: Seen, place: Place, interned: Interned | undefined): readonly Problem[] | null {
  if (interned !== undefined) return interned.problems;
  const entry = seen.tree.find((each) => each.path === place.path);
  return entry?.state === 'unreadable' ? [entry.problem] : seen.receipt.outcome === 'failed' ? null : [];
}

function storedProblems(before: EvidenceTable | null): readonly Problem[] {
  return before === null ? [] : storedJson<readonly Problem[]>(before.problems);
}

/** All observations of one evidence, from every receipt of its origin that is folded or being folded. */
async function refold(
  tx: WriteTx,
  context: Context,
  seen: Seen,
  place: Place,
): Promise<{ readonly after: EvidenceState; readonly last: LastShown | null }> {
  const observations: Observation[] = [];
  const shown: { readonly observation: Observation; readonly last: LastShown }[] = [];
  const internedByKey = new Map<string, Interned>();
  for (const receipt of await tx.receiptsOf(seen.receipt.origin)) {
    if (receipt.seq > seen.receipt.seq && !(await isDone(tx, receipt))) continue;
    const each = receipt.seq === seen.receipt.seq ? seen : await seenBy(tx, receipt);
    const readings = each.readings.get(place.path) ?? [];
    const interned: Interned[] = [];
    for (const reading of readings) {
      const known = internedByKey.get(reading.key) ?? (await internReading(tx, context, reading));
      internedByKey.set(reading.key, known);
      interned.push(known);
    }
    const observation = observationOf(each, place, readings, interned);
    observations.push(observation);
    if (observation.state === 'read') shown.push({ observation, last: { readings, interned: interned.at(-1) ?? null } });
  }
  const after = foldEvidence(observations);
  const last = shown.find((each) => each.observation.seq === after.last?.seq)?.last ?? null;
  return { after, last };
}

async function isDone(tx: WriteTx, receipt: StoredReceipt): Promise<boolean> {
  return (await tx.receiptByPublicId(receipt.publicId))?.state !== 'pending';
}

/** A reading by interned ids. `result` and `edges` are null when it is what is stored already. */
type Interned = {
  readonly result: ReadingResult | null;
  readonly problems: readonly Problem[];
  readonly items: ReadonlyMap<number, number>;
  readonly edges: readonly Edge[] | null;
};

async function internReading(tx: WriteTx, context: Context, reading: ReadingTable): Promise<Interned> {
  const result = await tx.resultOf(reading);
  const ids = await tx.internVersions(result.packages.map(versionKey));
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

function observationOf(
  seen: Seen,
  place: { readonly path: string; readonly kind: string },
  readings: readonly ReadingTable[],
  interned: readonly Interned[],
): Observation {
  const { receipt } = seen;
  const isEvidence = seen.observed.components.some((each) => each.evidence.some((one) => one.path === place.path && one.kind === place.kind));
  const entry = seen.tree.find((each) => each.path === place.path);
  const base = { seq: receipt.seq, validAt: validAt(receipt, interned.at(-1)?.result), receivedAt: receipt.receivedAt };
  const observed: ObservedReading[] = readings.map((reading, index) => ({
    readAt: reading.read_at,
    items: interned[index]?.items ?? new Map<number, number>(),
  }));
  if (isEvidence && entry?.state === 'read' && readings.length > 0 && !isUnread(interned.at(-1)))
    return { ...base, state: 'read', readings: observed };
  if (receipt.outcome === 'complete' && !isEvidence) return { ...base, state: 'absent', readings: [] };
  return { ...base, validAt: receipt.receivedAt, state: 'stale', readings: [] };
}

/** A file of which nothing could be read shows nothing: what was known of it stays, stale. */
function isUnread(interned: Interned | undefined): boolean {
  return interned === undefined || (interned.items.size === 0 && interned.problems.some((problem) => problem.severity === 'error'));
}

/** An SBOM sent or scanned by itself was true when it says it was made, never after we got it. */
function validAt(receipt: StoredReceipt, result: ReadingResult | null | undefined): number {
  const made = result?.createdAt == null ? Number.NaN : Date.parse(result.createdAt);
  const isOwnDate = receipt.validAt !== receipt.receivedAt;
  return isOwnDate || Number.isNaN(made) ? receipt.validAt : Math.min(made, receipt.receivedAt);
}

function stateOf(row: EvidenceTable): EvidenceState {
  const hasLast = row.seen_at > 0;
  return {
    open: new Map(unpackOpen(row.open).map((each) => [each.id, each])),
    closed: unpackClosed(row.closed),
    last: hasLast ? { seq: row.receipt, validAt: row.valid_at } : null,
    seenAt: hasLast ? row.seen_at : null,
    ended: row.ended === 1,
    staleSince: row.stale_since,
  };
}

function componentRow(
  seen: Seen,
  component: IdentifiedComponent,
  live: readonly EvidenceTable[],
  facts: ReturnType<typeof ownerFacts>,
): Omit<ComponentTable, 'id'> {
  const { receipt } = seen;
  // A look that failed says nothing of who owns it or at which revision it is.
  const kept = receipt.outcome === 'failed' ? component.before : null;
  const stale = live.flatMap((each) => (each.ended === 0 && each.stale_since !== null ? [each.stale_since] : []));
  return {
    ref: component.ref,
    name: component.name,
    origin: receipt.origin,
    dir: component.dir,
    facts: kept?.facts ?? canonicalJson({ owners: facts.all, owner: facts.owner, entity: facts.entity, testMaterial: seen.observed.testMaterial }),
    team: kept === null ? (facts.owner?.team ?? null) : kept.team,
    revision: kept === null ? receipt.revision : kept.revision,
    valid_at: kept === null ? receipt.validAt : kept.valid_at,
    confirmed_at: kept === null ? receipt.confirmedAt : kept.confirmed_at,
    stale_since: stale.length === 0 ? null : Math.min(...stale),
  };
}
