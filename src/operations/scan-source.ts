import { canonicalJson } from '#language/canonical-json.ts';
import { licenceFilesLeftOut } from '#analysis/components/licence-files-left-out.ts';
import { unreadManifests } from '#analysis/components/unread-manifests.ts';
import { formats } from '#formats/all.ts';
import { isOfOneFile, type TreeEntry } from '#model/receipt.ts';
import type { Collection } from '#sources/collection.ts';
import type { SourceTable } from '#store/schema.ts';
import type { StoredReceipt } from '#store/store.ts';
import { onceAlone } from './alone.ts';
import type { Context } from './context.ts';
import { foldReceipt, type FoldedComponent } from './fold-receipt.ts';
import { inParallel } from './in-parallel.ts';
import { filesToRead, Look, mergedTree, type LookedAt, type Raw } from './look.ts';
import { inTurn, nameOfOrigin } from './read-pending.ts';
import { removalInWords, removalOfOrigin, removalsIn, RemovedError } from './standing.ts';

/** What one scan of one source gave. */
export type Scanned = {
  readonly receipt: StoredReceipt;
  /** Nothing had changed since the last look: only its time was confirmed. */
  readonly unchanged: boolean;
  readonly folded: readonly FoldedComponent[];
  /** Files read anew, and files whose reading still held. */
  readonly filesRead: number;
  readonly filesKept: number;
};

/**
 * Reads what changed in a collected source, records receipt, raw and readings in one durable transaction (that is the acknowledgement),
 * then folds them, alone at this origin. What was deleted or erased is passed over; a `RemovedError` when that is the whole origin. A file is read again only
 * if its bytes, any neighbour its reader asked for, or the reader itself changed.
 */
export function scanSource(context: Context, collected: Collection, progress: (done: FoldedComponent) => void = () => undefined): Promise<Scanned> {
  return onceAlone(context, nameOfOrigin(collected.origin), (own) => scanAlone(own, collected, progress));
}

async function scanAlone(context: Context, collected: Collection, progress: (done: FoldedComponent) => void): Promise<Scanned> {
  const { store } = context;
  const removal = await removalOfOrigin(store, collected.origin);
  if (removal !== null) throw new RemovedError(removalInWords(collected.origin, removal));
  const removals = await removalsIn(store, collected.origin, collected.place);
  const look = new Look(context, collected, await previousTree(context, collected.origin));
  const files = collected.outcome === 'failed' ? [] : await readFiles(look, collected, (dir) => removals(dir) !== null);
  const missed = isOfOneFile(collected.source)
    ? []
    : [...unreadManifests(collected.paths, formats), ...licenceFilesLeftOut(collected.paths, formats)];
  const problems = [...collected.problems, ...missed];
  const receivedAt = context.clock();
  const tree = mergedTree(files);
  const hasUnreadable = tree.some((entry) => entry.state === 'unreadable');
  const readings = files.flatMap((file) => file.reading ?? []);
  const recorded = await store.write(async (tx) => {
    await tx.saveReadings(readings);
    await tx.putSource(await sourceRow(context, { ...collected, problems }, receivedAt, files.length));
    return tx.recordReceipt({
      publicId: context.randomId(),
      source: collected.source,
      origin: collected.origin,
      revision: collected.revision,
      validAt: Math.min(collected.validAt, receivedAt),
      receivedAt,
      outcome: collected.outcome === 'complete' && hasUnreadable ? 'partial' : collected.outcome,
      tree,
      problems,
      place: collected.place,
      raws: distinctRaws(files),
    });
  });
  const receipt = await store.receiptBySeq(recorded.seq);
  if (receipt === null) throw new Error('A receipt just recorded is not there. Run guildhall doctor.');
  const counts = { filesRead: readings.length, filesKept: files.length - readings.length };
  if (!recorded.isNew && readings.length === 0 && (await store.receiptByPublicId(receipt.publicId))?.state !== 'pending') {
    await confirmComponents(context, receipt);
    return { receipt, unchanged: true, folded: [], ...counts };
  }
  return { receipt, unchanged: false, folded: await inTurn(context, () => foldReceipt(context, receipt, progress)), ...counts };
}

/** Says of the source's components that they were seen again just now. */
async function confirmComponents(context: Context, receipt: StoredReceipt): Promise<void> {
  await context.store.write(async (tx) => {
    const rows = await tx.componentsOf(receipt.origin);
    for (const { id: _, ...row } of rows) await tx.putComponent({ ...row, confirmed_at: receipt.confirmedAt });
    await tx.appendChange('confirmed', { confirmed: rows.map((row) => row.id) }, context.clock());
  });
}

async function previousTree(context: Context, origin: string): Promise<readonly TreeEntry[]> {
  const receipts = await context.store.receiptsOf(origin);
  const last = receipts
    .filter((each) => each.outcome !== 'failed')
    .reduce<StoredReceipt | null>((a, b) => (a === null || b.seq > a.seq ? b : a), null);
  return last === null ? [] : context.store.treeOf(last);
}

/** Reads the files of components and ownership, a few at a time, in the order of their paths. */
async function readFiles(look: Look, collected: Collection, isPassedOver: (dir: string) => boolean): Promise<readonly LookedAt[]> {
  const paths = collected.entries.map((entry) => entry.path);
  const wanted: ReadonlyMap<string, string | null> = isOfOneFile(collected.source)
    ? new Map(isPassedOver('') ? [] : paths.map((path) => [path, null]))
    : filesToRead(paths, isPassedOver);
  const entries = collected.entries.filter((entry) => wanted.has(entry.path));
  return inParallel(entries, 8, (entry) => look.readFile(entry, wanted.get(entry.path) ?? null));
}

function distinctRaws(files: readonly LookedAt[]): readonly Raw[] {
  return [...new Map(files.flatMap((file) => file.raws).map((raw) => [raw.hash, raw])).values()];
}

async function sourceRow(context: Context, collected: Collection, at: number, items: number): Promise<SourceTable> {
  const before = await context.store.sourceOf(collected.origin);
  const isGood = collected.outcome !== 'failed';
  return {
    origin: collected.origin,
    source: collected.source,
    last_attempt: at,
    last_success: isGood ? at : (before?.last_success ?? null),
    outcome: collected.outcome,
    items: isGood ? items : (before?.items ?? 0),
    problems: canonicalJson(collected.problems),
    cursor: before?.cursor ?? '{}',
  };
}
