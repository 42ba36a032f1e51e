import { canonicalJson } from '#language/canonical-json.ts';
import { storedJson } from '#language/readers/json.ts';
import type { Problem } from '#model/problem.ts';
import type { ReadingResult } from '#model/reading.ts';
import { isOfOneFile, type TreeEntry } from '#model/receipt.ts';
import type { ComponentTable } from '#store/schema.ts';
import type { NewReading, StoredReceipt, WriteTx } from '#store/store.ts';
import type { Context } from './context.ts';
import { foldInventory, stateOf, type FoldedEvidence, type FoldedFrom } from './fold-inventory.ts';
import { foldLicenceFiles } from './licences/fold-licence-files.ts';
import { identify, type IdentifiedComponent } from './identify-components.ts';
import { judgeAddedVersions } from './judge-versions.ts';
import { originPast } from './origin-past.ts';
import { ownerFacts, type OwnershipReading } from './owner-facts.ts';
import { refindComponent } from './refind-components.ts';
import { ownershipReadings, seenBy, type Seen } from './seen-receipt.ts';
import { standingOf } from './standing.ts';

/** What folding one receipt did to one component. */
export type FoldedComponent = {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly packages: number;
  readonly problems: readonly Problem[];
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
  if (isOfOneFile(receipt.source)) return foldSingle(context, receipt, null, progress);
  const seen = await seenBy(store, receipt);
  const components = await store.write((tx) => identify(tx, receipt, seen.tree, seen.observed, seen.observed.components));
  const owners = await ownershipReadings(store, seen);
  const past = once(() => originPast(store, seen));
  const folded: FoldedComponent[] = [];
  for (const component of components) {
    const done = await store.write(async (tx) =>
      (await isOver(tx, component)) ? null : foldComponent(tx, component, { seen, owners, past, whole: false, at: context.clock() }),
    );
    if (done === null) continue;
    folded.push(done);
    progress(done);
  }
  await store.write((tx) => finish(tx, context, receipt, folded));
  return folded;
}

/** What was just read of a receipt: its tree and the readings that are new. */
export type JustRead = { readonly tree: readonly TreeEntry[]; readonly readings: readonly NewReading[] };

/** Folds a receipt of one component, an upload or a single file, with the new readings of it: all in one transaction, since each flush to the disk counts. */
export async function foldSingle(
  context: Context,
  receipt: StoredReceipt,
  just: JustRead | null,
  progress: (done: FoldedComponent) => void = () => undefined,
): Promise<readonly FoldedComponent[]> {
  const folded = await context.store.write(async (stored) => {
    const tx = just === null ? stored : atHand(stored, receipt, just);
    await tx.saveReadings(just?.readings ?? []);
    const seen = await seenBy(tx, receipt);
    const done: FoldedComponent[] = [];
    const past = once(() => originPast(tx, seen));
    for (const component of await identify(tx, receipt, seen.tree, seen.observed, seen.observed.components)) {
      if (!(await isOver(tx, component)))
        done.push(await foldComponent(tx, component, { seen, owners: [], past, whole: false, at: context.clock() }));
    }
    await finish(tx, context, receipt, done);
    return done;
  });
  folded.forEach(progress);
  return folded;
}

/** The transaction, answering from memory what was just read: unpacking it out of the store again costs as much as the fold. */
function atHand(tx: WriteTx, { treeHash }: StoredReceipt, { tree, readings }: JustRead): WriteTx {
  const texts = new Map(readings.map(({ key, resultBytes }) => [key, resultBytes]));
  return {
    ...tx,
    treeOf: (receipt) => (receipt.treeHash === treeHash ? Promise.resolve(tree) : tx.treeOf(receipt)),
    resultOf(reading) {
      const text = texts.get(reading.key);
      return text === undefined ? tx.resultOf(reading) : Promise.resolve(storedJson(Buffer.from(text).toString()) as ReadingResult);
    },
  };
}

async function finish(tx: WriteTx, context: Context, receipt: StoredReceipt, folded: readonly FoldedComponent[]): Promise<void> {
  const problems = [...receipt.problems, ...folded.flatMap((each) => each.problems)];
  await tx.finishReceipt(receipt.seq, receipt.outcome === 'failed' ? 'failed' : 'read', problems, context.clock());
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

/** Everything that showed this component ended before, and this receipt shows nothing of it. */
async function isOver(tx: WriteTx, component: IdentifiedComponent): Promise<boolean> {
  // Of a retired one every receipt may tell more of the time before.
  if (component.before?.retired_at != null) return false;
  return component.evidence.length === 0 && (await tx.evidenceOf(component.id)).every((row) => row.ended === 1);
}

/** What folding a component needs besides its identity. `at` is the time of the fold, Unix milliseconds. */
export type Folding = Omit<FoldedFrom, 'retiredAt'> & { readonly owners: readonly OwnershipReading[]; readonly at: number };

/** Folds one component of a receipt: its inventories, the judgement of versions new to the estate, its findings, and the change that tells of it. */
export async function foldComponent(tx: WriteTx, component: IdentifiedComponent, { owners, at, ...given }: Folding): Promise<FoldedComponent> {
  const { seen } = given;
  // An upload adds to a component that a scan may be folding at this moment.
  await tx.lockName(`inventory ${String(component.id)}`);
  const { removed, retiredAt } = await standingOf(tx, { ref: component.ref, origin: component.before?.origin ?? seen.receipt.origin });
  if (removed) return passOver(tx, component, at);
  const isOtherwise = retiredAt !== null || component.before?.retired_at != null || component.before?.removed === 1;
  const from = { ...given, retiredAt, whole: given.whole || isOtherwise };
  const stored = new Map((await tx.evidenceOf(component.id)).map((row) => [`${row.kind} ${row.path}`, row]));
  const shown = new Map(component.evidence.map((each) => [`${each.kind} ${each.path}`, each]));
  const keys = new Set([...stored.keys(), ...shown.keys()]);
  const problems: Problem[] = [];
  const live: LiveEvidence[] = [];
  for (const key of keys) {
    const before = stored.get(key);
    const now = shown.get(key);
    if (now === undefined && before !== undefined && ((before.ended === 1 && !isOtherwise) || !isOfSource(before.path, seen.receipt))) {
      live.push({ row: before, state: stateOf(before) });
      continue;
    }
    const place = now ?? { path: before?.path ?? '', kind: before?.kind ?? '', format: before?.format ?? '' };
    const folded = await foldInventory(tx, from, place, before ?? null);
    problems.push(...folded.problems);
    await tx.putEvidence({ ...folded.row, component_id: component.id });
    live.push(folded);
  }
  const facts = ownerFacts(
    component.dir,
    component.evidence.map((each) => each.path),
    owners,
  );
  if (retiredAt !== null && seen.receipt.source === 'upload' && seen.receipt.receivedAt > retiredAt) problems.push(sentToRetired(component));
  const row = { ...componentRow(seen, component, live, facts), retired_at: retiredAt, removed: 0 };
  if (component.isOwn) await tx.putComponent(row);
  if (component.isOwn && seen.receipt.outcome !== 'failed') {
    const isLive = retiredAt === null && live.some(({ state }) => !state.ended);
    await foldLicenceFiles(tx, { id: component.id, dir: component.dir, isLive }, seen);
  }
  await judgeAddedVersions(tx);
  await refindComponent(
    tx,
    component.id,
    live.map((each) => each.state),
  );
  const licences = tx.licencesNoted();
  await tx.appendChange('component', { components: [component.id], ...(licences.length === 0 ? {} : { licences }) }, at);
  const ids = new Set(live.filter(({ state }) => !state.ended).flatMap(({ state }) => [...state.open.keys()]));
  return { id: component.id, ref: component.ref, name: component.name, packages: ids.size, problems };
}

/** An evidence of a component after the fold, as it is stored and unpacked. */
type LiveEvidence = Pick<FoldedEvidence, 'row' | 'state'>;

/** A component that was deleted or erased keeps its identity only, by which it is known again and passed over. */
async function passOver(tx: WriteTx, component: IdentifiedComponent, at: number): Promise<FoldedComponent> {
  const row = await tx.componentByRef(component.ref);
  if (row !== null && row.removed === 0) {
    const nothing = { facts: '{}', team: null, revision: null, valid_at: null, confirmed_at: null, stale_since: null, retired_at: null };
    const { id, ref, origin, dir, known_at } = row;
    await tx.putComponent({ ref, name: '', origin, dir, known_at, ...nothing, removed: 1 });
    await tx.emptyComponents([id]);
    await tx.appendChange('removed', { reload: true }, at);
  }
  return { id: component.id, ref: component.ref, name: component.name, packages: 0, problems: [] };
}

function sentToRetired({ ref }: IdentifiedComponent): Problem {
  return {
    code: 'retired',
    message: `The component ${ref} is retired, so that nothing of this counts. Bring it back with guildhall component return ${ref}.`,
    severity: 'warning',
  };
}

/** Evidence of an upload is that upload's alone: a scan of the repository must not end it, nor the other way round. */
function isOfSource(path: string, receipt: StoredReceipt): boolean {
  return receipt.source === 'upload' ? path === receipt.place?.slot : !path.startsWith('upload:');
}

function componentRow(
  seen: Seen,
  component: IdentifiedComponent,
  live: readonly LiveEvidence[],
  facts: ReturnType<typeof ownerFacts>,
): Omit<ComponentTable, 'id' | 'retired_at' | 'removed'> {
  const { receipt } = seen;
  // A look that failed says nothing of who owns it or at which revision it is.
  const kept = receipt.outcome === 'failed' ? component.before : null;
  const stale = live.flatMap(({ row }) => (row.ended === 0 && row.stale_since !== null ? [row.stale_since] : []));
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
    known_at: receipt.receivedAt,
  };
}
